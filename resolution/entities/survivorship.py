"""Survivorship: which of the values that an entity's records give becomes the golden one, and why.

A scalar field takes the most frequent value; ties go to the newest observation, then to the most complete (longest)
value, then to the smallest record id. A list field is the union, most supported first, ties as above. Where no record
says a birth, ages tell its year. Every value carries the record it came from (the newest that gives it, ties by record
id) and the rule that decided.

SQL text only; `unify` runs it. It reads the tables `living` (one row a living record, profile columns, `observed_at`)
and `now_members` (record_id, entity_id).
"""

from typing import Final

from resolution.encode.ages import OPEN_YEARS, TWO_YEARS

SCALARS: Final = ("given_name", "middle_name", "family_name", "suffix", "birth_date", "sex")
LISTS: Final = ("nicknames", "emails", "phones", "addresses", "identifiers", "devices")

SUPPORT: Final = "records DESC, seen DESC NULLS LAST, length(shown) DESC, record_id, shown"
"""Which value comes first within an entity and field; total, so that nothing is decided by accident."""

SHOWN: Final = {
    "addresses": "concat_ws(', ', item.line, item.unit, item.city, item.region, item.postcode, item.country)",
    "identifiers": "item.system || ':' || item.value",
}
"""How a value that is no string stands in `provenance`."""


def scalar_values() -> str:
    """Long form of the scalar fields: entity_id, field, shown, records, seen, record_id; one row a distinct value."""
    long = " UNION ALL ".join(
        f"SELECT entity_id, '{field}' AS field, {field} AS shown, record_id, observed_at FROM profiles"
        f" WHERE {field} IS NOT NULL AND {field} <> ''"
        for field in SCALARS
    )
    return f"SELECT entity_id, field, shown, {_support()} FROM ({long}) GROUP BY ALL"


def list_values(field: str) -> str:
    """One row a distinct item of a list field: entity_id, item, shown, records, seen, record_id."""
    shown = SHOWN.get(field, "item")
    items = f"SELECT entity_id, unnest({field}) AS item, record_id, observed_at FROM profiles"
    once = f"SELECT DISTINCT entity_id, item, record_id, observed_at FROM ({items}) WHERE item IS NOT NULL"
    return f"SELECT entity_id, item, {shown} AS shown, {_support()} FROM ({once}) GROUP BY entity_id, item"


def _support() -> str:
    """How much a value is backed, and by which record; reads record_id and observed_at of each record that gives it."""
    return (
        "count(*) AS records, max(observed_at) AS seen, "
        "first(record_id ORDER BY observed_at DESC NULLS LAST, record_id) AS record_id"
    )


def winners() -> str:
    """The golden scalar values: entity_id, field, shown, record_id, rule. Reads `scalar_values`.

    The rule names the first criterion on which the winner beats the runner-up.
    """
    return f"""
        SELECT entity_id, field, shown, record_id, CASE
            WHEN next_records IS NULL THEN 'only_value'
            WHEN records > next_records THEN 'most_frequent'
            WHEN seen IS DISTINCT FROM next_seen THEN 'newest'
            WHEN length(shown) > next_length THEN 'most_complete'
            ELSE 'first_record' END AS rule
        FROM (
            SELECT *, row_number() OVER support AS place, lead(records) OVER support AS next_records,
                lead(seen) OVER support AS next_seen, lead(length(shown)) OVER support AS next_length
            FROM scalar_values WINDOW support AS (PARTITION BY entity_id, field ORDER BY {SUPPORT})
        ) WHERE place = 1"""


def births_of_ages() -> str:
    """The years of birth that ages tell of entities whose records say no birth, as rows of `winners`, which it reads.

    An age leaves two years open; the year that most ages leave open is taken. Of two equal ones it is the later: in it
    somebody is as old as was said.
    """
    years = f"unnest(string_split(categories['{OPEN_YEARS}'], '/')) AS shown"
    said = "SELECT entity_id FROM winners WHERE field = 'birth_date'"
    told = (
        f"SELECT entity_id, {years}, record_id, observed_at FROM profiles ANTI JOIN ({said}) USING (entity_id) "
        f"WHERE regexp_full_match(categories['{OPEN_YEARS}'], '{TWO_YEARS}')"
    )
    return f"""
        SELECT entity_id, 'birth_date' AS field, shown, record_id, 'age' AS rule
        FROM (SELECT entity_id, shown, {_support()} FROM ({told}) GROUP BY entity_id, shown)
        QUALIFY row_number() OVER (PARTITION BY entity_id ORDER BY records DESC, shown DESC) = 1"""


def golden_scalars() -> str:
    """One row an entity with a column for each scalar field. Reads `scalars`."""
    columns = ", ".join(f"max(shown) FILTER (field = '{field}') AS {field}" for field in SCALARS)
    return f"SELECT entity_id, {columns} FROM scalars GROUP BY entity_id"


def golden_list(field: str) -> str:
    """One row an entity that has values: entity_id, the list. Reads `values_FIELD`."""
    return f"SELECT entity_id, list(item ORDER BY {SUPPORT}) AS {field} FROM values_{field} GROUP BY entity_id"


def provenance() -> str:
    """One row an entity that has values: entity_id, provenance. Reads `scalars` and every `values_FIELD`."""
    scalars = "SELECT entity_id, field, shown, record_id, rule, 0 AS place FROM scalars"
    lists = " UNION ALL ".join(
        f"SELECT entity_id, '{field}', shown, record_id, 'union', "
        f"row_number() OVER (PARTITION BY entity_id ORDER BY {SUPPORT}) FROM values_{field}"
        for field in LISTS
    )
    entry = "{'field': field, 'value': shown, 'record_id': record_id, 'rule': rule}"
    return f"""
        SELECT entity_id, list({entry} ORDER BY field, place) AS provenance
        FROM ({scalars} UNION ALL {lists}) GROUP BY entity_id"""


def golden() -> str:
    """Table `entities` without its timestamps: reads what the functions above made, and `facts`."""
    lists = ", ".join(f"coalesce({field}.{field}, []) AS {field}" for field in LISTS)
    joins = " ".join(f"LEFT JOIN golden_{field} AS {field} USING (entity_id)" for field in LISTS)
    scalars = ", ".join(f"golden_scalars.{field}" for field in SCALARS)
    return f"""
        SELECT entity_id, kinds, {scalars}, {lists}, coalesce(provenance, []) AS provenance, confidence, members,
            created_at
        FROM facts LEFT JOIN golden_scalars USING (entity_id) LEFT JOIN provenance USING (entity_id) {joins}
        ORDER BY entity_id"""


def steps() -> tuple[tuple[str, str], ...]:
    """Every table of a golden profile in the order to make them: (name, query)."""
    return (
        ("profiles", "SELECT entity_id, living.* FROM living JOIN now_members USING (record_id)"),
        ("scalar_values", scalar_values()),
        ("winners", winners()),
        ("scalars", f"FROM winners UNION ALL {births_of_ages()}"),
        ("golden_scalars", golden_scalars()),
        *((f"values_{field}", list_values(field)) for field in LISTS),
        *((f"golden_{field}", golden_list(field)) for field in LISTS),
        ("provenance", provenance()),
        ("entities", golden()),
    )
