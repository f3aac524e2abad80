"""Where a clustering errs: by the fields that misled it, and by the groups of people it errs on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from resolution.contract import MatchModel
from resolution.evaluation.groups import codes_of, record_groups
from resolution.evaluation.mistakes import Crossing, Ints, evenly, merged_strangers, split_people
from resolution.pipeline import score_pairs

DRAWN: Final = 2000
"""Wrong pairs of each kind that are looked into."""
PATTERNS: Final = 10
SPEAKS: Final = 1.0
"""Bits from which a field counts as speaking for or against a pair."""
NO_FIELDS: Final = ("prior", "household")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Wrong pairs in which the same fields speak.

    Attributes:
        agree: fields that speak for one person by a bit or more.
        differ: fields that speak against it by a bit or more.
        share: of the wrong pairs looked into, 0 to 1.
        bits: their mean weight, the prior included.
        left: a record of one of them.
        right: the other record.
    """

    agree: tuple[str, ...]
    differ: tuple[str, ...]
    share: float
    bits: float
    left: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Mistakes of one kind.

    Attributes:
        pairs: wrong pairs.
        records: records in at least one of them.
        looked_into: pairs that the patterns were counted on; spread evenly when not all.
        patterns: the most frequent first; ties by fields.
    """

    pairs: int
    records: int
    looked_into: int
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """How right the clusters of one group's records are.

    Attributes:
        by: sex, born, script or source.
        group: which of them.
        records: labelled records of the group.
        b3_precision: mean share of a record's cluster that is its person.
        b3_recall: mean share of a record's person that is in its cluster.
        merged: records that share their cluster with a stranger.
        split: records whose person lies in other clusters too.
    """

    by: str
    group: str
    records: int
    b3_precision: float
    b3_recall: float
    merged: int
    split: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """Where a clustering errs.

    Attributes:
        merged: strangers in one cluster.
        split: one person in two clusters.
        groups: by kind of group, then by name.
    """

    merged: Kind
    split: Kind
    groups: tuple[GroupFigures, ...]


def break_down(records: pa.Table, model: MatchModel, cluster: Ints, person: Ints, rows: Ints) -> Breakdown:
    """Find out where clusters err.

    Args:
        records: the records that were resolved.
        model: the model they were resolved with.
        cluster: shape (labelled,). Cluster of each labelled record, from 0.
        person: shape (labelled,). Person of each, from 0.
        rows: shape (labelled,). The row of `records` of each.
    """
    merged, split = merged_strangers(cluster, person), split_people(cluster, person)
    groups = {by: values.take(pa.array(rows)) for by, values in record_groups(records).items()}
    return Breakdown(
        merged=_kind(merged, rows, records, model),
        split=_kind(split, rows, records, model),
        groups=group_figures(cluster, person, groups),
    )


def group_figures(cluster: Ints, person: Ints, groups: Mapping[str, pa.Array]) -> tuple[GroupFigures, ...]:
    """B-cubed precision and recall of each group's records; arguments as for `break_down`."""
    wrong, missed = merged_strangers(cluster, person).of_records(), split_people(cluster, person).of_records()
    precision = 1 - wrong / np.bincount(cluster)[cluster]
    recall = 1 - missed / np.bincount(person)[person]
    found: list[GroupFigures] = []
    for by, values in groups.items():
        codes, names = codes_of(values)
        size = np.bincount(codes, minlength=len(names))
        sums = [_sums(codes, each, len(names)) for each in (precision, recall, wrong > 0, missed > 0)]
        found.extend(
            GroupFigures(
                by=by,
                group=name,
                records=int(size[place]),
                b3_precision=float(sums[0][place] / size[place]),
                b3_recall=float(sums[1][place] / size[place]),
                merged=int(sums[2][place]),
                split=int(sums[3][place]),
            )
            for place, name in enumerate(names)
        )
    return tuple(found)


def _sums(codes: Ints, values: npt.NDArray[np.generic], groups: int) -> npt.NDArray[np.float64]:
    return np.bincount(codes, values.astype(np.float64), groups).astype(np.float64)


def _kind(pairs: Crossing, rows: Ints, records: pa.Table, model: MatchModel) -> Kind:
    drawn = rows[evenly(pairs, DRAWN)]
    return Kind(
        pairs=pairs.pairs,
        records=int((pairs.of_records() > 0).sum()),
        looked_into=len(drawn),
        patterns=_patterns(drawn, records, model) if len(drawn) else (),
    )


def _patterns(drawn: Ints, records: pa.Table, model: MatchModel) -> tuple[Pattern, ...]:
    """Count which fields speak for and against in the drawn pairs."""
    scored = score_pairs(records, drawn[:, 0], drawn[:, 1], model)
    ids = records.column("record_id")
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = {}
    for place, says in enumerate(scored.contributions.to_pylist()):
        fields = [each for each in says if each["field"] not in NO_FIELDS]
        agree = tuple(each["field"] for each in fields if each["bits"] >= SPEAKS)
        differ = tuple(each["field"] for each in fields if each["bits"] <= -SPEAKS)
        found.setdefault((agree, differ), []).append(place)
    largest = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[:PATTERNS]
    return tuple(
        Pattern(
            agree=agree,
            differ=differ,
            share=len(places) / len(drawn),
            bits=round(float(scored.bits[places].mean()), 2),
            left=ids[int(drawn[places[0], 0])].as_py(),
            right=ids[int(drawn[places[0], 1])].as_py(),
        )
        for (agree, differ), places in largest
    )
