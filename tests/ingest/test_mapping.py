"""Proposed mappings: complete blocks that run as they are."""

import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
import tomlkit

from core.errors import BadInputError
from ingest import MapOptions, SourceSettings, add_block, propose_mapping, roles_of
from tests.ingest.workshop import Workshop

DAYS = [f"2020-01-{n % 28 + 1:02}" for n in range(60)]
KEYS = [f"p-{n}x{n * 7919 % 10007}" for n in range(60)]


def table(head: str, *columns: list[str], separator: str = ",") -> str:
    """A CSV text of columns."""
    rows = [head, *(separator.join(row) for row in zip(*columns, strict=True))]
    return "\n".join(rows) + "\n"


PATIENTS = table(
    "Id,FIRST,LAST,BIRTHDATE,SSN,GENDER,CITY",
    KEYS,
    [f"Ann{n % 7}" for n in range(60)],
    [f"Lee{n % 5}" for n in range(60)],
    [f"19{n % 70 + 20}-0{n % 9 + 1}-11" for n in range(60)],
    [f"{n + 100}-45-{n + 1000}" for n in range(60)],
    ["FM"[n % 2] for n in range(60)],
    ["Boston"] * 60,
)
VISITS = table(
    "Id,START,STOP,PATIENT,DESCRIPTION,TOTAL_COST,UNITS",
    [f"v-{n}x{n * 7907 % 10007}" for n in range(60)],
    [f"{day}T10:00:00Z" for day in DAYS],
    [""] * 60,
    [KEYS[n % 9] for n in range(60)],
    ["Check-up"] * 60,
    [f"{n}.50" for n in range(60)],
    ["kg"] * 60,
)
LOG = table(
    "case;activity;timestamp;n",
    [["NA", *"ABCDEF"][n % 7] for n in range(60)],
    ["Triage"] * 60,
    [f"{day}T10:00:00Z" for day in DAYS],
    [str(n) for n in range(60)],
    separator=";",
)
ANSWERS = table(
    "email,asked_at,question,response",
    [f"a{n % 9}@x.org" for n in range(60)],
    DAYS,
    ["Sleep?"] * 60,
    [str(n % 5) for n in range(60)],
)


def test_people_and_their_events_are_told_apart(workshop: Workshop) -> None:
    """Names and birth dates make people; a time beside their keys makes events of theirs; both run unchanged."""
    patients = propose_mapping(workshop.write("patients.csv", PATIENTS), root=workshop.root)
    known = {patients.name: patients.settings}
    visits = propose_mapping(workshop.write("encounters.csv", VISITS), root=workshop.root, known=known)
    assert (patients.settings.content, patients.settings.kind, patients.settings.key) == ("people", "patient", "Id")
    assert patients.settings.fields["BIRTHDATE"] == "birth_date"
    assert visits.settings.who is not None
    assert (visits.settings.who.column, visits.settings.who.system) == ("PATIENT", "patients")
    assert (visits.settings.at, visits.settings.event_type, visits.settings.cost) == ("START", "visit", "TOTAL_COST")
    workshop.run(patients=patients.settings, encounters=visits.settings)
    assert workshop.ask("SELECT count(*), count(DISTINCT record_id) FROM events") == [(60, 9)]
    assert workshop.ask("SELECT count(*) FILTER (anonymous) FROM records") == [(0,)]


def test_a_log_of_cases_is_events_of_nobody_yet(workshop: Workshop) -> None:
    """Semicolons, an activity and a case: each case is a person, the one named NA too."""
    proposal = propose_mapping(workshop.write("log.csv", LOG), root=workshop.root)
    assert proposal.settings.type_column == "activity"
    workshop.run(log=proposal.settings)
    assert ("NA",) in workshop.ask("SELECT source_key FROM records WHERE anonymous")


def test_questions_and_responses_are_answers(workshop: Workshop) -> None:
    """An e-mail names the person, the question what it is about."""
    settings = propose_mapping(workshop.write("outreach.csv", ANSWERS), root=workshop.root).settings
    assert settings.who is not None
    assert (settings.content, settings.question, settings.response, settings.who.system) == (
        "answers",
        "question",
        "response",
        "email",
    )


