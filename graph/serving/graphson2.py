"""GraphSON 2 messages, for notebooks that know no later form: lists and maps are JSON's own, sets go as lists.

Keys of maps are text there, so a key that is none goes as its text: an element as its id, `T.id` as `id`.

Source: Apache TinkerPop, GraphSON 2.0 format.
"""

from typing import Any, Final, cast

from gremlin_python.process.traversal import P, TextP
from gremlin_python.statics import bigint, long
from gremlin_python.structure.graph import Element, Path
from gremlin_python.structure.io import graphsonV2d0 as graphson  # noqa: N813 (a module)

from graph.serving.graphson import READERS, TYPE, GraphSON, Paths, Reading, Wide, Widest, typed
from graph.serving.values import TWO, predicate
from graph.text.words import GATHERING


def graphson2() -> GraphSON:
    """The codec."""
    return GraphSON(_Reader(READERS2), _Writer(WRITERS2))


class _Reader(graphson.GraphSONReader):
    def to_object(self, obj: Any) -> Any:
        return typed(cast("dict[str, Any]", obj), self) if isinstance(obj, dict) and TYPE in obj else self._plain(obj)

    def _plain(self, obj: Any) -> Any:
        return super().to_object(obj)


class _Writer(graphson.GraphSONWriter):
    def to_dict(self, obj: Any) -> Any:
        if obj is None or isinstance(obj, str | bool):
            return obj
        if isinstance(obj, dict):
            entries = cast("dict[object, Any]", obj)
            return {_key(key): self.to_dict(item) for key, item in entries.items()}
        if isinstance(obj, list | tuple | set | frozenset):
            return [self.to_dict(item) for item in cast("list[Any]", obj)]
        if type(obj) in self.serializers or isinstance(obj, tuple(self.serializers)):
            return super().to_dict(obj)
        raise TypeError(f"GraphSON 2 has no {type(obj).__name__}")


def _key(key: Any) -> str:
    if isinstance(key, bool):
        return "true" if key else "false"
    if isinstance(key, Element):
        return str(key.id)
    return str(getattr(key, "name", key)).rstrip("_") if not isinstance(key, str) else key


def _predicate(kind: type[P]) -> Reading:
    def read(value: Any, reader: Any) -> P:
        found: Any = reader.to_object(value["value"])
        name = str(value["predicate"])
        gathers = isinstance(found, list) and (name in GATHERING or name in TWO)
        return predicate(kind, name, cast("list[Any]", found) if gathers else [found])

    return Reading(read)


READERS2: Final[dict[str, Any]] = {**READERS, "g:P": _predicate(P), "g:TextP": _predicate(TextP)}
WRITERS2: Final[dict[Any, Any]] = {Path: Paths, long: Wide, bigint: Widest}
