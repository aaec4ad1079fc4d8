from supple.mqtt._bridge import Bridge as Bridge
from supple.mqtt._topics import Topics as Topics

__all__: list[str]
