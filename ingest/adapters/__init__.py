"""Where rows come from: files and databases."""
