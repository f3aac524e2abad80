"""What a run read is merged with what earlier runs knew: newest wins, in whatever order versions arrive."""
