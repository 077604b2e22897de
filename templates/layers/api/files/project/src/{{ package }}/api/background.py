"""Serves an application from a thread: for tests, notebooks and pictures of the page."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

STOP_SECONDS = 10


@contextmanager
def background(app: FastAPI) -> Iterator[int]:
    """Serve `app` on a free port of this machine, which is the value, until the block ends."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # from here on clients wait instead of being refused
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(timeout=STOP_SECONDS)
