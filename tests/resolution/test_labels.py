"""Labels: read from files, they improve a model on people who have none."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from core.errors import BadInputError
from resolution import Labels, Resolution, ResolutionSettings, resolve
from resolution.evaluation import TruthOptions, read_labels
from resolution.model.whose import shared_after_all
from tests.resolution.people import pairwise_f1, table

LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyz"))


def quirky_people(people: int) -> pa.Table:
    """Two records of each person, whose birth dates the second source mostly gets wrong, and whose city never moves."""
    draw = np.random.default_rng(7)
    rows: list[dict[str, object]] = []
    for person in range(people):
        given, family = ("".join(draw.choice(LETTERS[:6], 3)) for _ in range(2))
        city = [{"city": f"town{draw.integers(40)}"}]
        for source in ("a", "b"):
            year = 1950 + int(draw.integers(50))
            rows.append(
                {
                    "record_id": f"{source}:{person:04}",
                    "source": source,
                    "source_key": f"{person:04}{source}",
                    "given_name": given,
                    "family_name": family,
                    "birth_date": f"{year}-{1 + draw.integers(12):02}-{1 + draw.integers(28):02}",
                    "addresses": city,
                }
            )
    return table(*rows)


def person_of(records: pa.Table) -> np.ndarray:
    """The person of each record."""
    return np.array([name.split(":")[1] for name in records.column("record_id").to_pylist()])


def held_out_f1(records: pa.Table, found: Resolution) -> float:
    """F1 over the odd people."""
    person = person_of(records)
    odd = person.astype(np.int64) % 2 == 1
    return pairwise_f1(found.clusters[odd], person[odd].tolist())


def test_labels_of_half_the_people_help_the_other_half() -> None:
    """Where a field misleads the default, labelled people show how far to trust it."""
    records = quirky_people(600)
    even = [f"{person:04}" for person in range(0, 600, 2)]
    labels = Labels(
        left=pa.array([f"a:{person}" for person in even]),
        right=pa.array([f"b:{person}" for person in even]),
        match=np.ones(len(even), np.bool_),
    )
    alone = resolve(records, ResolutionSettings())
    taught = resolve(records, ResolutionSettings(), labels=labels)
    assert held_out_f1(records, taught) > held_out_f1(records, alone) + 0.05
    assert taught.model.version != alone.model.version


def test_judged_pairs_and_a_column_of_people_say_the_same(tmp_path: Path) -> None:
    """Pairs by record id or by key, and all pairs of one person, are the same labels."""
    records = quirky_people(3)
    pairs, people = tmp_path / "pairs.csv", tmp_path / "people.csv"
    pairs.write_text("left,right,match\na:0000,b:0000,yes\n0001a,0001b,1\na:0000,0001a,no\na:0002,b:0002,\n")
    people.write_text("key,person\n0000a,x\n0000b,x\n0001a,y\n0001b,y\n0002a,\n")
    judged = read_labels(pairs, records, TruthOptions(label=""))
    named = read_labels(people, records, TruthOptions(label="person", id_columns=("key",)))
    matches = [
        {
            tuple(sorted(pair))
            for pair, same in zip(zip(one.left.to_pylist(), one.right.to_pylist(), strict=True), one.match, strict=True)
            if same
        }
        for one in (judged, named)
    ]
    assert matches == [{("a:0000", "b:0000"), ("a:0001", "b:0001")}] * 2
    assert len(judged.match) == 3


def test_labels_of_nobody_here_are_told() -> None:
    """Labels whose records are not in the table are an error, not silence."""
    nobody = Labels(left=pa.array(["x"]), right=pa.array(["y"]), match=np.ones(1, np.bool_))
    with pytest.raises(BadInputError, match="No labelled match"):
        resolve(quirky_people(30), ResolutionSettings(), labels=nobody)


def test_a_number_that_strangers_share_is_nobodys_own() -> None:
    """A personal value that people of other names and dates have too is found out; others stay."""
    level = np.ones((400, 9), np.uint8)
    level[:, 7:] = 4
    level[200:, [0, 3]] = 8, 9
    level[:200, 8] = 1
    assert shared_after_all(level, np.zeros(9, np.bool_)).tolist() == [False] * 7 + [True, False]
