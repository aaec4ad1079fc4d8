"""The first ten lines: a routine of one's own from the bundled exercises."""

import supple

back = supple.load_catalog("lower-back")
routine = supple.Routine(
    "morning",
    items=[
        back["knee-rolls"],
        back["pelvic-tilts"].with_dose(reps=8, hold=5),
        supple.Rest(20),
        supple.Circuit([back["cat-camel"], back["childs-pose"]], rounds=2),
    ],
)
timeline = supple.schedule(routine, level=0.5)
for event in timeline:
    print(event.at_ms, event.kind, event.text)
