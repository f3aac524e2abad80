"""People: rows of a table, with the kind of each column known, become profiles."""
