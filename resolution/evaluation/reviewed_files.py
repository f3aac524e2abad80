"""The sample for reviewers as a CSV file: one pair a row, both records' values side by side, and `same` to fill in.

The file carries its strata, so that reading it needs nothing else. Weights are not shown: they would sway a reviewer.
"""

import csv
import io
from pathlib import Path
from typing import Final, TypeAlias

import pyarrow as pa

from core.errors import BadInputError, MissingError
from lake.atomic import write_atomically
from lake.tables.types import PROFILE
from resolution.evaluation.estimate import Stratum
from resolution.evaluation.sample import Sample

SAME: Final = "same"
STRATA: Final = ("stratum", "together", "stratum_pairs", "stratum_expected")
YES: Final = frozenset({"yes", "y", "true", "t", "1", "same", "match"})
NO: Final = frozenset({"no", "n", "false", "f", "0", "different", "none"})
FORMULA: Final = ("=", "+", "-", "@", "\t")
"""Beginnings that a spreadsheet would run as a formula."""

Value: TypeAlias = "str | tuple[str, str] | dict[str, str | None] | list[Value] | None"
"""What a column of a record holds."""


def write_sample(path: Path, records: pa.Table, sample: Sample) -> None:
    """Write the pairs to review, for their owner's eyes; a stratum of which none was drawn is a row without records.

    Args:
        path: a CSV file.
        records: the records that were resolved.
        sample: which pairs.
    """
    names = [name for name in (*(field.name for field in PROFILE), "categories") if name in records.column_names]
    left: list[dict[str, Value]] = records.take(pa.array(sample.left)).to_pylist()
    right: list[dict[str, Value]] = records.take(pa.array(sample.right)).to_pylist()
    shown = [name for name in names if any(row[name] for row in (*left, *right))]
    lines = [[SAME, "left", "right", *(f"{name}_{side}" for name in shown for side in ("left", "right")), *STRATA]]
    for place, one, other in zip(map(int, sample.stratum), left, right, strict=True):
        values = [_cell(row[name]) for name in shown for row in (one, other)]
        lines.append(["", _cell(one["record_id"]), _cell(other["record_id"]), *values, *_stratum(sample.strata[place])])
    unseen = sorted(set(range(len(sample.strata))) - set(map(int, sample.stratum)))
    lines.extend([*[""] * (3 + 2 * len(shown)), *_stratum(sample.strata[place])] for place in unseen)
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(lines)
    write_atomically(path, target.getvalue().encode(), mode=0o600)


def _stratum(stratum: Stratum) -> list[str]:
    return [stratum.name, "yes" if stratum.together else "no", str(stratum.pairs), str(stratum.expected)]


def _cell(value: Value) -> str:
    """A value as a spreadsheet may show it: parts of an address by spaces, several values by semicolons."""
    if isinstance(value, list):
        return "; ".join(_cell(part) for part in value)
    if isinstance(value, dict | tuple):
        return " ".join(part for part in (value.values() if isinstance(value, dict) else value) if part)
    if value is None:
        return ""
    return f"'{value}" if value.startswith(FORMULA) else value


def read_reviewed(path: Path) -> tuple[Stratum, ...]:
    """Read what reviewers said; rows whose `same` is empty do not count as reviewed.

    Raises:
        MissingError: there is no such file.
        BadInputError: it is no sample, or a row says neither yes nor no.
    """
    if not path.is_file():
        raise MissingError(f"There is no file {path}.", remedy="Check the path.", file=str(path))
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {SAME, *STRATA} <= set(reader.fieldnames or ()):
            raise BadInputError(f"{path.name} is no sample.", remedy="Write one with --sample, and fill in `same`.")
        rows = list(reader)
    said: dict[str, list[bool]] = {}
    strata: dict[str, Stratum] = {}
    for number, row in enumerate(rows, start=2):
        name = row["stratum"]
        strata[name] = _read_stratum(row, number)
        answer = _answer(row[SAME], number)
        said.setdefault(name, []).extend([] if answer is None else [answer])
    return tuple(
        Stratum(
            name=name,
            together=each.together,
            pairs=each.pairs,
            expected=each.expected,
            reviewed=len(said[name]),
            matches=sum(said[name]),
        )
        for name, each in strata.items()
    )


def _read_stratum(row: dict[str, str], number: int) -> Stratum:
    try:
        pairs, expected = int(row["stratum_pairs"]), float(row["stratum_expected"])
    except ValueError as error:
        raise BadInputError(
            f"Line {number} of the sample was damaged.", remedy="Leave the stratum columns as they were.", line=number
        ) from error
    return Stratum(name=row["stratum"], together=row["together"] == "yes", pairs=pairs, expected=expected)


def _answer(text: str, number: int) -> bool | None:
    word = text.strip().lower()
    if not word:
        return None
    if word not in YES | NO:
        raise BadInputError(
            f"Line {number} says neither yes nor no.", remedy="Write yes, no, or nothing into `same`.", line=number
        )
    return word in YES
