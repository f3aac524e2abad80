"""What a run cannot use as it stands is kept where people can see it: rows that share a key, amounts that are none."""

from ingest import SourceSettings, WhoSettings
from ingest.merge.repeats import REASON
from tests.ingest.workshop import Workshop

SHOP = SourceSettings(path="shop*.csv", key="no", fields={"name": "full_name", "mail": "email"})
HEAD = "no,name,mail\n"
ORDERS = SourceSettings(
    path="orders.csv",
    content="events",
    key="no",
    who=WhoSettings(column="mail", system="email"),
    at="at",
    event_type="order",
    about="item",
    cost="amount",
)
ORDER_HEAD = "no,mail,at,item,amount\n"
REJECTS = "SELECT file, line, field, value, reason FROM rejects ORDER BY ALL"


def test_two_people_of_one_key_are_not_lost_in_silence(workshop: Workshop) -> None:
    """The later row counts; the earlier is in the reject file, once however many there are, equal ones never."""
    workshop.write("shop.csv", HEAD + "7,Ann Lee,a@x.org\n8,Bob Ray,b@x.org\n8,Bob Ray,b@x.org\n7,Cy Orr,c@x.org\n")
    workshop.run(shop=SHOP)
    assert workshop.ask("SELECT record_id, given_name FROM records ORDER BY 1") == [("shop:7", "cy"), ("shop:8", "bob")]
    assert workshop.ask(REJECTS) == [("shop.csv", 2, "no", "7", REASON)]


def test_a_later_file_may_say_otherwise(workshop: Workshop) -> None:
    """A key that comes again in another file is a newer version, and nothing is set aside."""
    workshop.write("shop1.csv", HEAD + "7,Ann Lee,a@x.org\n")
    workshop.write("shop2.csv", HEAD + "7,Ann Moor,a@x.org\n")
    workshop.run(shop=SHOP)
    assert workshop.ask("SELECT family_name FROM records") == [("moor",)]
    assert workshop.ask(REJECTS) == []


def test_two_keys_of_an_event_stop_no_run(workshop: Workshop) -> None:
    """However many rows give way, they are no bad rows: the limit is not theirs."""
    rows = [f"{n % 20},a@x.org,2025-01-0{1 + n // 20},tea,1\n" for n in range(40)]
    workshop.write("orders.csv", ORDER_HEAD + "".join(rows))
    workshop.run(orders=ORDERS)
    assert workshop.ask('SELECT count(*), min(day("at")) FROM events') == [(20, 2)]
    assert workshop.ask("SELECT count(*), max(line) FROM rejects") == [(20, 21)]


def test_amounts_read_as_their_column_writes_them(workshop: Workshop) -> None:
    """Where a column has decimal commas, a point parts thousands; what is no amount is told and its event kept."""
    cells = ['"12,50"', '"1.200,00"', "1.200", "abc", "-", ""]
    rows = [f"{n},a@x.org,2026-01-01,tea,{cell}\n" for n, cell in enumerate(cells)]
    workshop.write("orders.csv", ORDER_HEAD + "".join(rows))
    workshop.run(orders=ORDERS)
    assert workshop.ask("SELECT cost FROM events WHERE cost IS NOT NULL ORDER BY 1") == [(12.5,), (1200,), (1200,)]
    assert workshop.ask("SELECT count(*) FROM events") == [(6,)]
    assert workshop.ask(REJECTS) == [("orders.csv", 5, "amount", "abc", "No number: the event is kept without it.")]
