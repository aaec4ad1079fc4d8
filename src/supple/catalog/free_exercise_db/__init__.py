"""Import the records of free-exercise-db, a public list of exercises, as a catalog.

The records describe an exercise in prose and give no dose. What they say plainly is kept, what
they leave open is filled with a default, and what cannot be used is refused; each of the three
is reported. Nothing is guessed, and no word of the instructions is changed.

>>> imported = read('''[{
...     "id": "Seated_Reach", "name": "Seated Reach", "category": "stretching",
...     "equipment": null, "primaryMuscles": ["hamstrings"], "secondaryMuscles": [],
...     "instructions": ["Sit on a mat.", "Reach for one foot. Hold for 10 to 20 seconds."]
... }]''')
>>> exercise = imported.catalog["seated-reach"]
>>> exercise.position.value, [segment.text for segment in exercise.cycle]
('sitting', ['Sit on a mat.', 'Reach for one foot.', 'Hold for 10 to 20 seconds.'])
>>> exercise.cycle[-1].seconds
Range(10, 20)
>>> print(imported.filled[1])
Seated_Reach: position = sitting: the record says "Sit on a mat."
"""

from supple.catalog.free_exercise_db._imported import Filled, Imported, LeftOut, Refused
from supple.catalog.free_exercise_db._read import read

__all__ = ["Filled", "Imported", "LeftOut", "Refused", "read"]
