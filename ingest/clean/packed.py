"""SQL for dates that other rules cannot read: six digits, year and day of the year, years counted from an emperor.

Six digits may be a year, month and day in any order, and seven a year and the number of a day in it: that is seen in
whole columns, so each value votes, and the column of one source is read as most of its values can be.
"""

from typing import Final

from ingest.clean.text import Recipe

ERAS: Final = {
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911,
    "m": 1867, "t": 1911, "s": 1925, "h": 1988, "r": 2018,
}  # fmt: skip
"""The year before the first of each; the letters are how Japanese forms write them."""
ERA: Final = (
    r"^(?P<era>明治|大正|昭和|平成|令和|民國|民国|[mtshr])[. ]?(?P<year>\d{1,3}|元)"
    r"(?P<rest>[-./年] *\d{1,2} *[-./月] *\d{1,2} *日?)$"
)
"""A date of an era in small letters; a first year is written 元."""
SIX: Final = r"^([0-9]{2})([0-9]{2})([0-9]{2})(?:[.]0)?$"
JULIAN: Final = r"^((?:18|19|20)[0-9]{2})([0-3][0-9]{2})(?:[.]0)?$"
PARTS: Final = {"ymd": ("y", "m", "d"), "dmy": ("d", "m", "y"), "mdy": ("m", "d", "y")}
"""What the three pairs of six digits are, by how a column is packed."""
PAIRS: Final = {"y": r"(?P<year>\d\d)", "m": r"(?:0[1-9]|1[0-2])", "d": r"(?:0[1-9]|[12]\d|3[01])"}
SHAPES: Final = {name: rf"^{''.join(PAIRS[part] for part in parts)}(?:\.0)?$" for name, parts in PARTS.items()} | {
    "julian": r"^(?P<year>(?:18|19|20)\d\d)(?:00[1-9]|0[1-9]\d|[12]\d\d|3[0-5]\d|36[0-6])(?:\.0)?$"
}
"""What may be a date, by how a column is packed; SQL and Python read these patterns alike."""
PACKED: Final = (*PARTS, "julian")
VOTE: Final = 20
NO_VOTE: Final = -1
"""One date in twenty must be packed, or more: a few others that have lost digits are none."""

MACROS: Final = (
    (
        f"CREATE MACRO era_date(t) AS CASE WHEN regexp_matches(t, '{ERA}') THEN "
        "(MAP {" + ", ".join(f"'{name}': {year}" for name, year in ERAS.items()) + "}"
        f"[regexp_extract(t, '{ERA}', 1)] + coalesce(try_cast(regexp_extract(t, '{ERA}', 2) AS INT), 1))::VARCHAR "
        f"|| regexp_extract(t, '{ERA}', 3) ELSE t END"
    ),
    (
        "CREATE MACRO day_of_year(y, n) AS CASE WHEN try_cast(n AS INT) BETWEEN 1 AND "
        "dayofyear(make_date(try_cast(y AS INT), 12, 31)) THEN "
        "strftime(make_date(try_cast(y AS INT), 1, 1) + try_cast(n AS INT) - 1, '%Y-%m-%d') END"
    ),
)


def packed_steps(text: str, packed: str) -> Recipe:
    """Steps that read a column packed in one way; the last is called `packed`."""
    if packed == "julian":
        return (
            ("julian", f"regexp_extract({text}, '{JULIAN}', ['y', 'n'])"),
            ("packed", "CASE WHEN julian.y <> '' THEN day_of_year(julian.y, julian.n) END"),
        )
    names = ", ".join(f"'{part}'" for part in PARTS[packed])
    return (
        ("six", f"regexp_extract({text}, '{SIX}', [{names}])"),
        ("packed", f"CASE WHEN six.y <> '' AND NOT one_digit(digits({text})) THEN ymd(six.y, six.m, six.d) END"),
    )


def packed_votes(text: str) -> Recipe:
    """Steps that give a vote for each way of packing, named `vote_ymd` and so on: VOTE, NO_VOTE or -VOTE."""
    digits = dict.fromkeys(PARTS, SIX) | {"julian": JULIAN}
    return tuple(
        (
            f"vote_{name}",
            f"CASE WHEN {text} IS NULL THEN 0 WHEN regexp_matches({text}, '{SHAPES[name]}') THEN {VOTE} "
            f"WHEN regexp_matches({text}, '{digits[name]}') THEN -{VOTE} ELSE {NO_VOTE} END",
        )
        for name in PACKED
    )
