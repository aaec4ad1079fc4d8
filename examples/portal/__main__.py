"""Serve the portal on this machine: ``python -m portal DATABASE [PORT [SPEED]]``."""

import os
import sys
from pathlib import Path
from secrets import token_urlsafe

import uvicorn

from .web import make_app

_, database, port, speed = [*sys.argv, *["portal.sqlite", "8000", "1"][len(sys.argv) - 1 :]]
if not (token := os.environ.get("PORTAL_TOKEN", "")):
    token = token_urlsafe()
    print(f"PORTAL_TOKEN={token}", flush=True)
app = make_app(Path(database), token=token, hosts=["127.0.0.1", "localhost"], speed=float(speed))
uvicorn.run(
    app,
    host="127.0.0.1",
    port=int(port),
    limit_concurrency=500,
    timeout_keep_alive=5,
    timeout_graceful_shutdown=1,  # a stream has no end of its own
    server_header=False,
)
