"""What `c360 explain` and `evaluate` ask, whoever answers: a resolve's folder or a workspace."""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

import pyarrow as pa

from resolution import Judgement, MatchModel, ResolutionSettings

OF_PAIR: Final = 'SELECT * FROM links WHERE "left" = $left AND "right" = $right'
OF_MEMBERS: Final = """
    SELECT * FROM links WHERE "left" IN (SELECT unnest($members)) AND "right" IN (SELECT unnest($members))
    ORDER BY "left", "right\""""


class Evidence(Protocol):
    """What explanations are made of."""

    def pair(self, left: str, right: str) -> pa.Table:
        """The link of two records, as rows of LINKS: one or none."""
        ...

    def record(self, name: str) -> str:
        """The record's id, whether it is given as that or as the name that the API and the graph know it by."""
        ...

    def entity(self, entity_id: str) -> tuple[str, list[str]]:
        """The entity's present id and its record ids; empty when nobody bears the id."""
        ...

    def links(self, members: Sequence[str]) -> pa.Table:
        """Links among these records."""
        ...

    def records(self) -> pa.Table:
        """All records, as `resolve` takes them."""
        ...

    def sources(self) -> Mapping[str, str | None]:
        """By source, the column whose values name its records; None where they are named by row."""
        ...

    def model(self) -> MatchModel:
        """The match model in use."""
        ...

    def settings(self) -> ResolutionSettings:
        """How the records were resolved."""
        ...

    def judgements(self) -> Sequence[Judgement]:
        """What stewards said of records."""
        ...

    def clusters(self, run: str = "") -> pa.Table:
        """Who is who: source, record_id (the source's own key), entity_id; as an earlier run found it, where named."""
        ...

    def tell(self, records: Sequence[str], who: str | None) -> None:
        """Write down that `who` is told about the people of these records; called before anything is shown."""
        ...
