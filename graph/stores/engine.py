"""Which line of TinkerPop a server speaks, where it says so: Neptune does at `/status`, other servers do not.

Source: Amazon Neptune data API, GetEngineStatus.
"""

import json
import re
from typing import Final

from core.errors import RetryableError
from graph.stores.loader import Send, endpoint_of

Line = tuple[int, int]
VERSION: Final = re.compile(r"(\d+)\.(\d+)")


def line_of(send: Send, url: str) -> Line | None:
    """Ask the server at a WebSocket address.

    Args:
        send: how requests travel.
        url: such as `wss://cluster.neptune.example:8182/gremlin`.

    Returns:
        Such as (3, 7); None where the server does not say.
    """
    try:
        code, body = send("GET", f"{endpoint_of(url)}/status", None)
        said = json.loads(body)["gremlin"]["version"] if code == 200 else ""
    except (RetryableError, ValueError, KeyError, TypeError):
        return None
    found = VERSION.search(str(said))
    return (int(found[1]), int(found[2])) if found else None
