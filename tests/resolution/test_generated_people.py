"""The generated people that speed and growth are measured on: the same for a seed, with the mistakes promised."""

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from benchmarks import mistakes
from benchmarks.people import write_people

ALL = np.array([True, True])


def test_a_larger_table_begins_with_a_smaller_one(tmp_path: Path) -> None:
    """Rows do not depend on how many are asked for."""
    for rows in (500, 900):
        write_people(rows, tmp_path / str(rows))
    few, many = (pq.read_table(tmp_path / rows / "records.parquet") for rows in ("500", "900"))
    assert many.slice(0, 500).equals(few)


def test_seeds_make_other_people(tmp_path: Path) -> None:
    """Another seed shares no e-mail; the same seed makes the same bytes."""
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_people(300, tmp_path / name, seed=seed)
    one, again, other = (pq.read_table(tmp_path / name / "records.parquet") for name in ("a", "b", "c"))
    assert one.equals(again)
    mails = [{*table.column("email").to_pylist()} - {""} for table in (one, other)]
    assert not mails[0] & mails[1]


def test_one_person_keeps_what_no_mistake_has_met(tmp_path: Path) -> None:
    """Of two records of one person most share name, birth and telephone where both say them; strangers hardly do."""
    write_people(20_000, tmp_path)
    table = pq.read_table(tmp_path / "records.parquet")
    person = pq.read_table(tmp_path / "truth.parquet").column("person_id").to_numpy()
    order = np.argsort(person, kind="stable")
    left, right = order[:-1], order[1:]
    same = person[left] == person[right]
    for name in ("first_name", "birth_date", "phone"):
        values = np.array([text.replace(" ", "") for text in table.column(name).to_pylist()])
        said = (values[left] != "") & (values[right] != "")
        equal = values[left] == values[right]
        assert 0.7 < equal[said & same].mean() < 0.98
        assert equal[said & ~same].mean() < 0.05


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (mistakes.misheard(np.array(["ralph", "bo"]), ALL), ["ralf", "bo"]),
        (mistakes.misread(np.array(["emma", "ruth"]), ALL), ["ernma", "ruth"]),
        (mistakes.abbreviated(np.array(["5 Hill Road", "9 Elm Street"]), ALL), ["5 Hill Rd", "9 Elm St"]),
        (mistakes.nicknamed(np.array(["robina", "thomas"]), ALL), ["roby", "thoy"]),
        (mistakes.double_barrelled(np.array(["hall", "reed"]), np.array(["reed", "x"]), ALL), ["hall-reed", "reed-x"]),
        (mistakes.month_first(np.array(["1980-03-05", "1980-03-25"]), ALL), ["1980-05-03", "1980-03-25"]),
        (mistakes.first_of_january(np.array(["1980-03-05", "2001-12-31"]), ALL), ["1980-01-01", "2001-01-01"]),
        (mistakes.spaced(np.array(["07123456789", "07000000001"]), ALL), ["07123 456789", "07000 000001"]),
    ],
)
def test_each_mistake_is_what_it_says(made: mistakes.Words, expected: list[str]) -> None:
    """Names, dates, streets and numbers change as the mistake's words promise, and not where it cannot be."""
    assert made.tolist() == expected


def test_mistakes_meet_only_whom_they_hit() -> None:
    """What is not hit stays as it is, whatever the mistake."""
    text, nobody = np.array(["ralph emma", "1980-03-05"]), np.array([False, False])
    draw = np.random.default_rng(1)
    for made in (
        mistakes.misheard(text, nobody),
        mistakes.misread(text, nobody),
        mistakes.nicknamed(text, nobody),
        mistakes.month_first(text, nobody),
        mistakes.first_of_january(text, nobody),
        mistakes.mistyped(draw, text, nobody, "abc"),
    ):
        assert made.tolist() == text.tolist()


def test_a_slip_of_the_finger_changes_one_sign_or_two_neighbours() -> None:
    """A mistyped word differs in length by at most one, and keeps its beginning up to the slip."""
    words = np.array(["margaret"] * 500)
    made = mistakes.mistyped(np.random.default_rng(1), words, np.ones(500, np.bool_), "abcdefghijklmnopqrstuvwxyz")
    assert {len(word) for word in made.tolist()} == {7, 8, 9}
    assert (made != words).mean() > 0.8
