"""`c360 lookup`: does this person exist? Queries become candidates with probability and verdict."""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import typer

from api.cli.output import check_folder, print_json
from api.cli.people_tables import column_kinds, encodings_of, report_reading
from api.cli.progress import RichProgress
from api.cli.resolve_output import CLUSTERS, INPUTS, REJECTED, read_inputs, read_model
from ingest import PeopleOptions, read_people
from lake.atomic import whole_file
from resolution import MatchModel, ResolutionSettings, ScoredPairs, score_pairs
from resolution.lookup import Candidates, find_candidates
from resolution.verdicts import nobodys_own, pair_verdicts

CANDIDATES: Final = "candidates.parquet"
ANSWERS: Final = "answers.parquet"
QUERY: Final = "?"
"""The queries' source: no file is called so."""


def lookup_command(  # noqa: PLR0913  # every option of the command line is an argument
    queries: Annotated[Path, typer.Argument(metavar="QUERIES", help="People to look up.")],
    *,
    against: Annotated[Path, typer.Option(metavar="FILE|DIR", help="Known people: a table, or a resolve's folder.")],
    out: Annotated[Path, typer.Option(help="Folder for the results.")],
    id_: Annotated[list[str] | None, typer.Option("--id", metavar="COL", help="Unique id of either file.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="COL", help="Never evidence.")] = None,
    map_: Annotated[list[str] | None, typer.Option("--map", metavar="COL=KIND", help="What a column holds.")] = None,
    encoding: Annotated[
        list[str] | None,
        typer.Option(metavar="[FILE=]ENCODING", help="Of one file or all, when not found by itself: cp1251 …"),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Look people up: which known records might each query mean?

    Writes answers.parquet (each query's verdict and best candidate) and candidates.parquet (every candidate, why, and
    its entity where the known people were resolved). Columns of the queries that are no evidence belong in --ignore.
    """
    check_folder(out)
    every, encodings = encodings_of(encoding or ())
    asked = PeopleOptions(
        id_columns=tuple(id_ or ()),
        ignore=tuple(ignore or ()),
        map=column_kinds(map_ or ()),
        encoding=every,
        encodings=encodings,
    )
    files, options, model = _known(against, asked)
    with closing(RichProgress()) as progress:
        people = read_people([*files, queries], options, called={len(files): QUERY})
        report_reading(people)
        is_query = pc.equal(people.records.column("source"), QUERY).to_numpy()
        found = find_candidates(people.records, is_query, ResolutionSettings(), model=model, progress=progress)
        scored = score_pairs(people.records, found.query, found.known, found.model)
    candidates = _candidates(people.records, found, scored)
    entities = _entities(against, candidates.column("candidate"))
    answers = _answers(people.records.filter(pa.array(is_query)).column("source_key").to_pylist(), candidates)
    out.mkdir(parents=True, exist_ok=True)
    _write(out / CANDIDATES, candidates.append_column("entity_id", entities))
    _write(out / ANSWERS, answers)
    refused = people.rejects.filter(pc.equal(people.rejects.column("file"), queries.name))
    if refused.num_rows:
        _write(out / REJECTED, refused)
    verdicts = dict(sorted(Counter(answers.column("verdict").to_pylist()).items()))
    if json:
        print_json({"out": str(out), "queries": answers.num_rows, "rejected": refused.num_rows, "verdicts": verdicts})
    else:
        typer.echo(f"{answers.num_rows:,} queries: " + ", ".join(f"{many:,} {name}" for name, many in verdicts.items()))


def _known(against: Path, asked: PeopleOptions) -> tuple[list[Path], PeopleOptions, MatchModel | None]:
    """The known people's files, how to read them with the queries, and their model where they have one."""
    if not against.is_dir():
        return [against], asked, None
    inputs = read_inputs(against)
    options = replace(
        inputs.options(),
        id_columns=(*inputs.id_columns, *asked.id_columns),
        ignore=(*inputs.ignore, *asked.ignore),
        map=inputs.map | dict(asked.map),
        encoding=asked.encoding or inputs.encoding,
        encodings=inputs.encodings | dict(asked.encodings),
    )
    return [Path(file) for file in inputs.files], options, read_model(against)


def _candidates(records: pa.Table, found: Candidates, scored: ScoredPairs) -> pa.Table:
    """One row a candidate: query, candidate, probability, weight_bits, verdict, contributions; best first."""
    return pa.table(
        {
            "query": records.column("source_key").take(pa.array(found.query)),
            "candidate": records.column("record_id").take(pa.array(found.known)),
            "probability": pa.array(scored.probability),
            "weight_bits": pa.array(scored.bits),
            "verdict": pair_verdicts(scored, found.model.threshold, nobodys_own(found.model)),
            "contributions": scored.contributions,
        }
    )


def _answers(queries: Sequence[str], candidates: pa.Table) -> pa.Table:
    """One row a query: its best candidate's verdict, or none."""
    best: dict[str, dict[str, object]] = {}
    for row in candidates.drop_columns(["contributions"]).to_pylist():
        best.setdefault(row["query"], row)
    nobody = {"candidate": None, "probability": 0.0, "verdict": "none"}
    rows = [{"query": query} | {name: best.get(query, nobody)[name] for name in nobody} for query in queries]
    schema = pa.schema(
        [("query", pa.string()), ("candidate", pa.string()), ("probability", pa.float64()), ("verdict", pa.string())]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def _entities(against: Path, candidates: pa.ChunkedArray) -> pa.Array:
    """Entity of each candidate, null where the known people were not resolved."""
    if not (against / INPUTS).is_file():
        return pa.nulls(len(candidates), pa.string())
    clusters = pq.read_table(against / CLUSTERS)
    names = pc.binary_join_element_wise(clusters.column("source"), clusters.column("record_id"), ":")
    places = pc.index_in(candidates.combine_chunks(), value_set=names.combine_chunks())
    return clusters.column("entity_id").take(places).combine_chunks()


def _write(path: Path, table: pa.Table) -> None:
    with whole_file(path) as part:
        pq.write_table(table, part, compression="zstd")
