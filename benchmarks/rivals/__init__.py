"""Our engine beside others on the same tables, each in its own environment and process, measured alike."""
