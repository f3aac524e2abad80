"""Values of which cleaning makes nothing: told by file, line and field, and their rows kept without them."""

import pytest

from ingest import SourceSettings
from ingest.people.unreadable import REASONS
from tests.ingest.workshop import Workshop

FIELDS = {"mail": "email", "tel": "phone", "sex": "sex", "age": "age", "d": "birth_day", "m": "birth_month"}
PEOPLE = SourceSettings(path="p.csv", key="id", as_of="2026-01-01", fields={**FIELDS, "y": "birth_year"})
HEAD = "id," + ",".join(PEOPLE.fields) + "\n"
GOOD = {"mail": "ann@x.org", "tel": "+1 415 555 1004", "sex": "f", "age": "41", "d": "3", "m": "4", "y": "1984"}


def row(number: int, **other: str) -> str:
    """A line in which these cells are other than good."""
    return ",".join([str(number), *(GOOD | other).values()]) + "\n"


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("mail", "ann.x.org", "email"),
        ("mail", "ask her mother", "email"),
        ("tel", "ask her mother", "phone"),
        ("tel", "123", "phone"),
        ("sex", "K9", "sex"),
        ("age", "141", "age"),
        ("age", "old", "age"),
        ("d", "45", "birth_day"),
        ("m", "Smarch", "birth_month"),
        ("y", "19", "birth_year"),
    ],
)
def test_a_value_that_says_nothing_known_is_told(workshop: Workshop, column: str, value: str, kind: str) -> None:
    """Where it stands, what it should be, and that the row is kept; the original stays."""
    workshop.write("p.csv", HEAD + row(1) + row(2, **{column: value}))
    workshop.run(p=PEOPLE)
    asked = "SELECT file, line, field, value, reason, kept FROM rejects"
    assert workshop.ask(asked) == [("p.csv", 3, column, value, REASONS[kind], True)]
    assert workshop.ask(f"SELECT original['{column}'] FROM records WHERE source_key = '2'") == [(value,)]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        *(("mail", value) for value in ("n/a", "none@none.com", "unknown", "declined", "Ann <ann@x.org>", " ")),
        *(("tel", value) for value in ("000-0000", "n/a", "-", "999", "(415) 555-1004 x12")),
        *(("sex", value) for value in ("U", "unknown", "0", "9", "X")),
        *(("age", value) for value in ("999", "0", "n/a")),
        *(("d", value) for value in ("00", "99")),
        *(("y", value) for value in ("9999", "0000")),
    ],
)
def test_what_stands_for_no_value_is_told_of_nobody(workshop: Workshop, column: str, value: str) -> None:
    """Words and fillers for what is not known are no problem, and what is read is none."""
    workshop.write("p.csv", HEAD + row(1) + row(2, **{column: value}))
    workshop.run(p=PEOPLE)
    assert workshop.ask("SELECT count(*) FROM rejects") == [(0,)]


def test_values_that_cannot_be_read_stop_no_run(workshop: Workshop) -> None:
    """However many there are: people write what they like, and their rows are good for all else."""
    workshop.write("p.csv", HEAD + "".join(row(number, mail="by post", tel="none of that") for number in range(50)))
    workshop.run(p=PEOPLE)
    assert workshop.ask("SELECT field, count(*) FROM rejects GROUP BY ALL ORDER BY ALL") == [("mail", 50), ("tel", 50)]
