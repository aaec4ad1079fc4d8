"""Elements of HTML, in which text stays text."""

from html import escape

_VOID = frozenset({"br", "hr", "input", "meta"})


class Markup(str):
    """Text that is HTML already; any other text is escaped."""

    __slots__ = ()


def tag(name: str, /, *children: str | None, **attributes: str | bool | None) -> Markup:
    """Return an element.

    Args:
        name: What it is.
        *children: Its content in order; text is escaped, ``None`` is left out.
        **attributes: Its attributes, with ``_`` for ``-`` and one at the end left out; true
            stands for the bare name, false and ``None`` for none.

    >>> tag("p", "1 < 2", tag("br"), class_="note", hidden=True)
    '<p class="note" hidden>1 &lt; 2<br></p>'
    """
    words = [name]
    for key, value in attributes.items():
        shown = key.rstrip("_").replace("_", "-")
        if value is True:
            words.append(shown)
        elif value is not None and value is not False:
            words.append(f'{shown}="{escape(value)}"')
    end = "" if name in _VOID else f"{joined(*children)}</{name}>"
    return Markup(f"<{' '.join(words)}>{end}")


def joined(*children: str | None) -> Markup:
    """Return content one after the other."""
    return Markup(
        "".join(
            each if isinstance(each, Markup) else escape(each)
            for each in children
            if each is not None
        )
    )
