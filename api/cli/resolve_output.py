"""The folder that `c360 resolve` writes and `evaluate`, `explain` and `lookup` read.

clusters.parquet   source, record_id, entity_id, confidence; by source and record id
links.parquet      the links table
model.json         the match model
report.html        the report
inputs.json        which files were read and how, so that any pair can be explained later; no personal data
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from api.cli.left_out import left_out
from core.errors import BrokenError, MissingError
from ingest import ColumnKind, People, PeopleOptions
from lake.atomic import whole_file, write_atomically
from resolution import Links, MatchModel, Resolution, ResolutionSettings, content_entity_ids
from resolution.report import DEFAULT, ReportContext, count_sources, render_report, setting_rows

CLUSTERS: Final = "clusters.parquet"
LINKS: Final = "links.parquet"
MODEL: Final = "model.json"
REPORT: Final = "report.html"
INPUTS: Final = "inputs.json"
REJECTED: Final = "rejects.parquet"
SAID: Final = "said on the command line"


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """What a resolve read, and how."""

    files: tuple[str, ...]
    id_columns: tuple[str, ...]
    source_column: str | None
    ignore: tuple[str, ...]
    map: dict[str, str]
    settings: ResolutionSettings
    encoding: str | None = None
    encodings: dict[str, str] = {}

    @classmethod
    def of(cls, files: Sequence[Path], options: PeopleOptions, settings: ResolutionSettings) -> "Inputs":
        """Note the arguments of a resolve."""
        return cls(
            files=tuple(str(file.resolve()) for file in files),
            id_columns=options.id_columns,
            source_column=options.source_column,
            ignore=options.ignore,
            map=dict(options.map),
            settings=settings,
            encoding=options.encoding,
            encodings=dict(options.encodings),
        )

    def options(self) -> PeopleOptions:
        """How to read the files again."""
        return PeopleOptions(
            id_columns=self.id_columns,
            source_column=self.source_column,
            ignore=self.ignore,
            map=self.map,
            encoding=self.encoding,
            encodings=self.encodings,
        )


def write_resolution(out: Path, people: People, resolution: Resolution, inputs: Inputs) -> None:
    """Write the folder; each file appears whole, the report last."""
    out.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor() as pool:
        links = pool.submit(_write_links, out / LINKS, resolution.links)
        _write_table(out / CLUSTERS, cluster_table(people.records, resolution))
        page = render_report(resolution, _context(people, resolution, inputs)).encode()
        links.result()
    if people.rejects.num_rows:
        _write_table(out / REJECTED, people.rejects)
    else:
        (out / REJECTED).unlink(missing_ok=True)
    write_atomically(out / MODEL, resolution.model.to_json().encode())
    write_atomically(out / INPUTS, msgspec.json.format(msgspec.json.encode(inputs), indent=1) + b"\n")
    write_atomically(out / REPORT, page)


def _write_table(path: Path, table: pa.Table) -> None:
    with whole_file(path) as part:
        pq.write_table(table, part, compression="zstd")


def _write_links(path: Path, links: Links) -> None:
    reader = links.reader()
    with whole_file(path) as part, pq.ParquetWriter(part, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)


def _context(people: People, resolution: Resolution, inputs: Inputs) -> ReportContext:
    """What the report says of the run itself."""
    return ReportContext(
        title=f"Who is who in {', '.join(sorted({Path(file).name for file in inputs.files}))}",
        sources=count_sources(people.records),
        columns=tuple(_column_row(kind) for kind in people.kinds),
        settings=(
            *_setting_rows(inputs, resolution.model),
            *_encoding_rows(people, inputs),
            *(("how it was read", remark, "seen in the columns") for remark in people.remarks),
        ),
        record_ids=people.records.column("record_id").combine_chunks(),
    )


def cluster_table(records: pa.Table, resolution: Resolution) -> pa.Table:
    """Table `clusters`: source, record_id (the source's own key), entity_id, confidence; by source and record id."""
    entity_ids = content_entity_ids(records.column("record_id").combine_chunks(), resolution.clusters)
    table = pa.table(
        {
            "source": records.column("source").cast(pa.string()),
            "record_id": records.column("source_key").cast(pa.string()),
            "entity_id": entity_ids,
            "confidence": pa.array(resolution.membership, pa.float64()),
        }
    )
    return table.sort_by([("source", "ascending"), ("record_id", "ascending")])


def read_inputs(folder: Path) -> Inputs:
    """Read what a resolve noted.

    Raises:
        MissingError: the folder has no inputs.json.
        BrokenError: it was damaged.
    """
    try:
        return msgspec.json.decode(need(folder, INPUTS).read_bytes(), type=Inputs)
    except msgspec.DecodeError as error:
        raise BrokenError(f"{INPUTS} is damaged.", remedy="Run `c360 resolve` again.") from error


def read_model(folder: Path) -> MatchModel:
    """Read the folder's model."""
    return MatchModel.from_json(need(folder, MODEL).read_bytes())


def need(folder: Path, name: str) -> Path:
    """The path of one of the folder's files.

    Raises:
        MissingError: it is not there.
    """
    path = folder / name
    if not path.is_file():
        raise MissingError(
            f"There is no {name} in {folder}.", remedy="Name a folder that `c360 resolve` wrote.", file=str(path)
        )
    return path


def _column_row(kind: ColumnKind) -> tuple[str, str, str]:
    shown = f"{kind.kind}: {kind.system}" if kind.system else kind.kind
    known = "said" if kind.confidence >= 1 else f"found, {kind.confidence:.0%} sure"
    why = left_out(kind)
    return kind.column, shown, f"{known}; left out: {why}" if why else known


def _encoding_rows(people: People, inputs: Inputs) -> tuple[tuple[str, str, str], ...]:
    """How the files were decoded that do not say it themselves."""
    every = {"text files": inputs.encoding} if inputs.encoding else {}
    said = ((f"encoding of {file}", name, SAID) for file, name in (every | inputs.encodings).items())
    found = ((f"encoding of {file}", name, "found by its bytes") for file, name in sorted(people.guessed.items()))
    return *said, *found


def _setting_rows(inputs: Inputs, model: MatchModel) -> tuple[tuple[str, str, str], ...]:
    return (
        *setting_rows(inputs.settings, model, said=SAID),
        ("id columns", ", ".join(inputs.id_columns) or "row number", SAID if inputs.id_columns else DEFAULT),
        ("source", inputs.source_column or "name of the file", SAID if inputs.source_column else DEFAULT),
        ("ignored", ", ".join(inputs.ignore) or "none", SAID if inputs.ignore else DEFAULT),
    )
