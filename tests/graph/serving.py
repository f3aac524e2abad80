"""A graph served on a free port of this machine while a block lasts."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from graph import GraphStore
from graph.serving import Authenticate, ServingSettings, gremlin_app

PASSWORD = "open sesame"


def only_ann(user: str, password: str) -> bool:
    """Ann may ask."""
    return (user, password) == ("ann", PASSWORD)


@contextmanager
def served(
    store: GraphStore,
    settings: ServingSettings | None = None,
    authenticate: Authenticate | None = only_ann,
    certificate: tuple[Path, Path] | None = None,
    around: Callable[[ASGIApp], ASGIApp] | None = None,
) -> Generator[str]:
    """Serve the store, with TLS where a certificate and its key are given, and give its address.

    What stands around the application hears every request first.
    """
    settings = settings or ServingSettings(writes=True)
    app: ASGIApp = gremlin_app(store, authenticate=authenticate, settings=settings)
    app = around(app) if around else app
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=0,
        ws="websockets-sansio",
        ws_max_size=settings.request_bytes,
        ssl_certfile=certificate[0] if certificate else None,
        ssl_keyfile=certificate[1] if certificate else None,
        log_level="critical",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"{'wss' if certificate else 'ws'}://127.0.0.1:{port}/gremlin"
    finally:
        server.should_exit = True
        thread.join()
