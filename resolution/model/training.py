"""Training: a match model from the records alone.

First u from random pairs, then m, relatives and both shares by expectation maximisation over candidate pairs; then both
again with what the first round took for matches left out of u, and with corrections for strangers who share a name;
last the prior inside sources and between them.
"""

from dataclasses import dataclass, replace
from functools import reduce
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from core.ids import content_id
from lake.workers import open_threads
from resolution.blocking import Blocks
from resolution.blocking.sample import sample_pairs
from resolution.comparing.levels import (
    DATE_FIELD,
    FAMILY_FIELD,
    FIRST_FIELDS,
    GIVEN_FIELD,
    MIDDLE_FIELD,
    MOST_LEVELS,
    NAMES,
    PLACE_FIELD,
    SEX_FIELD,
    SHARED_VALUE_LEVELS,
    SUFFIX_FIELD,
    FieldShape,
    value_field,
)
from resolution.contract import FieldModel, Labels, LevelModel, MatchModel, ResolutionSettings
from resolution.encode.codes import FAMILY, GIVEN, Encoded
from resolution.model.em import Fit, Given, Table, fit, posteriors, prior_bits, source_priors
from resolution.model.labels import label_counts, taught_shares
from resolution.model.misread import NAME_FIELDS, STREET_LEVEL, alone_against, names_against
from resolution.model.nameless import is_nameless, numbers_of, of_numbers, of_two_records, shared_by_strangers
from resolution.model.patterns import Pairs, Patterns, collapse, level_counts
from resolution.model.starts import full_pairs, made_of_ages, usual_shares
from resolution.model.strangers import Levels, compare, level_shares, namesake_pairs, random_pairs
from resolution.model.weights import AGREES, relatives_own
from resolution.model.whose import HALF, HELPED, YEAR_LEVEL, numbers_of_records, of_events, shared_after_all

LEAN: Final = 20.0
DIGITS: Final = 6
MOST_TOGETHER: Final = 1.5
"""Most bits that an agreeing given name may lose because the family name agrees."""
FEWEST_CLOSE: Final = 50
"""Pairs of one family and street by which households are judged; with fewer, by all pairs."""
ALONE_UNLIKE: Final = 0.03
"""Bound on how often one person's given name disagrees where it alone tells people of one household apart."""
FEW_DAYS: Final = 0.01
"""Share of pairs of birth dates with a day, below which a table has years only."""
MOST_RIDDLES: Final = 3
"""Fields that may be read wrongly in one table: of more, nothing is left to tell people apart."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """The compared fields as arrays of shape (fields, levels) and (fields,).

    `telling` are the fields that alone say who somebody is, where names and births do not.
    """

    fields: tuple[FieldShape, ...]
    start: Floats
    stranger: Floats
    frequency: Floats
    there: NDArray[np.bool_]
    shared: NDArray[np.bool_]
    telling: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Pairs to learn from: candidates, random ones, pairs that share a given or a family name; and the least rarity."""

    candidates: Pairs
    random: Pairs
    given: Pairs
    family: Pairs
    rarest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """One round's result: what was given, candidate pairs, the rarity that bits hold, and what was found."""

    given: Given
    patterns: Patterns
    usual: Floats
    found: Fit


