"""SQL for text of any kind: one space between words, one form of every sign, nothing where nothing is said.

The text of each DuckDB macro is made here; `ingest.clean.run` runs it.
"""

from typing import Final

UNKNOWN: Final = (
    "unknown", "unkown", "unk", "n/a", "n.a.", "none", "null", "nil", "nan", "missing", "tbd", "test", "xxx", "xx",
    "not available", "not provided", "not known", "not given", "no data", "undisclosed", "unspecified", "anonymous",
    "anon", "noname", "no name", "unbekannt", "inconnu", "desconocido", "sconosciuto", "onbekend", "k.a.", "<na>",
)  # fmt: skip


def listed(words: tuple[str, ...]) -> str:
    """The words as a SQL list of literals."""
    return ", ".join("'" + word.replace("'", "''") + "'" for word in words)


Recipe = tuple[tuple[str, str], ...]
"""Steps of cleaning: each names a value and gives SQL over `v` and the names before it. The last is the result."""

UNTIDY: Final = r"[\p{Cc}\p{Cf}\p{Z}]{2,}|[\p{Cc}\p{Cf}]|[^\P{Z} ]"
"""What becomes one space: control and format characters and every kind of space, but a single plain one."""
AS_TEXT: Final = r"^(?:''([+0-9][0-9 ().+/-]*)|=\"([^\"]*)\")$"
"""How spreadsheets write digits that shall stay text: behind an apostrophe, or as a formula."""
FILLERS: Final = (
    "123456789", "1234567890", "0123456789", "12345678", "987654321", "9876543210", "0987654321",
)  # fmt: skip
FILLER_ENDS: Final = tuple(sorted({filler[-3:] for filler in FILLERS} | {digit * 3 for digit in "0123456789"}))

MACROS: Final = (
    f"CREATE MACRO tidied(t) AS nullif(trim(regexp_replace(nfc_normalize(t), '{UNTIDY}', ' ', 'g')), '')",
    # Tidies a column, nearly all of whose values are tidy: looking is cheaper, but `v` is computed three times.
    (
        f"CREATE MACRO said(v) AS CASE WHEN regexp_matches(nfc_normalize(v), '{UNTIDY}|^ | $|^''[+0-9]|^=\"') THEN "
        f"tidied(regexp_replace(v, '{AS_TEXT}', '\\1\\2')) ELSE nullif(nfc_normalize(v), '') END"
    ),
    "CREATE MACRO small(v) AS said(lower(nfc_normalize(v)))",
    f"CREATE MACRO is_unknown(t) AS lower(t) IN ({listed(UNKNOWN)}) OR NOT regexp_matches(t, '[\\p{{L}}\\p{{N}}]')",
    "CREATE MACRO unless_unknown(t) AS CASE WHEN NOT is_unknown(t) THEN t END",
    "CREATE MACRO digits(v) AS regexp_replace(v, '[^0-9]+', '', 'g')",
    # RE2 has no back-references: all digits equal means nothing is left without the first.
    "CREATE MACRO one_digit(d) AS replace(d, left(d, 1), '') = ''",
    f"CREATE MACRO is_filler(d) AS one_digit(d) OR d IN ({listed(FILLERS)})",
    f"CREATE MACRO ends_as_filler(d) AS right(d, 3) IN ({listed(FILLER_ENDS)})",
)
SMALL_KNOWN: Final[Recipe] = (("w", "small(v)"), ("t", "unless_unknown(w)"))


def sql_of(recipe: Recipe, table: str) -> str:
    """One SELECT inside another, so that every step is computed once."""
    query = f"SELECT v FROM {table}"
    for name, expression in recipe[:-1]:
        query = f"SELECT *, {expression} AS {name} FROM ({query})"
    return f"SELECT {recipe[-1][1]} AS c FROM ({query})"
