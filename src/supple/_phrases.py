"""The library's own words: what it says where the author of a routine says nothing."""

from __future__ import annotations

from attrs import fields, frozen

from supple._errors import ModelError
from supple._model import Position, Side, checks as check


@frozen(kw_only=True)
class Phrases:
    """What the library says in one language.

    In ``get_ready``, ``transition`` and ``position_change``, ``{exercise}`` stands for the name
    of the exercise that comes and ``{position}`` for its position.

    Raises:
        ModelError: If a phrase is no single line of text, or has other braces.
    """

    language: str = "en"
    get_ready: str = "Get ready: {exercise}, {position}"
    transition: str = "Next: {exercise}"
    position_change: str = "Next: {exercise}, {position}"
    switch_sides: str = "Switch sides"
    rest: str = "Rest"
    round: str = "Round"
    set: str = "Set"
    rep: str = "Repetition"
    last_rep: str = "Last repetition"
    first: str = "First"
    of: str = "of"
    finished: str = "End of the routine"
    halfway: str = "Halfway"
    switch_soon: str = "Switch sides soon"
    breathe_in: str = "Breathe in"
    breathe_out: str = "Breathe out"
    left: str = "left"
    right: str = "right"
    lying_on_back: str = "lying on your back"
    lying_on_front: str = "lying on your front"
    lying_on_side: str = "lying on your side"
    all_fours: str = "on all fours"
    kneeling: str = "kneeling"
    sitting: str = "sitting"
    standing: str = "standing"
    half_kneeling: str = "half kneeling"
    squatting: str = "squatting"
    leaning_on_wall: str = "leaning on a wall"
    hanging: str = "hanging"

    def __attrs_post_init__(self) -> None:
        check.language("Phrases.language", self.language)
        for field in fields(Phrases):
            where, phrase = f"Phrases.{field.name}", getattr(self, field.name)
            bare = check.text(where, phrase)
            if field.name in _WITH_PLACEHOLDERS:
                bare = bare.replace("{exercise}", "").replace("{position}", "")
            if not {*bare}.isdisjoint("{}"):
                raise ModelError(where, "must have no braces but its placeholders", phrase)

    def sides(self) -> dict[Side, str]:
        """Return what each side is called."""
        return {Side.LEFT: self.left, Side.RIGHT: self.right}

    def counted(self, word: str, number: object, total: int) -> str:
        """Return which one of how many, such as ``Set 2 of 3``; ``word`` is such as ``set``."""
        return f"{word} {number} {self.of} {total}"

    def position(self, position: Position) -> str:
        """Return what a position is called."""
        phrase: str = getattr(self, position.name.lower())
        return phrase


_WITH_PLACEHOLDERS = frozenset({"get_ready", "transition", "position_change"})

_PHRASES = {
    phrases.language: phrases
    for phrases in (
        Phrases(),
        Phrases(
            language="de",
            get_ready="Mach dich bereit: {exercise}, {position}",
            transition="Als Nächstes: {exercise}",
            position_change="Als Nächstes: {exercise}, {position}",
            switch_sides="Wechsle die Seite",
            rest="Pause",
            round="Runde",
            set="Satz",
            rep="Wiederholung",
            last_rep="Letzte Wiederholung",
            first="Zuerst",
            of="von",
            finished="Ende der Übungen",
            halfway="Die Hälfte ist geschafft",
            switch_soon="Gleich Seitenwechsel",
            breathe_in="Einatmen",
            breathe_out="Ausatmen",
            left="links",
            right="rechts",
            lying_on_back="in Rückenlage",
            lying_on_front="in Bauchlage",
            lying_on_side="in Seitenlage",
            all_fours="im Vierfüßlerstand",
            kneeling="im Knien",
            sitting="im Sitzen",
            standing="im Stehen",
            half_kneeling="im Halbkniestand",
            squatting="in der Hocke",
            leaning_on_wall="an die Wand gelehnt",
            hanging="im Hang",
        ),
        Phrases(
            language="es",
            get_ready="Prepárate: {exercise}, {position}",
            transition="A continuación: {exercise}",
            position_change="A continuación: {exercise}, {position}",
            switch_sides="Cambia de lado",
            rest="Descanso",
            round="Ronda",
            set="Serie",
            rep="Repetición",
            last_rep="Última repetición",
            first="Primero",
            of="de",
            finished="Fin de la rutina",
            halfway="Vas por la mitad",
            switch_soon="Pronto cambias de lado",
            breathe_in="Inhala",
            breathe_out="Exhala",
            left="izquierda",
            right="derecha",
            lying_on_back="boca arriba",
            lying_on_front="boca abajo",
            lying_on_side="de costado",
            all_fours="a cuatro patas",
            kneeling="de rodillas",
            sitting="en posición sentada",
            standing="de pie",
            half_kneeling="con una rodilla en el suelo",
            squatting="en cuclillas",
            leaning_on_wall="en apoyo en la pared",
            hanging="en suspensión",
        ),
    )
}


def phrases_for(language: str) -> Phrases:
    """Return the phrases of the closest language that the library speaks, English if none.

    The closest is found by the lookup of RFC 4647, section 3.4: ``de-AT`` falls back to ``de``.
    """
    return next((_PHRASES[tag] for tag in fallbacks(language) if tag in _PHRASES), _PHRASES["en"])


