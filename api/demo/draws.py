"""Random draws the generator is made of: streams by name, weighted choices, and tables of words.

Pure: a seed and a stream's name give the same numbers for ever, whatever else is drawn.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Numbers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Text = pa.Array
Vector = npt.NDArray[Any]
Columns = Mapping[str, Text | Vector]


def stream(seed: int, name: str) -> np.random.Generator:
    """A generator of its own for each part, so that adding one draw does not move all the others."""
    words = np.frombuffer(hashlib.sha256(f"{seed}/{name}".encode()).digest(), dtype=np.uint32)
    return np.random.Generator(np.random.PCG64([int(word) for word in words]))


def zipf(size: int, *, flat: float = 8.0, power: float = 0.9) -> Reals:
    """Shares of `size` words in order of use: few are everywhere, most are rare. They sum to 1."""
    weight = 1.0 / (np.arange(size) + flat) ** power
    return np.asarray(weight / weight.sum(), dtype=np.float64)


def choose(rng: np.random.Generator, shares: Sequence[float] | Reals, size: int) -> Numbers:
    """Draw `size` positions with these shares (they need not sum to 1)."""
    edges: Reals = np.cumsum(np.asarray(shares, dtype=np.float64))
    point: Reals = rng.random(size) * edges[-1]
    place: Numbers = np.asarray(np.searchsorted(edges, point, side="right"), dtype=np.int64)
    return np.asarray(np.minimum(place, len(edges) - 1), dtype=np.int64)


def choose_by_row(rng: np.random.Generator, weights: Reals) -> Numbers:
    """Draw one column for each row of weights, shape (rows, columns)."""
    edges = np.cumsum(weights, axis=1)
    point = rng.random(len(weights))[:, None] * edges[:, -1:]
    return np.asarray(np.minimum((edges <= point).sum(axis=1), weights.shape[1] - 1), dtype=np.int64)


def whole(rng: np.random.Generator, low: int, high: int, size: int) -> Numbers:
    """Draw whole numbers in [low, high)."""
    return rng.integers(low, high, size=size, dtype=np.int64)


def words(vocabulary: Sequence[str] | Text, codes: Vector) -> Text:
    """The word each code stands for."""
    table = vocabulary if isinstance(vocabulary, pa.Array) else pa.array(list(vocabulary), pa.string())
    return table.take(pa.array(codes, pa.int64()))


def join(*parts: Text | str) -> Text:
    """Write texts one after the other, row by row."""
    joined: Text = pc.binary_join_element_wise(*parts, "")
    return joined


def pick(flags: Flags, yes: Text | str, no: Text | str) -> Text:
    """Take `yes` where the flag is set, else `no`."""
    picked: Text = pc.if_else(pa.array(flags), yes, no)
    return picked


def digits(numbers: Vector, width: int = 0) -> Text:
    """Write numbers out, filled with zeros to a width."""
    text: Text = pc.cast(pa.array(numbers, pa.int64()), pa.string())
    filled: Text = pc.utf8_lpad(text, width, "0") if width else text
    return filled


def days_text(days: Vector, pattern: str) -> Text:
    """Write dates (days since 1970) by a strftime pattern."""
    written: Text = pc.strftime(pa.array(days, pa.int32()).cast(pa.date32()).cast(pa.timestamp("s")), format=pattern)
    return written
