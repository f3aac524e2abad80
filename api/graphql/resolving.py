"""Whom a record is of: its fields cleaned as ingest cleans them, likely records found by SQL, and weighed by the model.

A sample of other records goes along, so that the rarity of a value is counted as in the model's training.
"""

from typing import Final

import numpy as np
import pyarrow as pa
import strawberry

from api.graphql.context import Request
from api.graphql.inputs import given
from api.graphql.types.evidence import Candidate, Contribution, RecordInput, Resolved
from core.errors import BadInputError, MissingError
from ingest import PeopleOptions, read_rows
from lake.tables import RECORDS
from resolution import MatchModel, score_pairs
from resolution.verdicts import nobodys_own, pair_verdicts
from resolution.why import PairWhy, from_score

FEWEST_FIELDS: Final = 2
LONGEST_FIELD: Final = 200
CANDIDATES: Final = 100
SAMPLE: Final = 3000
COLUMNS: Final = ("record_id", "source", "source_key", *(field.name for field in RECORDS.schema if field.name in (
    "given_name", "middle_name", "family_name", "nicknames", "suffix", "birth_date", "sex", "emails", "phones",
    "addresses", "identifiers", "devices", "categories",
)))  # fmt: skip
LIKELY: Final = f"""
    WITH asked AS (SELECT * FROM asked_record), living AS (
        SELECT {", ".join(f"r.{name}" for name in COLUMNS)} FROM records r JOIN members USING (record_id)
        WHERE r.deleted_at IS NULL),
    scored AS (
        SELECT l.*,
            3 * coalesce(list_has_any(l.emails, a.emails), false)::INT
            + 3 * coalesce(list_has_any(l.phones, a.phones), false)::INT
            + 2 * coalesce(l.birth_date = a.birth_date, false)::INT
            + 2 * coalesce(l.family_name = a.family_name, false)::INT
            + coalesce(l.given_name = a.given_name, false)::INT
            + coalesce(l.addresses[1].postcode = a.addresses[1].postcode, false)::INT AS hits
        FROM living l, asked a)
    SELECT * EXCLUDE (hits), hits >= 2 AS likely FROM scored
    QUALIFY row_number() OVER (ORDER BY hits DESC, record_id) <= {CANDIDATES}
        OR row_number() OVER (ORDER BY md5(record_id), record_id) <= {SAMPLE}
    ORDER BY hits DESC, record_id"""


def resolve_record(request: Request, record: RecordInput) -> Resolved:
    """Find the people a record may be of, likeliest first.

    Raises:
        MissingError: there is no model yet.
        BadInputError: the record says too little, or too much.
    """
    model = request.engine.model()
    if model is None:
        raise MissingError("There is no match model yet.", remedy="Run `c360 run` first.")
    asked: pa.Table = read_record(record)
    connection = request.connection()
    connection.register("asked_record", asked)
    try:
        likely = connection.sql(LIKELY).to_arrow_table()
    finally:
        connection.unregister("asked_record")
    weighed = weigh(asked, likely, model)
    own = asked["record_id"][0].as_py()
    people = _people(request, [why.left if why.right == own else why.right for why, _ in weighed])
    best: dict[str, Candidate] = {}
    for (why, verdict), person in zip(weighed, people, strict=True):
        best.setdefault(person, _candidate(person, why, verdict))
    candidates = [candidate for candidate in best.values() if candidate.verdict != "none"]
    matched = candidates[0].entity if candidates and candidates[0].verdict == "match" else None
    return Resolved(entity=matched, candidates=candidates, snapshot=request.snapshot().id)


def read_record(record: RecordInput) -> pa.Table:
    """Clean a record's fields as ingest cleans a file's, in memory only.

    Raises:
        BadInputError: it has too few fields, or one that is too long or no text.
    """
    said = {name: str(value) for name, value in given(record).items()}
    if len(said) < FEWEST_FIELDS or any(len(value) > LONGEST_FIELD for value in said.values()):
        raise BadInputError(
            "The record cannot be resolved.",
            remedy=f"Give at least {FEWEST_FIELDS} fields of at most {LONGEST_FIELD} characters.",
        )
    if any("\0" in value for value in said.values()):
        raise BadInputError("The record cannot be read.", remedy="Write each field as a source would.")
    rows = pa.table({name: pa.array([value], pa.string()) for name, value in said.items()})
    people = read_rows({"asked": rows}, PeopleOptions(map={name: name for name in said}))
    return people.records.select([name for name in COLUMNS if name in people.records.column_names])


def weigh(asked: pa.Table, likely: pa.Table, model: MatchModel) -> list[tuple[PairWhy, str]]:
    """Weigh the record against every likely one, with the verdict on each; strongest first, ties by record id."""
    names = [name for name in asked.column_names if name in likely.column_names]
    schema = pa.schema([RECORDS.schema.field(name).with_nullable(True) for name in names])
    together = pa.concat_tables([asked.select(names).cast(schema), likely.select(names).cast(schema)])
    rows = np.flatnonzero(likely["likely"].to_numpy(zero_copy_only=False)) + 1
    if not rows.size:
        return []
    scored = score_pairs(together, np.zeros(rows.size, dtype=np.int64), rows.astype(np.int64), model)
    ids = together["record_id"].to_pylist()
    whys = [from_score(ids[0], ids[row], scored, place) for place, row in enumerate(rows.tolist())]
    judged = zip(whys, pair_verdicts(scored, model.threshold, nobodys_own(model)).to_pylist(), strict=True)
    return sorted(judged, key=lambda one: (-one[0].weight_bits, one[0].right))


def _people(request: Request, records: list[str]) -> list[str]:
    found = request.connection().execute(
        "SELECT record_id, entity_id FROM members WHERE record_id IN (SELECT unnest(?::VARCHAR[]))", [records]
    )
    known = dict(found.fetchall())
    return [known[record] for record in records]


def _candidate(person: str, why: PairWhy, verdict: str) -> Candidate:
    return Candidate(
        entity=strawberry.ID(person),
        probability=why.probability,
        verdict=verdict,
        bits=why.weight_bits,
        contributions=[Contribution(field=one.field, level=one.level, bits=one.bits) for one in why.contributions],
    )
