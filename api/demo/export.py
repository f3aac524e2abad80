"""Write the demo's company down as seven systems would: CSV, JSON lines, Parquet and a database, and the truth apart.

sources/   crm/ web_shop/ loyalty/ ehr.db claims/ devices/ outreach/    what the engine reads
truth/     people.parquet personas.parquet segments.parquet             what it never reads
"""

from pathlib import Path
from typing import Final

import adbc_driver_sqlite.dbapi as sqlite
import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from api.demo.contract import DEMO_SEED, Demo, Source
from api.demo.generate import generate_people
from api.demo.layouts import absent, people_truth, persona_truth, segment_truth, source_table
from api.demo.mistakes import BAD_LINES, strewn

EHR_TABLES: Final = ("encounters", "conditions", "medications", "observations")


def write_sources(demo: Demo, sources: Path) -> None:
    """Write the seven systems' files below this folder, over what is there."""
    people = {source: source_table(demo.registrations, source) for source in Source}
    _csv(people[Source.CRM], sources / "crm/contacts.csv")
    _json_lines(people[Source.WEB_SHOP], sources / "web_shop/customers.jsonl")
    _json_lines(demo.events["web_orders"], sources / "web_shop/orders.jsonl")
    _json_lines(demo.events["web_activity"], sources / "web_shop/activity.jsonl")
    _json_lines(demo.events["web_messages"], sources / "web_shop/messages.jsonl")
    _parquet(absent(people[Source.LOYALTY]), sources / "loyalty/members.parquet")
    _parquet(absent(demo.events["loyalty_purchases"]), sources / "loyalty/purchases.parquet")
    ehr = {"patients": people[Source.EHR]} | {name: demo.events[f"ehr_{name}"] for name in EHR_TABLES}
    _database(ehr, sources / "ehr.db")
    _csv(people[Source.CLAIMS], sources / "claims/members.csv")
    _csv(demo.events["claims_lines"], sources / "claims/claims.csv")
    _json_lines(demo.events["device_readings"], sources / "devices/readings.jsonl")
    _csv(people[Source.OUTREACH], sources / "outreach/contacts.csv")
    _csv(demo.events["outreach_answers"], sources / "outreach/answers.csv")
    for name, lines in BAD_LINES.items():
        path = sources / name
        path.write_bytes(strewn(path.read_bytes(), lines))


def write_truth(demo: Demo, truth: Path) -> None:
    """Write what only the generator knows."""
    _parquet(people_truth(demo), truth / "people.parquet")
    _parquet(persona_truth(demo), truth / "personas.parquet")
    _parquet(segment_truth(demo), truth / "segments.parquet")


def write_people(folder: Path, people: int, seed: int = DEMO_SEED) -> None:
    """Write a people table of any size and its truth, for measuring: records.parquet and truth.parquet."""
    records, truth = generate_people(people, seed)
    _parquet(records, folder / "records.parquet")
    _parquet(truth, folder / "truth.parquet")


def _ready(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return path


def _csv(table: pa.Table, path: Path) -> None:
    pa_csv.write_csv(table, _ready(path))


def _parquet(table: pa.Table, path: Path) -> None:
    pq.write_table(table, _ready(path), compression="zstd")


def _json_lines(table: pa.Table, path: Path) -> None:
    """One object a line, in the table's order, without the fields that hold nothing."""
    with duckdb.connect(config={"threads": 1}) as database:
        database.register("rows", absent(table))
        database.execute("COPY (SELECT * FROM rows) TO $path (FORMAT JSON)", {"path": str(_ready(path))})


def _database(tables: dict[str, pa.Table], path: Path) -> None:
    connect = sqlite.connect
    with connect(str(_ready(path))) as connection, connection.cursor() as cursor:
        for name, table in tables.items():
            cursor.adbc_ingest(name, absent(table), mode="create")
        connection.commit()
