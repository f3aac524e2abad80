"""Runs of ingest: records and events with provenance, merged with what was known, in any order of arrival."""

from collections.abc import Callable

import pytest

from core.errors import BadInputError
from ingest import SourceSettings, WhoSettings
from tests.ingest.workshop import Workshop

CRM = SourceSettings(
    path="crm*.csv",
    key="id",
    observed_at="seen",
    deleted="gone",
    fields={
        "first": "given_name",
        "last": "family_name",
        "mail": "email",
        "card": "identifier:loyalty",
        "job": "category",
    },
)
HEAD = "id,seen,gone,first,last,mail,card,job,shoe\n"
ANN = "1,2020-01-01,,Ann,Lee,ann@x.org,L-1,painter,38\n"
BOB = "2,2020-01-01,,Bob,Ray,bob@x.org,L-2,,44\n"
CLICKS = SourceSettings(
    path="clicks.csv",
    content="events",
    who=WhoSettings(column="mail", system="email"),
    at="at",
    event_type="click",
    about="page",
    cost="price",
    channel="web",
)


def test_a_record_keeps_everything_a_row_says(workshop: Workshop) -> None:
    """Cleaned values, the originals beside them, free codes, and what no mapping names."""
    workshop.write("crm.csv", HEAD + ANN)
    workshop.run(crm=CRM)
    assert workshop.ask("SELECT record_id, source_key, kind, given_name, emails, version, anonymous FROM records") == [
        ("crm:1", "1", "customer", "ann", ["ann@x.org"], 1, False)
    ]
    (said,) = workshop.ask(
        "SELECT original, extra, categories, identifiers, strftime(observed_at, '%Y-%m-%d') FROM records"
    )
    assert said == (
        {"card": "L-1", "first": "Ann", "job": "painter", "last": "Lee", "mail": "ann@x.org"},
        {"shoe": "38"},
        {"job": "painter"},
        [{"system": "loyalty", "value": "L1"}],
        "2020-01-01",
    )


def test_ingesting_twice_changes_nothing(workshop: Workshop) -> None:
    """The same input on top of itself gives the same bytes and the same fingerprint."""
    workshop.write("crm.csv", HEAD + ANN + BOB)
    workshop.write("clicks.csv", "mail,at,page,price\nann@x.org,2020-01-01,home,1.5\nnew@x.org,2020-01-02,shop,\n")
    first = workshop.run(crm=CRM, clicks=CLICKS)
    before = workshop.bytes()
    second = workshop.run(crm=CRM, clicks=CLICKS)
    assert workshop.bytes() == before
    assert first.fingerprint == second.fingerprint


def test_a_changed_row_is_a_new_version(workshop: Workshop) -> None:
    """Content that changed counts on and is stamped anew; content that did not keeps its stamp."""
    workshop.write("crm.csv", HEAD + ANN + BOB)
    workshop.run(crm=CRM)
    workshop.write("crm.csv", HEAD + ANN.replace("Lee", "Moor").replace("2020", "2021") + BOB)
    fingerprints = {workshop.last.fingerprint if workshop.last else "", workshop.run(crm=CRM).fingerprint}
    rows = workshop.ask("SELECT record_id, family_name, version, hour(ingested_at) FROM records ORDER BY 1")
    assert rows == [("crm:1", "moor", 2, 1), ("crm:2", "ray", 1, 0)]
    assert len(fingerprints) == 2


ORDERS = [(0, 1, 2), (2, 1, 0), (1, 2, 0)]
VERSIONS = tuple(
    f"1,{day},{gone},Ann,{last},ann@x.org,L-1,,38\n"
    for day, gone, last in (("2020-01-01", "", "Lee"), ("2020-01-02", "", "Moor"), ("2020-01-03", "", "Moor-Lee"))
)


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_of_arrival_does_not_matter(workshop: Workshop, order: tuple[int, ...]) -> None:
    """Whichever version comes first, in one file or over several runs, the newest is what is known."""
    for place in order:
        workshop.write("crm.csv", HEAD + VERSIONS[place])
        workshop.run(crm=CRM)
    over_runs = workshop.ask("SELECT family_name, strftime(observed_at, '%Y-%m-%d') FROM records")
    workshop.forget()
    workshop.write("crm.csv", HEAD + "".join(VERSIONS[place] for place in order))
    workshop.run(crm=CRM)
    assert workshop.ask("SELECT family_name, strftime(observed_at, '%Y-%m-%d') FROM records") == over_runs
    assert over_runs == [("moor-lee", "2020-01-03")]


