"""`python -m benchmarks.calibration [SHARE...]`: are probabilities right, on the tune sets and tables made from them?

Each table is resolved by the default, with the records of each of these shares of the people; without any, all tables
with few of the people, and the sets and their tables of few second records with all. Compared with the labels: the
estimated number of matches, the Brier score of candidate pairs for each true match, and a reliability table of their
probabilities. `C360_DATA` names the data folder; results go to `benchmarks/results/calibration.json`.
"""

import re
import sys
import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.surroundings import data_folder, keep, machine, today
from core.progress import Silent
from ingest import PeopleOptions, read_people
from lake.memory import Handed
from resolution import ResolutionSettings
from resolution.pipeline import STAGES, Work, account, sum_up
from resolution.summary import Run, summarise

T = TypeVar("T")
RESULTS: Final = Path(__file__).parent / "results" / "calibration.json"
SEED: Final = 1
FEW: Final = 0.15
UNCHANGED, SECOND = "as it is", "second records"
BANDS: Final = (0.03, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 1.01)
YEAR: Final = re.compile(r"(?<!\d)(1[5-9]|20)\d\d(?!\d)")
PLACES: Final = frozenset(
    [
        "birth_place",
        "postcode_fake",
        "street_number",
        "street_name",
        "unit_number",
        "city",
        "state",
        "zipcode",
        "po_box",
    ]
)
DATES: Final = frozenset(["dob", "date_of_birth"])
DAY: Final = re.compile(r"^(\d{4})-(\d\d)-(\d\d)$")
GERMAN: Final = {
    "first_name": "Vorname",
    "middle_name": "Zweiter Vorname",
    "last_name": "Nachname",
    "surname": "Nachname",
    "first_and_surname": "Name",
    "full_name": "Voller Name",
    "dob": "Geburtsdatum",
    "date_of_birth": "Geburtsdatum",
    "birth_place": "Geburtsort",
    "postcode_fake": "Postleitzahl",
    "zipcode": "Postleitzahl",
    "gender": "Geschlecht",
    "sex": "Geschlecht",
    "occupation": "Beruf",
    "street_number": "Hausnummer",
    "street_name": "Strasse",
    "city": "Ort",
    "state": "Bundesland",
    "age": "Alter",
}
KEY, LABEL, SOURCE = "row_id", "label", "source"


def historical(data: Path) -> pa.Table:
    """historical_50k with its label."""
    table = pq.read_table(next((data / "historical_50k").glob("*.parquet")))
    return table.rename_columns([KEY, LABEL, *table.column_names[2:]])


def multisource(data: Path) -> pa.Table:
    """multisource_114k with its label."""
    records = pq.read_table(data / "multisource_114k" / "records.parquet")
    truth = pq.read_table(data / "multisource_114k" / "truth.parquet")
    named = records.rename_columns([KEY, *records.column_names[1:]])
    return named.append_column(LABEL, truth.column("simulant_id"))


READ: Final = {"historical_50k": historical, "multisource_114k": multisource}


def second_records(share: float) -> Callable[[pa.Table], pa.Table]:
    """One record of each person, and a second one of a share of the people."""

    def change(table: pa.Table) -> pa.Table:
        draw = np.random.default_rng(SEED)
        label = table.column(LABEL).combine_chunks().dictionary_encode().indices.to_numpy()
        order = draw.permutation(table.num_rows)
        order = order[np.argsort(label[order], kind="stable")]
        first = np.append(True, label[order][1:] != label[order][:-1])
        number = np.arange(len(order)) - np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
        twice = draw.random(int(label.max()) + 1) < share
        return table.take(pa.array(np.sort(order[(number == 0) | ((number == 1) & twice[label[order]])])))

    return change


def only_years(table: pa.Table) -> pa.Table:
    """Years instead of dates, and no ages."""
    for name in DATES & set(table.column_names):
        found = [YEAR.search(text or "") for text in table.column(name).to_pylist()]
        years = pa.array([match.group(0) if match else None for match in found], pa.string())
        table = table.set_column(table.column_names.index(name), "year_of_birth", years)
    return table.drop_columns([name for name in ("age",) if name in table.column_names])


def without_places(table: pa.Table) -> pa.Table:
    """No address, city or postcode."""
    return table.drop_columns([name for name in table.column_names if name in PLACES])


def numbered_headers(table: pa.Table) -> pa.Table:
    """Headers that say nothing, such as c0."""
    kept = {KEY, LABEL, SOURCE}
    return table.rename_columns([name if name in kept else f"c{at}" for at, name in enumerate(table.column_names)])


def some_people(share: float) -> Callable[[pa.Table], pa.Table]:
    """All records of a share of the people."""

    def change(table: pa.Table) -> pa.Table:
        label = table.column(LABEL).combine_chunks().dictionary_encode().indices.to_numpy()
        kept = np.random.default_rng(SEED).random(int(label.max()) + 1) < share
        return table.filter(pa.array(kept[label]))

    return change


def constant_column(table: pa.Table) -> pa.Table:
    """A column that says the same of everybody."""
    return table.append_column("company", pa.array(["Acme Ltd"] * table.num_rows))


def free_text(table: pa.Table) -> pa.Table:
    """Remarks of six words that have nothing to do with who it is."""
    words = np.array(
        ["called", "again", "about", "delivery", "card", "wants", "sent", "back", "next", "week", "never", "new"]
    )
    chosen = np.random.default_rng(SEED).choice(words, (table.num_rows, 6))
    return table.append_column("remarks", pa.array([" ".join(row) for row in chosen.tolist()]))


