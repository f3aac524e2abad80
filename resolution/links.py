"""The links table: each pair that holds a cluster together, with what every field says for or against it.

All of it at once is larger than anything else that resolution finds, and grows with the pairs: it is made a part at a
time, when it is asked for.

A link's contributions add up to its weight: the fields first, then what being relatives would explain, then the prior.
Bits are kept to four decimals, so that the table is the same on every machine.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from lake.tables import LINKS
from lake.tables.identity import CONTRIBUTION
from lake.workers import in_turn
from resolution.comparing.levels import FIRST_FIELDS, value_field
from resolution.comparing.pairs import compare_pairs
from resolution.compiled import kernel
from resolution.encode.codes import Codes, Encoded
from resolution.model.weights import Weights, field_bits, field_names, household_loss, prior_bits

DECIMALS: Final = 4
WHOLE: Final = 10.0**DECIMALS
CHUNK: Final = 25_000
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
    """Pairs to be written as links, ascending by the ids of left and right.

    Attributes:
        left: rows.
        right: rows, each above its left; or the same row, where a record that equals it is meant.
        equal: place of that record's id among those of `ExplainedLinks`, -1 elsewhere.
        bits: log-odds.
        rule: name of the blocking rule of each.
        steward: whether a steward joined them.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    equal: NDArray[np.int32]
    bits: NDArray[np.float64]
    rule: pa.Array
    steward: NDArray[np.bool_]

    def at(self, places: slice | NDArray[np.int64]) -> "Chosen":
        """Some of the pairs."""
        return Chosen(
            left=self.left[places],
            right=self.right[places],
            equal=self.equal[places],
            bits=self.bits[places],
            rule=self.rule[places] if isinstance(places, slice) else self.rule.take(pa.array(places)),
            steward=self.steward[places],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedLinks:
    """Links in the schema of LINKS, sorted by left and right, each explained when it is asked for.

    Attributes:
        encoded: the coded table.
        weights: the model.
        chosen: the pairs.
        equals: ids of records that equal a coded one.
        model_version: of the model.
    """

    encoded: Encoded
    weights: Weights
    chosen: Chosen
    equals: pa.Array
    model_version: str

    @property
    def num_rows(self) -> int:
        """How many there are."""
        return len(self.chosen.left)

    def reader(self) -> pa.RecordBatchReader:
        """All links, in parts of bounded size. Cost: O(pairs x fields) time, memory of a few parts."""
        parts = (slice(at, at + CHUNK) for at in range(0, self.num_rows, CHUNK))
        return pa.RecordBatchReader.from_batches(LINKS.schema, in_turn(self._batch, parts))

    def table(self) -> pa.Table:
        """All links at once: some hundred bytes each."""
        return self.reader().read_all()

    def from_weakest(self, count: int) -> pa.Table:
        """So many links evenly spread from the weakest to the strongest, weakest first; ties by left and right."""
        order = np.argsort(np.round(self.chosen.bits, DECIMALS), kind="stable")
        spots = np.unique(np.linspace(0, self.num_rows - 1, min(count, self.num_rows)).round().astype(np.int64))
        return pa.Table.from_batches([self._batch(order[spots])], LINKS.schema)

    def _batch(self, places: slice | NDArray[np.int64]) -> pa.RecordBatch:
        chosen, ids = self.chosen.at(places), self.encoded.record_ids
        explained = explain(self.encoded, self.weights, chosen.left, chosen.right)
        right = ids.take(pa.array(chosen.right))
        if len(self.equals):
            named = self.equals.take(pa.array(chosen.equal, mask=chosen.equal < 0))
            right = pc.coalesce(named, right)
        return pa.record_batch(
            [
                ids.take(pa.array(chosen.left)),
                right,
                pa.array(np.where(chosen.steward, 1.0, probability(explained.bits))),
                pa.array(explained.bits),
                explained.contributions,
                chosen.rule,
                pa.repeat(pa.scalar(self.model_version), len(chosen.left)),
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
    within = encoded.codes.source[left] == encoded.codes.source[right]
    first, words = _words(encoded)
    field, word, said, start, total = _contributions(level, bits, within, first)
    fields = pa.array([*field_names(encoded), HOUSEHOLD, PRIOR], pa.string())
    entries = pa.StructArray.from_arrays(
        [fields.take(pa.array(field)), words.take(pa.array(word)), pa.array(said)], fields=list(CONTRIBUTION)
    )
    return Explained(bits=total, contributions=pa.ListArray.from_arrays(pa.array(start), entries))


def _words(encoded: Encoded) -> tuple[NDArray[np.int64], pa.Array]:
    """What is said of a level: for each field the place of its level 0 among the words, and the words."""
    shapes = (*FIRST_FIELDS, *(value_field(kind.name, shared=kind.shared) for kind in encoded.kinds))
    words = ["relatives would agree too", "different sources", "same source"]
    first: list[int] = []
    for shape in shapes:
        first.append(len(words) - 1)
        words.extend(one.name for one in shape.levels)
    return np.array(first), pa.array(words, pa.string())


@kernel
def _contributions(
    level: NDArray[np.uint8], bits: NDArray[np.float64], within: NDArray[np.bool_], first: NDArray[np.int64]
) -> tuple[NDArray[np.int16], NDArray[np.int32], NDArray[np.float64], NDArray[np.int32], NDArray[np.float64]]:
    """What is written of pairs: fields that both know, what relatives explain where it is not 0, and the prior.

    Args:
        level: shape (pairs, fields).
        bits: shape (pairs, fields + 2), as `weigh` gives them.
        within: shape (pairs,). Both records are of one source.
        first: shape (fields,). As `_words` gives it.

    Returns:
        Field, word and bits of each contribution, end to end; where each pair's begin, shape (pairs + 1,); and each
        pair's sum, shape (pairs,). Bits are rounded to DECIMALS.
    """
    pairs, fields = level.shape
    most = pairs * (fields + 2)
    field, word, said = np.empty(most, np.int16), np.empty(most, np.int32), np.empty(most)
    start, total = np.zeros(pairs + 1, np.int32), np.zeros(pairs)
    used = 0
    for pair in range(pairs):
        for at in range(fields + 2):
            known = at >= fields or level[pair, at] > 0
            one = np.rint(bits[pair, at] * WHOLE) / WHOLE + 0.0
            if not known or (at == fields and one == 0):
                continue
            word[used] = first[at] + level[pair, at] if at < fields else (at - fields) * (1 + within[pair])
            field[used], said[used] = at, one
            total[pair] += one
            used += 1
        start[pair + 1] = used
        total[pair] = np.rint(total[pair] * WHOLE) / WHOLE
    return field[:used], word[:used], said[:used], start, total


def weigh(
    codes: Codes, weights: Weights, left: NDArray[np.int32], right: NDArray[np.int32]
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Weigh pairs of rows.

    Returns:
        Levels of every field, shape (pairs, fields); and bits of every field, of the household correction and of the
        prior, shape (pairs, fields + 2).
    """
    compared = compare_pairs(codes, left, right)
    return compared[0], _weigh_levels(codes.line, weights, (left, right), compared)


@kernel
def _weigh_levels(
    line: NDArray[np.int32],
    weights: Weights,
    pairs: tuple[NDArray[np.int32], NDArray[np.int32]],
    compared: tuple[NDArray[np.uint8], NDArray[np.float32]],
) -> NDArray[np.float64]:
    """The bits that `weigh` returns, of pairs that are compared."""
    (left, right), (level, rarity) = pairs, compared
    fields = level.shape[1]
    bits, relative = np.zeros((len(left), fields + 2)), np.zeros(fields)
    for pair in range(len(left)):
        _, for_kin = field_bits(weights, level[pair], rarity[pair], bits[pair, :fields], relative)
        bits[pair, fields] = -household_loss(weights.household, for_kin)
        bits[pair, fields + 1] = prior_bits(weights, line, left[pair], right[pair])
    return bits
