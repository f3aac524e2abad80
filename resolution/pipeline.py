"""Resolution from end to end: a tuple of stages of one signature, each adding its result to the work so far.

    encode -> block -> train -> spend -> compare -> cluster -> spread -> choose -> sum up -> link

Print `STAGES` to see them; put another function in a stage's place to replace it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from core.errors import BadInputError
from core.progress import Progress, Silent
from lake.memory import Handed, give_back
from resolution.blocking import WINDOW, Blocks, blocking_rules, build_blocks
from resolution.budget import spend
from resolution.clustering import Clusters, Constraints, cluster, constraints
from resolution.comparing.levels import IDENTIFIER
from resolution.comparing.pairs import compare_into
from resolution.compiled import is_kept
from resolution.contract import (
    Judgement,
    Labels,
    Links,
    MatchModel,
    Resolution,
    ResolutionReport,
    ResolutionSettings,
    ScoredPairs,
)
from resolution.copies import Everyone, encode_once, everyone, with_equals
from resolution.encode import Encoded
from resolution.encode.pool import flat
from resolution.links import STEWARD, Chosen, ExplainedLinks, explain, probability
from resolution.model import Weights, label_counts, model_weights, taught, train, with_threshold
from resolution.scoring import Edges, Tally, score_candidates
from resolution.summary import Run, summarise
from resolution.unlinkable import unlinkable_share


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is given, and what the stages have found so far. Reading a result before its stage has run is an error."""

    records: Handed[pa.Table]
    settings: ResolutionSettings
    judgements: tuple[Judgement, ...]
    progress: Progress
    model: MatchModel | None = None
    labels: Labels | None = None
    record_ids: pa.ChunkedArray | None = None
    encoded: Encoded | None = None
    coded: NDArray[np.int32] | None = None
    blocks: Blocks | None = None
    weights: Weights | None = None
    edges: Edges | None = None
    tally: Tally | None = None
    bounds: Constraints | None = None
    clusters: Clusters | None = None
    everyone: Everyone | None = None
    chosen: Chosen | None = None
    report: ResolutionReport | None = None
    links: Links | None = None


T = TypeVar("T")
REVIEW_BITS: Final = -5.0
"""Pairs down to these log-odds are kept: too weak for a link, worth a look."""

Stage = Callable[[Work], Work]


def encode_records(work: Work) -> Work:
    """Code every column over one dictionary; of many equal records, one. From here on only ids are needed."""
    whole = [*work.settings.unique_identifiers, *(_systems(work.model) if work.model else ())]
    record_ids, apart = work.records.there.column("record_id"), _apart(work)
    encoded, coded = encode_once(work.records.take(), apart, whole)
    return replace(work, encoded=encoded, coded=coded, record_ids=record_ids)


def _systems(model: MatchModel) -> list[str]:
    """The systems of identifiers that a model knows by themselves, not source by source."""
    return [field.name.removeprefix(IDENTIFIER) for field in model.fields if field.name.startswith(IDENTIFIER)]


def block_records(work: Work) -> Work:
    """Find which pairs to compare."""
    settings = work.settings
    rules = blocking_rules(settings.blocking, automatic=settings.automatic_blocking)
    blocks = build_blocks(
        _have(work.encoded),
        settings.pair_budget,
        across_only=settings.link_only,
        rules=rules,
        largest=settings.largest_block,
    )
    return replace(work, blocks=blocks)


def train_model(work: Work) -> Work:
    """Learn a model, unless one is given; labels improve either."""
    encoded = _have(work.encoded)
    if work.model is None:
        model = train(encoded, _have(work.blocks), work.settings, work.labels)
    else:
        model = with_threshold(work.model, work.settings.threshold)
        if work.labels is not None:
            model = taught(model, encoded, label_counts(encoded, work.labels))
    return replace(work, model=model, weights=model_weights(model, encoded))


def spend_budget(work: Work) -> Work:
    """Give each blocking rule the blocks that are worth their pairs."""
    blocks = spend(_have(work.encoded), _have(work.blocks), _have(work.weights), work.settings.pair_budget)
    return replace(work, blocks=blocks)


def compare_pairs(work: Work) -> Work:
    """Weigh every candidate pair."""
    edges, tally = score_candidates(
        _have(work.encoded).codes,
        _have(work.blocks),
        _have(work.weights),
        least_bits=min(REVIEW_BITS, _have(work.model).join_bits),
        progress=work.progress,
    )
    return replace(work, edges=edges, tally=tally)