def row_number(table: pa.Table) -> pa.Table:
    """The number of the row as a column."""
    return table.append_column("number", pa.array(np.arange(table.num_rows)))


def shuffled(table: pa.Table) -> pa.Table:
    """Columns and rows in another order."""
    draw = np.random.default_rng(SEED)
    order: list[int] = draw.permutation(table.num_columns).tolist()
    names: list[str] = [table.column_names[at] for at in order]
    return table.select(names).take(pa.array(draw.permutation(table.num_rows)))


def translated_headers(table: pa.Table) -> pa.Table:
    """Headers in German, as far as there is a word."""
    return table.rename_columns([GERMAN.get(name, name) for name in table.column_names])


def days_first(table: pa.Table) -> pa.Table:
    """Every second record's date with the day first, as another system writes it."""
    for name in DATES & set(table.column_names):
        texts = [DAY.sub(r"\3/\2/\1", text or "") for text in table.column(name).to_pylist()]
        turned = pa.array([text or None for text in texts], pa.string())
        odd = pa.array(np.arange(table.num_rows) % 2 == 1)
        mixed = pc.if_else(odd, turned, table.column(name).combine_chunks().cast(pa.string()))
        table = table.set_column(table.column_names.index(name), name, mixed)
    return table


CHANGES: Final[dict[str, tuple[Callable[[pa.Table], pa.Table], ...]]] = {
    "as it is": (),
    "headers c0, c1 …": (numbered_headers,),
    "a constant column": (constant_column,),
    "free text": (free_text,),
    "row numbers": (row_number,),
    "shuffled": (shuffled,),
    "headers in German": (translated_headers,),
    "every second date day first": (days_first,),
    "years only": (only_years,),
    "no address": (without_places,),
    "second records of 10 %": (second_records(0.1),),
    "second records of 1 %": (second_records(0.01),),
    "second records of 10 %, years only": (second_records(0.1), only_years),
    "second records of 10 %, no address": (second_records(0.1), without_places),
}


def measure(table: pa.Table) -> dict[str, object]:
    """Resolve a table by the default and compare its probabilities with its labels."""
    run, label = resolve_table(table)
    sizes = np.bincount(label).astype(np.float64)
    true = float((sizes * (sizes - 1) / 2).sum())
    chance = 1 / (1 + np.exp2(-run.edges.bits))
    right = label[run.edges.left] == label[run.edges.right]
    return {
        "records": len(label),
        "true_matches": int(true),
        "estimated_to_true": round(summarise(run).estimated_matches / true, 3),
        "brier_per_true_match": round(float(((chance - right) ** 2).sum()) / true, 4),
        "reliability": _reliability(chance, right),
    }


def resolve_table(table: pa.Table) -> tuple[Run, NDArray[np.int64]]:
    """Resolve a table without its labels; the label of each coded row stands beside the run."""
    work, label = work_on(table)
    return account(work), label


def work_on(table: pa.Table) -> tuple[Work, NDArray[np.int64]]:
    """All stages up to the choice of links, on a table without its labels, and the label of each coded row."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.parquet"
        pq.write_table(table.drop_columns([LABEL]), file)
        source = SOURCE if SOURCE in table.column_names else None
        records = read_people([file], PeopleOptions(id_columns=(KEY,), source_column=source)).records
    work = Work(records=Handed(records), settings=ResolutionSettings(), judgements=(), progress=Silent())
    for stage in STAGES[: STAGES.index(sum_up)]:
        work = stage(work)
    place = pc.index_in(records.column("source_key"), value_set=table.column(KEY).combine_chunks().cast(pa.string()))
    coded = table.column(LABEL).combine_chunks().dictionary_encode().indices.to_numpy()
    return work, coded[place.to_numpy()][_made(work.encoded).order].astype(np.int64)


def _made(result: T | None) -> T:
    assert result is not None
    return result


def _reliability(chance: NDArray[np.float64], right: NDArray[np.bool_]) -> list[dict[str, float]]:
    """Mean probability and true share of candidate pairs, by band of probability."""
    band = np.searchsorted(BANDS, chance, side="right")
    rows = [(band == at) for at in range(1, len(BANDS)) if (band == at).any()]
    return [
        {
            "pairs": int(row.sum()),
            "said": round(float(chance[row].mean()), 3),
            "true": round(float(right[row].mean()), 3),
        }
        for row in rows
    ]


def derived(data: Path, name: str, change: str, share: float) -> pa.Table:
    """One of the sets, changed as named, with the records of a share of its people."""
    table = READ[name](data)
    for step in (some_people(share), *CHANGES[change]):
        table = step(table)
    return table


def _asked(shares: list[str]) -> list[tuple[float, str, str]]:
    """Which tables: all with the shares given, else all with few of the people, and the telling ones with all."""
    if shares:
        return [(float(share), name, change) for share, name, change in product(shares, READ, CHANGES)]
    whole = [change for change in CHANGES if change == UNCHANGED or change.startswith(SECOND)]
    return [(1.0, name, change) for name, change in product(READ, whole)] + [
        (FEW, name, change) for name, change in product(READ, CHANGES)
    ]


def main(arguments: list[str]) -> int:
    """Measure every table of both sets."""
    data = data_folder()
    rows: list[dict[str, object]] = []
    for share, name, change in _asked(arguments):
        table = derived(data, name, change, share)
        rows.append({"set": name, "change": change, "share": share, **measure(table)})
        print({key: value for key, value in rows[-1].items() if key != "reliability"}, file=sys.stderr, flush=True)
        kept = {"date": today(), "machine": machine(), "tables": rows}
        keep(kept, RESULTS)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
