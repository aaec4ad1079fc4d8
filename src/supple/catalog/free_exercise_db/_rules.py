"""What the importer makes of a record, as tables.

Prose is read only where a whole sentence, or a whole end of one, is of a known form. All that
is of no form here stays prose, word for word.
"""

from __future__ import annotations

import re

from supple._model import ExerciseKind, Position, Range

TITLE = "free-exercise-db"
URL = "https://github.com/yuhonas/free-exercise-db"
VERSION = "rules 1"  # of the rules in this file, since the records have no version
SUMMARY = (
    "Exercises from the records of a public list. Positions, sides and doses are read from "
    "their prose where it is plain, and defaults elsewhere."
)
LANGUAGE = "en"
LIBRARY = "supple"
MOST_BYTES = 4 * 1024 * 1024

# --- fields ----------------------------------------------------------------------

KINDS = {
    "stretching": ExerciseKind.STRETCH,
    "strength": ExerciseKind.STRENGTHENING,
    "powerlifting": ExerciseKind.STRENGTHENING,
    "olympic weightlifting": ExerciseKind.STRENGTHENING,
    "strongman": ExerciseKind.STRENGTHENING,
}
"""The kind of exercise that a category becomes."""

WITHOUT_KIND = {
    "cardio": "endurance",
    "plyometrics": "jumps and throws",
}
"""The categories that are refused, and what supple has no kind for."""

EQUIPMENT = {
    "body only": (),
    "other": ("other equipment",),
}
"""What a word for equipment becomes; any other word is kept as it is."""

NOT_CARRIED = {
    "images": "the pictures are not known to be free to share",
    "force": "an exercise has no such field",
    "level": "an exercise has no such field",
    "mechanic": "an exercise has no such field",
}
"""The fields that have no place in a catalog, and why."""

UNKNOWN = "the importer does not know this field"

CARRIED = frozenset(
    {
        "id",
        "name",
        "category",
        "equipment",
        "primaryMuscles",
        "secondaryMuscles",
        "instructions",
    }
)
"""The fields that have one."""

# --- the dose, where the instructions give no number -------------------------------

NO_REPS = Range(1)
NO_SETS = Range(1)
SETS_BY_DEFAULT = "One set is this library's default; the record gives no plain number."
BOTH_BY_DEFAULT = (
    "One repetition and one set are this library's defaults; the record gives no plain number."
)

# --- the position: from the preparation ---------------------------------------------
#
# That is all up to the starting position where the record tells that, or else the first
# paragraph. A sentence names a position plainly only if it begins with it.

_OPENING = (
    r"(?:(?:to begin|to start|first|begin|start|off|out|by|with|in|into|an?|get|while|from|be"
    r"|on the (?:floor|ground))[, ]+){0,8}+"
)
_CLAUSE = r"(?:[^.]*?(?:,| and) (?:then |slowly )?)?"

POSTURE = re.compile(
    rf"{_OPENING}(lying|laying|kneeling|sitting|seated|standing)\b"
    rf"|{_CLAUSE}{_OPENING}(lie|lay|kneel|sit(?! back)|seat(?= yourself)|stand)\b",
    re.IGNORECASE,
)
"""A sentence that names a posture by how it begins, or by how a clause of it does."""

POSTURES = {
    "kneel": Position.KNEELING,
    "kneeling": Position.KNEELING,
    "sit": Position.SITTING,
    "sitting": Position.SITTING,
    "seat": Position.SITTING,
    "seated": Position.SITTING,
    "stand": Position.STANDING,
    "standing": Position.STANDING,
}
"""The position that a posture is; the words that are not here are for lying."""

LYING = (
    (re.compile(r"\b(?:face ?down|chest down|on your stomach|prone)\b", re.IGNORECASE),
     Position.LYING_ON_FRONT),
    (re.compile(r"\bon your (?:left |right )?side\b", re.IGNORECASE), Position.LYING_ON_SIDE),
    (re.compile(r"\bon your back\b|\bface ?up\b|^(?: down)? back\b"
                r"|\byour (?:lower )?back (?:pressed )?(?:against|to|on)\b", re.IGNORECASE),
     Position.LYING_ON_BACK),
)  # fmt: skip
"""How a person lies, from what stands behind the posture; the first row that fits counts."""

ALL_FOURS = re.compile(
    rf"{_OPENING}(?:(?:position|place) yourself )?{_OPENING}"
    r"on (?:(?:your|the) hands and knees|all fours)\b",
    re.IGNORECASE,
)

LYING_SOMEHOW = Position.LYING_ON_BACK
"""The default where the preparation says lying, and not how."""

