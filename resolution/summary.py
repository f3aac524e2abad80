"""The account of a run: what was compared, what was found, what may have been lost, and what looks wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from resolution.blocking import Blocks
from resolution.blocking.loss import Loss, estimate_loss
from resolution.clustering import Clusters, Constraints
from resolution.contract import FieldModel, MatchModel, ResolutionReport, RuleReport
from resolution.encode import Encoded
from resolution.links import probability
from resolution.scoring import LEAST_BIN, Edges, Tally

MOST_REFUSED: Final = 1000
TOO_MANY_MATCHES: Final = 200.0
GIVEN_DIFFERS: Final = 0.3
LARGE_CLUSTER: Final = 200
FEW_PAIRS: Final = 200.0
IDLE: Final = 0.2
"""Bits of the closest agreement below which a field says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Everything a run found."""

    encoded: Encoded
    blocks: Blocks
    model: MatchModel
    edges: Edges
    tally: Tally
    clusters: Clusters
    bounds: Constraints
    links: int
    unlinkable_share: float


def summarise(run: Run) -> ResolutionReport:
    """Count what a run did, and name what looks wrong."""
    tally, found, loss = run.tally, run.clusters, _loss(run)
    sizes, times = (
        np.unique(np.bincount(found.label), return_counts=True)
        if len(found.label)
        else (np.zeros(0, int), np.zeros(0, int))
    )
    bins = np.flatnonzero(tally.histogram)
    return ResolutionReport(
        records=len(found.label),
        pairs=int(tally.histogram.sum()),
        block_cap=run.blocks.walk.cap,
        rules=_rules(run),
        lost_share=loss.share,
        lost_low=loss.low,
        lost_high=loss.high,
        histogram=tuple((int(place) + LEAST_BIN, int(tally.histogram[place])) for place in bins),
        estimated_matches=round(estimated_matches(run), 3),
        links=run.links,
        clusters=int(times.sum()),
        cluster_sizes=tuple((int(size), int(count)) for size, count in zip(sizes, times, strict=True)),
        refused=len(found.refused),
        refused_pairs=_refused_pairs(run),
        blocked_by_constraint=found.forbidden,
        unlinkable_share=run.unlinkable_share,
        notes=tuple(_notes(run)),
    )


def _loss(run: Run) -> Loss:
    edges = run.edges
    return estimate_loss(run.blocks, run.clusters.label, edges.left, edges.right, probability(edges.bits))


def estimated_matches(run: Run) -> float:
    """Estimate how many pairs of records are of one person, whether blocking proposed them or not.

    Inside a cluster a record's confidence holds for its pairs with all other members. Between clusters a candidate
    pair's own probability holds.
    """
    label, edges = run.clusters.label, run.edges
    others = np.bincount(label)[label] - 1
    inside = float((run.clusters.confidence * others).sum()) / 2
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
    return tuple(
        RuleReport(
            name=run.blocks.rules[int(place)].name,
            blocks=int(blocks[place]),
            pairs=int(tally.pairs[place]),
            matches=round(float(tally.matches[place]), 3),
            larger=int(larger[place]),
            cap=int(cap[place]),
        )
        for place in order
        if tally.pairs[place] or larger[place]
    )


def _refused_pairs(run: Run) -> NDArray[np.int64]:
    """Input rows of the strongest refused edges, strongest first."""
    edges = run.clusters.refused[:MOST_REFUSED]
    order = run.encoded.order
    return np.stack([order[run.edges.left[edges]], order[run.edges.right[edges]]], axis=1)


def _notes(run: Run) -> Iterator[str]:
    fields = {field.name: field for field in run.model.fields}
    if not run.tally.histogram.sum():
        yield "No two records share anything to compare: every record stays alone."
    elif run.model.records == len(run.clusters.label) and run.model.pairs < FEW_PAIRS:
        yield (
            f"Too few records to learn from (about {run.model.pairs:.0f} pairs of one person): the weights are mostly "
            "the built-in ones. Look at the links before you rely on them."
        )
    absent = [field.name for field in run.encoded.kinds if field.name not in fields]
    if absent:
        yield f"The model was made without {', '.join(absent)}: these columns weigh nothing."
    shared = [
        kind.name
        for kind in run.encoded.kinds
        if not kind.shared and kind.name in fields and fields[kind.name].role == "shared"
    ]
    if shared:
        yield (
            f"Different people often agree in {', '.join(shared)}: read as shared, as in a household, not as one "
            "person's own."
        )
    idle = [kind.name for kind in run.encoded.kinds if kind.name in fields and fields[kind.name].levels[-1].bits < IDLE]
    if idle:
        yield f"Strangers agree in {', '.join(idle)} as often as one person's records do: it weighs next to nothing."
    if _share(fields["given_name"], "differs") > GIVEN_DIFFERS:
        yield "Given names differ in many of the estimated matches: the model may have taken households for people."
    records = max(len(run.clusters.label), 1)
    if run.tally.matches.sum() > TOO_MANY_MATCHES * records:
        yield "There are more estimated matches than a table of this size can hold: a column may be misread."
    largest = int(np.bincount(run.clusters.label).max(initial=0)) if len(run.clusters.label) else 0
    if largest > LARGE_CLUSTER:
        yield f"The largest cluster holds {largest} records: look at what they share."
    if run.bounds.unknown:
        yield f"{run.bounds.unknown} judgements name records that are not here."


def _share(field: FieldModel, level: str) -> float:
    return next(one.m for one in field.levels if one.name == level)
