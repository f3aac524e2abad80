"""The links table: each pair that holds a cluster together, with what every field says for or against it.

A link's contributions add up to its weight: the fields first, then what being relatives would explain, then the prior.
Bits are kept to four decimals, so that the table is the same on every machine.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from lake.tables import LINKS
from lake.tables.identity import CONTRIBUTION
from resolution.borrow import lent
from resolution.comparing.levels import FIRST_FIELDS, value_field
from resolution.comparing.pairs import compare_pairs
from resolution.compiled import kernel
from resolution.encode.codes import Codes, Encoded
from resolution.model.weights import Weights, field_bits, field_names, household_loss, lent_weights

DECIMALS: Final = 4
CHUNK: Final = 25_000
WORKERS: Final = 2
HOUSEHOLD: Final = "household"
PRIOR: Final = "prior"
STEWARD: Final = "steward"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Pairs weighed field by field.

    Attributes:
        bits: shape (pairs,). Log-odds, the sum of the contributions.
        contributions: shape (pairs,), list<struct<field, level, bits>>.
    """

    bits: NDArray[np.float64]
    contributions: pa.Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Pairs to be written as links, ascending by left and right.

    Attributes:
        left: rows.
        right: rows, each above its left.
        rule: name of the blocking rule of each.
        steward: whether a steward joined them.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    rule: pa.Array
    steward: NDArray[np.bool_]


def link_table(encoded: Encoded, weights: Weights, chosen: Chosen, model_version: str) -> pa.Table:
    """Write pairs in the schema of LINKS."""

    def batch(at: int) -> pa.RecordBatch:
        return _batch(encoded, weights, _cut(chosen, at), model_version)

    with ThreadPoolExecutor(WORKERS) as pool:
        return pa.Table.from_batches(list(pool.map(batch, range(0, len(chosen.left), CHUNK))), LINKS.schema)


def _cut(chosen: Chosen, at: int) -> Chosen:
    part = slice(at, at + CHUNK)
    return Chosen(
        left=chosen.left[part], right=chosen.right[part], rule=chosen.rule[part], steward=chosen.steward[part]
    )


def _batch(encoded: Encoded, weights: Weights, chosen: Chosen, model_version: str) -> pa.RecordBatch:
    explained = explain(encoded, weights, chosen.left, chosen.right)
    count = len(chosen.left)
    return pa.record_batch(
        [
            encoded.record_ids.take(pa.array(chosen.left)),
            encoded.record_ids.take(pa.array(chosen.right)),
            pa.array(np.where(chosen.steward, 1.0, probability(explained.bits))),
            pa.array(explained.bits),
            explained.contributions,
            chosen.rule,
            pa.repeat(pa.scalar(model_version), count),
            pa.array(["model", STEWARD], pa.string()).take(pa.array(chosen.steward.astype(np.int8))),
        ],
        schema=LINKS.schema,
    )


def probability(bits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-odds in bits as probabilities, to nine decimals."""
    return np.round(1 / (1 + np.exp2(-np.clip(bits, -500, 500))), 9)


def explain(encoded: Encoded, weights: Weights, left: NDArray[np.int32], right: NDArray[np.int32]) -> Explained:
    """Weigh pairs of rows field by field.

    Args:
        encoded: the coded table.
        weights: the model.
        left: rows.
        right: other rows.
    """
    level, bits = weigh(encoded.codes, weights, left, right)
    bits = np.asarray(np.round(bits, DECIMALS) + 0.0, np.float64)
    shown = np.hstack([level > 0, bits[:, -2:-1] != 0, np.ones((len(left), 1), np.bool_)])
    within = encoded.codes.source[left] == encoded.codes.source[right]
    says, words = _words(encoded, level, within)
    fields = pa.array([*field_names(encoded), HOUSEHOLD, PRIOR], pa.string())
    entries = pa.StructArray.from_arrays(
        [fields.take(pa.array(np.nonzero(shown)[1])), words.take(pa.array(says[shown])), pa.array(bits[shown])],
        fields=list(CONTRIBUTION),
    )
    offsets = np.concatenate([[0], np.cumsum(shown.sum(axis=1))]).astype(np.int32)
    total = np.asarray(bits.sum(axis=1), np.float64)
    contributions = pa.ListArray.from_arrays(pa.array(offsets), entries)
    return Explained(bits=np.round(total, DECIMALS), contributions=contributions)


def _words(encoded: Encoded, level: NDArray[np.uint8], within: NDArray[np.bool_]) -> tuple[NDArray[np.int64], pa.Array]:
    """For each pair and contribution, which of the words of the second result names its level."""
    shapes = (*FIRST_FIELDS, *(value_field(kind.name, shared=kind.shared) for kind in encoded.kinds))
    words = ["relatives would agree too", "different sources", "same source"]
    first: list[int] = []
    for shape in shapes:
        first.append(len(words) - 1)
        words.extend(one.name for one in shape.levels)
    says = np.hstack(
        [level.astype(np.int64) + np.array(first), np.zeros((len(level), 1), np.int64), 1 + within[:, None]]
    )
    return says, pa.array(words, pa.string())


@kernel
def weigh(
    codes: Codes, weights: Weights, left: NDArray[np.int32], right: NDArray[np.int32]
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Weigh pairs of rows.

    Returns:
        Levels of every field, shape (pairs, fields); and bits of every field, of the household correction and of the
        prior, shape (pairs, fields + 2).
    """
    source, weights = lent(codes.source), lent_weights(weights)
    fields = weights.says.shape[1]
    level, rarity = compare_pairs(codes, left, right)
    bits = np.zeros((len(left), fields + 2))
    relative = np.zeros(fields)
    for pair in range(len(left)):
        one, other = left[pair], right[pair]
        _, for_kin = field_bits(weights, level[pair], rarity[pair], bits[pair, :fields], relative)
        bits[pair, fields] = -household_loss(weights.household, for_kin)
        same_source = source[one] == source[other]
        bits[pair, fields + 1] = weights.within if same_source else weights.across
    return level, bits