def train(encoded: Encoded, blocks: Blocks, settings: ResolutionSettings, labels: Labels | None = None) -> MatchModel:
    """Learn a model from records without labels.

    Args:
        encoded: the coded table.
        blocks: what blocking proposes.
        settings: link_only and seed.
        labels: judged pairs; where there are some, m is theirs.

    Returns:
        The model, with its version.

    Raises:
        BadInputError: no labelled match is in the table.
    """
    shapes = field_shapes(encoded)
    sample = _draw(encoded, blocks, settings)
    table = _table(encoded, link_only=settings.link_only)
    shapes = replace(shapes, shared=shapes.shared | numbers_of_records(encoded, sample.candidates.level))
    if labels is None and is_nameless(sample.candidates.level):
        telling, start, frequency = of_numbers(shapes.fields, shapes.start, shapes.frequency)
        shapes = replace(shapes, telling=telling, start=start, frequency=frequency)
    first = _round(sample, shapes, table, None)
    left_out = set[int]()
    if labels is None and names_against(first.patterns, first.given, first.found, len(encoded.order)):
        left_out.update(NAME_FIELDS)
        sample = reduce(_without, NAME_FIELDS, sample)
        first = _round(sample, shapes, table, None)
    misread = shared_after_all(sample.candidates.level, shapes.shared)
    if misread.any():
        left_out.update(np.flatnonzero(misread & of_events(sample.candidates.level, shapes.fields)).tolist())
        sample = reduce(_without, left_out, sample)
        shapes = _shared_too(shapes, misread)
        first = _round(sample, shapes, table, None)
    last = _round(sample, shapes, table, first)
    for _ in range(MOST_RIDDLES if labels is None else 0):
        riddle = alone_against(first.patterns, first.given, last.found, len(encoded.order))
        if riddle is None:
            break
        left_out.add(riddle)
        sample = _without(sample, riddle)
        first = _round(sample, shapes, table, None)
        last = _round(sample, shapes, table, first)
    if labels is not None:
        last = replace(last, found=_taught(last, shapes, label_counts(encoded, labels), table))
    within, across = source_priors(last.patterns, last.given, last.found)
    model = MatchModel(
        version="",
        fields=tuple(field for at, field in enumerate(_field_models(shapes, last)) if at not in left_out),
        records=len(encoded.order),
        within_bits=round(within, DIGITS),
        across_bits=round(across, DIGITS),
        household_bits=round(float(np.log2(last.found.relatives)), DIGITS),
        pairs=round(last.found.matches * table.all, 1),
    )
    model = with_threshold(model, settings.threshold)
    return msgspec.structs.replace(model, version=content_id("model", model.to_json()))


def _shared_too(shapes: Shapes, values: NDArray[np.bool_]) -> Shapes:
    """The shapes with some values shared: one person's records need not agree in them."""
    start = shapes.start.copy()
    start[values, 1 : len(SHARED_VALUE_LEVELS) + 1] = [level.start for level in SHARED_VALUE_LEVELS]
    return replace(shapes, shared=shapes.shared | values, start=start)


def _without(sample: Sample, field: int) -> Sample:
    """The sample with a field unknown everywhere."""

    def unknown(pairs: Pairs) -> Pairs:
        level = pairs.level.copy()
        level[:, field] = 0
        return replace(pairs, level=level)

    return replace(
        sample,
        candidates=unknown(sample.candidates),
        random=unknown(sample.random),
        given=unknown(sample.given),
        family=unknown(sample.family),
    )


def _taught(trained: Trained, shapes: Shapes, counts: Floats, table: Table) -> Fit:
    """What was found, with m from labels and at least as many matches as are labelled."""
    labelled = float(counts[GIVEN_FIELD : SEX_FIELD + 1].sum(axis=1).max())
    return replace(
        trained.found,
        m=taught_shares(trained.found.m, counts, shapes.there),
        matches=max(trained.found.matches, min(labelled / max(table.all, 1), HALF)),
    )


def with_threshold(model: MatchModel, threshold: float | None) -> MatchModel:
    """The model with the threshold that a caller asked for; nothing changes without one."""
    if threshold is None:
        return model
    join_bits = round(float(np.log2(threshold / (1 - threshold))), DIGITS)
    return msgspec.structs.replace(model, threshold=threshold, join_bits=join_bits, alone_bits=0.0)


def field_shapes(encoded: Encoded) -> Shapes:
    """The fields that this table has, with their starts."""
    fields = (*_first_fields(encoded), *(value_field(kind.name, shared=kind.shared) for kind in encoded.kinds))
    frequency, stranger = np.zeros((2, len(fields), MOST_LEVELS))
    there = np.zeros((len(fields), MOST_LEVELS), np.bool_)
    for place, field in enumerate(fields):
        for at, level in enumerate(field.levels, start=1):
            frequency[place, at] = level.frequency * HALF
            stranger[place, at] = level.stranger
            there[place, at] = True
    shared = np.array([field.role == "shared" for field in fields])
    return Shapes(
        fields=fields,
        start=usual_shares(encoded.codes, fields),
        stranger=stranger,
        frequency=frequency,
        there=there,
        shared=shared,
        telling=np.zeros(len(fields), np.bool_),
    )


def _first_fields(encoded: Encoded) -> tuple[FieldShape, ...]:
    """Where hardly any birth date has a day, or ages made most, a year nearly the same is no disagreement.

    Ages are off by one or two, and told and rounded anew each time, they may differ often; beside births with a day
    they may not, or households would pass for people.
    """
    few_days, of_ages = full_pairs(encoded.codes.date) < FEW_DAYS, made_of_ages(encoded.codes) >= HALF
    if not (few_days or of_ages):
        return FIRST_FIELDS
    ages = replace(FIRST_FIELDS[DATE_FIELD], unlike=1, bounded=not few_days)
    return (*FIRST_FIELDS[:DATE_FIELD], ages, *FIRST_FIELDS[DATE_FIELD + 1 :])