def cluster_records(work: Work) -> Work:
    """Put records together by all the evidence between them."""
    encoded = _have(work.encoded)
    bounds = constraints(encoded, work.settings, work.judgements)
    found = cluster(encoded.codes, _have(work.weights), _have(work.model), _have(work.edges), bounds)
    return replace(work, bounds=bounds, clusters=found)


def spread_copies(work: Work) -> Work:
    """Give equal records the cluster of the one that stands for them."""
    weights, threshold = _have(work.weights), _have(work.model).threshold
    return replace(
        work, everyone=everyone(_have(work.encoded), _have(work.coded), weights, _have(work.clusters), threshold)
    )


def choose_links(work: Work) -> Work:
    """Take the pairs that hold clusters together."""
    return replace(work, chosen=_chosen(work))


def sum_up(work: Work) -> Work:
    """Count what the run did, and let go what only counting needs: what follows is the largest of the results."""
    return replace(work, report=summarise(account(work)), blocks=None, edges=None, tally=None)


def write_links(work: Work) -> Work:
    """Get every pair that holds a cluster together ready to be explained, equal records among them."""
    encoded, weights, chosen, found = _have(work.encoded), _have(work.weights), _have(work.chosen), _have(work.everyone)
    equals = pa.array([], pa.string())
    if len(found.copies):
        equals = flat(_have(work.record_ids).take(pa.array(found.copies))).cast(pa.string())
        chosen = with_equals(encoded, weights, chosen, found.stands, equals)
    links = ExplainedLinks(
        encoded=encoded, weights=weights, chosen=chosen, equals=equals, model_version=_have(work.model).version
    )
    return replace(work, links=links)


STAGES: Final[tuple[Stage, ...]] = (
    encode_records,
    block_records,
    train_model,
    spend_budget,
    compare_pairs,
    cluster_records,
    spread_copies,
    choose_links,
    sum_up,
    write_links,
)


def resolve(
    records: pa.Table,
    settings: ResolutionSettings,
    *,
    judgements: Sequence[Judgement] = (),
    model: MatchModel | None = None,
    labels: Labels | None = None,
    progress: Progress | None = None,
) -> Resolution:
    """Find out which records are of one person.

    Args:
        records: columns record_id and source, and any of the profile columns and categories of `lake.tables.RECORDS`.
            Held until they are coded; a caller who keeps no other reference has their memory back for the rest.
        settings: the `[resolution]` section.
        judgements: what stewards said; they outrank the model.
        model: a trained model; without it one is learned from the records.
        labels: pairs that people judged; the model learns from them as well.
        progress: is told how far each stage has come.

    Returns:
        Links, a cluster and a confidence for each row, the model, and the account of the run. The same whatever the
        order of rows and the number of threads.

    Raises:
        BadInputError: record ids repeat, a setting is out of range, the model does not fit, or no labelled match is
            among the records.
    """
    _check(settings)
    teller = progress or Silent()
    work = Work(
        records=Handed(records),
        settings=settings,
        judgements=tuple(judgements),
        progress=teller,
        model=model,
        labels=labels,
    )
    del records
    _tell_of_compiling(teller)
    teller.start("resolve", len(STAGES))
    for stage in STAGES:
        work = stage(work)
        give_back()
        teller.advance("resolve")
    teller.finish("resolve")
    return _resolution(work)


def _tell_of_compiling(teller: Progress) -> None:
    """Say why a first run takes longer."""
    if not is_kept(compare_into):
        teller.start("kernels")
        teller.finish("kernels", "this first run on this machine compiles them, for about a minute")


def score_pairs(records: pa.Table, left: NDArray[np.int64], right: NDArray[np.int64], model: MatchModel) -> ScoredPairs:
    """Weigh pairs of rows by a model.

    Args:
        records: as for `resolve`; how rare a value is, is counted among them.
        left: shape (pairs,). Rows.
        right: shape (pairs,). Other rows.
        model: a trained model.
    """
    encoded, coded = encode_once(records, np.zeros(records.num_rows, np.bool_), _systems(model))
    rows = [coded[np.asarray(side)].astype(np.int32) for side in (left, right)]
    found = explain(encoded, model_weights(model, encoded), np.minimum(*rows), np.maximum(*rows))
    return ScoredPairs(bits=found.bits, probability=probability(found.bits), contributions=found.contributions)