def test_the_text_is_the_block(workshop: Workshop) -> None:
    """What is shown parses to what was checked, holds no sample, and joins a file with its comments."""
    proposal = propose_mapping(workshop.write("patients.csv", PATIENTS), root=workshop.root)
    block = tomllib.loads(proposal.text)["sources"]["patients"]
    assert msgspec.convert(block, SourceSettings) == proposal.settings
    assert "Ann" not in proposal.text
    document = tomlkit.parse('# ours\n[sources.a]\npath = "a.csv"\n')
    add_block(document, proposal.name, proposal.settings)
    text = tomlkit.dumps(document)
    assert text.startswith("# ours")
    assert set(tomllib.loads(text)["sources"]) == {"a", "patients"}


def test_roles_name_what_becomes_of_columns(tmp_path: Path) -> None:
    """Every mapped column has its part."""
    path = tmp_path / "encounters.csv"
    path.write_text(VISITS)
    roles = roles_of(propose_mapping(path).settings)
    assert roles == {
        "Id": "key",
        "START": "at",
        "PATIENT": "who (patient)",
        "DESCRIPTION": "about",
        "TOTAL_COST": "cost",
        "UNITS": "unit",
    }


def people_of(keys: list[str], *extra: list[str], head: str = "contact_id") -> str:
    """A CSV text of people with these keys, and columns before them."""
    names = [f"Ann{n % 7}" for n in range(len(keys))]
    emails = [f"ann{n}@x.org" for n in range(len(keys))]
    return table(f"{head},first_name,last_name,email", *extra, keys, names, names, emails)


def test_a_key_that_a_few_rows_lack_is_a_key(workshop: Workshop) -> None:
    """Rows without it, and ragged ones, are told as what a run sets aside; those that repeat one as well."""
    keys = [*KEYS[:57], "", " ", KEYS[0]]
    file = workshop.write("people.csv", people_of(keys) + "only,three,cells\n")
    proposal = propose_mapping(file, root=workshop.root)
    assert proposal.settings.key == "contact_id"
    assert (proposal.rows, proposal.rejected, proposal.repeated) == (61, 3, 1)
    run = workshop.run(people=proposal.settings)
    assert (run.counts["people.rejects"], workshop.ask("SELECT count(*) FROM records")) == (3 + 1, [(57,)])


def test_a_key_must_keep_within_the_reject_limit(workshop: Workshop) -> None:
    """What a run would stop at is no key, whatever the limit is; a postcode that differs in most rows never is."""
    file = workshop.write("people.csv", people_of([*KEYS[:56], "", "", "", ""]))
    with pytest.raises(BadInputError, match="all rows but 5%"):
        propose_mapping(file, root=workshop.root)
    assert propose_mapping(file, options=MapOptions(reject_limit=0.1)).settings.key == "contact_id"
    codes = [f"{n * 7919 % 100_000:05}" for n in range(59)]
    zips = workshop.write("zips.csv", people_of([*codes, codes[0]], head="zip_code"))
    with pytest.raises(BadInputError, match="none can be the key"):
        propose_mapping(zips)


def test_events_that_share_a_key_have_none(workshop: Workshop) -> None:
    """Two events of one key would become one; a column that repeats is not proposed for theirs."""
    file = workshop.write("encounters.csv", VISITS.replace("v-1x7907,", "v-0x0,"))
    assert propose_mapping(file, root=workshop.root).settings.key is None


def test_people_of_a_table_own_events_too(workshop: Workshop) -> None:
    """Keys are read through the source that has them; one that cannot be read now is named."""
    with closing(sqlite3.connect(workshop.root / "ehr.db")) as database, database:
        database.execute("CREATE TABLE patients (patient_id TEXT, seen TEXT)")
        database.executemany("INSERT INTO patients VALUES (?, '2020-01-01')", [(key,) for key in KEYS])
    ehr = SourceSettings(type="sql", url="sqlite:///ehr.db", table="patients", key="patient_id", observed_at="seen")
    known = {"ehr": ehr, "gone": SourceSettings(path="gone.csv", key="id")}
    visits = propose_mapping(workshop.write("encounters.csv", VISITS), root=workshop.root, known=known)
    assert (visits.owners, visits.unread) == (("ehr",), ("gone",))
    workshop.run(ehr=ehr, encounters=visits.settings)
    assert workshop.ask("SELECT count(DISTINCT record_id) FROM events JOIN records USING (record_id)") == [(9,)]


def test_a_file_without_key_is_refused_with_advice(tmp_path: Path) -> None:
    """People need a key that holds."""
    path = tmp_path / "x.csv"
    path.write_text("first,last\nAnn,Lee\nAnn,Lee\n")
    with pytest.raises(BadInputError, match="none can be the key"):
        propose_mapping(path)


