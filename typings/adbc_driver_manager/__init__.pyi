"""What we use of the ADBC driver manager."""
