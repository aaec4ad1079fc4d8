"""A calendar of what was done: a column a week, a row a weekday, the darker the more often."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from attrs import frozen

from supple import Phrases
from supple._units import DAYS_OF_A_WEEK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from supple.planning import Entry

_SHADES = "·░▒▓█"
"""None, once, twice, three times and more often: to be told apart without any colour."""
_GREENS = ("#ebedf0", "#b7e4c7", "#74c69d", "#2d9562", "#14532d")
_LABELS = 5
_CELL = 14
_LEFT, _TOP = 34, 22


def totals(entries: Iterable[Entry]) -> dict[str, Any]:
    """Return the numbers of a log: sessions, those done to the end, days and seconds."""
    kept = list(entries)
    days = sorted({each.at.date() for each in kept})
    return {
        "sessions": len(kept),
        "finished": sum(each.finished for each in kept),
        "days": len(days),
        "seconds": sum(each.seconds for each in kept),
        "first": days[0].isoformat() if days else None,
        "last": days[-1].isoformat() if days else None,
    }


@frozen
class HeatMap:
    """How often something was done on each day of some weeks."""

    done: Counter[date]
    since: date
    """A Monday."""
    until: date
    phrases: Phrases

    @classmethod
    def of(
        cls, entries: Iterable[Entry], *, since: date, until: date, phrases: Phrases
    ) -> HeatMap:
        """Count the entries of each day, on the clock that the person had then."""
        return cls(Counter(each.at.date() for each in entries), since, until, phrases)

    def write(self, numbers: dict[str, Any]) -> None:
        """Write the calendar and the totals, as many of the last weeks as fit on the screen."""
        from supple._dosing import duration_in_words
        from supple._units import seconds_to_ms
        from supple.cli._page import Page

        page, phrases, weeks = Page(), self.phrases, self._weeks
        room = weeks if page.width is None else (page.width - _LABELS) // 2
        shown = range(max(weeks - room, 0), weeks)
        indent = (" " * _LABELS, "")
        page.write(indent, (self._heading(shown), "dim"))
        for weekday, label in enumerate(self._days):
            cells = (self._cell(week, weekday) for week in shown)
            page.write((f"{label:{_LABELS}}", "dim"), *cells)
        page.write()
        most = len(_SHADES) - 1
        often = [*map(str, range(1, most)), phrases.or_more.format(n=most)]
        legend = [
            (f"{shade} {each}   ", "green") for shade, each in zip(_SHADES[1:], often, strict=True)
        ]
        page.write(indent, (f"{_SHADES[0]} {phrases.not_once}   ", "dim"), *legend)
        sessions, finished = numbers["sessions"], numbers["finished"]
        if not sessions:
            page.heading(phrases.nothing_logged.format(command="supple play --log"), "")
            return
        page.heading(phrases.in_all)
        done = phrases.sessions_done.format(n=sessions, finished=finished)
        time = duration_in_words(seconds_to_ms(numbers["seconds"]), phrases)
        page.facts(
            [(phrases.sessions, done), (phrases.days, f"{numbers['days']}"), (phrases.time, time)]
        )

    @property
    def _weeks(self) -> int:
        """How many columns there are."""
        return (self.until - self.since).days // DAYS_OF_A_WEEK + 1

    @property
    def _days(self) -> list[str]:
        """Every other day of the week, so that they stay apart, and the last."""
        return [
            "" if number in {1, 3, 5} else day
            for number, day in enumerate(self.phrases.weekdays())
        ]

    def _months(self, weeks: range) -> Iterator[tuple[int, str]]:
        """Yield the names of the months, each behind the first column that begins in it."""
        before, names = None, self.phrases.months()
        for column, week in enumerate(weeks):
            month = (self.since + timedelta(weeks=week)).month
            if month != before:
                yield column, names[month - 1]
            before = month

    def _heading(self, weeks: range) -> str:
        """Return the names of the months, but for those that there is no room for."""
        line = ""
        for column, name in self._months(weeks):
            if len(line) <= column * 2:
                line = f"{line.ljust(column * 2)}{name} "
        return line.rstrip()[: len(weeks) * 2 + 1]

    def _cell(self, week: int, weekday: int) -> tuple[str, str]:
        day = self.since + timedelta(days=week * DAYS_OF_A_WEEK + weekday)
        if day > self.until:
            return "  ", ""
        shade = self._shade(day)
        return f"{_SHADES[shade]} ", "green" if shade else "dim"

    def _shade(self, day: date) -> int:
        return min(self.done[day], len(_SHADES) - 1)

    def svg(self) -> str:
        """Return the calendar as a picture that stands alone."""
        width = _LEFT + self._weeks * _CELL + 6
        height = _TOP + DAYS_OF_A_WEEK * _CELL + 6
        days = sum(1 for day in self.done if self.since <= day <= self.until)
        title = self.phrases.days_done.format(n=days, first=self.since, last=self.until)
        size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        text = 'font-family="sans-serif" font-size="10" fill="#57606a"'
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" {text}>',
                f"<title>{escape(title)}</title>",
                f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
                *self._svg_labels(),
                *self._svg_days(),
                "</svg>\n",
            ]
        )

    def _svg_labels(self) -> Iterator[str]:
        for weekday, label in enumerate(self._days):
            if label:
                yield f'<text x="6" y="{_TOP + weekday * _CELL + 10}">{label}</text>'
        free = 0
        for column, name in self._months(range(self._weeks)):
            if column >= free:
                yield f'<text x="{_LEFT + column * _CELL}" y="14">{name}</text>'
                free = column + 2

    def _svg_days(self) -> Iterator[str]:
        for number in range((self.until - self.since).days + 1):
            day = self.since + timedelta(days=number)
            week, weekday = divmod(number, DAYS_OF_A_WEEK)
            yield (
                f'<rect x="{_LEFT + week * _CELL}" y="{_TOP + weekday * _CELL}" width="12" '
                f'height="12" rx="2" fill="{_GREENS[self._shade(day)]}">'
                f"<title>{day}: {self.done[day]}</title></rect>"
            )
