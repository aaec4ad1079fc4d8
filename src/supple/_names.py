"""What the closed words of files are called in each language: areas, equipment, kinds, doses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supple._phrases import fallbacks

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES: Mapping[str, Mapping[str, str]] = {
    "de": {
        "neck": "Nacken",
        "shoulders": "Schultern",
        "arms": "Arme",
        "wrists": "Handgelenke",
        "chest": "Brust",
        "upper-back": "oberer Rücken",
        "lower-back": "unterer Rücken",
        "core": "Rumpf",
        "hips": "Hüften",
        "buttocks": "Gesäß",
        "thighs": "Oberschenkel",
        "hamstrings": "Rückseite der Oberschenkel",
        "knees": "Knie",
        "calves": "Waden",
        "ankles": "Sprunggelenke",
        "feet": "Füße",
        "mat": "Matte",
        "bed": "Bett",
        "chair": "Stuhl",
        "desk": "Schreibtisch",
        "wall": "Wand",
        "step": "Stufe",
        "cushion": "Kissen",
        "towel": "Handtuch",
        "strap": "Gurt",
        "band": "Übungsband",
        "ball": "Ball",
        "roller": "Rolle",
        "dumbbell": "Hantel",
        "bar": "Stange",
        "stretch": "Dehnung",
        "dynamic-stretch": "dynamische Dehnung",
        "mobility": "Beweglichkeit",
        "strengthening": "Kräftigung",
        "balance": "Gleichgewicht",
        "breathing": "Atmung",
        "nerve-glide": "Nervengleiten",
        "relaxation": "Entspannung",
        "reps": "Wiederholungen",
        "sets": "Sätze",
        "hold": "Haltezeit",
        "rest": "Pause",
    },
    "es": {
        "neck": "cuello",
        "shoulders": "hombros",
        "arms": "brazos",
        "wrists": "muñecas",
        "chest": "pecho",
        "upper-back": "espalda alta",
        "lower-back": "zona lumbar",
        "core": "tronco",
        "hips": "caderas",
        "buttocks": "glúteos",
        "thighs": "muslos",
        "hamstrings": "parte posterior de los muslos",
        "knees": "rodillas",
        "calves": "pantorrillas",
        "ankles": "tobillos",
        "feet": "pies",
        "mat": "esterilla",
        "bed": "cama",
        "chair": "silla",
        "desk": "escritorio",
        "wall": "pared",
        "step": "escalón",
        "cushion": "cojín",
        "towel": "toalla",
        "strap": "correa",
        "band": "banda elástica",
        "ball": "pelota",
        "roller": "rodillo",
        "dumbbell": "mancuerna",
        "bar": "barra",
        "stretch": "estiramiento",
        "dynamic-stretch": "estiramiento dinámico",
        "mobility": "movilidad",
        "strengthening": "fortalecimiento",
        "balance": "equilibrio",
        "breathing": "respiración",
        "nerve-glide": "deslizamiento neural",
        "relaxation": "relajación",
        "reps": "repeticiones",
        "sets": "series",
        "hold": "tiempo de mantener",
        "rest": "descanso",
    },
}


def name_of(word: str, language: str) -> str:
    """Return what a target, a piece of equipment, a kind or a part of a dose is called.

    A free word is called what it is. In a language that the library does not speak, it is
    called by its English name.

    Args:
        word: A :class:`~supple.BodyArea`, an :class:`~supple.Equipment`, an
            :class:`~supple.ExerciseKind`, a :class:`~supple.DosePart`, or a free word.
        language: The language, a tag of BCP 47.

    >>> name_of("lower-back", "de-AT"), name_of("lower-back", "en"), name_of("left toe", "de")
    ('unterer Rücken', 'lower back', 'left toe')
    """
    for tag in fallbacks(language):
        if tag in _NAMES:
            return _NAMES[tag].get(word, str(word))
    return str(word).replace("-", " ") if word in _NAMES["de"] else str(word)
