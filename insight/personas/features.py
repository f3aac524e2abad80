"""What personas are made from: behaviour and profile of every person, counted in SQL over the lake's views.

Only columns that enough people have become features, so that nobody is described by a rarity.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import duckdb
import numpy as np

from core.clock import epoch_ms
from insight.ages import age_sql
from insight.asking import ask
from insight.contract import Parameter, Sql
from insight.personas.contract import CHANNEL_SHARE, TYPE_SHARE, Feature, FeatureTable
from insight.segments.windows import DAY_MS

MOST_OF_A_KIND: Final = 8
LEAST_SHARE: Final = 0.02
MONEY: Final = "DECIMAL(18, 4)"
CHANNEL_WORDS: Final = {
    "web": ("online", "rarely online"), "email": ("e-mail readers", "rarely by e-mail"),
    "store": ("store shoppers", "rarely in stores"), "clinic": ("clinic visitors", "rarely in clinics"),
    "device": ("wearable users", "without wearables"), "outreach": ("outreach contacts", "rarely asked"),
}  # fmt: skip
TYPE_WORDS: Final = {
    "order": ("online buyers", "few orders"), "purchase": ("store buyers", "few purchases"),
    "view": ("browsers", "little browsing"), "visit": ("frequent patients", "few visits"),
    "claim": ("insurance users", "few claims"), "medication": ("on medication", "little medication"),
    "condition": ("many conditions", "few conditions"), "reading": ("self-trackers", "few readings"),
    "observation": ("closely watched", "rarely measured"), "answer": ("survey answerers", "few answers"),
    "message_sent": ("on the mailing list", "rarely written to"),
    "message_opened": ("message openers", "few messages opened"),
    "message_clicked": ("campaign clickers", "few clicks"),
}  # fmt: skip
DID: Final = """did AS (
    SELECT m.entity_id, e.type, e.channel, e.about, e.value, TRY_CAST(e.cost AS DECIMAL(18, 4)) AS money,
        epoch_ms(e.at) AS at_ms, map_extract_value(e.attributes, 'response') AS response
    FROM events e JOIN members m ON m.record_id = e.record_id WHERE epoch_ms(e.at) <= ?)"""

Column = tuple[Feature, str, tuple[Parameter, ...]]


def read_features(connection: duckdb.DuckDBPyConnection, now: datetime) -> FeatureTable:
    """Measure everybody who did anything until now; whoever did nothing has no behaviour to be clustered by.

    Cost: a few passes over the events; about a second for half a million.
    """
    columns = _columns(connection, now)
    selected = ", ".join(f"({text})::DOUBLE AS f{place}" for place, (_, text, _) in enumerate(columns))
    text = f"""WITH {DID}
        SELECT d.entity_id, {selected}
        FROM did d JOIN entities p USING (entity_id) GROUP BY d.entity_id ORDER BY d.entity_id"""
    values: tuple[Parameter, ...] = (epoch_ms(now), *[value for _, _, values in columns for value in values])
    # Parameters in the text come in this order: the CTE's first, then each column's.
    rows = ask(connection, Sql(text=text, parameters=values))
    matrix = [rows.column(f"f{place}").to_numpy() for place in range(len(columns))]
    return FeatureTable(
        entity_ids=[str(entity_id) for entity_id in rows.column("entity_id").to_pylist()],
        features=tuple(feature for feature, _, _ in columns),
        values=np.column_stack(matrix).astype(np.float64) if len(rows) else np.empty((0, len(columns))),
    )


def _columns(connection: duckdb.DuckDBPyConnection, now: datetime) -> list[Column]:
    columns: list[Column] = [
        (
            Feature(name="days since last seen", block="activity", high="lapsed", low="recently active", shape="log"),
            f"(? - max(at_ms)) / {DAY_MS}",
            (epoch_ms(now),),
        ),
        (
            Feature(
                name="touchpoints in a year", block="activity", high="very active", low="rarely active", shape="log"
            ),
            "count(*) FILTER (WHERE at_ms > ?)",
            (epoch_ms(now) - 365 * DAY_MS,),
        ),
        (
            Feature(name="money in a year", block="activity", high="high spenders", low="low spenders", shape="log"),
            "coalesce(sum(money) FILTER (WHERE at_ms > ?), 0)",
            (epoch_ms(now) - 365 * DAY_MS,),
        ),
        (
            Feature(name="age", block="profile", high="older", low="younger"),
            f"any_value({age_sql('p.birth_date', now)})",
            (),
        ),
    ]
    columns += [_share("type", TYPE_SHARE, kind, TYPE_WORDS) for kind in _common(connection, now, "type")]
    columns += [
        _share("channel", CHANNEL_SHARE, channel, CHANNEL_WORDS) for channel in _common(connection, now, "channel")
    ]
    columns += [
        _reading(measure) for measure in _common(connection, now, "about", "type IN ('reading', 'observation')")
    ]
    answers = _common(connection, now, "about || ': ' || response", "type = 'answer'")
    return columns + [_answer(answer) for answer in answers]


def _common(connection: duckdb.DuckDBPyConnection, now: datetime, what: str, where: str = "TRUE") -> Sequence[str]:
    """The values that most people have, most people first, ties by name; none that few have."""
    text = f"""WITH {DID}, counted AS (
            SELECT {what} AS value, count(DISTINCT entity_id) AS people FROM did WHERE {where} GROUP BY 1)
        SELECT value FROM counted, (SELECT count(DISTINCT entity_id) AS total FROM did)
        WHERE value IS NOT NULL AND people >= total * {LEAST_SHARE}
        ORDER BY people DESC, value LIMIT {MOST_OF_A_KIND}"""
    found = ask(connection, Sql(text=text, parameters=(epoch_ms(now),)))
    return [str(value) for value in found.column("value").to_pylist()]


def _share(column: str, named: str, value: str, words: dict[str, tuple[str, str]]) -> Column:
    high, low = words.get(value, (f"mostly {value.replace('_', ' ')}", f"little {value.replace('_', ' ')}"))
    feature = Feature(
        name=named + value,
        block="types" if column == "type" else "channels",
        high=high,
        low=low,
        shape="root",
    )
    return feature, f"count(*) FILTER (WHERE {column} = ?) / count(*)", (value,)


def _reading(measure: str) -> Column:
    said = measure[:40].lower()
    feature = Feature(name=f"mean {measure}", block="readings", high=f"high {said}", low=f"low {said}")
    chosen = "FILTER (WHERE type IN ('reading', 'observation') AND about = ? AND value IS NOT NULL)"
    text = f"sum(TRY_CAST(value AS {MONEY})) {chosen} / count(*) {chosen}"
    return feature, text, (measure, measure)


def _answer(answer: str) -> Column:
    said = answer[:60]
    feature = Feature(
        name=f"answered {answer}", block="answers", high=f"answering '{said}'", low=f"not answering '{said}'"
    )
    return feature, "CASE WHEN bool_or(about || ': ' || response = ?) THEN 1 ELSE 0 END", (answer,)
