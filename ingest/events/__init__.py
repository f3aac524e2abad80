"""Events: rows that say that something happened to someone."""
