"""What we use of adbc-driver-sqlite."""
