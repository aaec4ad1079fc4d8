"""A routine over MQTT: its state and its events go out, commands come in.

A :class:`Bridge` joins a player to a broker. The topics and what is on them are listed at
:class:`Topics`; Home Assistant finds them by itself. It needs the extra ``mqtt``.
"""

from __future__ import annotations

from supple._lazy import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
