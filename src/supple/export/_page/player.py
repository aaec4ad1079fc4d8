"""The player of a page, as the elements that its script fills."""

from collections.abc import Mapping

from supple.export._markup import Markup, joined, tag


def player_markup(labels: Mapping[str, str]) -> Markup:
    """Return what is hidden until the script runs: the launcher, the player, the last page."""

    def word(name: str, label: str, /, **attributes: str | bool) -> Markup:
        return tag(name, labels[label], data_label=label, **attributes)

    def button(id: str, *children: Markup, **attributes: str | bool) -> Markup:
        return tag("button", *children, id=id, type="button", **attributes)

    def key(id: str, label: str, class_: str = "key") -> Markup:
        return word("button", label, id=id, type="button", class_=class_)

    def choice(id: str, *controls: Markup) -> Markup:
        return tag("p", *controls, class_="choice", id=f"{id}-choice")

    def switch(id: str, label: str) -> Markup:
        return choice(id, tag("input", type="checkbox", id=id), word("label", label, for_=id))

    launcher = tag(
        "nav",
        button("start", word("span", "start"), tag("span", id="duration"), class_="key main"),
        button("resume", class_="key", hidden=True),
        key("settings-key", "settings"),
        id="launcher",
        hidden=True,
        data_name="start",
    )
    settings = tag(
        "dialog",
        word("h2", "settings", id="settings-title"),
        choice(
            "level",
            word("label", "level", for_="level"),
            tag("input", type="range", id="level", min="0", step="1"),
            tag("output", id="level-words", for_="level"),
        ),
        choice(
            "language",
            word("label", "language_name", for_="language"),
            tag("select", id="language"),
        ),
        switch("tones", "tones"),
        switch("silence", "silence_others"),
        switch("speech", "speech"),
        word("p", "no_voice", id="no-voice", class_="note", hidden=True),
        word("p", "keys", class_="note"),
        key("settings-close", "resume", "key main"),
        id="settings",
        aria_labelledby="settings-title",
    )
    ring = Markup(
        '<svg class="dial" viewBox="0 0 36 36" aria-hidden="true">'
        '<circle class="track" cx="18" cy="18" r="15.915"/>'
        '<circle id="ring" cx="18" cy="18" r="15.915" pathLength="100"/></svg>'
    )
    player = tag(
        "section",
        tag("div", tag("p", id="count"), key("stop", "stop_here", "key quiet"), class_="top"),
        tag("div", tag("h2", id="exercise"), tag("p", id="remark"), class_="name"),
        Markup('<svg id="figure" aria-hidden="true"></svg>'),
        tag("div", tag("p", id="phase"), tag("p", id="side"), class_="phase"),
        tag("p", id="instruction"),
        tag("div", ring, tag("p", id="seconds", role="timer"), class_="clock"),
        tag(
            "div",
            tag("p", id="notice"),
            tag("p", word("span", "next", class_="label"), tag("span", id="next")),
            class_="coming",
        ),
        tag(
            "div",
            tag("input", type="range", id="seek", min="0", data_name="position_in_time"),
            tag("p", tag("span", id="elapsed"), tag("span", id="total"), class_="times"),
            class_="bar",
        ),
        tag(
            "div",
            key("back", "back"),
            key("toggle", "pause", "key main"),
            key("ready", "ready", "key main"),
            key("skip", "skip"),
            class_="keys",
        ),
        id="player",
        hidden=True,
        aria_labelledby="exercise",
    )
    ended = tag(
        "section",
        tag("h2", id="ended-title"),
        tag("p", id="ended-time"),
        tag("p", id="ended-left"),
        tag("ul", id="ended-advice"),
        tag("div", key("again", "again", "key main"), key("sheet", "sheet"), class_="keys"),
        id="ended",
        hidden=True,
        aria_labelledby="ended-title",
    )
    status = tag("p", id="status", role="status", class_="unseen")
    return joined(launcher, settings, player, ended, status)
