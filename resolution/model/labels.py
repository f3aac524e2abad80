"""What labelled pairs teach a model: how often the records of one person agree, counted instead of estimated.

For each field the levels of labelled matches are counted, leaning on what was found without labels by PSEUDO pairs. u
and relatives stay: labels are seldom a fair sample of strangers. In training the priors are estimated anew with it.
"""

from typing import Final

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from core.errors import BadInputError
from core.ids import content_id
from resolution.comparing.levels import FIRST_FIELDS, GIVEN_FIELD, MOST_LEVELS
from resolution.contract import FieldModel, Labels, MatchModel
from resolution.encode.codes import Encoded
from resolution.model.patterns import level_counts
from resolution.model.strangers import compare
from resolution.model.weights import field_names, with_moved

PSEUDO: Final = 20.0
Floats = NDArray[np.float64]


def label_counts(encoded: Encoded, labels: Labels) -> Floats:
    """Labelled matches at each level of each field; shape (fields, levels), level 0 left out as 0.

    Raises:
        BadInputError: no pair that matches has both records in the table.
    """
    left, right = (_rows(encoded, ids.filter(pa.array(labels.match))) for ids in (labels.left, labels.right))
    there = (left >= 0) & (right >= 0) & (left != right)
    if not there.any():
        raise BadInputError(
            "No labelled match has both its records in the table.",
            remedy="Name records as in the table: by their id, or as source:id.",
        )
    (pairs,) = compare(encoded.codes, (left[there], right[there]))
    return level_counts(pairs.level, np.ones(len(pairs.level)), MOST_LEVELS)


def taught_shares(m: Floats, counts: Floats, there: NDArray[np.bool_]) -> Floats:
    """The share of each level among matches: counted, leaning on PSEUDO pairs of `m`; 1 where there is no level."""
    seen = (counts + PSEUDO * m) * there
    return np.where(there, seen / seen.sum(axis=1, keepdims=True), 1.0)


def taught(model: MatchModel, encoded: Encoded, counts: Floats) -> MatchModel:
    """A given model with m and bits from labels, and a version of its own; its prior stays.

    Args:
        model: learned elsewhere.
        encoded: the coded table.
        counts: what `label_counts` found.
    """
    of = dict(zip(field_names(encoded), counts, strict=True))
    fields = tuple(_field(field, of[field.name]) if field.name in of else field for field in model.fields)
    better = msgspec.structs.replace(model, fields=fields, version="")
    return msgspec.structs.replace(better, version=content_id("model", better.to_json()))


def _rows(encoded: Encoded, ids: pa.Array) -> NDArray[np.int32]:
    found = pc.fill_null(pc.index_in(ids, value_set=encoded.record_ids), -1)
    return np.asarray(found.to_numpy(zero_copy_only=False), np.int32)


def _field(field: FieldModel, counts: Floats) -> FieldModel:
    """A field with m from counted levels, `counts[0]` left out."""
    before = np.array([[level.m for level in field.levels]])
    shares = taught_shares(before, counts[None, 1 : len(field.levels) + 1], before > 0)[0]
    own, common = field.role == "person", field.common
    u = np.array([level.u for level in field.levels])
    mixed = (1 - common) * u + common * shares
    if field.name == FIRST_FIELDS[GIVEN_FIELD].name:
        mixed = with_moved(np.append(0, mixed), np.append(0, shares))[1:]
    levels = tuple(
        msgspec.structs.replace(
            level,
            m=m,
            bits=float(np.log2(m / level.u)),
            relative=relative if own else level.relative,
        )
        for level, m, relative in zip(field.levels, shares.tolist(), mixed.tolist(), strict=True)
    )
    return msgspec.structs.replace(field, levels=levels)
