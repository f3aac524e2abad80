"""A source whose rows get another key: nobody and nothing is kept twice without a word."""

import msgspec
import pytest

from core.errors import ConflictError
from ingest import SourceSettings, WhoSettings
from tests.ingest.workshop import Workshop

CRM = SourceSettings(path="crm.csv", key="id", fields={"name": "full_name", "mail": "email"})
ORDERS = SourceSettings(
    path="orders.csv",
    content="events",
    key="no",
    who=WhoSettings(column="mail", system="email"),
    at="at",
    event_type="order",
)
LIVING = "SELECT record_id FROM records WHERE deleted_at IS NULL AND NOT anonymous ORDER BY 1"


def rekeyed(settings: SourceSettings, key: str | None, mode: str = "full") -> SourceSettings:
    """The source with another key."""
    return msgspec.structs.replace(settings, key=key, mode=mode)


@pytest.fixture
def read(workshop: Workshop) -> Workshop:
    """A workshop that has read two people and two orders."""
    workshop.write("crm.csv", "id,number,name,mail\n1,A,Ann Lee,a@x.org\n2,B,Bob Ray,b@x.org\n")
    workshop.write("orders.csv", "no,ref,mail,at\n1,x,a@x.org,2025-01-01\n2,y,b@x.org,2025-01-02\n")
    workshop.run(crm=CRM, orders=ORDERS)
    return workshop


@pytest.mark.parametrize(
    ("source", "settings", "says"),
    [
        ("crm", rekeyed(CRM, "number"), "named by the column 'id' and would now be named by the column 'number'"),
        ("orders", rekeyed(ORDERS, "ref"), "the 2 events it has would stay"),
        ("orders", rekeyed(ORDERS, None), "would now be named by their contents"),
    ],
)
def test_a_changed_key_stops_the_run(read: Workshop, source: str, settings: SourceSettings, says: str) -> None:
    """The error names the source and both keys, and what to do; a run with the old key goes on."""
    with pytest.raises(ConflictError, match=says) as caught:
        read.run(crm=settings if source == "crm" else CRM, orders=settings if source == "orders" else ORDERS)
    assert caught.value.facts["source"] == source
    assert 'mode = "mirror"' in caught.value.remedy
    read.run(crm=CRM, orders=ORDERS)
    assert read.ask(LIVING) == [("crm:1",), ("crm:2",)]


def test_a_mirrored_source_may_change_its_key(read: Workshop) -> None:
    """Records and events are there under their new names only, and the old ones are known to be deleted."""
    read.run(crm=rekeyed(CRM, "number", "mirror"), orders=rekeyed(ORDERS, "ref", "mirror"))
    assert read.ask(LIVING) == [("crm:A",), ("crm:B",)]
    assert read.ask("SELECT count(*), count(DISTINCT record_id) FROM events") == [(2, 2)]
    assert read.ask("SELECT count(*) FROM event_deletions") == [(2,)]


def test_an_event_that_a_mirrored_source_no_longer_has_is_deleted(read: Workshop) -> None:
    """And is there again when the source has it again."""
    mirrored = rekeyed(ORDERS, "no", "mirror")
    for rows, left in (("2,y,b@x.org,2025-01-02\n", 1), ("1,x,a@x.org,2025-01-01\n2,y,b@x.org,2025-01-02\n", 2)):
        read.write("orders.csv", "no,ref,mail,at\n" + rows)
        read.run(crm=CRM, orders=mirrored)
        assert read.ask("SELECT count(*) FROM events") == [(left,)]
