"""Cells that list several things, and what comes again in fewer rows than a county."""

import random

import pyarrow as pa
import pytest

from ingest import PeopleOptions, read_rows
from resolution.contract import ResolutionSettings
from resolution.pipeline import resolve
from tests.ingest.test_kinds import kinds_of

ROWS = 200
PEOPLE = [
    f"{given} {family}"
    for given in ("Ada", "Bo", "Cy", "Dag", "Eva", "Finn")
    for family in ("Holm", "Berg", "Lund", "Vik")
]


WORDS = [f"{a}{b}{c}" for a in "BDGKLMNPRST" for b in "aeiou" for c in ("rh", "ss", "lm")]
ENDS = ("an", "er", "iu", "os")


def lists(between: str, seed: int = 1) -> list[str]:
    """Cells of two or three people each."""
    draw = random.Random(seed)
    return [between.join(draw.sample(PEOPLE, 2 + row % 2)) for row in range(ROWS)]


@pytest.mark.parametrize("between", ["; ", "|", "\n"])
def test_things_that_come_again_make_a_list(between: str) -> None:
    """However they are kept apart; family and given names may stand either way."""
    named = [PEOPLE[row % 24] for row in range(ROWS)]
    assert kinds_of(pa.table({"name": named, "co-authors": lists(between)}))["co-authors"] == "list"
    turned = pa.table({"id": ["a"], "co-authors": ["HOLM, Ada;Berg, Bo"]})
    found = read_rows({"a": turned}, PeopleOptions(id_columns=("id",), map={"co-authors": "list"})).records
    assert found.column("categories").to_pylist() == [[("co_authors", "ada holm; berg bo")]]


def test_things_that_never_come_again_make_none() -> None:
    """Notes with a semicolon tell nothing."""
    notes = [f"called {row * 7919}; left word {row * 104729}" for row in range(ROWS)]
    assert kinds_of(pa.table({"note": notes}))["note"] == "text"
    objects = [f'{{"plan": "free", "city": "{"Leeds" if row % 2 else "Derby"}"}}' for row in range(ROWS)]
    assert kinds_of(pa.table({"traits": objects}))["traits"] == "text"


def test_an_employer_of_a_few_rows_is_a_group() -> None:
    """It comes again, though not in three rows each on average; a text that is different in each row is none."""
    firms = [f"Works of {WORDS[row % 90]}, Bath" for row in range(ROWS)]
    assert beside_names(firms) == "category"
    assert beside_names([f"Works of {WORDS[row % 160]} and of {WORDS[row // 2 + 20]}" for row in range(ROWS)]) == "text"
    assert beside_names([f"lot B{row * 7919 % 90}, Works" for row in range(ROWS)]) == "text"


def beside_names(cells: list[str]) -> str:
    """The kind of a column without a header, beside people's names."""
    return kinds_of(pa.table({"name": [PEOPLE[row % 24] for row in range(ROWS)], "qx": cells}))["qx"]


@pytest.mark.parametrize(
    "form",
    [
        "Mozilla/5.0 (X11; Linux {0}) {1}",
        "https://x.org/{0};{1}|a",
        "{{'a': '{0}'; 'b': '{1}'}}",
        "2022-0{1}; 2021-0{2}",
    ],
)
def test_what_programs_write_is_no_list(form: str) -> None:
    """Browsers, addresses of pages, objects, and lists of days."""
    cells = [form.format(WORDS[row % 50], row % 9 + 1, row % 7 + 1) for row in range(ROWS)]
    assert beside_names(cells) != "list"


def test_one_thing_in_common_counts() -> None:
    """Two papers of one name and one rare companion are of one author, two without any are not."""
    draw = random.Random(3)
    given, family = ["A.", "B.", "C.", "D.", "E."], ["Smith", "Li", "Kumar", "Silva", "Rossi", "Kim"]
    rows = [
        (f"{draw.choice(given)} {draw.choice(family)}", [f"{draw.choice(given)} {WORDS[author]}{one}" for one in ENDS])
        for author in range(150)
    ]
    papers = [(name, "; ".join(draw.sample(friends, 2)), author) for author, (name, friends) in enumerate(rows * 4)]
    table = pa.table(
        {
            "id": [str(row) for row in range(len(papers))],
            "author": [name for name, _, _ in papers],
            "with": [friends for _, friends, _ in papers],
        }
    )
    people = read_rows({"papers": table}, PeopleOptions(id_columns=("id",)))
    assert {one.column: one.kind for one in people.kinds}["with"] == "list"
    cluster = resolve(people.records, ResolutionSettings()).clusters
    assert sum(cluster[row] == cluster[row + 150] for row in range(450)) > 250
    assert sum(cluster[row] == cluster[(row + 151) % 600] for row in range(450)) < 20
