"""One script an engine: it reads the prepared table, matches it, and writes clusters and scored pairs."""