def test_the_only_number_of_an_event_is_its_value(workshop: Workshop) -> None:
    """Steps a day are a measure whatever their column is called; of several numbers none is chosen."""
    phones = [f"+1 415 555 {1000 + n % 9}" for n in range(60)]
    steps = [str(2000 + n * 797 % 9000) for n in range(60)]
    one = propose_mapping(workshop.write("steps.csv", table("phone,day,steps", phones, DAYS, steps)))
    assert (one.settings.at, one.settings.event_type, one.settings.value) == ("day", "step", "steps")
    for head in ("phone,day,steps,floors", "phone,day,store", "phone,day,room no"):
        columns = [phones, DAYS, steps, steps[::-1]][: head.count(",") + 1]
        assert propose_mapping(workshop.write("other.csv", table(head, *columns))).settings.value is None


def test_an_age_is_mapped(workshop: Workshop) -> None:
    """`observed_at` says when it was true, of visits before updates; without such a column it is compared as it is."""
    ages, names = [str(20 + n * 7 % 50) for n in range(60)], [f"Ann{n % 7}" for n in range(60)]
    emails = [f"ann{n}@x.org" for n in range(60)]
    dated = table("key,first_name,last_name,email,age,updated", KEYS, names, names, emails, ages, DAYS)
    settings = propose_mapping(workshop.write("members.csv", dated), root=workshop.root).settings
    assert (settings.observed_at, settings.fields.get("age")) == ("updated", "age")
    visits = table(
        "key,first_name,last_name,email,age,updated,visit_date", KEYS, names, names, emails, ages, DAYS, DAYS
    )
    settings = propose_mapping(
        workshop.write("visits.csv", visits), root=workshop.root, options=MapOptions(key="key")
    ).settings
    assert (settings.observed_at, settings.fields.get("age")) == ("visit_date", "age")
    ends = visits.replace("visit_date", "test expiry date")
    settings = propose_mapping(
        workshop.write("ends.csv", ends), root=workshop.root, options=MapOptions(key="key")
    ).settings
    assert settings.observed_at == "updated"
    plain = table("key,first_name,last_name,email,age", KEYS, names, names, emails, ages)
    settings = propose_mapping(workshop.write("people.csv", plain), root=workshop.root).settings
    assert (settings.observed_at, settings.fields.get("age")) == (None, "age")


def test_a_dated_age_beside_a_birth_date_is_left_out(workshop: Workshop) -> None:
    """What is known better is not said again."""
    names, emails = [f"Ann{n % 7}" for n in range(60)], [f"ann{n}@x.org" for n in range(60)]
    born, ages = [f"19{n % 70 + 20}-0{n % 9 + 1}-11" for n in range(60)], [str(20 + n * 7 % 50) for n in range(60)]
    text = table("key,first_name,email,birth_date,age,updated", KEYS, names, emails, born, ages, DAYS)
    assert "age" not in propose_mapping(workshop.write("members.csv", text), root=workshop.root).settings.fields


def test_every_source_that_events_may_be_of_is_named(workshop: Workshop) -> None:
    """Where keys of several sources fit, all are said; the one the column is named after is taken before others."""
    people = propose_mapping(workshop.write("patients.csv", PATIENTS), root=workshop.root).settings
    workshop.write("staff.csv", PATIENTS)
    known = {"staff": msgspec.structs.replace(people, path="staff.csv"), "patients": people}
    visits = propose_mapping(workshop.write("encounters.csv", VISITS), root=workshop.root, known=known)
    assert visits.owners == ("patients", "staff")
    assert visits.settings.who is not None
    assert visits.settings.who.system == "patients"


GERMAN = """Kundennr,Name,Geburtstag
7,Anna Berg,01.02.1980
8,Ben Hof,03.04.1977
9,Cara Tal,31.12.1990
"""
ORDERS = """order_no,member,bought_at,item,amount
1,K1,2026-01-01,tea,"4,50"
2,K2,2026-01-02,tea,3.00
3,K3,2026-01-03,soap,12.50
4,K4,2026-01-04,soap,2.00
5,K5,2026-01-05,soap,2.00
"""
NAMELESS = """a,b,c
x1,2026-01-01,4
x2,2026-01-02,5
x1,2026-01-03,6
"""


