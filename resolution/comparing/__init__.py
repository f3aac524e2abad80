"""Two coded records become one small integer level a field: how far they agree there."""
