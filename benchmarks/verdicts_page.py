"""A part of `docs/reference/accuracy.md`: what `compare` and `lookup` answer on judged cases."""

import json
from pathlib import Path
from typing import Any, Final

from benchmarks.surroundings import written

RESULTS: Final = Path(__file__).parent / "results" / "verdicts.json"
PAGE: Final = """
## Verdicts

What `c360 compare` answers on miis_pairs (pairs judged by experts) and `c360 lookup` on cdc_recordlinker (people to
find among 1,044 known ones), without labels and without settings (`python -m benchmarks.verdicts`,
{where}). Answers stand as match / possible / none. Both are *report* sets, but the
rules of a verdict were settled while looking at them. What cdc_recordlinker expects follows a book of rules: whoever
differs from a known person in a digit of a number and one thing more is nobody, where `lookup` says match or possible;
it never says none where number, names or address are nearly those of somebody known. *Named*: of the queries that
should match, those whose best candidate is the very person; some known people are near copies of each other.

| cases | count | as judged | judged match | judged possible | judged none | named |
|---|---|---|---|---|---|---|
{rows}
miis_pairs by scenario, 98 pairs each:

| scenario | as judged | judged match | judged possible | judged none |
|---|---|---|---|---|
{scenarios}"""


def verdicts_page() -> str:
    """The part; empty before anything was measured."""
    if not RESULTS.exists():
        return ""
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    where = written(found)
    rows = "".join(
        f"| {one['set']} | {one['count']:,} {_answers(one)} {one.get('named', '')} |\n" for one in found["sets"]
    )
    scenarios = "".join(f"| {_words(one['scenario'])} {_answers(one)}\n" for one in found["sets"][0]["scenarios"])
    return PAGE.format(where=where, rows=rows, scenarios=scenarios)


def _answers(one: dict[str, Any]) -> str:
    """The cells of one line, from the share answered as judged on."""
    cells = [" / ".join(f"{many:,}" for many in answers.values()) for answers in one["answers"].values()]
    return f"| {one['as_judged']:.1%} | {' | '.join(cells)} |"


def _words(scenario: str) -> str:
    return scenario.lower().replace("_", " ")
