"""Open tables: schemas, snapshots, atomic writes, queries and exports."""

from lake.contract import DataFile, Draft, Export, Lake, Rows, Snapshot, TableVersion
from lake.export import export_rows
from lake.parquet import ParquetLake
from lake.query import open_views, to_schema

__all__ = [
    "DataFile",
    "Draft",
    "Export",
    "Lake",
    "ParquetLake",
    "Rows",
    "Snapshot",
    "TableVersion",
    "export_rows",
    "open_views",
    "to_schema",
]
