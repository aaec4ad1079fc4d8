"""Elements of HTML, in which text stays text."""

from html import escape

_VOID = frozenset({"br", "hr", "input", "meta"})


class Markup(str):
    """Text that is HTML already; any other text is escaped."""

    __slots__ = ()


def tag(name: str, /, *children: str | None, **attributes: str | bool | None) -> Markup:
    """Return an element; a child that is ``None`` is left out.

    The names of attributes have ``_`` for ``-`` and may have one at the end. True stands for the
    bare name, false and ``None`` for none.
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
