"""Open tables: schemas, snapshots, atomic writes, queries and exports."""
