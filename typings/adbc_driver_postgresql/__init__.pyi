"""What we use of adbc-driver-postgresql."""
