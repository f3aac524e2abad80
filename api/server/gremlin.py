"""The workspace's graph behind Gremlin Server's protocol, closed to all but keys that may see everything.

Gremlin knows no masks: who asks sees every property. So only the role of admin is let in, and every connection leaves
an entry in the audit log before the first answer.
"""

import ipaddress
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.policy import AuditLog, Disclosure, KeyRing, Role
from api.run import Workspace
from api.server.listening import open_port, serve_at
from core.errors import BadInputError, C360Error
from graph.serving import Authenticate, ServingSettings, gremlin_app

OPERATION: Final = "graph.serve"
EVERYBODY: Final = "*"
STOP_S: Final = 5
"""How long open connections get to end when the server is stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where to listen, and what to let happen.

    Attributes:
        host: a name or number of this machine.
        port: the TCP port.
        writes: whether traversals that write are evaluated.
        everybody: whether no key is asked for.
        certificate: a TLS certificate in PEM; with it the address is `wss://`.
        key: its key in PEM.
    """

    host: str
    port: int
    writes: bool = False
    everybody: bool = False
    certificate: Path | None = None
    key: Path | None = None

    @property
    def address(self) -> str:
        """What a driver is told."""
        return f"{'ws' if self.certificate is None else 'wss'}://{self.host}:{self.port}/gremlin"


def serve_gremlin(workspace: Workspace, listening: Listening, *, opened: Callable[[], None]) -> None:
    """Serve until the process is stopped.

    Args:
        workspace: whose graph.
        listening: where and how.
        opened: called once the port is open.

    Raises:
        BadInputError: everybody would be let in from other machines, or the address is none of this machine's.
        ConflictError: something else listens there.
    """
    if listening.everybody and not _is_local(listening.host):
        raise BadInputError(
            "A graph that asks for no key may only be served to this machine.", remedy="Leave --everybody out."
        )
    settings = ServingSettings(sources=(workspace.settings.graph.traversal_source,), writes=listening.writes)
    listener = open_port(listening.host, listening.port)
    opened()
    app = gremlin_app(
        workspace.graph(), authenticate=None if listening.everybody else admitting(workspace), settings=settings
    )
    signal.signal(signal.SIGTERM, _stop)
    serve_at(
        listener,
        app,
        message_bytes=settings.request_bytes,
        stop_s=STOP_S,
        certificate=listening.certificate,
        key=listening.key,
    )


def _stop(*_: object) -> None:
    """End as if the last line had been reached; uvicorn hands a signal on when it has closed every connection."""
    raise SystemExit(0)


def admitting(workspace: Workspace) -> Authenticate:
    """Let in whoever bears an admin's key, and write down that they came."""
    ring, log = KeyRing(workspace.ledger), AuditLog(workspace.ledger)

    def admitted(_: str, password: str) -> bool:
        try:
            caller = ring.caller(password)
        except C360Error:
            return False
        if caller is None or caller.role is not Role.ADMIN:
            return False
        shown = workspace.graph().snapshot() or ""
        seen = Disclosure(operation=OPERATION, entity_id=EVERYBODY, fields=(EVERYBODY,), snapshot=shown)
        log.record(caller, [seen])
        return True

    return admitted


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
