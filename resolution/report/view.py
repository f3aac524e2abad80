"""What the page shows, worked out of a resolution: samples, figures, shares. No HTML here."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from resolution.contract import Resolution, RuleReport
from resolution.report.contract import ReportContext
from resolution.report.figures import cluster_sizes, field_strengths, weight_histogram
from resolution.why import PairWhy, as_rows, as_sentence, from_links, waterfall_svg

SAMPLES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One link to look at."""

    why: PairWhy
    sentence: str
    rows: tuple[tuple[str, str, float, float], ...]
    picture: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything the template reads."""

    context: ReportContext
    resolution: Resolution
    threshold_bits: float
    weights: str
    sizes: str
    fields: str
    rules: tuple[tuple[RuleReport, float], ...]
    samples: tuple[Sample, ...]
    largest: int
    alone: int
    joined: int


def build_view(resolution: Resolution, context: ReportContext) -> View:
    """Work out what the page shows; deterministic."""
    report, model = resolution.report, resolution.model
    bits = math.log2(model.threshold / (1 - model.threshold)) if 0 < model.threshold < 1 else 0.0
    sizes = dict(report.cluster_sizes)
    most = max((rule.pairs for rule in report.rules), default=0) or 1
    return View(
        context=context,
        resolution=resolution,
        threshold_bits=bits,
        weights=weight_histogram(report.histogram, bits),
        sizes=cluster_sizes(report.cluster_sizes),
        fields=field_strengths(model.fields),
        rules=tuple((rule, rule.pairs / most) for rule in report.rules),
        samples=sample_links(resolution),
        largest=max(sizes, default=0),
        alone=sizes.get(1, 0),
        joined=report.records - sizes.get(1, 0),
    )


def sample_links(resolution: Resolution) -> tuple[Sample, ...]:
    """Twenty links spread evenly from the weakest to the strongest, weakest first; ties by left and right."""
    links = resolution.links
    if not links.num_rows:
        return ()
    order = np.lexsort((np.arange(links.num_rows), links.column("weight_bits").to_numpy()))
    spots = np.unique(np.linspace(0, links.num_rows - 1, SAMPLES).round().astype(np.int64))
    return tuple(
        Sample(why=why, sentence=as_sentence(why), rows=as_rows(why), picture=waterfall_svg(why))
        for why in from_links(links.take(order[spots]))
    )