@pytest.mark.parametrize("order", ORDERS)
def test_two_contents_of_one_version_have_one_winner(workshop: Workshop, order: tuple[int, ...]) -> None:
    """A source that says one version twice differently is answered the same way in any order."""
    rows = [f"1,7,{name}\n" for name in ("Lee", "Moor", "Ray")]
    settings = SourceSettings(path="v.csv", key="id", version="v", fields={"last": "family_name"})
    for place in order:
        workshop.write("v.csv", "id,v,last\n" + rows[place])
        workshop.run(v=settings)
    winner = workshop.ask("SELECT family_name, version FROM records")
    workshop.forget()
    workshop.write("v.csv", "id,v,last\n" + "".join(rows))
    workshop.run(v=settings)
    assert workshop.ask("SELECT family_name, version FROM records") == winner


def test_rows_of_one_file_partition_as_runs_do(workshops: Callable[[], Workshop]) -> None:
    """One file or several, in any order: the same records, byte for byte."""
    one, other = workshops(), workshops()
    one.write("crm1.csv", HEAD + ANN + BOB)
    other.write("crm1.csv", HEAD + BOB)
    other.write("crm2.csv", HEAD + ANN)
    one.run(crm=CRM)
    other.run(crm=CRM)
    assert one.bytes()[0] == other.bytes()[0]


def test_a_delete_keeps_the_record(workshop: Workshop) -> None:
    """A deleted row is marked and stays; it lives again when it comes again, later."""
    workshop.write("crm.csv", HEAD + ANN + BOB)
    workshop.run(crm=CRM)
    workshop.write("crm.csv", HEAD + ANN.replace(",,Ann", ",true,Ann").replace("2020", "2021") + BOB)
    workshop.run(crm=CRM)
    assert workshop.ask("SELECT given_name, hour(deleted_at) FROM records ORDER BY 1") == [("ann", 1), ("bob", None)]
    before = workshop.bytes()
    workshop.run(crm=CRM)
    assert workshop.bytes() == before
    workshop.write("crm.csv", HEAD + ANN.replace("2020", "2022") + BOB)
    workshop.run(crm=CRM)
    assert workshop.ask("SELECT given_name, deleted_at, version FROM records ORDER BY 1")[0] == ("ann", None, 3)


@pytest.mark.parametrize(("mode", "deleted"), [("full", None), ("mirror", 1)])
def test_an_absent_key_is_deleted_only_in_a_mirror(workshop: Workshop, mode: str, deleted: int | None) -> None:
    """What is no longer in a full extract is kept, unless the source says that it mirrors."""
    settings = SourceSettings(path="crm.csv", key="id", mode=mode, fields={"first": "given_name"})  # type: ignore[arg-type]  # both modes
    workshop.write("crm.csv", HEAD + ANN + BOB)
    workshop.run(crm=settings)
    workshop.write("crm.csv", HEAD + BOB)
    workshop.run(crm=settings)
    assert workshop.ask("SELECT hour(deleted_at) FROM records ORDER BY record_id") == [(deleted,), (None,)]


def test_events_follow_when_their_identifier_is_claimed(workshop: Workshop) -> None:
    """Nobody's events wait at an anonymous record, and go to the record that later bears its identifier."""
    workshop.write("crm.csv", HEAD + BOB)
    workshop.write("clicks.csv", "mail,at,page,price\nAnn@X.org,2020-01-01,home,2.50\n")
    workshop.run(crm=CRM, clicks=CLICKS)
    assert workshop.ask("SELECT record_id, emails FROM records WHERE anonymous") == [("email:ann@x.org", ["ann@x.org"])]
    assert workshop.ask("SELECT record_id, cost, channel, about FROM events") == [
        ("email:ann@x.org", 2.5, "web", "home")
    ]
    events = workshop.ask("SELECT event_id, ingested_at FROM events")
    workshop.write("crm.csv", HEAD + ANN + BOB)
    workshop.run(crm=CRM, clicks=CLICKS)
    assert workshop.ask("SELECT count(*) FROM records WHERE anonymous") == [(0,)]
    assert workshop.ask("SELECT record_id FROM events") == [("crm:1",)]
    assert workshop.ask("SELECT event_id, ingested_at FROM events") == events


def test_an_event_of_a_source_waits_for_its_key(workshop: Workshop) -> None:
    """A key that the source does not have yet is an anonymous record of that name, until it comes."""
    orders = SourceSettings(
        path="orders.csv",
        content="events",
        key="no",
        who=WhoSettings(column="who", system="crm"),
        at="at",
        event_type="order",
    )
    workshop.write("crm.csv", HEAD + BOB)
    workshop.write("orders.csv", "no,who,at,size\n9,1,2020-01-01,NA\n8,2,2020-01-02,XL\n")
    workshop.run(crm=CRM, orders=orders)
    assert workshop.ask("SELECT record_id FROM records WHERE anonymous") == [("crm:1",)]
    workshop.write("crm.csv", HEAD + ANN + BOB)
    workshop.run(crm=CRM, orders=orders)
    assert workshop.ask("SELECT record_id, anonymous, version FROM records") == [
        ("crm:1", False, 1),
        ("crm:2", False, 1),
    ]
    sizes = workshop.ask("SELECT record_id, attributes FROM events ORDER BY events.at")
    assert sizes == [("crm:1", {}), ("crm:2", {"size": "XL"})]


