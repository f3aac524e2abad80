"""Frames: the name of a codec before the bytes that it reads."""

from collections.abc import Mapping
from typing import Final

from graph.serving.binary import GraphBinary
from graph.serving.contract import Codec, MalformedError
from graph.serving.graphson import GraphSON
from graph.serving.graphson2 import graphson2

BINARY: Final = "application/vnd.graphbinary-v1.0"
JSON: Final = ("application/vnd.gremlin-v3.0+json", "application/json", "application/vnd.gremlin-v3.0+json;types=true")
JSON2: Final = ("application/vnd.gremlin-v2.0+json", "application/vnd.gremlin-v2.0+json;types=true")
CODECS: Final[Mapping[str, Codec]] = (
    {BINARY: GraphBinary()} | dict.fromkeys(JSON, GraphSON()) | dict.fromkeys(JSON2, graphson2())
)


def unframed(frame: bytes | str) -> tuple[Codec, bytes]:
    """Tell which codec reads a frame, and give what is left to it. Text is GraphSON 3 without a name.

    Raises:
        MalformedError: no such codec is known.
    """
    if isinstance(frame, str):
        return CODECS[JSON[0]], frame.encode()
    length = frame[0] if frame else 0
    name = frame[1 : 1 + length].decode("ascii", "replace").replace(" ", "")
    if name not in CODECS:
        raise MalformedError("Messages of this kind are not read.", remedy=f"Use {BINARY} or {JSON[0]}.")
    return CODECS[name], frame[1 + length :]
