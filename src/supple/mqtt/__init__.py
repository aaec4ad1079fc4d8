"""A routine over MQTT: its state and its events go out, commands come in.

A :class:`Bridge` joins a player to a broker. The topics and what is on them are listed at
:class:`Topics`; Home Assistant finds them by itself. It needs the extra ``mqtt``.
"""

from supple.mqtt._bridge import Bridge
from supple.mqtt._topics import Topics

__all__ = ["Bridge", "Topics"]