def test_people_with_nothing_but_name_and_birthday_are_people(workshop: Workshop) -> None:
    """A date of birth is no time of an event, and a key may be called one in another language."""
    settings = propose_mapping(workshop.write("kunden.csv", GERMAN), root=workshop.root).settings
    assert (settings.content, settings.key) == ("people", "Kundennr")
    assert settings.fields == {"Name": "full_name", "Geburtstag": "birth_date"}


def test_events_of_people_who_come_once_each_have_their_people(workshop: Workshop) -> None:
    """A column called by people is whose the events are, though nobody comes twice."""
    settings = propose_mapping(workshop.write("orders.csv", ORDERS), root=workshop.root).settings
    assert settings.who is not None
    assert (settings.who.column, settings.key, settings.cost) == ("member", "order_no", "amount")


def test_what_no_header_says_the_user_may_say(workshop: Workshop) -> None:
    """Where looking does not find whose events they are, the error names the option that says it."""
    file = workshop.write("acts.csv", NAMELESS)
    with pytest.raises(BadInputError) as error:
        propose_mapping(file, root=workshop.root)
    assert "--who" in str(error.value)
    settings = propose_mapping(file, root=workshop.root, options=MapOptions(who="a")).settings
    assert settings.who is not None
    assert (settings.content, settings.who.column, settings.at) == ("events", "a", "b")
    people = propose_mapping(workshop.write("k.csv", GERMAN), root=workshop.root, options=MapOptions(key="Name"))
    assert people.settings.key == "Name"


@pytest.mark.parametrize("options", [MapOptions(key="Kundnr"), MapOptions(who="Kundnr")])
def test_a_column_that_is_not_there_is_named(workshop: Workshop, options: MapOptions) -> None:
    """The error says which column the user may have meant."""
    file = workshop.write("k.csv", GERMAN if options.key else ORDERS.replace("member", "Kundennr"))
    with pytest.raises(BadInputError, match="no column 'Kundnr'") as error:
        propose_mapping(file, root=workshop.root, options=options)
    assert "Kundennr" in str(error.value.remedy)


SHIPPED = table(
    "order_id,customer_id,name,email,phone,ship_street,ship_city,order_date,sku,qty,total",
    [str(1000 + n) for n in range(60)],
    [f"c{n % 20}" for n in range(60)],
    [f"Ann{n % 20} Lee" for n in range(60)],
    [f"a{n % 20}@mail.example" for n in range(60)],
    [f"415-555-{n % 20 + 1000}" for n in range(60)],
    [f"{n % 20 + 1} Elm Street" for n in range(60)],
    ["Boston"] * 60,
    [f"2026-0{n % 9 + 1}-11" for n in range(60)],
    [f"SKU-{n % 7}" for n in range(60)],
    [str(n % 3 + 1) for n in range(60)],
    [f"{n}.90" for n in range(60)],
)
BUYERS = "id,name,email,phone,city\n" + "".join(f"c{n},Ann{n} Lee,a{n}@mail.example,,Boston\n" for n in range(20))


def test_a_list_of_orders_with_names_and_addresses_is_events(workshop: Workshop) -> None:
    """Its people are those that the customer column names, as a source of people numbers them; it runs as it is."""
    people = propose_mapping(workshop.write("shop.csv", BUYERS), root=workshop.root).settings
    orders = propose_mapping(workshop.write("orders.csv", SHIPPED), root=workshop.root, known={"shop": people}).settings
    assert (orders.content, orders.key, orders.at, orders.cost) == ("events", "order_id", "order_date", "total")
    assert orders.who is not None
    assert (orders.who.column, orders.who.system) == ("customer_id", "shop")
    workshop.run(shop=people, orders=orders)
    found = "SELECT count(*), count(DISTINCT record_id), count_if(anonymous) FROM events JOIN records USING (record_id)"
    assert workshop.ask(found) == [(60, 20, 0)]


def test_people_who_buy_are_still_people(workshop: Workshop) -> None:
    """A row a person, or a household number that several people share, makes nobody an event."""
    head = "contact_id,account_id,name,email,phone,joined,total_spent\n"
    rows = "".join(
        f"k{n},h{n // 2},Ann{n} Lee,a{n}@mail.example,415-555-{n + 1000},2020-01-{n % 28 + 1:02},{n}.5\n"
        for n in range(60)
    )
    assert propose_mapping(workshop.write("crm.csv", head + rows)).settings.content == "people"
    ordered = head.replace("joined", "last_order") + rows
    assert propose_mapping(workshop.write("crm.csv", ordered)).settings.content == "people"
