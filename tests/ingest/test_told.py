"""What ingest tells of its sources: whose events nobody knows, and why rows were set aside."""

import msgspec

from ingest import (
    Gone,
    Problem,
    SourceSettings,
    Unknown,
    WhoSettings,
    gone_sentence,
    problem_sentence,
    problems_of,
    unknown_sentence,
)
from tests.ingest.workshop import Workshop

CRM = SourceSettings(path="crm.csv", key="id", fields={"first": "given_name", "mail": "email"})
ORDERS = SourceSettings(
    path="orders.csv",
    content="events",
    key="order",
    who=WhoSettings(column="customer", system="crm"),
    at="at",
    event_type="order",
)
CLICKS = SourceSettings(
    path="clicks.csv", content="events", who=WhoSettings(column="browser", system="device"), at="at", event_type="click"
)


def test_events_of_nobody_known_are_counted(workshop: Workshop) -> None:
    """By source: keys that the source of people does not have, and identifiers nobody is known by; also when unread."""
    workshop.write("crm.csv", "id,first,mail\n1,Ann,ann@x.org\n2,Bob,bob@x.org\n")
    workshop.write("orders.csv", "order,customer,at\n" + "".join(f"o{n},{n % 4},2020-01-0{n}\n" for n in range(1, 9)))
    workshop.write("clicks.csv", "browser,at\nb-1,2020-01-01\nb-1,2020-01-02\n")
    found = workshop.run(crm=CRM, orders=ORDERS, clicks=CLICKS).unknown
    assert found == (
        Unknown(source="clicks", system="device", by_key=False, events=2, people=1),
        Unknown(source="orders", system="crm", by_key=True, events=4, people=2),
    )
    assert "4 events are of 2 keys that 'crm' does not have" in unknown_sentence(found[1])
    assert "2 events are by 1 device that no record" in unknown_sentence(found[0])
    assert workshop.run(crm=CRM, orders=ORDERS, clicks=CLICKS).unknown == found
    workshop.write("crm.csv", "id,first,mail\n" + "".join(f"{n},Ann,a{n}@x.org\n" for n in range(4)))
    assert [one.source for one in workshop.run(crm=CRM, orders=ORDERS, clicks=CLICKS).unknown] == ["clicks"]


def test_a_source_that_is_taken_out_is_told_as_long_as_it_has_rows(workshop: Workshop) -> None:
    """Its people and events stay, and how to be rid of them is said: by a column that marks every row as deleted."""
    workshop.write("crm.csv", "id,first,mail,left\n1,Ann,ann@x.org,yes\n2,Bob,bob@x.org,yes\n")
    workshop.write("orders.csv", "order,customer,at,left\no1,1,2020-01-01,yes\n")
    workshop.write("clicks.csv", "browser,at\nb-1,2020-01-01\n")
    assert workshop.run(crm=CRM, orders=ORDERS, clicks=CLICKS).gone == ()
    found = workshop.run(clicks=CLICKS).gone
    assert found == (Gone(source="crm", records=2, events=0), Gone(source="orders", records=0, events=1))
    assert workshop.ask("SELECT count(*) FROM records WHERE source = 'crm'") == [(2,)]
    assert "crm: c360.toml no longer has this source; what it gave is kept: 2 records." in gone_sentence(found[0])
    assert "is kept: 1 event." in gone_sentence(found[1])
    crm, orders = (msgspec.structs.replace(one, deleted="left") for one in (CRM, ORDERS))
    workshop.run(crm=crm, orders=orders, clicks=CLICKS)
    assert workshop.run(clicks=CLICKS).gone == ()


def test_reasons_are_counted_most_frequent_first(workshop: Workshop) -> None:
    """Rows of one reason count as one, wherever they end; the first line is named, and no value is."""
    workshop.write("crm.csv", 'id,first,mail\n1,Ann\n2,Bob,b@x.org\n3,"two\nlines"\n4,Cy\n5,"Di,d@x.org\n')
    reasons = problems_of(workshop.run(crm=CRM).rejects)
    ragged = "The row has 2 cells, the header 3."
    assert reasons[0] == Problem(source="crm", file="crm.csv", reason=ragged, rows=3, line=2)
    assert problem_sentence(reasons[0]) == f"crm: 3 rows set aside (crm.csv, first line 2): {ragged}"
    assert problem_sentence(reasons[1]).startswith("crm: 1 row set aside (crm.csv, line 7): The file ends inside")
