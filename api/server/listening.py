"""The port a server listens at, opened before anything is served: a taken one is an error that says what to do."""

import errno
import socket
from pathlib import Path
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from core.errors import BadInputError, ConflictError

MESSAGE_BYTES: Final = 2**20


def open_port(host: str, port: int) -> socket.socket:
    """Listen at an address of this machine.

    Args:
        host: a name or number of this machine.
        port: 1 to 65535.

    Raises:
        ConflictError: something else listens there.
        BadInputError: it is no address of this machine, or not for everybody to listen at.
    """
    try:
        family, *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ConflictError(
                f"Something listens at port {port} of {host} already.",
                remedy=f"Stop it, or choose another port, such as --port {port % 65535 + 1}.",
                port=port,
            ) from error
        raise BadInputError(
            f"It is not possible to listen at port {port} of {host}.",
            remedy="Choose an address of this machine with --host, and a port above 1023 with --port.",
            port=port,
        ) from error


def serve_at(  # what a server is told, by name
    listener: socket.socket,
    app: ASGIApp,
    *,
    message_bytes: int = MESSAGE_BYTES,
    stop_s: int | None = None,
    certificate: Path | None = None,
    key: Path | None = None,
) -> None:
    """Serve at an open port until the process is stopped.

    Args:
        listener: the port.
        app: what answers.
        message_bytes: the largest message of a web socket.
        stop_s: how long open connections get to end when the server is stopped; without end by default.
        certificate: of TLS, in PEM.
        key: its key in PEM.
    """
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_max_size=message_bytes,
        timeout_graceful_shutdown=stop_s,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        log_level="critical",
        access_log=False,
    )
    with listener:
        uvicorn.Server(config).run(sockets=[listener])
