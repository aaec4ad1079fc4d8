"""The library's own words on pages and screens: headings, keys, amounts.

What a voice says stands in :mod:`supple._phrases`, and a catalog may say it otherwise. What
stands here frames what a catalog says, and is the library's alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import fields, frozen

from supple._phrases import fallbacks

if TYPE_CHECKING:
    from supple._model import AdviceTier


@frozen(kw_only=True)
class Labels:
    """The words of one language. ``{…}`` stands for what the name in the braces says."""

    language: str = "en"
    language_itself: str = "English"

    # --- amounts ---
    hours: str = "{n} h"
    minutes: str = "{n} min"
    seconds: str = "{n} s"
    once: str = "once"
    times: str = "{n} times"
    hold: str = "hold {seconds}"
    times_hold: str = "{n} × hold {seconds}"
    sets: str = "{n} sets: {dose}"
    each_side: str = "{dose}, each side"
    one_side: str = "{dose}, {side} only"
    by_side: str = "{side} {dose}"
    until_ready: str = "until you are ready"
    one_round: str = "1 round"
    rounds: str = "{n} rounds"
    gentle_to_full: str = "{gentle} at the gentle end, {full} at the full dose"

    # --- the sheet ---
    what_to_do: str = "What to do"
    begin: str = "To begin with"
    each_time: str = "Each time"
    end: str = "To end with"
    both_sides: str = "first {one}, then the same {other}"
    take_care: str = "Take care"
    you_need: str = "You need"
    works_on: str = "Works on"
    not_for: str = "Not suitable"
    load: str = "with {load}"
    times_a_day: str = "{n} times a day"
    days_a_week: str = "on {n} days a week"
    sources: str = "Where the doses come from"
    general: str = "Good to know"
    stop: str = "Stop"
    routine_care: str = "Ask a professional"
    urgent: str = "Get help soon"
    emergency: str = "Get help at once"
    disclaimer: str = (
        "A mobility routine, not a treatment. It shows advice and gives none of its own."
    )
    made_with: str = "Made with supple from the catalog data as it stands; works offline."

    # --- the pages of the command line ---
    kind: str = "Kind"
    position: str = "Position"
    sides: str = "Sides"
    in_turn: str = "{one} and {other} in turn"
    dose: str = "Dose"
    between_sets: str = "{seconds} between sets"
    between_rounds: str = "rest {seconds} between rounds"
    after_share: str = "after {percent} % of the time: {text}"
    before_end: str = "{seconds} before the end: {text}"
    default_for: str = "default for {parts}"
    for_comparison: str = "for comparison"
    pictures: str = "Pictures"
    links: str = "Links"
    easier: str = "Easier"
    harder: str = "Harder"
    duration: str = "Duration"
    how_often: str = "How often"
    languages: str = "Languages: {tags}"
    exercises: str = "Exercises"
    routines: str = "Routines"
    of_time: str = "of {time}"
    estimated: str = "{time} (estimated)"
    one_position: str = "in one position"
    one_change: str = "1 change of position"
    changes: str = "{n} changes of position"
    left_over: str = "{time} is left over."
    more_takes: str = "More of each exercise takes up to {time}: see {command}."
    not_covered: str = "Not covered: {targets}"
    not_chosen: str = "left out"
    how_far: str = "dose, and how far it is from the gentlest (0 %) to the fullest (100 %)"

    # --- the picture of a timeline ---
    movement: str = "movement"
    holding: str = "hold"
    resting: str = "rest"

    # --- the player ---
    start: str = "Start"
    pause: str = "Pause"
    resume: str = "Go on"
    skip: str = "Skip"
    back: str = "Back"
    ready: str = "I am ready"
    stop_here: str = "Stop here"
    again: str = "Once more"
    sheet: str = "Show the sheet"
    settings: str = "Settings"
    level: str = "How much"
    gentle: str = "gentle"
    full: str = "full dose"
    language_name: str = "Language"
    tones: str = "Tones"
    speech: str = "Speak"
    no_voice: str = "This device has no voice of its own for this language."
    silence_others: str = "Sound even in silent mode; pauses your music"
    position_in_time: str = "Position"
    exercise_of: str = "Exercise {n} of {total}"
    rep_of: str = "{n} of {total}"
    next: str = "Next"
    paused: str = "Paused"
    was_away: str = "Paused: the device was asleep"
    waiting: str = "Take your time"
    done: str = "Done"
    stopped: str = "Stopped"
    time_done: str = "{time} of {total}"
    left_out: str = "Left out: {names}"
    continue_at: str = "Go on at {time}"
    keys: str = "Space: pause and go on · ← →: back and skip · Enter: ready"

    def of_the_player(self) -> dict[str, str]:
        """Return those that a player shows, by name."""
        names = [field.name for field in fields(Labels)]
        return {
            name: getattr(self, name) for name in ["seconds", *names[names.index("movement") :]]
        }

    def tier(self, tier: AdviceTier) -> str:
        """Return the heading of a tier of advice."""
        heading: str = getattr(self, tier.name.lower())
        return heading


_LABELS = {
    labels.language: labels
    for labels in (
        Labels(),
        Labels(
            language="de",
            language_itself="Deutsch",
            hours="{n} h",
            minutes="{n} min",
            seconds="{n} s",
            once="einmal",
            times="{n}-mal",
            hold="{seconds} halten",
            times_hold="{n} × {seconds} halten",
            sets="{n} Sätze: {dose}",
            each_side="{dose}, jede Seite",
            one_side="{dose}, nur {side}",
            by_side="{side} {dose}",
            until_ready="bis du so weit bist",
            one_round="1 Runde",
            rounds="{n} Runden",
            gentle_to_full="{gentle} in sanftem, {full} in vollem Umfang",
            what_to_do="Was zu tun ist",
            begin="Zu Beginn",
            each_time="Jedes Mal",
            end="Zum Schluss",
            both_sides="erst {one}, dann ebenso {other}",
            take_care="Gib acht",
            you_need="Du brauchst",
            works_on="Wirkt auf",
            not_for="Nicht geeignet",
            load="mit {load}",
            times_a_day="{n}-mal am Tag",
            days_a_week="an {n} Tagen in der Woche",
            sources="Woher der Umfang stammt",
            general="Gut zu wissen",
            stop="Aufhören",
            routine_care="Fachlichen Rat holen",
            urgent="Bald Hilfe holen",
            emergency="Sofort Hilfe holen",
            disclaimer=(
                "Ein Programm für die Beweglichkeit, keine Behandlung. Es zeigt Hinweise und "
                "gibt keine eigenen."
            ),
            made_with="Mit supple aus den Angaben des Katalogs erstellt; geht ohne Internet.",
            kind="Art",
            position="Ausgangslage",
            sides="Seiten",
            in_turn="abwechselnd {one} und {other}",
            dose="Umfang",
            between_sets="{seconds} zwischen den Sätzen",
            between_rounds="{seconds} Pause zwischen den Runden",
            after_share="nach {percent} % der Zeit: {text}",
            before_end="{seconds} vor dem Ende: {text}",
            default_for="Vorgabe für {parts}",
            for_comparison="zum Vergleich",
            pictures="Bilder",
            links="Verweise",
            easier="Leichter",
            harder="Schwerer",
            duration="Dauer",
            how_often="Wie oft",
            languages="Sprachen: {tags}",
            exercises="Übungen",
            routines="Programme",
            of_time="von {time}",
            estimated="{time} (geschätzt)",
            one_position="in einer Ausgangslage",
            one_change="1 Wechsel der Ausgangslage",
            changes="{n} Wechsel der Ausgangslage",
            left_over="{time} bleiben übrig.",
            more_takes="Mehr von jeder Übung dauert bis zu {time}: siehe {command}.",
            not_covered="Nicht abgedeckt: {targets}",
            not_chosen="ausgelassen",
            how_far="Umfang, und wo er vom sanftesten (0 %) zum vollsten (100 %) liegt",
            movement="Bewegung",
            holding="Halten",
            resting="Pause",
            start="Los",
            pause="Anhalten",
            resume="Weiter",
            skip="Auslassen",
            back="Zurück",
            ready="Ich bin so weit",
            stop_here="Hier aufhören",
            again="Noch einmal",
            sheet="Zum Blatt",
            settings="Einstellungen",
            level="Wie viel",
            gentle="sanft",
            full="voller Umfang",
            language_name="Sprache",
            tones="Töne",
            speech="Vorlesen",
            no_voice="Dieses Gerät hat keine eigene Stimme für diese Sprache.",
            silence_others="Auch stummgeschaltet hörbar; hält deine Musik an",
            position_in_time="Stelle",
            exercise_of="Übung {n} von {total}",
            rep_of="{n} von {total}",
            next="Danach",
            paused="Angehalten",
            was_away="Angehalten: Das Gerät hat geschlafen",
            waiting="Lass dir Zeit",
            done="Fertig",
            stopped="Aufgehört",
            time_done="{time} von {total}",
            left_out="Ausgelassen: {names}",
            continue_at="Weiter bei {time}",
            keys="Leertaste: anhalten, weiter · ← →: zurück, überspringen · Eingabe: so weit",
        ),
        Labels(
            language="es",
            language_itself="Español",
            hours="{n} h",
            minutes="{n} min",
            seconds="{n} s",
            once="una vez",
            times="{n} veces",
            hold="mantener {seconds}",
            times_hold="{n} × mantener {seconds}",
            sets="{n} series: {dose}",
            each_side="{dose}, cada lado",
            one_side="{dose}, solo {side}",
            by_side="{side} {dose}",
            until_ready="hasta que acabes",
            one_round="1 ronda",
            rounds="{n} rondas",
            gentle_to_full="{gentle} con la dosis suave, {full} con la dosis completa",
            what_to_do="Qué hacer",
            begin="Para empezar",
            each_time="Cada vez",
            end="Para terminar",
            both_sides="primero {one}, luego igual {other}",
            take_care="Ten cuidado",
            you_need="Necesitas",
            works_on="Trabaja",
            not_for="No indicado",
            load="con {load}",
            times_a_day="{n} veces al día",
            days_a_week="{n} días a la semana",
            sources="De dónde vienen las dosis",
            general="Conviene saber",
            stop="Para",
            routine_care="Consulta a un profesional",
            urgent="Busca ayuda pronto",
            emergency="Busca ayuda de inmediato",
            disclaimer=(
                "Una rutina de movilidad, no un tratamiento. Muestra consejos y no da ninguno "
                "propio."
            ),
            made_with="Hecho con supple a partir del catálogo; funciona sin conexión.",
            kind="Tipo",
            position="Postura",
            sides="Lados",
            in_turn="{one} y {other} por turnos",
            dose="Dosis",
            between_sets="{seconds} entre series",
            between_rounds="{seconds} de descanso entre rondas",
            after_share="tras el {percent} % del tiempo: {text}",
            before_end="{seconds} antes del final: {text}",
            default_for="valor propio para {parts}",
            for_comparison="como comparación",
            pictures="Imágenes",
            links="Enlaces",
            easier="Más fácil",
            harder="Más difícil",
            duration="Duración",
            how_often="Frecuencia",
            languages="Idiomas: {tags}",
            exercises="Ejercicios",
            routines="Rutinas",
            of_time="de {time}",
            estimated="{time} (estimado)",
            one_position="en una sola postura",
            one_change="1 cambio de postura",
            changes="{n} cambios de postura",
            left_over="Sobran {time}.",
            more_takes="Hacer más de cada ejercicio lleva hasta {time}: véase {command}.",
            not_covered="Sin cubrir: {targets}",
            not_chosen="sin incluir",
            how_far="dosis, y dónde queda entre la más suave (0 %) y la más completa (100 %)",
            movement="movimiento",
            holding="mantener",
            resting="descanso",
            start="Empezar",
            pause="Pausa",
            resume="Seguir",
            skip="Saltar",
            back="Atrás",
            ready="Ya está",
            stop_here="Terminar aquí",
            again="Otra vez",
            sheet="Ver la hoja",
            settings="Ajustes",
            level="Cuánto",
            gentle="suave",
            full="dosis completa",
            language_name="Idioma",
            tones="Tonos",
            speech="Voz",
            no_voice="Este dispositivo no tiene voz propia para este idioma.",
            silence_others="Suena también en silencio; detiene tu música",
            position_in_time="Posición",
            exercise_of="Ejercicio {n} de {total}",
            rep_of="{n} de {total}",
            next="Después",
            paused="En pausa",
            was_away="En pausa: el dispositivo estaba dormido",
            waiting="Tómate tu tiempo",
            done="Terminado",
            stopped="Detenido",
            time_done="{time} de {total}",
            left_out="Sin hacer: {names}",
            continue_at="Seguir en {time}",
            keys="Espacio: pausar y seguir · ← →: atrás y saltar · Intro: ya está",
        ),
    )
}


def labels_for(language: str) -> Labels:
    """Return the labels of the closest language that the library speaks, English if none."""
    return next((_LABELS[tag] for tag in fallbacks(language) if tag in _LABELS), _LABELS["en"])
