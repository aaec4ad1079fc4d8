"""Open a session and start it: `python ann.py [CONNINFO [NAME [ROUTINE [SPEED]]]]`."""

import sys

import psycopg

from supple.timers.live import open_session, tell

conninfo, name, routine, speed = [*sys.argv[1:], *["", "ann", "in-bed", "1"][len(sys.argv) - 1 :]]
with psycopg.connect(conninfo) as connection:
    open_session(connection, name, routine, speed=float(speed), hands_free=True)
    tell(connection, name, "start")
