"""`c360 compare`: pairs of records in one row each become probabilities and verdicts."""

from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import typer

from api.cli.output import check_folder, print_json
from api.cli.pair_tables import ROW, Pairs, read_pairs
from api.cli.progress import RichProgress
from api.cli.resolve_output import MODEL
from core.errors import MissingError
from ingest import PeopleOptions, read_rows
from lake.atomic import whole_file, write_atomically
from resolution import MatchModel, ResolutionSettings, ScoredPairs, resolve, score_pairs
from resolution.verdicts import nobodys_own, pair_verdicts

PAIRS: Final = "pairs.parquet"


def compare_command(
    pairs: Annotated[Path, typer.Argument(metavar="PAIRS", help="Two records in each row: CSV, JSON lines, Parquet.")],
    *,
    out: Annotated[Path, typer.Option(help="Folder for the results.")],
    model: Annotated[Path | None, typer.Option(metavar="FILE", help="A model.json; without it one is learned.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say of each pair of records whether both are one person: match, possible or none.

    Writes pairs.parquet (the row, probability, bits, verdict, why, and what belongs to neither side) and model.json.
    """
    check_folder(out)
    given = read_model_file(model) if model else None
    read = read_pairs(pairs)
    with closing(RichProgress()) as progress:
        records = _records(read)
        used = given or resolve(records, ResolutionSettings(link_only=True), progress=progress).model
        scored = score_pairs(records, *_places(records, read), used)
    table = _table(read, scored, used)
    out.mkdir(parents=True, exist_ok=True)
    with whole_file(out / PAIRS) as part:
        pq.write_table(table, part, compression="zstd")
    write_atomically(out / MODEL, used.to_json().encode())
    verdicts = dict(sorted(Counter(table.column("verdict").to_pylist()).items()))
    if json:
        print_json({"out": str(out), "pairs": table.num_rows, "verdicts": verdicts, "threshold": used.threshold})
    else:
        typer.echo(f"{table.num_rows:,} pairs: " + ", ".join(f"{count:,} {name}" for name, count in verdicts.items()))


def read_model_file(path: Path) -> MatchModel:
    """Read a model.json.

    Raises:
        MissingError: there is no such file.
    """
    if not path.is_file():
        raise MissingError(f"There is no file {path}.", remedy="Name a model.json.", file=str(path))
    return MatchModel.from_json(path.read_bytes())


def _records(pairs: Pairs) -> pa.Table:
    """Both sides as people, read as any people table is."""
    return read_rows({"left": pairs.left, "right": pairs.right}, PeopleOptions(id_columns=(ROW,))).records


def _places(records: pa.Table, pairs: Pairs) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the records that make each pair."""

    def rows(side: str, keys: pa.Array) -> np.ndarray:
        ids = pc.binary_join_element_wise(side, keys.cast(pa.string()), ":")
        places = pc.index_in(ids, value_set=records.column("record_id").combine_chunks())
        return np.asarray(places.to_numpy(zero_copy_only=False), dtype=np.int64)

    return rows("left", pairs.left_row), rows("right", pairs.right_row)


def _table(pairs: Pairs, scored: ScoredPairs, model: MatchModel) -> pa.Table:
    """What is written: one row a pair, in the order of the input."""
    columns = {
        "pair": pairs.other.column("pair").cast(pa.int64()),
        "probability": pa.array(scored.probability),
        "weight_bits": pa.array(scored.bits),
        "verdict": pair_verdicts(scored, model.threshold, nobodys_own(model)),
        "contributions": scored.contributions,
    }
    rest = {name: pairs.other.column(name) for name in pairs.other.column_names if name not in columns}
    return pa.table(columns | rest)
