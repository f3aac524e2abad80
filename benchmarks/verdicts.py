"""`python -m benchmarks.verdicts`: what `c360 compare` and `c360 lookup` answer on two public sets of judged cases.

miis_pairs: pairs of patients in 25 scenarios, judged by experts; `compare` sees the pairs without labels.
cdc_recordlinker: people to look up among known ones, with the answer that is expected. Both are sets marked *report*.
`C360_DATA` names the data folder; results go to `benchmarks/results/verdicts.json`.
"""

import csv
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from benchmarks.process import run_command
from benchmarks.surroundings import data_folder, keep, machine, today

RESULTS: Final = Path(__file__).parent / "results" / "verdicts.json"
MIIS: Final = {"Match": "match", "Possible Match": "possible", "Not a Match": "none"}
CDC: Final = {"match": "match", "possible_match": "possible", "no_match": "none"}
QUERIES: Final = ("nbs_test", "better_test", "expanded_nbs_test")
EXPECTED, PERSON, ROW = "Expected Result", "Match Id", "row"
NEVER_SEEN: Final = ("label", "scenario", "test")
Counts = Counter[tuple[str, str]]


def compared(data: Path, folder: Path) -> dict[str, object]:
    """Verdicts on miis_pairs, in all and by scenario."""
    pairs = [json.loads(line) for line in (data / "miis_pairs" / "pairs.jsonl").read_text().splitlines()]
    seen = folder / "pairs.jsonl"
    rows = [{name: value for name, value in pair.items() if name not in NEVER_SEEN} for pair in pairs]
    seen.write_text("\n".join(map(json.dumps, rows)) + "\n")
    run_command(["compare", str(seen), "--out", str(folder / "compared")])
    said = pq.read_table(folder / "compared" / "pairs.parquet").column("verdict").to_pylist()
    judged = [(pair["scenario"], MIIS[pair["label"]], verdict) for pair, verdict in zip(pairs, said, strict=True)]
    scenarios = sorted({scenario for scenario, _, _ in judged})
    return {
        "set": "miis_pairs",
        **_figures(Counter((truth, verdict) for _, truth, verdict in judged)),
        "scenarios": [
            {"scenario": one, **_figures(Counter((truth, said) for name, truth, said in judged if name == one))}
            for one in scenarios
        ],
    }


def looked_up(data: Path, folder: Path, queries: str) -> dict[str, object]:
    """Verdicts on one file of queries, and how many answers name the person who is meant."""
    known = list(_numbered(data / "cdc_recordlinker" / "nbs_seed.csv"))
    asked = [row for row in _numbered(data / "cdc_recordlinker" / f"{queries}.csv") if row[EXPECTED] in CDC]
    files = [_write(folder / f"{name}.csv", rows) for name, rows in (("known", known), (queries, asked))]
    ignored = [word for name in (PERSON, EXPECTED, "Test Case #", "ID") for word in ("--ignore", name)]
    out = folder / f"found_{queries}"
    run_command(["lookup", files[1], "--against", files[0], "--id", ROW, *ignored, "--out", str(out)])
    person = {f"known:{row[ROW]}": row[PERSON] for row in known}
    truth = {row[ROW]: row for row in asked}
    answers = pq.read_table(out / "answers.parquet").to_pylist()
    found = [one for one in answers if truth[one["query"]][EXPECTED] == "match" and one["verdict"] != "none"]
    return {
        "set": f"cdc_recordlinker/{queries}",
        **_figures(Counter((CDC[truth[one["query"]][EXPECTED]], one["verdict"]) for one in answers)),
        "named": sum(person[one["candidate"]] == truth[one["query"]][PERSON] for one in found),
    }


def _numbered(file: Path) -> Iterator[dict[str, str]]:
    """Rows of a CSV file under numbers of their own; what overhangs a row is dropped."""
    with file.open(newline="", encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            yield {ROW: str(number), **{str(name): value for name, value in row.items() if name}}


def _write(file: Path, rows: list[dict[str, str]]) -> str:
    with file.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(file)


def _figures(counts: Counts) -> dict[str, object]:
    """How many there are, how many are answered as judged, and the answers by judgement."""
    total = sum(counts.values())
    return {
        "count": total,
        "as_judged": round(sum(many for (truth, said), many in counts.items() if truth == said) / total, 4),
        "answers": {truth: _answers(counts, truth) for truth in MIIS.values()},
    }


def _answers(counts: Counts, truth: str) -> dict[str, int]:
    return {said: counts[truth, said] for said in MIIS.values()}


def _sets(data: Path, folder: Path) -> Iterable[dict[str, object]]:
    yield compared(data, folder)
    for queries in QUERIES:
        yield looked_up(data, folder, queries)


def main() -> int:
    """Answer every case."""
    data = data_folder()
    with tempfile.TemporaryDirectory() as folder:
        found = {
            "date": today(),
            "machine": machine(),
            "sets": list(_sets(data, Path(folder))),
        }
    keep(found, RESULTS)
    print(json.dumps(found, indent=1), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
