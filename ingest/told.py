"""What a run tells people of its sources: rows with problems, alike ones counted as one; events of nobody known."""

from pathlib import Path
from typing import Final

import duckdb

from ingest.contract import Gone, Problem, Shared, Unknown
from lake.query import quoted

REASONS: Final = r"""
    SELECT source, file, regexp_replace(reason, ' (It runs|Set aside) up to line \d+\.$', '') AS why,
        count(*) AS rows, min(line) AS line, kept
    FROM read_parquet({path}) GROUP BY ALL ORDER BY kept, rows DESC, source, file, why"""


def problems_of(rejects: Path) -> tuple[Problem, ...]:
    """Count rejects by source, file and reason: rows set aside first, then rows kept, the most frequent first.

    Args:
        rejects: a Parquet file in the schema of REJECTS.
    """
    with duckdb.connect() as database:
        rows = database.execute(REASONS.format(path=quoted(str(rejects)))).fetchall()
    return tuple(
        Problem(source=source, file=file, reason=why, rows=count, line=line, kept=kept)
        for source, file, why, count, line, kept in rows
    )


def unknown_sentence(one: Unknown) -> str:
    """Say whose events nobody knows; no value is named."""
    events = "1 event is" if one.events == 1 else f"{one.events:,} events are"
    whose = f"1 {one.system}" if one.people == 1 else f"{one.people:,} {one.system}"
    if one.by_key:
        keys = "1 key" if one.people == 1 else f"{one.people:,} keys"
        return (
            f"{one.source}: {events} of {keys} that '{one.system}' does not have; "
            "each stands for somebody of whom nothing else is known."
        )
    return f"{one.source}: {events} by {whose} that no record of a person has; they follow when one claims it."


def shared_sentence(one: Shared) -> str:
    """Say whose events nobody can tell, and what would; no value is named."""
    events = "1 event is" if one.events == 1 else f"{one.events:,} events are"
    whose = f"1 {one.system}" if one.values == 1 else f"{one.values:,} {one.system}"
    return (
        f"{one.source}: {events} by {whose} that several people bear, so nobody can tell whose they are; "
        "each stands for somebody of whom nothing else is known. Name people by a key (`who`) where the rows hold one."
    )


def gone_sentence(one: Gone) -> str:
    """Say of a source that is no longer there what is kept of it, and how to be rid of that."""
    records = "1 record" if one.records == 1 else f"{one.records:,} records"
    events = "1 event" if one.events == 1 else f"{one.events:,} events"
    held = " and ".join(said for said, number in ((records, one.records), (events, one.events)) if number)
    return (
        f"{one.source}: c360.toml no longer has this source; what it gave is kept: {held}. "
        f"Put [sources.{one.source}] back; to be rid of it, once with deleted = a column that marks every row."
    )


def problem_sentence(one: Problem) -> str:
    """Say how many rows were set aside, or kept with a problem, for one reason, where the first is, and why."""
    rows = "1 row" if one.rows == 1 else f"{one.rows:,} rows"
    done = "kept with a problem" if one.kept else "set aside"
    first = f"line {one.line}" if one.rows == 1 else f"first line {one.line}"
    return f"{one.source}: {rows} {done} ({one.file}, {first}): {one.reason}"
