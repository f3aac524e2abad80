"""A TCP proxy that does harm: it cuts connections and holds bytes back, by chance and by a seed."""

import random
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, kw_only=True)
class Harm:
    """How often, and how much.

    Attributes:
        cut: chance that a piece of an answer cuts its connection instead, 0 to 1.
        hold: chance that a piece is held back.
        hold_s: for how long.
    """

    cut: float = 0.0
    hold: float = 0.0
    hold_s: float = 0.0


class Proxy:
    """Passes bytes on between clients and one server; `harm` may be changed; `cuts` and `holds` count it."""

    def __init__(self, target: tuple[str, int], harm: Harm, seed: int) -> None:
        self.cuts = self.holds = 0
        self._target = target
        self.harm = harm
        self._chance = random.Random(seed)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(self._target)
                threading.Thread(target=self._pass, args=(near, far, False), daemon=True).start()
                threading.Thread(target=self._pass, args=(far, near, True), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:  # noqa: FBT001 (a direction)
        with suppress(OSError), source, sink:
            while piece := source.recv(65536):
                if answers and self._is_cut():
                    for end in (source, sink):
                        end.shutdown(socket.SHUT_RDWR)
                    return
                sink.sendall(piece)

    def _is_cut(self) -> bool:
        if self._chance.random() < self.harm.hold:
            self.holds += 1
            time.sleep(self.harm.hold_s)
        cut = self._chance.random() < self.harm.cut
        self.cuts += cut
        return cut


@contextmanager
def harmful(url: str, harm: Harm, seed: int) -> Generator[tuple[str, Proxy]]:
    """Put a proxy before a server while the block lasts; gives its address and itself."""
    address = urlsplit(url)
    proxy = Proxy((address.hostname or "", address.port or 80), harm, seed)
    try:
        yield f"ws://127.0.0.1:{proxy.port}/gremlin", proxy
    finally:
        proxy.close()
