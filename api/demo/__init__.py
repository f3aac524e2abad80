"""A made-up company with known truth, to see the whole engine at work."""