NO_POSITION = Position.STANDING
"""The default where the preparation names no position, or more than one."""

TAKES_POSITION = re.compile(
    r"(?:^|[.,;:] |\band |\bthen |\bor )(?:and |then |now ){0,3}"
    r"(?P<verb>lie|lay|sit|kneel|stand)\b",
    re.IGNORECASE,
)
"""A position that is taken; where the preparation takes two, none of them is plain."""

# --- sentences ---------------------------------------------------------------------

SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\d\.)\s+")
LINE_END = re.compile(r"[\r\n]+")


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{pattern}\.?", re.IGNORECASE)


_BEFORE = r"(?:(?:then|now|also),? |(?P<before>.+?)(?:,? and then|,? and|,? then|,) )??"

CONDITION = re.compile(
    r"\b(?:if|when|once|as soon as|while|after|before|until|unless|without"
    r"|may|might|can|could|should|or|no|not|never|avoid)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words that tie the end of a sentence to its beginning, which is then not cut."""

_NUMBER = r"[1-9]\d{0,2}"
_AMOUNT = rf"(?P<low>{_NUMBER})(?:(?: ?[-–] ?| to )(?P<high>{_NUMBER}))?"
_OBJECT = (
    r"(?: (?:at|in|it|this|that|the|top|bottom|stretch|stretched|contraction|contracted"
    r"|position|pose|of|movement|motion)){0,6}"
)

HOLD = _whole(
    rf"{_BEFORE}(?P<hold>(?:hold|pause|keep){_OBJECT} for "
    rf"(?:{_AMOUNT} (?P<unit>second|minute)s?|(?:an?|one)(?: full)? (?P<one>second|minute))"
    rf"{_OBJECT}(?: as you squeeze the \w+)?)(?:,? (?:and )?then (?P<after>.+))?"
)
"""A position that is kept for a plain time: "hold the stretch for 10 to 20 seconds"."""

SECONDS = {"second": 1, "minute": 60}

_OTHER = r"(?:the|your) (?:other|opposite) (?:side|leg|arm|foot|hand|knee)"

_ALL_OF_IT = r"(?: the (?:same )?(?:movement|exercise|(?:entire )?sequence|series of movements))?"

SIDES = _whole(
    rf"{_BEFORE}(?P<sides>"
    rf"switch (?:(?:sides|legs|arms|feet|hands)|to {_OTHER})"
    rf"(?: and repeat{_ALL_OF_IT}(?: (?:on|with|for) {_OTHER})?| once complete)?"
    rf"|(?:reposition and )?repeat{_ALL_OF_IT} (?:on|with|for) {_OTHER})"
)
"""The whole is done on one side and then on the other: "and then switch sides"."""

ONE_SIDE_FIRST = re.compile(
    r"\bswitch (?:sides|legs|arms|feet|hands)\b"
    r"|\brepeat\b[^.]*\b(?:other|opposite)\b"
    r"|\bto the (?:other|opposite) side\b",
    re.IGNORECASE,
)
"""Words on the other side; where they stay prose, so do the holds, or one side had them alone."""

HANDED = re.compile(r"\b(?:left|right)\b", re.IGNORECASE)
"""Words that fit one side only, so that nobody can be told them for both."""

_REPEAT = (
    r"(?:then,? |now,? )?(?P<reps>repeat"
    r"(?: (?:this|the)(?: same)? (?:movement|motion|exercise|action|sequence))?"
)

REPS = _whole(rf"{_REPEAT}(?: for)? {_AMOUNT} (?:repetitions|reps|times))")
"""The whole is done so many times: "repeat for 10-20 repetitions"."""

REPS_UNCOUNTED = _whole(
    rf"{_REPEAT}(?: for (?:the|your) (?:recommended|prescribed|desired|required)"
    r" (?:amount|number) of (?:repetitions|reps|times)"
    r"(?: (?:of|prescribed in) your (?:training )?program)?)?)"
)
"""The whole is done several times: "repeat for the recommended amount of repetitions"."""

STARTING_POSITION = re.compile(
    r"th(?:is|at) (?:will be|is) (?:your|the) (?:starting|initial) position"
    r"(?: of the exercise)?\.?",
    re.IGNORECASE,
)
"""What stands before and with this sentence is done once."""

NOTE = re.compile(r"\(?(?:tip|note):", re.IGNORECASE)
"""What may stand behind it in the same paragraph."""

CAUTION = re.compile(r"\bcaution: +(?P<caution>.+)", re.IGNORECASE)
"""The rest of a paragraph that is a warning and says so."""
