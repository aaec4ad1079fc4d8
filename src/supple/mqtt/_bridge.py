"""A bridge joins a player to an MQTT broker."""

from __future__ import annotations

import threading
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from secrets import token_hex
from typing import TYPE_CHECKING, Any, final

from supple._errors import ModelError, SuppleError
from supple._extras import brought_by
from supple._model import requirements as must
from supple._player.commands import read_command
from supple._player.player import Player, player_of
from supple._player.snapshots import settings_of
from supple._player.states import PlayerCommand, PlayerState
from supple._timeline.kinds import SEGMENT_STARTED_BY
from supple.export import event_lines
from supple.mqtt._answers import Answers
from supple.mqtt._discovery import discovery_payload, discovery_topic
from supple.mqtt._topics import OFFLINE, ONLINE, Topics, state_payload, topic_name
from supple.timers import Runner
from supple.timers._closing import Closing
from supple.timers._kinds import wanted_kinds
from supple.timers.threads import ThreadTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    import paho.mqtt.client
    from paho.mqtt.client import Client, MQTTMessage, MQTTMessageInfo

    from supple._timeline.events import Event
    from supple._timeline.timeline import Timeline
    from supple.timers import Handle, Timer
    from supple.timers._kinds import Kinds

_FAREWELL_SECONDS = 5
_LONGEST_RETRY_SECONDS = 10
_MOST_EVENTS_KEPT = 10_000
_MOST_COMMANDS_WAITING = 100
_MOST_OTHERS = 16
_KEPT = (0, 4)  # what paho returns for what it sends now or, without a connection, later


