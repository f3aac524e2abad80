"""Measurements anyone can repeat; every figure in the documentation comes from a file in `benchmarks/results`."""
