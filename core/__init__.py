"""What every package stands on: errors, ids, clock, settings, logs, progress. Nothing here knows about people."""
