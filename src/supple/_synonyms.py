"""The words of files that people have other words for.

Spelling does not tell that "seated" is "sitting": it comes closer to "standing". What stands here
is offered before anything that is spelt alike, and only where the word is one of those that fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_WORDS: Final[Mapping[str, str]] = {
    # keys
    "reps": "repetitions repetition repeat repeats rep times count counts wiederholungen",
    "sets": "set series rounds",
    "rounds": "round repeat times laps",
    "seconds": "duration time length sec secs second hold_seconds dauer sekunden",
    "rest": "pause break resting rest_seconds",
    "hold": "keep stay hold_for position pose",
    "step": "move movement action do instruction",
    "sides": "side both_sides bilateral unilateral",
    "side": "sides",
    "position": "start_position posture starting_position",
    "kind": "type category",
    "name": "title label",
    "title": "name label",
    "text": "say message words",
    "purpose": "goal aim benefit benefits why description",
    "summary": "description about intro",
    "targets": "muscles muscle body_parts areas area target body_area",
    "equipment": "props tools gear",
    "cautions": "caution warning warnings precautions care",
    "contraindications": "contraindication not_for avoid exclusions",
    "links": "video videos film link website",
    "pictures": "picture image images photo photos",
    "alt": "alt_text caption description",
    "path": "file filename src image",
    "credit": "author licence license copyright",
    "url": "link address href website web",
    "says": "quote dose figure",
    "gives": "for parts",
    "sources": "source reference references evidence literature",
    "source": "sources reference",
    "cycle": "cycles steps exercise repetition movements",
    "setup": "start begin preparation prepare beginning",
    "finish": "end ending stop cooldown",
    "easier": "regression regressions simpler",
    "harder": "progression progressions advanced",
    "exercise": "id name",
    "items": "exercises steps list",
    "tier": "level kind severity urgency",
    "advice": "advices tips notes",
    "frequency": "often how_often",
    "note": "notes comment remark",
    "load": "weight resistance band",
    "until_ready": "wait untilready wait_for_ready",
    "is_default": "default own",
    "breath": "breathing breathe",
    "first_side": "start_side begin_side starting_side",
    "language": "lang locale",
    # values
    "lying-on-back": "supine back lying on-back on-the-back lying-back",
    "lying-on-front": "prone front stomach belly on-front lying-on-stomach lying-on-belly",
    "lying-on-side": "sidelying side-lying on-side",
    "all-fours": "quadruped on-all-fours hands-and-knees four-point",
    "sitting": "seated sit chair seat",
    "standing": "stand upright stood",
    "kneeling": "kneel knees",
    "half-kneeling": "half-kneel lunge one-knee",
    "squatting": "squat deep-squat",
    "hanging": "hang bar",
    "leaning-on-wall": "wall leaning wall-lean at-the-wall",
    "stretch": "stretching static static-stretch flexibility",
    "dynamic-stretch": "dynamic dynamic-stretching",
    "mobility": "mobilisation mobilization mobilise warm-up warmup",
    "strengthening": "strength strengthen resistance exercise",
    "balance": "stability balancing proprioception",
    "breathing": "breath breathe",
    "nerve-glide": "neural nerve nerve-gliding neurodynamic flossing",
    "relaxation": "relax relaxing rest",
    "none": "no neither single one",
    "each": "both left-then-right each-side per-side unilateral one-after-the-other",
    "alternate": "alternating alternately left-right switching",
    "emergency": "emergencies urgent-care 911 112",
    "stop": "danger warning",
    "general": "info tip tips information",
}

_LANGUAGES: Final[Mapping[str, str]] = {
    "en": "english englisch inglés anglais",
    "de": "german deutsch alemán allemand",
    "es": "spanish español espanol spanisch",
    "fr": "french français francais französisch",
    "it": "italian italiano",
    "pt": "portuguese português portugues",
    "nl": "dutch nederlands",
    "pl": "polish polski",
    "sv": "swedish svenska",
    "da": "danish dansk",
    "nb": "norwegian norsk",
    "fi": "finnish suomi",
    "cs": "czech čeština",
    "ru": "russian русский",
    "uk": "ukrainian українська",
    "tr": "turkish türkçe",
    "ar": "arabic العربية",
    "he": "hebrew עברית",
    "hi": "hindi हिन्दी",
    "ja": "japanese 日本語",
    "ko": "korean 한국어",
    "zh": "chinese 中文",
    "el": "greek ελληνικά",
}


def _turned(words: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, others in words.items():
        for other in others.split():
            found.setdefault(other, []).append(word)
    return found


_MEANT: Final = _turned(_WORDS)
_TAGS: Final = _turned(_LANGUAGES)


def meant(name: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the known words that somebody may mean by another.

    >>> meant("Seated", ["standing", "sitting"]), meant("video", ["links"]), meant("x", ["links"])
    (('sitting',), ('links',), ())
    """
    name = name.strip().casefold()
    forms = dict.fromkeys([name, name.replace(" ", "-"), name.replace(" ", "_")])
    found = (each for form in forms for each in [form, *_MEANT.get(form, ())])
    return tuple(dict.fromkeys(each for each in found if each in known))


def tag_meant(name: str) -> str | None:
    """Return the tag of a language that is called by its name.

    >>> tag_meant("French"), tag_meant("Klingon")
    ('fr', None)
    """
    return next(iter(_TAGS.get(name.strip().casefold(), ())), None)