def _draw(encoded: Encoded, blocks: Blocks, settings: ResolutionSettings) -> Sample:
    """The four samples; each has a generator of its own."""
    codes, records = encoded.codes, len(encoded.order)
    draws = np.random.default_rng(settings.seed).spawn(4)
    with open_threads() as pool:
        given, family = (pool.submit(namesake_pairs, codes, *of) for of in ((GIVEN, draws[2]), (FAMILY, draws[3])))
        left, right, scale = sample_pairs(blocks, draws[0])
    drawn = (left, right), random_pairs(records, draws[1], encoded.weight), given.result(), family.result()
    candidates, strangers, givens, families = compare(codes, *drawn)
    return Sample(
        candidates=replace(candidates, scale=scale),
        random=strangers,
        given=givens,
        family=families,
        rarest=-float(np.log2(max(records, 1))),
    )


def _table(encoded: Encoded, *, link_only: bool) -> Table:
    sizes = np.bincount(encoded.codes.source, minlength=1).astype(np.float64)
    everything = len(encoded.order) * (len(encoded.order) - 1) / 2
    within = float((sizes * (sizes - 1) / 2).sum())
    return Table(within=0.0 if link_only else within, across=everything - within, records=len(encoded.order))


def _round(sample: Sample, shapes: Shapes, table: Table, before: Trained | None) -> Trained:
    """Estimate u, then the rest; what the round before took for matches is left out of u."""
    strange = _strangeness(sample.random, shapes, before)
    random = level_shares(sample.random, strange, shapes.stranger, sample.rarest)
    if shapes.telling.any():
        random = of_two_records(random, shapes.telling, shapes.start, table.records)
    usual = np.where(shapes.frequency == 1, np.log2(random.share), random.rarity)
    most_unlike = bounds_on_unlike(sample.candidates.level, shapes)
    given = Given(
        start=shapes.start,
        there=shapes.there,
        u=_by_strangers(random.share, sample.candidates.level, shapes, before),
        correction=_corrections(sample, shapes, random, before),
        shared=shapes.shared,
        common=np.array([field.common for field in shapes.fields]),
        most_common=np.array([field.most_common for field in shapes.fields]),
        ordered=tuple(field.ordered for field in shapes.fields),
        unlike=np.array([[1 <= at <= field.unlike for at in range(MOST_LEVELS)] for field in shapes.fields]),
        most_unlike=most_unlike,
        bounded=(most_unlike == usual_bounds(shapes.fields)) & np.array([field.bounded for field in shapes.fields]),
        table=table,
        fixed=shapes.telling,
    )
    patterns = collapse(sample.candidates, shapes.frequency, usual, shapes.shared)
    return Trained(
        given=given,
        patterns=patterns,
        usual=usual,
        found=fit(patterns, given, None if before is None else before.found),
    )


def _by_strangers(share: Floats, level: NDArray[np.uint8], shapes: Shapes, before: Trained | None) -> Floats:
    """The level shares of strangers, in the second round of a table with names by what the first took for matches."""
    if before is None or shapes.telling.any():
        return share
    return shared_by_strangers(share, level, _strange(before.patterns, before), numbers_of(shapes.fields))


def bounds_on_unlike(level: NDArray[np.uint8], shapes: Shapes) -> Floats:
    """Bounds on how often one person's records disagree in each field; shape (fields,).

    A household shares all but given names, birth dates, sexes and numbers. Where hardly any pair of one family and
    street knows one of the latter, given names are all that keeps training from taking households for people, and are
    bound to agree.

    Args:
        level: shape (pairs, fields). Candidate pairs.
        shapes: the fields.
    """
    bounds = usual_bounds(shapes.fields)
    own = ~shapes.shared
    own[[GIVEN_FIELD, MIDDLE_FIELD, SUFFIX_FIELD]] = False
    close = (level[:, FAMILY_FIELD] >= AGREES) & (level[:, PLACE_FIELD] >= STREET_LEVEL)
    pairs = level[close] if close.sum() >= FEWEST_CLOSE else level
    if len(pairs) and (pairs[:, own] > 0).any(axis=1).mean() < HELPED:
        bounds[GIVEN_FIELD] = ALONE_UNLIKE
    return bounds


