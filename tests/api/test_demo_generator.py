"""The demo's company is made up reproducibly, keeps its truth apart, and is as dirty as records really are."""

import os
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from api.demo.contract import SOURCE_NAMES, Demo, Source
from api.demo.dirt import misspell
from api.demo.draws import stream
from api.demo.export import write_sources, write_truth
from api.demo.generate import generate, generate_people
from api.demo.layouts import people_truth, source_table
from api.demo.mistakes import BAD_LINES, strewn
from api.demo.settings_text import DEMO_SETTINGS

FIELDS: list[str] = generate_people(10)[0].drop_columns(["record_id", "source", "event_date"]).column_names
COMPARED = {
    "phone": r"right(regexp_replace(phone, '\D', '', 'g'), 10)",
    "sex": "lower(sex[1])",
    "date_of_birth": "coalesce(" + ", ".join(
        f"try_strptime(date_of_birth, '{form}')" for form in ("%Y-%m-%d", "%m/%d/%Y", "%Y%m%d", "%d.%m.%Y")
    ) + ")::varchar",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo() -> Demo:
    """A company of 3,000 people."""
    return generate(3_000, seed=7)


def test_the_same_seed_makes_the_same_company_byte_for_byte(tmp_path: Path) -> None:
    """Two companies of one seed are written to equal files, the database included."""
    for name in ("left", "right"):
        write_sources(generate(300, seed=11), tmp_path / name)
    left, right = (
        sorted(path for path in (tmp_path / name).rglob("*") if path.is_file()) for name in ("left", "right")
    )
    assert len(left) == len(right) == 13
    assert [path.read_bytes() for path in left] == [path.read_bytes() for path in right]


def test_another_seed_makes_another_company(demo: Demo) -> None:
    """No record is the same under another seed."""
    other = generate(3_000, seed=8)
    assert demo.registrations.table.column("last_name") != other.registrations.table.column("last_name")


@pytest.mark.parametrize("people", [300, 3_000])
def test_records_and_events_grow_with_people(people: int) -> None:
    """There are about three records and twenty-five events a person, at any size."""
    company = generate(people, seed=7)
    assert company.registrations.table.num_rows == pytest.approx(3 * people, rel=0.12)
    assert sum(stream.num_rows for stream in company.events.values()) == pytest.approx(25 * people, rel=0.25)


def test_every_person_is_written_down_somewhere(demo: Demo) -> None:
    """Nobody is known only to the generator."""
    assert set(demo.registrations.person.tolist()) == set(range(3_000))


def test_the_truth_covers_each_record_of_the_sources_once(demo: Demo) -> None:
    """Source and key name one record, and every record of every source is in the truth."""
    truth = people_truth(demo)
    known = set(truth.column("record_id").to_pylist())
    assert len(known) == truth.num_rows
    for source in Source:
        keys = source_table(demo.registrations, source).column(0).to_pylist()
        assert {f"{SOURCE_NAMES[source]}:{key}" for key in keys} <= known


def test_the_engine_never_sees_the_truth(demo: Demo, tmp_path: Path) -> None:
    """Truth has its own folder that the settings do not name, and no source's column tells whose a record is."""
    write_sources(demo, tmp_path / "sources")
    write_truth(demo, tmp_path / "truth")
    assert "truth" not in DEMO_SETTINGS
    assert not [path for path in (tmp_path / "sources").rglob("*") if "truth" in path.name or "persona" in path.name]
    told = {name for source in Source for name in source_table(demo.registrations, source).column_names}
    assert not told & {"person_id", "household_id", "persona", "behaviour"}


def test_keys_do_not_tell_whose_a_record_is(demo: Demo) -> None:
    """A record's number and its person's number rise and fall independently."""
    numbers = np.array([int(key.lstrip("COM-")) for key in demo.registrations.keys.to_pylist()])
    assert abs(np.corrcoef(numbers, demo.registrations.person)[0, 1]) < 0.05


def test_browsers_act_before_their_owner_is_known(demo: Demo) -> None:
    """Most registered browsers were active before; some browsers are never registered at all."""
    registered = set(demo.registrations.table.column("device_id").to_pylist())
    seen = set(demo.events["web_activity"].column("device_id").to_pylist())
    assert len(seen & registered) > 100
    assert len(seen - registered) > 10


def test_an_order_that_names_a_campaign_follows_its_click(demo: Demo) -> None:
    """A campaign's orders start only after somebody clicked that campaign's message."""
    messages, orders = demo.events["web_messages"], demo.events["web_orders"]
    clicked = messages.filter(pc.equal(messages.column("what"), "message_clicked"))
    led = orders.filter(pc.not_equal(orders.column("campaign"), ""))
    assert led.num_rows > 50
    for campaign in set(led.column("campaign").to_pylist()):
        first_order, first_click = (
            min(table.filter(pc.equal(table.column("campaign"), campaign)).column(at).to_pylist())
            for table, at in ((led, "ordered_at"), (clicked, "when"))
        )
        assert first_click < first_order


def test_bad_lines_stand_beside_good_ones() -> None:
    """Strewing keeps the header first and every good line whole."""
    content = b"head\n" + b"".join(b"good %d\n" % number for number in range(20))
    lines = strewn(content, ("bad one", "bad two")).decode().splitlines()
    assert lines[0] == "head"
    assert [line for line in lines if line.startswith("good")] == content.decode().splitlines()[1:]
    assert lines.count("bad one") == lines.count("bad two") == 1


def test_every_kind_of_bad_line_is_written(demo: Demo, tmp_path: Path) -> None:
    """Each planted mistake is in the file it belongs to."""
    write_sources(demo, tmp_path)
    for name, lines in BAD_LINES.items():
        written = (tmp_path / name).read_text(encoding="utf-8").splitlines()
        assert all(line in written for line in lines)


def test_a_slip_changes_one_or_two_neighbouring_characters() -> None:
    """A misspelt word is within two edits of the word, and no longer by more than one."""
    words = pa.array(["Christopher"] * 500)
    slipped = misspell(stream(1, "slips"), words, 1.0).to_pylist()
    assert all(abs(len(word) - len("Christopher")) <= 1 for word in slipped)
    assert sum(word != "Christopher" for word in slipped) > 400


@pytest.mark.skipif("C360_DATA" not in os.environ, reason="C360_DATA is not set")
def test_the_demo_is_as_dirty_as_a_large_real_looking_set(tmp_path: Path) -> None:
    """Blank shares, and agreement within pairs of one person, lie within 10 points of customers_1m, field by field."""
    records, truth = generate_people(8_000, seed=7)
    pq.write_table(records.append_column("person_id", truth.column("person_id")), tmp_path / "demo.parquet")
    folder = Path(os.environ["C360_DATA"]) / "customers_1m"
    theirs = (
        f"SELECT * FROM '{folder}/records.parquet' JOIN '{folder}/truth.parquet' USING (record_id)"
        " WHERE hash(household_id) % 40 = 1"
    )
    for field, ours, other in zip(
        FIELDS, _dirt(f"SELECT * FROM '{tmp_path}/demo.parquet'"), _dirt(theirs), strict=True
    ):
        assert ours == pytest.approx(other, abs=10), field


def _dirt(query: str) -> list[tuple[float, float]]:
    """Share of blanks and share of agreeing true pairs (where both are known) of each field, in points."""
    compared = ", ".join(f"nullif({COMPARED.get(field, f'lower({field})')}, '') AS {field}" for field in FIELDS)
    blanks = ", ".join(f"100 * avg(({field} = '')::INT)" for field in FIELDS)
    agree = ", ".join(f"100 * avg((l.{field} = r.{field})::INT)" for field in FIELDS)
    pairs = "l.person_id = r.person_id AND l.record_id < r.record_id"
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE people AS {query}")
        database.execute(f"CREATE TABLE compared AS SELECT person_id, record_id, {compared} FROM people")
        (blank,) = database.execute(f"SELECT {blanks} FROM people").fetchall()
        (same,) = database.execute(f"SELECT {agree} FROM compared l JOIN compared r ON {pairs}").fetchall()
    return list(zip(blank, same, strict=True))
