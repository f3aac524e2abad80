"""The graph as files for Neptune's bulk loader: CSV with typed headers, compressed, vertices apart from edges.

    DIR/vertices/Person.csv.gz      ~id,~label,given_name:String(single),created_ts:Long(single) …
    DIR/edges/HAS_RECORD.csv.gz     ~id,~from,~to,~label …

Load `vertices/` first, then `edges/`. The same graph gives the same bytes. Written by the loader's documentation; no
Neptune has read these files yet.

Source: Amazon Neptune User Guide, Gremlin load data format.
"""

import gzip
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
from pyarrow import csv

from graph.contract import Batch, EdgeBatch
from graph.ontology import Ontology
from graph.ontology.types import Property
from graph.ontology.vertices import UID

LEVEL: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkReport:
    """What was written: files in the order to load them, and how many elements."""

    files: tuple[Path, ...]
    vertices: int
    edges: int


def write_bulk(batches: Iterable[Batch], ontology: Ontology, directory: Path) -> BulkReport:
    """Write the batches below a directory, streaming; files of the same name are replaced."""
    counts = {"vertices": 0, "edges": 0}
    files: dict[Path, gzip.GzipFile] = {}
    with ExitStack() as stack:
        for batch in batches:
            path = directory / _folder(batch) / f"{batch.label}.csv.gz"
            if path not in files:
                files[path] = stack.enter_context(_created(path))
                files[path].write((",".join(header(batch, ontology)) + "\n").encode())
            csv.write_csv(columns(batch, ontology), files[path], csv.WriteOptions(include_header=False))
            counts[_folder(batch)] += batch.table.num_rows
    ordered = sorted(files, key=lambda path: (path.parent.name != "vertices", path.name))
    return BulkReport(files=tuple(ordered), vertices=counts["vertices"], edges=counts["edges"])


def header(batch: Batch, ontology: Ontology) -> list[str]:
    """The header of the file that this batch belongs in."""
    if isinstance(batch, EdgeBatch):
        named = [f"{item.name}:{item.type}" for item in _properties(batch, ontology)]
        return ["~id", "~from", "~to", "~label", *named]
    return ["~id", "~label", *(f"{item.name}:{item.type}(single)" for item in _properties(batch, ontology))]


def columns(batch: Batch, ontology: Ontology) -> pa.Table:
    """The batch in the order of its header; what it lacks is empty."""
    table = batch.table
    label = pa.repeat(pa.scalar(batch.label, pa.string()), table.num_rows)
    names = ["id", "out", "in_"] if isinstance(batch, EdgeBatch) else ["id"]
    values = [
        table.column(item.name) if item.name in table.column_names else pa.nulls(table.num_rows)
        for item in _properties(batch, ontology)
    ]
    arrays = [*(table.column(name) for name in names), label, *values]
    return pa.table(arrays, names=[str(index) for index in range(len(arrays))])


def _properties(batch: Batch, ontology: Ontology) -> tuple[Property, ...]:
    if isinstance(batch, EdgeBatch):
        return ontology.edges[batch.label].properties
    return (UID, *ontology.vertices[batch.label].properties)


def _folder(batch: Batch) -> str:
    return "edges" if isinstance(batch, EdgeBatch) else "vertices"


def _created(path: Path) -> gzip.GzipFile:
    """A compressed file without a name or time inside, so that equal content has equal bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return gzip.GzipFile(path, "wb", compresslevel=LEVEL, mtime=0)
