"""What a snapshot follows from, named part by part, so that a run knows whether anything changed and can say what."""

import hashlib
from pathlib import Path
from typing import Final

import msgspec

import core
import graph
import gremlin_libs
import ingest
import insight
import lake
import resolution

PACKAGES: Final = (core, lake, ingest, resolution, graph, gremlin_libs, insight)
CODE: Final = (*(Path(package.__path__[0]) for package in PACKAGES), Path(__file__).parent)
"""The folders whose code a snapshot and its graph follow from."""
DIGITS: Final = 16


def name_inputs(**parts: object) -> str:
    """Write the parts as `name=fingerprint`, by name, with spaces between."""
    encoded = {name: msgspec.json.encode(part, order="sorted") for name, part in sorted(parts.items())}
    return " ".join(f"{name}={hashlib.sha256(text).hexdigest()[:DIGITS]}" for name, text in encoded.items())


def changed_inputs(before: str, after: str) -> tuple[str, ...]:
    """The names of the parts that are not as before, in order."""
    same = set(before.split())
    return tuple(part.partition("=")[0] for part in after.split() if part not in same)
