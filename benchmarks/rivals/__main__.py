"""`make bench-resolution`: every engine on every labelled set, one process after another; names of sets may follow.

Beside the labelled sets stands a table of a million generated people, `people_1m`.

Results are added to `benchmarks/results/rivals.json`, one row a set and engine; `tools/reference.py` makes
`docs/reference/benchmarks.md` of them.
"""

import json
import os
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.__main__ import SETS, LabelledSet
from benchmarks.people import write_people
from benchmarks.process import Measured, run, run_command
from benchmarks.rivals.environment import HERE, python_of, version_of
from benchmarks.rivals.picture import write_picture
from benchmarks.rivals.prepare import RECORDS, TRUTH, prepare
from benchmarks.rivals.rules import FEW, MANY, Rules, expressions, fitting, pairs_made
from benchmarks.rivals.score import score
from benchmarks.surroundings import data_folder, keep, machine, today

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results" / "rivals.json"
CACHE = ROOT / ".cache" / "rivals"
LIMIT_S = 600.0
OURS = "customer360"
GENERATED = LabelledSet(
    name="people_1m",
    use="generated",
    files=("people_1m/records.parquet",),
    resolve=("--id", "record_id", "--source", "source"),
    truth=("people_1m/truth.parquet",),
    evaluate=("--label", "person_id", "--id", "record_id"),
)
GENERATED_ROWS = 1_000_000
ALL_SETS = (*SETS, GENERATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """An engine as it is run.

    Attributes:
        name: what the table calls it.
        package: its package and environment; the command `c360 resolve` when empty.
        mode: given to its script; `truth` stands for the truth file.
        large: whether it is run on large sets.
        rules: blocking rules given alike to several engines; its own when there are none.
    """

    name: str
    package: str = ""
    mode: str = "default"
    large: bool = True
    rules: Rules = ()


ENGINES = (
    Engine(name="customer360"),
    Engine(name="Splink, fast", package="splink", mode="fast"),
    Engine(name="Splink, documented", package="splink", mode="documented"),
    Engine(name="customer360, few rules", package=OURS, rules=FEW),
    Engine(name="Splink, few rules", package="splink", mode="fast", rules=FEW),
    Engine(name="Splink as documented, few rules", package="splink", mode="documented", rules=FEW),
    Engine(name="customer360, many rules", package=OURS, rules=MANY),
    Engine(name="Splink, many rules", package="splink", mode="fast", rules=MANY),
    Engine(name="GoldenMatch", package="goldenmatch"),
    Engine(name="recordlinkage", package="recordlinkage", large=False),
    Engine(name="dedupe, with labels", package="dedupe", mode="truth", large=False),
)


def run_engine(engine: Engine, prepared: Path) -> dict[str, Any]:
    """Run one engine on one prepared set and measure it; what fails is said, not left out."""
    load = round(os.getloadavg()[0], 1)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        rules = fitting(engine.rules, prepared / RECORDS)
        found = _run_script(engine, prepared, out, rules) if engine.package else _run_command(prepared, out)
        records = pq.read_metadata(prepared / RECORDS).num_rows
        row = {"engine": engine.name, "version": _version(engine), "records": records, "load": load}
        if found is None:
            return row | {"failed": f"failed, or took more than {LIMIT_S:.0f} s"}
        figures = {name: value for name, value in asdict(found).items() if name != "output"}
        if rules and engine.package != OURS:
            figures["pairs"] = pairs_made(rules, prepared / RECORDS)
        figures |= _said(engine, found.output)
        return row | figures | (_scored(prepared, out) if engine.package else _ours(prepared, out))


def _said(engine: Engine, output: str) -> dict[str, Any]:
    """What an engine says of its run: its pairs, and in its last line what it spent until its clusters were made."""
    if not engine.package:
        return {"pairs": json.loads(output)["pairs"]}
    last = output.strip().rpartition("\n")[2]
    return dict(json.loads(last)) if last.startswith("{") else {}


def _version(engine: Engine) -> str:
    return version("customer360-engine") if engine.package in ("", OURS) else version_of(engine.package)


def _run_command(prepared: Path, out: Path) -> Measured | None:
    words = ["resolve", str(prepared / RECORDS), "--id", "record_id", "--source", "source", "--out", str(out), "--json"]
    return run([sys.executable, "-m", "api.cli", *words], limit_s=LIMIT_S, log=out / "log.txt")


def _run_script(engine: Engine, prepared: Path, out: Path, rules: Rules) -> Measured | None:
    script = str(HERE / "engines" / f"{engine.package}_engine.py")
    places = [str(prepared / RECORDS), str(out)]
    if engine.package == OURS:
        words = [sys.executable, script, *places, *rules]
    else:
        mode = str(prepared / TRUTH) if engine.mode == "truth" else engine.mode
        words = [
            str(python_of(engine.package)),
            script,
            *places,
            mode,
            *("&".join(expressions(rule)) for rule in rules),
        ]
    found = run(words, limit_s=LIMIT_S, log=out / "log.txt")
    if found is None:
        print((out / "log.txt").read_text()[-2000:], file=sys.stderr)
    return found


def _ours(prepared: Path, out: Path) -> dict[str, Any]:
    """Our clusters, and the best of the thresholds that `c360 evaluate --sweep` tries."""
    truth = ["--truth", str(prepared / TRUTH), "--label", "label", "--id", "record_id"]
    judged = run_command(["evaluate", str(out), *truth, "--sweep", str(out / "sweep.svg"), "--json"])
    found = json.loads(judged.output)
    best = max(found["sweep"]["clusters"], key=lambda each: each["agreement"]["f1"])
    return _row(found["agreement"], best["agreement"], best["probability"])


def _scored(prepared: Path, out: Path) -> dict[str, Any]:
    found = score(out, prepared)
    return _row(asdict(found.default), asdict(found.best) if found.best else None, found.threshold)


def _row(default: dict[str, Any], best: dict[str, Any] | None, threshold: float | None) -> dict[str, Any]:
    kept = ("f1", "precision", "recall", "b3_f1")
    parts = {"default": {name: round(default[name], 5) for name in kept}}
    if best is not None and best["f1"] >= default["f1"]:
        return parts | {"best": {name: round(best[name], 5) for name in kept}, "best_threshold": threshold}
    return parts | {"best": parts["default"], "best_threshold": None}


def main(names: list[str]) -> int:
    """Measure the named sets and engines, or all of them."""
    data = data_folder()
    known = {each.name for each in ALL_SETS}
    sets = [each for each in ALL_SETS if each.name in names or not known & set(names)]
    engines = [each for each in ENGINES if each.name in names or not {one.name for one in ENGINES} & set(names)]
    _warm_up(data)
    for labelled in sets:
        prepared = prepare(labelled, _home(labelled, data), CACHE / labelled.name)
        large = (prepared / RECORDS).stat().st_size > 20e6
        for engine in engines:
            if engine.large or not large:
                _add({"set": labelled.name, "date": today(), **run_engine(engine, prepared)})
    return 0


def _home(labelled: LabelledSet, data: Path) -> Path:
    """The folder below which a set's files are; the generated one is made where it is not there."""
    if labelled != GENERATED:
        return data
    made = CACHE / "generated"
    if not (made / GENERATED.name / "truth.parquet").is_file():
        write_people(GENERATED_ROWS, made / GENERATED.name)
    return made


def _warm_up(data: Path) -> None:
    """Run our engine, so that its kernels are compiled as they are from the second run of an installation on."""
    smallest = next(each for each in SETS if each.name == "febrl3")
    prepared = prepare(smallest, data, CACHE / smallest.name)
    for engine in (each for each in ENGINES if each.package in ("", OURS)):
        run_engine(engine, prepared)


def _add(row: dict[str, Any]) -> None:
    """Put a row in the place of the former one of its set and engine, and draw all anew."""
    print(json.dumps(row), file=sys.stderr)
    before: list[dict[str, Any]] = json.loads(RESULTS.read_text(encoding="utf-8"))["rows"] if RESULTS.exists() else []
    places = {each.name: place for place, each in enumerate(ALL_SETS)} | {
        each.name: place for place, each in enumerate(ENGINES)
    }
    rows = [each for each in before if (each["set"], each["engine"]) != (row["set"], row["engine"])] + [row]
    rows.sort(key=lambda each: (places[each["set"]], places[each["engine"]]))
    keep({"machine": machine(), "rows": rows}, RESULTS)
    write_picture(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
