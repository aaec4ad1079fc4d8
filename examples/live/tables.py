"""Create the tables that keep sessions: `python tables.py [CONNINFO [PARTITIONS]]`."""

import sys

import psycopg

from supple.timers.live import create_tables

with psycopg.connect(sys.argv[1] if sys.argv[1:] else "") as connection:
    create_tables(connection, partitions=int(sys.argv[2]) if sys.argv[2:] else 16)