@final
class Bridge(Closing):
    """Publishes what a player does to an MQTT broker, and takes commands from there.

    What is on which topic is told at :class:`Topics`. While the player runs, its state is
    published whenever something begins, at every cue, after every command and once a second in
    between, so that what is left of a hold can be shown. Events are sent at least once and in
    order; those that happen while there is no connection are sent when it is back, up to a
    limit. What is beyond that is lost, counted in the state, and told on the topic ``error``.
    The state is sent anew at every connection.

    A command that cannot be carried out changes nothing, and is answered on the topic
    ``error``, once and so many times a second; the rest is counted and told. Where the
    routine is over, ``start`` begins it anew, with a player of the same settings. A command
    that the broker has retained is refused: it would be given again at every connection, by
    nobody. Nor does the bridge ask for commands to be sent twice: one that comes late or twice
    is worse than one that is lost.

    Two bridges on the same topics carry each command out twice. They notice each other and say
    so on the topic ``error``, and :attr:`is_alone` tells. Whoever may publish on the topic
    ``command`` may command: who that is, the broker decides by its access list.

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
        only: The kinds of events to call it with; ``segments`` are what starts a step, a hold
            or a rest. Left out, every event.

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
        only: Kinds | None = None,
    ) -> None:
        if (client is None) == (host is None):
            raise ModelError("Bridge", "must have either a client or a host", (client, host))
        player = player_of("Bridge.player", player)
        routine = player.timeline.routine
        self.topics = Topics(f"supple/{routine.id}" if topic is None else topic)
        if discovery is not None:
            discovery = topic_name("Bridge.discovery", discovery)
        self._discovery = discovery
        self._on_event = on_event
        self._kinds = wanted_kinds("Bridge.only", only)
        self._name = token_hex(8)
        self._others: set[str] = set()
        self._commands_waiting = 0
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
        self._hand_over = hand_over or (lambda call: timer.call_at(timer.time(), call))
        self._answers = Answers(lambda text: self._publish(self.topics.error, text) == 0, timer)
        self.runner = self._run(player)
        self._attach()

    @property
    def is_alone(self) -> bool:
        """Whether no other bridge was heard on these topics."""
        return not self._others

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
        self._answers.close()
        self.runner.close()
        self._detach()
        farewell = self._keep_at_broker(self.topics.availability, OFFLINE)
        if self._own_client is not None:
            if farewell.rc == 0:
                farewell.wait_for_publish(_FAREWELL_SECONDS)
            _end(self._own_client)
        if self._own_timer is not None:
            self._own_timer.close()

    # --- the client ---------------------------------------------------------------
    #
    # Its callbacks come in a thread of its own, and what they raise would end that. They do no
    # more than hand over to the thread of the timer.

    def _attach(self) -> None:
        client = self._client
        client.will_set(self.topics.availability, OFFLINE, qos=1, retain=True)
        for topic, callback in self._heard.items():
            client.message_callback_add(topic, callback)
        self._on_connect_before = client.on_connect
        client.on_connect = self._on_connect
        if self._own_client is not None:
            self._own_client.loop_start()
        elif client.is_connected():
            self._greet_soon()

    def _detach(self) -> None:
        client = self._client
        for topic in self._heard:
            client.message_callback_remove(topic)
            client.unsubscribe(topic)
        if client.on_connect == self._on_connect:
            client.on_connect = self._on_connect_before

    def _on_connect(self, *arguments: Any) -> None:
        if self._on_connect_before is not None:
            self._on_connect_before(*arguments)
        reason_code = arguments[3]
        if reason_code == 0:
            self._greet_soon()

    @property
    def _heard(self) -> dict[str, Callable[[Client, object, MQTTMessage], None]]:
        """The topics that are listened to, each with what hears it."""
        return {
            self.topics.command: self._on_command,
            self.topics.availability: self._on_availability,
            self.topics.bridge: self._on_bridge,
        }

    def _greet_soon(self) -> None:
        for topic in self._heard:
            self._client.subscribe(topic)  # at most once: see the class
        self._soon_if_open(self._greet)

    def _on_command(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        with self._lock:
            if self._commands_waiting >= _MOST_COMMANDS_WAITING:
                self._answers.drop()
                return
            self._commands_waiting += 1
        self._soon(partial(self._obey, message.payload, is_retained=message.retain))

    def _on_availability(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        # What the broker had kept is that of a bridge of before; what comes now is another's.
        if message.payload == OFFLINE.encode() and not message.retain:
            self._soon_if_open(self._contradict)

    def _on_bridge(self, _client: Client, _userdata: object, message: MQTTMessage) -> None:
        said = message.payload[:64].decode("ascii", "replace")
        if said.rstrip("?") != self._name:
            self._soon_if_open(partial(self._meet, said.rstrip("?"), is_asking=said.endswith("?")))

    def _soon(self, call: Callable[[], object]) -> None:
        with self._lock:
            if not self._is_closed:
                self._hand_over(call)

    def _soon_if_open(self, call: Callable[[], object]) -> None:
        def unless_closed() -> None:
            with self._lock:
                if not self._is_closed:
                    call()

        self._soon(unless_closed)

    # --- what goes out ------------------------------------------------------------

    def _publish(self, topic: str, payload: str, *, qos: int = 0, retain: bool = False) -> int:
        """Publish unless closed, for then nobody is to hear it; return what the client says."""
        with self._lock:
            if self._is_closed:
                return 0
            return self._client.publish(topic, payload, qos=qos, retain=retain).rc

    def _keep_at_broker(self, topic: str, payload: str) -> MQTTMessageInfo:
        """Publish what the broker keeps, at once where the client takes nothing into its queue."""
        info = self._client.publish(topic, payload, qos=1, retain=True)
        if info.rc in _KEPT:
            return info
        return self._client.publish(topic, payload, qos=0, retain=True)

    def _greet(self) -> None:
        """Say who and what is there, as at every connection."""
        if self._discovery is not None:
            timeline = self.runner.player.timeline
            payload = discovery_payload(self.topics, timeline, version=version("supple"))
            self._keep_at_broker(discovery_topic(self.topics, self._discovery), payload)
        self._say_hello()
        self._show()
        self._answers.tell()

    def _say_hello(self) -> None:
        """Say that somebody is there, and ask who else is."""
        self._keep_at_broker(self.topics.availability, ONLINE)
        self._publish(self.topics.bridge, f"{self._name}?")

    def _contradict(self) -> None:
        """Say that somebody is there, where another bridge has said that it is not any more."""
        self._others.clear()
        self._say_hello()

    def _meet(self, name: str, *, is_asking: bool) -> None:
        """Note another bridge on the same topics, and say so once."""
        if is_asking:
            self._publish(self.topics.bridge, self._name)
        if name not in self._others and len(self._others) < _MOST_OTHERS:
            self._others.add(name)
            self._answers.say(
                f"{self.topics.base}: another bridge is on these topics, and each command is "
                "carried out by both; give one of them another topic"
            )

    def _show(self, _state: PlayerState | None = None) -> None:
        """Publish the state, and once more in a second where it goes on running."""
        with self._lock:
            if self._is_closed:
                return
            # Not kept by the client while there is no connection: it would be stale.
            player, moment = self.runner.player, self.runner.moment()
            payload = state_payload(player, moment, self._answers.lost)
            self._publish(self.topics.state, payload, retain=True)
            if self._tick is not None:
                self._tick.cancel()
                self._tick = None
            if self.runner.state is PlayerState.RUNNING:
                self._tick = self._timer.call_at(self._timer.time() + 1, self._show)

    def _tell(self, event: Event) -> None:
        line = event_lines.encode(event)
        if self._publish(self.topics.event, line, qos=1) not in _KEPT:
            self._answers.lose()
        if event.kind in SEGMENT_STARTED_BY or event.kind.is_cue:
            self._show()
        if self._on_event is not None and event.kind in self._kinds:
            self._on_event(event)

    # --- what comes in ------------------------------------------------------------

    def _run(self, player: Player) -> Runner:
        return Runner(player, self._timer, self._tell, on_change=self._show)

    def _obey(self, payload: bytes | bytearray, *, is_retained: bool) -> None:
        """Carry out a command, or answer why not."""
        with self._lock:
            self._commands_waiting -= 1
        try:
            if is_retained:
                raise ModelError(
                    "command",
                    "must not be retained, or it would be given anew at every connection",
                    payload,
                )
            command, arguments = read_command(payload)
            if command is PlayerCommand.START and self.runner.state.is_over:
                self._begin_anew(arguments)
            else:
                self.runner.command(command, **arguments)
        except SuppleError as error:
            self._answers.say(str(error))
        else:
            self._show()
        self._answers.look_after_drops()

    def _begin_anew(self, arguments: dict[str, Any]) -> None:
        over, player = self.runner, self.runner.player
        self.runner = self._run(Player(player.timeline, **settings_of(player)))
        try:
            self.runner.command(PlayerCommand.START, **arguments)
        except ModelError:
            self.runner = over
            raise
        over.close()


def _client_for(host: object, port: object) -> Client:
    """Return a client that connects as soon as it is looped, and whenever it has lost it."""
    host = must.LINE.require("Bridge.host", host)
    try:
        host.encode("idna")  # looking for what cannot be the name of a host would never end
    except UnicodeError as error:
        raise ModelError("Bridge.host", f"must be the name of a host: {error}", host) from error
    port = must.Whole(1, 65_535).require("Bridge.port", port)
    with brought_by("mqtt", "paho-mqtt"):
        from paho.mqtt.client import Client
        from paho.mqtt.enums import CallbackAPIVersion
    client = Client(CallbackAPIVersion.VERSION2)
    client.reconnect_delay_set(max_delay=_LONGEST_RETRY_SECONDS)
    client.max_queued_messages_set(_MOST_EVENTS_KEPT)
    client.connect_async(host, port)
    return client


def _end(client: Client) -> None:
    """Disconnect, and return once the thread of the client is gone, which paho itself may not."""
    thread = client._thread  # noqa: SLF001 - it is forgotten just before it ends
    client.disconnect()
    with suppress(AttributeError):  # where it is forgotten while paho waits for it
        client.loop_stop()
    if thread not in {None, threading.current_thread()}:
        thread.join()