def test_a_corrected_event_replaces_itself(workshop: Workshop) -> None:
    """An event with a key has one content, the last; others keep their stamp."""
    orders = SourceSettings(
        path="o.csv",
        content="events",
        key="no",
        who=WhoSettings(column="who", system="case"),
        at="at",
        type_column="what",
    )
    workshop.write("o.csv", "no,who,at,what\n1,NA,2020-01-01,ER Triage\n2,B,2020-01-01,Release\n")
    workshop.run(o=orders)
    workshop.write("o.csv", "no,who,at,what\n1,NA,2020-01-03,ER Triage\n2,B,2020-01-01,Release\n")
    workshop.run(o=orders)
    rows = workshop.ask("SELECT who_value, type, strftime(events.at, '%d'), hour(ingested_at) FROM events ORDER BY 1")
    assert rows == [("B", "release", "01", 0), ("NA", "er_triage", "03", 1)]


def test_answers_become_events(workshop: Workshop) -> None:
    """A question and its answer are an event of type answer, about the question."""
    settings = SourceSettings(
        path="a.csv",
        content="answers",
        who=WhoSettings(column="phone", system="phone"),
        at="at",
        question="q",
        response="a",
    )
    workshop.write("a.csv", "phone,at,q,a,agent\n(415) 458-5549,2020-01-01,Sleep?,7,Kim\n")
    workshop.run(a=settings)
    assert workshop.ask("SELECT type, about, value, who_value, attributes FROM events") == [
        ("answer", "Sleep?", 7.0, "+14154585549", {"agent": "Kim", "question": "Sleep?", "response": "7"})
    ]


def test_bad_rows_are_rejected_and_the_run_goes_on(workshop: Workshop) -> None:
    """Each reject names file, line, field, value and reason; the good rows are there."""
    workshop.write("crm.csv", HEAD + ANN + BOB + ",2020-01-01,,No,Key,,,,\n3,x\n")
    workshop.write("clicks.csv", "mail,at,page,price\nann@x.org,soon,home,1\n,2020-01-01,home,1\n")
    workshop.run(crm=CRM, clicks=CLICKS)
    assert workshop.ask("SELECT source, file, line, field, value FROM rejects ORDER BY ALL") == [
        ("clicks", "clicks.csv", 2, "at", "soon"),
        ("clicks", "clicks.csv", 3, "mail", None),
        ("crm", "crm.csv", 4, "id", None),
        ("crm", "crm.csv", 5, None, "3,x"),
    ]
    assert workshop.ask("SELECT count(*) FROM records") == [(2,)]


def test_a_birth_date_that_is_none_costs_only_itself(workshop: Workshop) -> None:
    """The record is kept without it, and the value is told."""
    workshop.write("p.csv", "id,born\n1,12/31/1980\n2,x1999y\n3,1900-01-01\n")
    workshop.run(p=SourceSettings(path="p.csv", key="id", fields={"born": "birth_date"}))
    assert workshop.ask("SELECT birth_date FROM records ORDER BY record_id") == [("1980-12-31",), (None,), (None,)]
    assert workshop.ask("SELECT line, field, value FROM rejects") == [(3, "born", "x1999y")]


@pytest.mark.parametrize(
    ("born", "told"), [("18/02/198x5", 1), ("18 Fob 1985", 1), ("1800-01-01", 0), ("01.01.1899", 0)]
)
def test_a_filler_is_told_by_its_year_not_its_day(workshop: Workshop, born: str, told: int) -> None:
    """A date of the 18th that cannot be read is told; a year that stands for no date is not."""
    workshop.write("p.csv", f"id,born\n1,12/31/1980\n2,{born}\n")
    workshop.run(p=SourceSettings(path="p.csv", key="id", fields={"born": "birth_date"}))
    assert workshop.ask("SELECT value FROM rejects") == [(born,)] * told