def _check(settings: ResolutionSettings) -> None:
    if settings.threshold is not None and not 0 < settings.threshold < 1:
        raise BadInputError(
            "The threshold lies outside 0 to 1.", remedy="Give a probability such as 0.9.", key="resolution.threshold"
        )
    if settings.pair_budget < 1:
        raise BadInputError(
            "The pair budget is below 1.", remedy="Give at least 1; 20 suits most.", key="resolution.pair_budget"
        )
    if settings.largest_block < WINDOW:
        raise BadInputError(
            f"The largest block is below {WINDOW} records.",
            remedy=f"Give at least {WINDOW}; 100 suits most.",
            key="resolution.largest_block",
        )


def _have(value: T | None) -> T:
    """A stage's result, which must be there by now."""
    assert value is not None, "a stage ran before the one it needs"
    return value


def _chosen(work: Work) -> Chosen:
    """Pairs inside clusters that reach the threshold or joined two clusters, and those that a steward joined."""
    edges, found, bounds, blocks = _have(work.edges), _have(work.clusters), _have(work.bounds), _have(work.blocks)
    sure = probability(edges.bits) >= _have(work.model).threshold
    inside = found.label[edges.left] == found.label[edges.right]
    kept = np.flatnonzero(inside & (sure | found.joined))
    same = np.sort(bounds.same, axis=1).astype(np.int32)
    left = np.concatenate([same[:, 0], edges.left[kept]])
    right = np.concatenate([same[:, 1], edges.right[kept]])
    rule = np.concatenate([np.full(len(same), len(blocks.rules)), edges.rule[kept].astype(np.int64)])
    order = np.lexsort((np.arange(len(left)), right, left))
    first = np.append(True, (np.diff(left[order]) != 0) | (np.diff(right[order]) != 0))[: len(order)]
    order = order[first]
    names = pa.array([*(one.name for one in blocks.rules), STEWARD], pa.string())
    judged = explain(_have(work.encoded), _have(work.weights), same[:, 0], same[:, 1]).bits
    return Chosen(
        left=left[order],
        right=right[order],
        equal=np.full(len(order), -1, np.int32),
        bits=np.concatenate([judged, edges.bits[kept]])[order],
        rule=names.take(pa.array(rule[order])),
        steward=order < len(same),
    )


def _apart(work: Work) -> NDArray[np.bool_]:
    """Records that nothing may stand for: judged or labelled ones, and those of sources that list people once."""
    records, settings = work.records.there, work.settings
    if settings.link_only:
        return np.ones(records.num_rows, np.bool_)
    judged = [pa.array([name for one in work.judgements for name in (one.left, one.right)], pa.string())]
    if work.labels is not None:
        judged += [work.labels.left, work.labels.right]
    return _among(records.column("record_id"), pa.concat_arrays(judged)) | _among(
        records.column("source"), pa.array(settings.one_per_source, pa.string())
    )


def _among(column: pa.ChunkedArray, some: pa.Array) -> NDArray[np.bool_]:
    """Which values of a column are among some."""
    if not len(some):
        return np.zeros(len(column), np.bool_)
    return np.asarray(pc.is_in(column, value_set=some).to_numpy(zero_copy_only=False), np.bool_)


def account(work: Work) -> Run:
    """What a run found, for its summary."""
    chosen, found = _have(work.chosen), _have(work.everyone)
    return Run(
        encoded=_have(work.encoded),
        blocks=_have(work.blocks),
        model=_have(work.model),
        weights=_have(work.weights),
        edges=_have(work.edges),
        tally=_have(work.tally),
        clusters=_have(work.clusters),
        everyone=found,
        bounds=_have(work.bounds),
        links=len(chosen.left) + len(found.copies),
        unlinkable_share=unlinkable_share(_have(work.encoded), _have(work.weights), _have(work.model).threshold),
    )


def _resolution(work: Work) -> Resolution:
    """Hand the results on in the order of the input's rows."""
    found = _have(work.everyone)
    return Resolution(
        links=_have(work.links),
        clusters=found.label,
        membership=found.confidence,
        model=_have(work.model),
        report=_have(work.report),
    )
