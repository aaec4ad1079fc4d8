"""Why an exercise is in a plan or is not, in sentences of a language."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from supple._phrases import fallbacks


class Why(StrEnum):
    """Why an exercise is in a plan, or why it is not."""

    ASKED_FOR = "asked-for"
    ONLY_ONE = "only-one"
    """It alone in the plan works something that was asked for."""
    WORKS = "works"
    """It works something that was asked for, as others in the plan do."""
    FILLS = "fills"
    """It fills the time, where no targets were asked for."""

    EXCLUDED = "excluded"
    TWICE = "twice"
    """An earlier catalog has an exercise of that id."""
    POSITION = "position"
    KNEELING = "kneeling"
    """Its position rests on the knees, which was to be avoided."""
    CONDITION = "condition"
    """One of its contraindications mentions a condition given."""
    EQUIPMENT = "equipment"
    OTHER_TARGETS = "other-targets"
    TOO_LONG = "too-long"
    """There is no time for it even by itself."""
    CHANGE = "change"
    """It is done in a position, or at a place in the order, that the plan does not have."""
    NO_ROOM = "no-room"
    """What was chosen fills the time, or covers as much without it."""


@frozen
class Reason:
    """Why an exercise is in a plan or is not; its text is a whole sentence.

    Attributes:
        why: The kind of reason.
        text: The sentence, in the language of the plan.
    """

    why: Why
    text: str

    def __str__(self) -> str:
        return self.text


def reason(why: Why, language: str, **facts: str) -> Reason:
    """Return a reason in the closest language that the library speaks, in English if none."""
    spoken = next((_TEXTS[tag] for tag in fallbacks(language) if tag in _TEXTS), _TEXTS["en"])
    return Reason(why, spoken[why].format(**facts))


_TEXTS = {
    "en": {
        Why.ASKED_FOR: "You asked for it.",
        Why.ONLY_ONE: "It is the only one here that works: {targets}.",
        Why.WORKS: "It works: {targets}.",
        Why.FILLS: "It fills the time.",
        Why.EXCLUDED: "You asked to leave it out.",
        Why.TWICE: "Another catalog has an exercise of the same id.",
        Why.POSITION: "It is done in a position that you want to avoid: {position}.",
        Why.KNEELING: "It rests on the knees, which you want to avoid: {position}.",
        Why.CONDITION: "Its catalog says: {contraindication}",
        Why.EQUIPMENT: "It needs: {equipment}.",
        Why.OTHER_TARGETS: "It works nothing that you asked for.",
        Why.TOO_LONG: "By itself it takes {time}, for which there is no time.",
        Why.CHANGE: "It does not go with the positions chosen: {position}.",
        Why.NO_ROOM: "The time is filled without it.",
    },
    "de": {
        Why.ASKED_FOR: "Du hast sie dir gewünscht.",
        Why.ONLY_ONE: "Nur diese Übung hier trainiert: {targets}.",
        Why.WORKS: "Sie trainiert: {targets}.",
        Why.FILLS: "Sie füllt die Zeit.",
        Why.EXCLUDED: "Du wolltest sie nicht.",
        Why.TWICE: "Ein anderer Katalog hat eine Übung mit derselben Kennung.",
        Why.POSITION: "Du möchtest die Haltung vermeiden, in der sie geübt wird: {position}.",
        Why.KNEELING: "Sie belastet die Knie, was du vermeiden möchtest: {position}.",
        Why.CONDITION: "Ihr Katalog sagt: {contraindication}",
        Why.EQUIPMENT: "Dafür braucht man: {equipment}.",
        Why.OTHER_TARGETS: "Sie trainiert nichts von dem, was du dir gewünscht hast.",
        Why.TOO_LONG: "Sie dauert allein {time}, und so viel Zeit ist nicht.",
        Why.CHANGE: "Sie passt nicht zu den gewählten Haltungen: {position}.",
        Why.NO_ROOM: "Die Zeit ist auch ohne sie gefüllt.",
    },
    "es": {
        Why.ASKED_FOR: "Lo has pedido.",
        Why.ONLY_ONE: "Es el único aquí que trabaja: {targets}.",
        Why.WORKS: "Trabaja: {targets}.",
        Why.FILLS: "Llena el tiempo.",
        Why.EXCLUDED: "Has pedido no hacerlo.",
        Why.TWICE: "Otro catálogo tiene un ejercicio con el mismo identificador.",
        Why.POSITION: "Se hace en una posición que quieres evitar: {position}.",
        Why.KNEELING: "Se apoya en las rodillas, lo que quieres evitar: {position}.",
        Why.CONDITION: "Su catálogo dice: {contraindication}",
        Why.EQUIPMENT: "Hace falta: {equipment}.",
        Why.OTHER_TARGETS: "No trabaja nada de lo que has pedido.",
        Why.TOO_LONG: "Por sí solo dura {time}, y no hay tanto tiempo.",
        Why.CHANGE: "No va con las posiciones elegidas: {position}.",
        Why.NO_ROOM: "El tiempo se llena sin él.",
    },
}
