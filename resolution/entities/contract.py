"""What unifying takes and gives."""

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """What the newest snapshot says of who is who.

    Attributes:
        members: table `members`; only `record_id` and `entity_id` are read.
        identity_log: table `identity_log`, whole, in the order it was written.
    """

    members: pa.Table
    identity_log: pa.Table


@dataclass(frozen=True, slots=True, kw_only=True)
class UnifyContext:
    """What a run knows besides its records.

    Attributes:
        key: the workspace key; new ids are HMACs under it.
        now: the run's clock.
        run_id: the run.
        judged: ids of records that a steward's judgement names since the previous run; changes that touch their
            entities are put down to the steward.
    """

    key: bytes
    now: datetime
    run_id: str
    judged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unified:
    """Who is who after a run, in the schemas of `lake.tables`.

    Attributes:
        entities: table `entities`, by entity id.
        members: table `members`, by record id.
        identity_log: the whole log: what was there, then this run's changes.
        changes: this run's changes alone; empty when nothing changed.
    """

    entities: pa.Table
    members: pa.Table
    identity_log: pa.Table
    changes: pa.Table
