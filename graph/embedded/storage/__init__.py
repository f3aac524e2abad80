"""Where the embedded graph lives: columns and adjacency in memory, one SQLite file on disk."""