def test_a_source_worse_than_the_limit_stops_the_run(workshop: Workshop) -> None:
    """Too many bad rows are a broken extract, not noise."""
    workshop.write("crm.csv", HEAD + ANN * 20 + "3,x\n" * 11)
    with pytest.raises(BadInputError, match="11 of 31 rows cannot be used"):
        workshop.run(crm=CRM)
    workshop.forget()
    workshop.run(crm=CRM, reject_limit=0.5)
    assert workshop.ask("SELECT count(*) FROM rejects") == [(11,)]


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (SourceSettings(path="crm.csv", fields={"first": "given_name"}), "has no key"),
        (SourceSettings(path="crm.csv", key="id", fields={"vorname": "given_name"}), "has no column 'vorname'"),
        (SourceSettings(path="crm.csv", key="id", fields={"first": "name"}), "'name' is no kind"),
        (SourceSettings(path="crm.csv", content="events", at="seen", event_type="x"), "does not say who"),
    ],
)
def test_a_block_that_cannot_be_read_says_what_to_mend(workshop: Workshop, settings: SourceSettings, says: str) -> None:
    """Every message names the source and the key or column."""
    workshop.write("crm.csv", HEAD + ANN)
    with pytest.raises(BadInputError, match=says):
        workshop.run(crm=settings)


def test_an_empty_file_changes_nothing(workshop: Workshop) -> None:
    """What was known stays when an extract comes empty."""
    workshop.write("crm.csv", HEAD + ANN)
    workshop.run(crm=CRM)
    workshop.write("crm.csv", "")
    workshop.run(crm=CRM)
    assert workshop.ask("SELECT record_id FROM records") == [("crm:1",)]
    assert workshop.ask("SELECT line, reason FROM rejects") == [(1, "The file is empty: not even column names.")]


def test_an_overused_value_is_no_evidence(workshop: Workshop) -> None:
    """One address for far too many people belongs to none of them; the original stays."""
    rows = "".join(f"{number},shared@x.org\n" for number in range(200)) + "".join(
        f"{number},u{number}@x.org\n" for number in range(200, 2200)
    )
    workshop.write("p.csv", "id,mail\n" + rows)
    workshop.run(p=SourceSettings(path="p.csv", key="id", fields={"mail": "email"}))
    assert workshop.ask("SELECT count(*), count(emails), count(original['mail']) FROM records") == [(2200, 2000, 2200)]


def test_uids_say_nothing(workshop: Workshop) -> None:
    """What the graph shows of a record is a keyed id, not its key."""
    workshop.write("crm.csv", HEAD + ANN)
    workshop.run(crm=CRM)
    ((uid,),) = workshop.ask("SELECT uid FROM records")
    assert str(uid).startswith("r_")
    assert "ann" not in str(uid)


AGES = "id,seen,years\n1,2020-06-30,40\n2,,\n"


def test_an_age_is_a_year_of_birth_only_where_it_names_one(workshop: Workshop) -> None:
    """On the last day of a year it does; on any other day it leaves two years open, and the record says so."""
    workshop.write("p.csv", AGES)
    settings = SourceSettings(path="p.csv", key="id", as_of="2020-12-31", fields={"years": "age"})
    workshop.run(p=settings)
    said = "SELECT birth_date, categories, original FROM records ORDER BY record_id"
    assert workshop.ask(said)[0] == ("1980", {}, {"years": "40"})
    workshop.forget()
    workshop.run(p=SourceSettings(path="p.csv", key="id", observed_at="seen", fields={"years": "age"}))
    assert workshop.ask(said) == [(None, {"birth_years": "1979/1980"}, {"years": "40"}), (None, {}, {})]


def test_an_age_says_nothing_beside_a_birth_date(workshop: Workshop) -> None:
    """What is known better is not said again."""
    workshop.write("p.csv", "id,born,years\n1,1980-07-01,40\n2,,41\n")
    fields = {"born": "birth_date", "years": "age"}
    workshop.run(p=SourceSettings(path="p.csv", key="id", as_of="2020-08-01", fields=fields))
    assert workshop.ask("SELECT birth_date, categories FROM records ORDER BY record_id") == [
        ("1980-07-01", {}),
        (None, {"birth_years": "1978/1979"}),
    ]


def test_an_age_without_its_day_tells_no_birth(workshop: Workshop) -> None:
    """It is compared with other ages, as by `c360 resolve`."""
    workshop.write("p.csv", AGES)
    workshop.run(p=SourceSettings(path="p.csv", key="id", fields={"years": "age"}))
    said = "SELECT birth_date, categories, original FROM records ORDER BY record_id"
    assert workshop.ask(said)[0] == (None, {"age": "40"}, {"years": "40"})


def test_a_day_of_ages_that_is_none_is_refused(workshop: Workshop) -> None:
    """The message says how to write it."""
    workshop.write("p.csv", AGES)
    with pytest.raises(BadInputError, match="as_of of source 'p' is no day: 'last year'"):
        workshop.run(p=SourceSettings(path="p.csv", key="id", as_of="last year", fields={"years": "age"}))
