"""Days that cannot be: a birth date that no calendar has costs only itself, and a time to come is told."""

import pytest

from ingest import SourceSettings, WhoSettings, problem_sentence, problems_of
from ingest.people.impossible import IMPOSSIBLE, UNBORN
from ingest.stage import AHEAD
from tests.ingest.workshop import Workshop

PEOPLE = SourceSettings(path="p.csv", key="id", day_first=True, fields={"name": "full_name", "born": "birth_date"})
PARTS = SourceSettings(path="p.csv", key="id", fields={"d": "birth_day", "m": "birth_month", "y": "birth_year"})
CLICKS = SourceSettings(
    path="clicks.csv", content="events", who=WhoSettings(column="mail", system="email"), at="at", event_type="click"
)


@pytest.mark.parametrize(
    ("born", "reason"),
    [
        ("31/02/1985", IMPOSSIBLE),
        ("29/02/2023", IMPOSSIBLE),
        ("1985-13-40", IMPOSSIBLE),
        ("31.04.1985", IMPOSSIBLE),
        ("05/05/2031", UNBORN),
    ],
)
def test_a_birth_date_that_cannot_be_costs_only_itself(workshop: Workshop, born: str, reason: str) -> None:
    """The record is kept without it, all else and the original stay, and the reject says where, what and why."""
    workshop.write("p.csv", f"id,name,born\n1,Ann Lee,01/03/1985\n2,Bob Ray,{born}\n")
    workshop.run(p=PEOPLE)
    asked = "SELECT given_name, birth_date, original['born'] FROM records ORDER BY record_id"
    assert workshop.ask(asked) == [("ann", "1985-03-01", "01/03/1985"), ("bob", None, born)]
    told = [("p.csv", 3, "born", born, reason, True)]
    assert workshop.ask("SELECT file, line, field, value, reason, kept FROM rejects") == told


@pytest.mark.parametrize("born", ["29/02/2024", "31/12/1999", "1985", "1985-02", "01/01/1900", "00/05/1985"])
def test_a_date_that_can_be_is_no_problem(workshop: Workshop, born: str) -> None:
    """Leap days, dates known in part and fillers are told of nobody."""
    workshop.write("p.csv", f"id,name,born\n1,Ann Lee,01/03/1985\n2,Bob Ray,{born}\n")
    workshop.run(p=PEOPLE)
    assert workshop.ask("SELECT count(*) FROM rejects") == [(0,)]


def test_parts_that_make_no_day_are_left_out(workshop: Workshop) -> None:
    """Day, month and year in columns of their own are held against the calendar too."""
    workshop.write("p.csv", "id,d,m,y\n1,29,2,1984\n2,31,2,1985\n3,,2,1985\n")
    workshop.run(p=PARTS)
    dates = [("1984-02-29",), (None,), ("1985-02",)]
    assert workshop.ask("SELECT birth_date FROM records ORDER BY record_id") == dates
    assert workshop.ask("SELECT line, field, value, reason FROM rejects") == [(3, "d", "31", IMPOSSIBLE)]


def test_parts_that_make_a_day_to_come_are_told_as_such(workshop: Workshop) -> None:
    """A birthday to come in three columns is left out as one in a single column is, and for the same reason."""
    workshop.write("p.csv", "id,d,m,y\n1,29,2,1984\n2,1,2,2031\n3,31,2,2031\n")
    workshop.run(p=PARTS)
    assert workshop.ask("SELECT birth_date FROM records ORDER BY record_id") == [("1984-02-29",), (None,), (None,)]
    told = [(3, "d", UNBORN), (4, "d", IMPOSSIBLE)]
    assert workshop.ask("SELECT line, field, reason FROM rejects ORDER BY line") == told


def test_an_event_to_come_is_kept_and_told(workshop: Workshop) -> None:
    """However many there are, they stop no run; the summary counts them as kept, and names no value."""
    rows = "".join(f"ann@x.org,2027-01-{day:02}\n" for day in range(1, 29))
    workshop.write("clicks.csv", "mail,at\nann@x.org,2025-01-01\n" + rows)
    rejects = workshop.run(clicks=CLICKS).rejects
    assert workshop.ask("SELECT count(*) FROM events") == [(29,)]
    assert workshop.ask("SELECT DISTINCT field, reason, kept FROM rejects") == [("at", AHEAD, True)]
    (problem,) = problems_of(rejects)
    said = "clicks: 28 rows kept with a problem (clicks.csv, first line 3): This time is still to come"
    assert problem_sentence(problem).startswith(said)
