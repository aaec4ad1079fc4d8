"""Pass events on to a broker, in order: `python to_mqtt.py [CONNINFO [HOST [PORT]]]`.

An event goes to the topic `supple/SESSION/events`. A batch of them leaves the table once the
broker has it. If this program or the broker dies in between, some come a second time, never none:
whoever listens leaves out those whose number is not above the last one of the session.
"""

import json
import sys
from threading import Event
from urllib.parse import quote

import psycopg
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

conninfo, host, port = [*sys.argv[1:], *["", "localhost", "1883"][len(sys.argv) - 1 :]]

TAKEN = """
with taken as (
    delete from supple_batches
    where (partition, position) in (
        select partition, position from supple_batches order by partition, position limit 4)
    returning *)
select events from taken order by partition, position
"""

broker = Client(CallbackAPIVersion.VERSION2)
broker.max_inflight_messages_set(1000)
broker.connect(host, int(port))
broker.loop_start()
with psycopg.connect(conninfo, autocommit=True) as connection:
    connection.execute("select pg_advisory_lock(hashtext('to_mqtt'))")  # one at a time
    print("passing events on", flush=True)
    while True:
        with connection.transaction():
            messages = [
                broker.publish(
                    f"supple/{quote(session, safe='')}/events",
                    json.dumps({"number": number, "event": event}),
                    qos=1,
                )
                for (events,) in connection.execute(TAKEN)
                for session, number, event in json.loads(events)
            ]
            for message in messages:
                message.wait_for_publish(timeout=10)
                if not message.is_published():
                    sys.exit("the broker has not answered for 10 seconds")
        if not messages:
            Event().wait(0.05)
