"""The account of a run: what was compared, what was found, what may have been lost, and what looks wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.blocking import Blocks
from resolution.blocking.loss import Loss, estimate_loss, loss_by_weight, only_by_rule
from resolution.clustering import Clusters, Constraints
from resolution.comparing.levels import FIRST_FIELDS
from resolution.contract import FieldModel, MatchModel, ResolutionReport, RuleReport
from resolution.copies import Everyone
from resolution.crowds import LEAST
from resolution.encode import Encoded
from resolution.expected import Bins, expected, high_chances
from resolution.links import probability, weigh
from resolution.model import NO_RELATIVES, Weights
from resolution.scoring import Edges, Tally
from resolution.weighing import LEAST_BIN

SMALL_TABLE: Final = 1000
"""Records of a table in which every pair is weighed to tell what blocking lost; a tenth of a second."""
MOST_REFUSED: Final = 1000
TOO_MANY_MATCHES: Final = 200.0
GIVEN_DIFFERS: Final = 0.3
NOBODY_RELATED: Final = np.log2(NO_RELATIVES)
LARGE_CLUSTER: Final = 200
FEW_PAIRS: Final = 200.0
MANY_RECORDS: Final = 1000
"""Records from which it is not their number that leaves nothing to learn."""
TOO_FEW: Final = ("Too few records to learn from", "Look at the links before you rely on them.")
HARDLY_ANY: Final = (
    "Hardly any records of one person",
    "If the table should hold people more than once, look in the report at what its columns were taken for: one that "
    "is somebody else's keeps all apart.",
)
"""Why there is little to learn from, and what to do."""
UNSURE: Final = 0.05
"""Width of the expected share of right pairs from which a remark tells of it."""
IDLE: Final = 0.2
"""Bits of the closest agreement below which a field says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Everything a run found."""

    encoded: Encoded
    blocks: Blocks
    model: MatchModel
    weights: Weights
    edges: Edges
    tally: Tally
    clusters: Clusters
    everyone: Everyone
    bounds: Constraints
    links: int
    unlinkable_share: float


def summarise(run: Run) -> ResolutionReport:
    """Count what a run did, and name what looks wrong."""
    tally, found, label = run.tally, run.clusters, run.everyone.label
    every = _every_pair(run)
    loss = _loss(run, every)
    sizes, times = np.unique(np.bincount(label)[: len(label)], return_counts=True)
    bins = np.flatnonzero(tally.histogram)
    histogram = tuple((int(place) + LEAST_BIN, int(tally.histogram[place])) for place in bins)
    high = _high_chances(run, bins + LEAST_BIN)
    return ResolutionReport(
        records=len(label),
        pairs=int(tally.pairs.sum()),
        block_cap=run.blocks.walk.cap,
        rules=_rules(run),
        lost_share=loss.share,
        lost_low=loss.low,
        lost_high=loss.high,
        histogram=histogram,
        histogram_high=high,
        estimated_matches=round(_estimated_matches(run, every), 3),
        links=run.links,
        clusters=int(times.sum()),
        cluster_sizes=tuple((int(size), int(count)) for size, count in zip(sizes, times, strict=True)),
        refused=len(found.refused),
        refused_pairs=_refused_pairs(run),
        blocked_by_constraint=found.forbidden,
        unlinkable_share=run.unlinkable_share,
        notes=(*_notes(run), *_doubt_notes(run.model.threshold, histogram, high)),
    )


def _high_chances(run: Run, lower: NDArray[np.int64]) -> tuple[float, ...]:
    found = high_chances(run.encoded.codes, run.weights, run.model, run.edges, lower)
    return tuple(np.round(found, 6).tolist())


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """All pairs of records of a small table, candidates or not.

    Attributes:
        chance: shape (pairs,). Probability of each.
        together: shape (pairs,). Whether both are in one cluster.
    """

    chance: NDArray[np.float64]
    together: NDArray[np.bool_]


def _every_pair(run: Run) -> Every | None:
    """All pairs; None where they are too many, or some are not to be looked at."""
    label = run.clusters.label
    if len(label) > SMALL_TABLE or run.blocks.walk.across_only:
        return None
    left, right = (side.astype(np.int32) for side in np.triu_indices(len(label), 1))
    chance = probability(weigh(run.encoded.codes, run.weights, left, right)[1].sum(axis=1))
    return Every(chance=chance, together=label[left] == label[right])


def _loss(run: Run, every: Every | None) -> Loss:
    edges = run.edges
    if every is not None:
        return loss_by_weight(float(run.tally.matches.sum()), every.chance)
    return estimate_loss(run.blocks, run.clusters.label, edges.left, edges.right, probability(edges.bits))


def _estimated_matches(run: Run, every: Every | None) -> float:
    """Estimate how many pairs of records are of one person, whether blocking proposed them or not.

    Inside a cluster a record's confidence holds for its pairs with all other members. Between clusters a pair's own
    probability holds: that of candidate pairs, in a small table of all.
    """
    everyone, label, edges = run.everyone, run.clusters.label, run.edges
    others = np.bincount(everyone.label)[everyone.label] - 1
    inside = float((everyone.confidence * others).sum()) / 2
    if every is not None:
        return inside + float(every.chance[~every.together].sum())
    together = label[edges.left] == label[edges.right]
    weighed = float((1 / (1 + np.exp2(-edges.bits[together]))).sum())
    return inside + float(run.tally.matches.sum()) - weighed


def _rules(run: Run) -> tuple[RuleReport, ...]:
    walk, tally = run.blocks.walk, run.tally
    blocks = np.bincount(
        walk.run_rule, weights=np.diff(walk.run_begin) / walk.run_size, minlength=len(run.blocks.rules)
    )
    order = np.argsort(-tally.pairs, kind="stable")
    cap, sizes = run.blocks.cap, np.arange(len(run.blocks.blocks))[:, None]
    larger = run.blocks.larger + (run.blocks.blocks * (sizes > cap)).sum(axis=0)
    only = only_by_rule(run.blocks, run.edges.left, run.edges.right, probability(run.edges.bits))
    return tuple(
        RuleReport(
            name=run.blocks.rules[int(place)].name,
            blocks=int(blocks[place]),
            pairs=int(tally.pairs[place]),
            matches=round(float(tally.matches[place]), 3),
            larger=int(larger[place]),
            cap=int(cap[place]),
            only=only[int(place)].share,
            only_low=only[int(place)].low,
            only_high=only[int(place)].high,
        )
        for place in order
        if tally.pairs[place] or larger[place]
    )


def _refused_pairs(run: Run) -> NDArray[np.int64]:
    """Input rows of the strongest refused edges, strongest first."""
    edges = run.clusters.refused[:MOST_REFUSED]
    order = run.encoded.order.astype(np.int64)
    return np.stack([order[run.edges.left[edges]], order[run.edges.right[edges]]], axis=1)


def _notes(run: Run) -> Iterator[str]:
    fields = {field.name: field for field in run.model.fields}
    if not run.tally.histogram.sum() and not len(run.everyone.copies):
        yield "No two records share anything to compare: every record stays alone."
    elif run.model.household_bits <= NOBODY_RELATED:
        yield (
            "No names and no births are there to compare: whoever shares a number, a telephone or an e-mail that few "
            "hold is taken for one person. How often that is right cannot be learned from such a table."
        )
    elif run.model.records == len(run.clusters.label) and run.model.pairs < FEW_PAIRS:
        why, remedy = TOO_FEW if run.model.records < MANY_RECORDS else HARDLY_ANY
        pairs = f"about {run.model.pairs:.0f} pairs of one person"
        yield f"{why} ({pairs}): the weights are mostly the built-in ones. {remedy}"
    yield from _column_notes(run, fields)
    yield from _size_notes(run, fields)
    if run.bounds.unknown:
        yield f"{run.bounds.unknown} judgements name records that are not here."


def _column_notes(run: Run, fields: Mapping[str, FieldModel]) -> Iterator[str]:
    """Columns that turned out to be something else than they were taken for."""
    lost = [shape.name for shape in FIRST_FIELDS if shape.name not in fields]
    if lost:
        yield (
            f"Records that agree in all else do not agree in {', '.join(lost)}: it weighs nothing. Look whether its "
            "column is what it was taken for, and the same in all sources."
        )
    absent = [field.name for field in run.encoded.kinds if field.name not in fields]
    if absent:
        yield f"The model was made without {', '.join(absent)}: these columns weigh nothing."
    weighed = [kind for kind in run.encoded.kinds if kind.name in fields]
    shared = [kind.name for kind in weighed if not kind.shared and fields[kind.name].role == "shared"]
    if shared:
        yield (
            f"Different people often agree in {', '.join(shared)}, or one person has many: read as shared, as in a "
            "household, not as one person's own."
        )
    idle = [kind.name for kind in weighed if fields[kind.name].levels[-1].bits < IDLE]
    if idle:
        yield f"Strangers agree in {', '.join(idle)} as often as one person's records do: it weighs next to nothing."


def _size_notes(run: Run, fields: Mapping[str, FieldModel]) -> Iterator[str]:
    """What is larger than a table of people should hold."""
    if "given_name" in fields and _share(fields["given_name"], "differs") > GIVEN_DIFFERS:
        yield "Given names differ in many of the estimated matches: the model may have taken households for people."
    records = len(run.clusters.label)
    if run.tally.matches.sum() > TOO_MANY_MATCHES * max(records, 1):
        yield "There are more estimated matches than a table of this size can hold: a column may be misread."
    largest = int(np.bincount(run.everyone.label).max(initial=0))
    if largest > LARGE_CLUSTER:
        yield f"The largest cluster holds {largest} records: look at what they share."
    equal = len(run.everyone.label) - records
    if equal:
        yield (
            f"{equal:,} records equal another one, of {LEAST} or more that say the same: they are compared and "
            "counted once."
        )


def _doubt_notes(threshold: float, histogram: Bins, high: Sequence[float]) -> Iterator[str]:
    """How sure links are, where that hangs on what no record shows."""
    if not 0 < threshold < 1:
        return
    found = expected(histogram, high, threshold)
    if found.pairs and found.right_high - found.right >= UNSURE:
        yield (
            f"Of the pairs from the threshold on, {found.right:.0%} to {found.right_high:.0%} are expected to be "
            "right: the lower figure if people of one household share given names as often as strangers do, the "
            "higher if they never do by chance. Look at the weakest links."
        )


def _share(field: FieldModel, level: str) -> float:
    return next(one.m for one in field.levels if one.name == level)
