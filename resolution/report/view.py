"""What the page shows, worked out of a resolution: samples, figures, shares. No HTML here."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from resolution.contract import FieldModel, LevelModel, Resolution, RuleReport
from resolution.entities import content_entity_ids
from resolution.report.contract import ReportContext
from resolution.report.figures import (
    Bar,
    Histogram,
    Threshold,
    cluster_sizes,
    field_strengths,
    level_shares,
    thresholds,
    waterfall_bars,
    weight_histogram,
)
from resolution.why import PairWhy, as_sentence, from_links
from resolution.why.waterfall import Step, waterfall

SAMPLES: Final = 20
TO_REVIEW: Final = 15
SHOWN_RECORDS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One link to look at.

    Attributes:
        why: the link.
        sentence: the same in words.
        zero: where no bits stand in its waterfall, percent from the left.
        steps: the waterfall, and a bar for each step.
    """

    why: PairWhy
    sentence: str
    zero: float
    steps: tuple[tuple[Step, Bar], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A person put together with doubt.

    Attributes:
        entity_id: the person.
        records: how many records it holds.
        least: the least confidence of any of them.
        mean: their mean confidence.
        shown: some of them, the least certain first.
    """

    entity_id: str
    records: int
    least: float
    mean: float
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything the template reads."""

    context: ReportContext
    resolution: Resolution
    threshold_bits: float
    weights: Histogram
    thresholds: tuple[Threshold, ...]
    sizes: tuple[tuple[str, int, Bar], ...]
    zero: float
    fields: tuple[tuple[str, float, float, tuple[Bar, Bar]], ...]
    rules: tuple[tuple[RuleReport, float], ...]
    levels: tuple[tuple[FieldModel, tuple[tuple[LevelModel, Bar, Bar, Bar], ...]], ...]
    samples: tuple[Sample, ...]
    doubtful: tuple[Doubtful, ...]
    declined: tuple[tuple[str, str], ...]
    largest: int
    alone: int
    joined: int


def build_view(resolution: Resolution, context: ReportContext) -> View:
    """Work out what the page shows; deterministic."""
    report, model = resolution.report, resolution.model
    bits = math.log2(model.threshold / (1 - model.threshold)) if 0 < model.threshold < 1 else 0.0
    sizes = dict(report.cluster_sizes)
    zero, fields = field_strengths(model.fields)
    most = max((rule.pairs for rule in report.rules), default=0) or 1
    return View(
        context=context,
        resolution=resolution,
        threshold_bits=bits,
        weights=weight_histogram(report.histogram, bits),
        thresholds=thresholds(report.histogram, report.histogram_high, model.threshold),
        sizes=cluster_sizes(report.cluster_sizes),
        zero=zero,
        fields=fields,
        rules=tuple((rule, rule.pairs / most) for rule in report.rules),
        levels=level_shares(model.fields),
        samples=sample_links(resolution),
        doubtful=doubtful_people(resolution, context.record_ids),
        declined=declined_pairs(resolution, context.record_ids),
        largest=max(sizes, default=0),
        alone=sizes.get(1, 0),
        joined=report.records - sizes.get(1, 0),
    )


def sample_links(resolution: Resolution) -> tuple[Sample, ...]:
    """Twenty links spread evenly from the weakest to the strongest, weakest first; ties by left and right."""
    return tuple(map(_sample, from_links(resolution.links.from_weakest(SAMPLES))))


def _sample(why: PairWhy) -> Sample:
    steps = waterfall(why)
    zero, bars = waterfall_bars(steps)
    return Sample(why=why, sentence=as_sentence(why), zero=zero, steps=tuple(zip(steps, bars, strict=True)))


def doubtful_people(resolution: Resolution, record_ids: pa.Array | None) -> tuple[Doubtful, ...]:
    """The people with the least certain member, least certain first; ties by id."""
    if record_ids is None:
        return ()
    label, sure = resolution.clusters, resolution.membership
    size = np.bincount(label)
    least = np.ones(len(size))
    np.minimum.at(least, label, sure)
    several = np.flatnonzero((size > 1) & (least < 1))
    chosen = several[np.lexsort((several, least[several]))][:TO_REVIEW]
    rows = np.flatnonzero(np.isin(label, chosen))
    names = content_entity_ids(record_ids.take(pa.array(rows)), label[rows])
    found: list[Doubtful] = []
    for one in chosen:
        inside = np.flatnonzero(label[rows] == one)
        ids = record_ids.take(pa.array(rows[inside])).to_pylist()
        ranked = sorted(zip(sure[rows[inside]].tolist(), ids, strict=True))
        found.append(
            Doubtful(
                entity_id=names[int(inside[0])].as_py(),
                records=len(ranked),
                least=ranked[0][0],
                mean=float(np.mean([each for each, _ in ranked])),
                shown=tuple(name for _, name in ranked[:SHOWN_RECORDS]),
            )
        )
    return tuple(found)


def declined_pairs(resolution: Resolution, record_ids: pa.Array | None) -> tuple[tuple[str, str], ...]:
    """The strongest links that were declined, as record ids."""
    pairs = resolution.report.refused_pairs[:TO_REVIEW]
    if record_ids is None or not len(pairs):
        return ()
    left, right = (record_ids.take(pa.array(pairs[:, side])).to_pylist() for side in (0, 1))
    return tuple(zip(left, right, strict=True))