def usual_bounds(fields: tuple[FieldShape, ...]) -> Floats:
    """The same in a table that knows more than names and households."""
    return np.array([field.most_unlike for field in fields])


def _strangeness(pairs: Pairs, shapes: Shapes, before: Trained | None) -> Floats:
    """Probability that each pair is of strangers; 1 when there is no model yet."""
    if before is None or not len(pairs.level):
        return np.ones(len(pairs.level))
    return _strange(collapse(pairs, shapes.frequency, before.usual, shapes.shared), before)


def _strange(patterns: Patterns, trained: Trained) -> Floats:
    """Probability that each pair that patterns were made of is of strangers."""
    match, kin = posteriors(patterns, trained.given, trained.found, prior_bits(trained.given, trained.found))
    return np.maximum(1 - match - kin, 0)[patterns.of]


def _corrections(sample: Sample, shapes: Shapes, random: Levels, before: Trained | None) -> Floats:
    """Bits to add where names agree: 0 in the first round.

    Of the names themselves only the given name has any, where the family name agrees: names of one people or one sex go
    together.
    """
    none = np.zeros_like(random.share)
    if before is None:
        return np.stack([none] * 4)
    given = _bounded(_correction(sample.given, shapes, random, before), before)
    family = _bounded(_correction(sample.family, shapes, random, before), before)
    given[:NAMES], family[FAMILY_FIELD:NAMES] = 0, 0
    family[GIVEN_FIELD, :AGREES] = 0
    family[GIVEN_FIELD] = np.clip(family[GIVEN_FIELD], -MOST_TOGETHER, 0)
    return np.stack([none, given, family, np.minimum(given, family)])


def _bounded(correction: Floats, trained: Trained) -> Floats:
    """Corrections by which nothing that differs speaks for a pair, seldom as strangers of one name may differ in it.

    Args:
        correction: shape (..., fields, levels), bits.
        trained: says what each level says by itself, and which levels say that values differ.
    """
    speaks = np.log2(trained.found.m / trained.given.u)
    bounded: Floats = np.where(trained.given.unlike, np.minimum(correction, np.maximum(-speaks, 0)), correction)
    return bounded


def _correction(pairs: Pairs, shapes: Shapes, random: Levels, before: Trained) -> Floats:
    """log2 of the usual over the seen share of each level, leaning on the usual by LEAN pairs.

    Names follow the fashion of years, not of days: how much more often strangers of one name share a date is bounded by
    how much more often they share a year. What is seen beyond that are people whom the last round did not recognise.
    """
    weight = _strangeness(pairs, shapes, before)
    seen = level_counts(pairs.level, weight, MOST_LEVELS)
    usual = random.share * seen[:, 1:].sum(axis=1, keepdims=True)
    bits: Floats = np.log2((usual + LEAN) / (seen + LEAN))
    bits[:, 0] = 0
    bits[DATE_FIELD, YEAR_LEVEL + 1 :] = np.maximum(
        bits[DATE_FIELD, YEAR_LEVEL + 1 :], min(bits[DATE_FIELD, YEAR_LEVEL], 0)
    )
    return bits


def _field_models(shapes: Shapes, trained: Trained) -> tuple[FieldModel, ...]:
    """Write the arrays down as a readable model."""
    correction = _bounded(trained.given.correction, trained)  # by what the levels say in the end
    trained = replace(trained, given=replace(trained.given, correction=correction))
    own = relatives_own(trained.found.m, trained.given.u, trained.found.common)
    relative = np.where(shapes.shared[:, None], trained.found.relative, own)
    return tuple(
        FieldModel(
            name=field.name,
            role="shared" if shapes.shared[place] else "person",
            common=float(trained.found.common[place]),
            levels=tuple(
                _level_model(trained, shapes, relative, (place, at), level.name)
                for at, level in enumerate(field.levels, start=1)
            ),
        )
        for place, field in enumerate(shapes.fields)
    )


def _level_model(trained: Trained, shapes: Shapes, relative: Floats, at: tuple[int, int], name: str) -> LevelModel:
    m, u = float(trained.found.m[at]), float(trained.given.u[at])
    return LevelModel(
        name=name,
        m=m,
        u=u,
        relative=float(relative[at]),
        bits=float(np.log2(m / u)),
        frequency=float(shapes.frequency[at]),
        frequency_bits=float(trained.usual[at]),
        given_bits=float(trained.given.correction[1][at]),
        family_bits=float(trained.given.correction[2][at]),
    )
