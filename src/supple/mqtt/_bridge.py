"""A bridge joins a player to an MQTT broker."""

from __future__ import annotations

import threading
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, final

from supple._errors import MissingExtraError, ModelError, SuppleError
from supple._model import checks as check
from supple._player.player import Player
from supple._player.states import COMMANDS, PlayerCommand, PlayerState
from supple._timeline.kinds import SegmentKind
from supple._timeline.timeline import Timeline
from supple.export import event_lines
from supple.mqtt._commands import read_command
from supple.mqtt._discovery import discovery_payload, discovery_topic
from supple.mqtt._topics import OFFLINE, ONLINE, Topics, state_payload, topic_name
from supple.timers import Runner
from supple.timers._closing import Closing
from supple.timers.threads import ThreadTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    import paho.mqtt.client
    from paho.mqtt.client import Client, MQTTMessage

    from supple._timeline.events import Event
    from supple.mqtt._commands import Command
    from supple.timers import Handle, Timer

_FAREWELL_SECONDS = 5
_LONGEST_RETRY_SECONDS = 10

_STARTS_SEGMENT = frozenset(kind.started for kind in SegmentKind)


@final
class Bridge(Closing):
    """Publishes what a player does to an MQTT broker, and takes commands from there.

    What is on which topic is told at :class:`Topics`. While the player runs, its state is
    published whenever something begins, at every cue, after every command and once a second in
    between, so that what is left of a hold can be shown. Events are sent at least once and in
    order; those that happen while there is no connection are sent when it is back. The state
    is sent anew at every connection.

    A command that cannot be carried out changes nothing, and is answered on the topic
    ``error``. Where the routine is over, ``start`` begins it anew, with a player of the same
    settings. A command that the broker has retained is refused: it would be given again at
    every connection, by nobody. Nor does the bridge ask for commands to be sent twice: one
    that comes late or twice is worse than one that is lost.

    The timer must take calls from any thread, as a
    :class:`~supple.timers.threads.ThreadTimer` does, since commands come in a thread of the
    client. For one that belongs to a thread, such as an
    event loop, ``hand_over`` tells how to get there.

    Either ``host`` is given, and the bridge connects a client of its own, without a password or
    encryption, and goes on trying where the broker is not there. Or ``client`` is given, a
    client of ``paho.mqtt`` that the caller connects, loops and disconnects. Make the bridge
    before connecting it, since a broker takes a last will with the connection only, and close
    the bridge before disconnecting it.

    Args:
        player: What to run, or a timeline to make a player of. It is started by a command, or
            by ``bridge.runner.start()``.
        client: A client of the caller, for one bridge.
        host: The broker to which to connect.
        port: Its port.
        topic: What the topics begin with; ``supple/`` and the identifier of the routine where
            it is left out.
        timer: What tells the time and calls back; a :class:`~supple.timers.threads.ThreadTimer`
            of its own where it is left out.
        hand_over: Carries out a call in the thread of the timer, such as the method
            ``call_soon_threadsafe`` of an event loop.
        discovery: The prefix under which Home Assistant looks for devices; ``None`` to tell it
            nothing.
        on_event: What to call with each event, after it has been published.

    Raises:
        ModelError: If an argument is not what it should be.
        MissingExtraError: If ``host`` is given, and ``paho-mqtt`` is not installed.
    """

    topics: Topics
    """Where everything is published."""

    runner: Runner
    """What runs the routine; another one once the routine was begun anew."""

    def __init__(  # noqa: PLR0913 - each by its name
        self,
        player: Player | Timeline,
        *,
        client: paho.mqtt.client.Client | None = None,
        host: str | None = None,
        port: int = 1883,
        topic: str | None = None,
        timer: Timer | None = None,
        hand_over: Callable[[Callable[[], object]], object] | None = None,
        discovery: str | None = "homeassistant",
        on_event: Callable[[Event], object] | None = None,
    ) -> None:
        if (client is None) == (host is None):
            raise ModelError("Bridge", "must have either a client or a host", (client, host))
        if isinstance(player, Timeline):
            player = Player(player)
        player = check.instance_of(Player)("Bridge.player", player)
        routine = player.timeline.routine
        self.topics = Topics(f"supple/{routine.id}" if topic is None else topic)
        self._discovery = check.optional(topic_name)("Bridge.discovery", discovery)
        self._on_event = on_event
        self._lock = threading.RLock()
        self._is_closed = False
        self._tick: Handle | None = None
        self._own_client: Client | None = None
        if client is None:
            self._own_client = client = _client_for(host, port)
        self._client = client
        self._own_timer: ThreadTimer | None = None
        if timer is None:
            self._own_timer = timer = ThreadTimer()
        self._timer = timer
        self._hand_over = hand_over or self._call_soon
        self.runner = self._run(player)
        self._attach()

    def close(self) -> None:
        """Say that nobody is there any more, and let go of the client and the timer.

        A client of its own is disconnected, once the broker has confirmed what was sent, and no
        thread of the bridge is left. A client of the caller stays connected. The player stays
        as it is. Closing twice does nothing.
        """
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            if self._tick is not None:
                self._tick.cancel()
        self.runner.close()
        self._detach()
        farewell = self._client.publish(self.topics.availability, OFFLINE, qos=1, retain=True)
        if self._own_client is not None:
            if farewell.rc == 0:
                farewell.wait_for_publish(_FAREWELL_SECONDS)
            self._own_client.disconnect()
            self._own_client.loop_stop()
        if self._own_timer is not None:
            self._own_timer.close()

    # --- the client ---------------------------------------------------------------
    #
    # Its callbacks come in a thread of its own, and what they raise would end that. They do no
    # more than hand over to the thread of the timer.

    def _attach(self) -> None:
        client = self._client
        client.will_set(self.topics.availability, OFFLINE, qos=1, retain=True)
        client.message_callback_add(self.topics.command, self._on_message)
        self._on_connect_before = client.on_connect
        client.on_connect = self._on_connect
        if self._own_client is not None:
            self._own_client.loop_start()
        elif client.is_connected():
            self._greet_soon()

    def _detach(self) -> None:
        client = self._client
        client.message_callback_remove(self.topics.command)
        client.unsubscribe(self.topics.command)
        if client.on_connect == self._on_connect:
            client.on_connect = self._on_connect_before

    def _on_connect(self, *arguments: Any) -> None:
        if self._on_connect_before is not None:
            self._on_connect_before(*arguments)
        reason_code = arguments[3]
        if reason_code == 0:
            self._greet_soon()

    def _greet_soon(self) -> None:
        self._client.subscribe(self.topics.command)  # at most once: see the class
        self._soon(self._greet)

    def _on_message(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        self._soon(partial(self._obey, message.payload, is_retained=message.retain))

    def _soon(self, call: Callable[[], object]) -> None:
        with self._lock:
            if not self._is_closed:
                self._hand_over(call)

    def _call_soon(self, call: Callable[[], object]) -> object:
        return self._timer.call_at(self._timer.time(), call)

    # --- what goes out ------------------------------------------------------------

    def _publish(self, topic: str, payload: str, *, qos: int = 0, retain: bool = False) -> None:
        with self._lock:
            if not self._is_closed:
                self._client.publish(topic, payload, qos=qos, retain=retain)

    def _greet(self) -> None:
        """Say who and what is there, as at every connection."""
        if self._discovery is not None:
            routine = self.runner.player.timeline.routine
            payload = discovery_payload(self.topics, routine, version=version("supple"))
            topic = discovery_topic(self.topics, self._discovery)
            self._publish(topic, payload, qos=1, retain=True)
        self._publish(self.topics.availability, ONLINE, qos=1, retain=True)
        self._show()

    def _show(self, _state: PlayerState | None = None) -> None:
        """Publish the state, and once more in a second where it goes on running."""
        with self._lock:
            if self._is_closed:
                return
            # Not kept by the client while there is no connection: it would be stale.
            payload = state_payload(self.runner.player, self.runner.moment())
            self._publish(self.topics.state, payload, retain=True)
            if self._tick is not None:
                self._tick.cancel()
                self._tick = None
            if self.runner.state is PlayerState.RUNNING:
                self._tick = self._timer.call_at(self._timer.time() + 1, self._show)

    def _tell(self, event: Event) -> None:
        self._publish(self.topics.event, event_lines.encode(event), qos=1)
        if event.kind in _STARTS_SEGMENT or event.kind.is_cue:
            self._show()
        if self._on_event is not None:
            self._on_event(event)

    # --- what comes in ------------------------------------------------------------

    def _run(self, player: Player) -> Runner:
        return Runner(player, self._timer, self._tell, on_change=self._show)

    def _obey(self, payload: bytes | bytearray, *, is_retained: bool) -> None:
        """Carry out a command, or answer why not."""
        try:
            if is_retained:
                raise ModelError(
                    "command",
                    "must not be retained, or it would be given anew at every connection",
                    payload,
                )
            command = read_command(payload)
            if command.word is PlayerCommand.START and not COMMANDS[self.runner.state]:
                self._begin_anew(command)
            else:
                self._give(command)
        except SuppleError as error:
            self._publish(self.topics.error, str(error), qos=1)
        else:
            self._show()

    def _give(self, command: Command) -> None:
        getattr(self.runner, command.word.name.lower())(**command.arguments)

    def _begin_anew(self, command: Command) -> None:
        over, player = self.runner, self.runner.player
        self.runner = self._run(
            Player(
                player.timeline,
                speed=player.speed,
                hands_free=player.hands_free,
                gap_ms=player.gap_ms,
                on_gap=player.on_gap,
            )
        )
        try:
            self._give(command)
        except ModelError:
            self.runner = over
            raise
        over.close()


def _client_for(host: object, port: object) -> Client:
    """Return a client that connects as soon as it is looped, and whenever it has lost it."""
    host = check.line("Bridge.host", host)
    port = check.whole(1, 65_535)("Bridge.port", port)
    try:
        from paho.mqtt.client import Client
        from paho.mqtt.enums import CallbackAPIVersion
    except ModuleNotFoundError as error:
        raise MissingExtraError("mqtt", "paho-mqtt") from error
    client = Client(CallbackAPIVersion.VERSION2)
    client.reconnect_delay_set(max_delay=_LONGEST_RETRY_SECONDS)
    client.connect_async(host, port)
    return client