def fallbacks(language: str) -> list[str]:
    """Return a language tag and the more general ones behind it, in the order of RFC 4647.

    >>> fallbacks("zh-Hant-TW")
    ['zh-hant-tw', 'zh-hant', 'zh']
    """
    subtags = language.lower().split("-")
    tags = []
    while subtags:
        tags.append("-".join(subtags))
        subtags.pop()
        while subtags and len(subtags[-1]) == 1:  # a singleton goes together with what it begins
            subtags.pop()
    return tags


@frozen(kw_only=True)
class ScreenWords:
    """What the screen says around a routine, in one language.

    Unlike :class:`Phrases`, these are no texts of a catalog, and none can bring its own. In
    braces stands what is filled in.
    """

    exercise: str = "Exercise {number} of {total}"
    time_left: str = "{time} left"
    paused: str = "Paused"
    space: str = "Space"
    enter: str = "Enter"
    goes_on: str = "{key} goes on"
    when_ready: str = "{key}, when you are ready"
    away: str = "The computer was away for {time}"
    then_done: str = "Then it is done"
    exercises: str = "Exercises"
    needed: str = "What you need"
    cautions: str = "Take care"
    contraindications: str = "Who should not do it"
    general: str = "Good to know"
    stop: str = "When to stop"
    routine_care: str = "When to see a professional"
    urgent: str = "When to get medical help soon"
    emergency: str = "Emergency: get help immediately"
    keys: str = "Keys"
    done: str = "Done"
    stopped: str = "Stopped"
    done_of: str = "{done} of {whole}"
    left_out: str = "Left out"
    in_part: str = "in part"
    nothing_left_out: str = "Nothing left out"
    go_on_with: str = "Go on with"
    do_start: str = "start"
    do_pause: str = "pause"
    do_resume: str = "go on"
    do_next: str = "next"
    do_back: str = "back"
    do_seek: str = "10 s"
    do_ready: str = "ready"
    do_scroll: str = "read on"
    do_light: str = "light, dark"
    do_suspend: str = "to the shell; fg returns"
    do_help: str = "keys"
    do_leave: str = "leave"
    do_close: str = "close"


_SCREEN_WORDS = {
    "en": ScreenWords(),
    "de": ScreenWords(
        exercise="Übung {number} von {total}",
        time_left="noch {time}",
        paused="Pause",
        space="Leertaste",
        goes_on="weiter mit {key}",
        when_ready="{key}, wenn du so weit bist",
        away="Der Rechner war {time} lang weg",
        then_done="Dann ist es geschafft",
        exercises="Übungen",
        needed="Was du brauchst",
        cautions="Darauf achten",
        contraindications="Für wen das nichts ist",
        general="Gut zu wissen",
        stop="Wann du aufhörst",
        routine_care="Wann du Fachleute fragst",
        urgent="Wann du bald ärztliche Hilfe brauchst",
        emergency="Notfall: hol sofort Hilfe",
        keys="Tasten",
        done="Fertig",
        stopped="Beendet",
        done_of="{done} von {whole}",
        left_out="Ausgelassen",
        in_part="zum Teil",
        nothing_left_out="Nichts ausgelassen",
        go_on_with="Weiter geht es mit",
        do_start="anfangen",
        do_pause="Pause",
        do_resume="weiter",
        do_next="vor",
        do_back="zurück",
        do_ready="so weit",
        do_scroll="weiterlesen",
        do_light="hell, dunkel",
        do_suspend="zur Shell; fg kehrt zurück",
        do_help="Tasten",
        do_leave="beenden",
        do_close="schließen",
    ),
    "es": ScreenWords(
        exercise="Ejercicio {number} de {total}",
        time_left="quedan {time}",
        paused="En pausa",
        space="Espacio",
        enter="Intro",
        goes_on="{key} para seguir",
        when_ready="{key}, cuando estés",
        away="El ordenador estuvo {time} ausente",
        then_done="Y habrás terminado",
        exercises="Ejercicios",
        needed="Qué necesitas",
        cautions="Ten cuidado",
        contraindications="Quién no debe hacerlo",
        general="Conviene saber",
        stop="Cuándo parar",
        routine_care="Cuándo consultar a un profesional",
        urgent="Cuándo buscar ayuda médica pronto",
        emergency="Emergencia: busca ayuda de inmediato",
        keys="Teclas",
        done="Hecho",
        stopped="Detenido",
        done_of="{done} de {whole}",
        left_out="Sin hacer",
        in_part="en parte",
        nothing_left_out="Nada sin hacer",
        go_on_with="Para seguir",
        do_start="empezar",
        do_pause="pausa",
        do_resume="seguir",
        do_next="adelante",
        do_back="atrás",
        do_ready="listo",
        do_scroll="seguir leyendo",
        do_light="claro, oscuro",
        do_suspend="a la consola; fg vuelve",
        do_help="teclas",
        do_leave="salir",
        do_close="cerrar",
    ),
}


def screen_words_for(language: str) -> ScreenWords:
    """Return the words of the screen in the closest language that it speaks, or English."""
    spoken = (tag for tag in fallbacks(language) if tag in _SCREEN_WORDS)
    return _SCREEN_WORDS[next(spoken, "en")]
