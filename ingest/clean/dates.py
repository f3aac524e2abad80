"""SQL for dates: YYYY, YYYY-MM or YYYY-MM-DD, as far as known.

An impossible day or month stays as its digits, for it is a typing error of a real one and still evidence; 00 stands
for an unknown part before a known one. Letters that scanners take for digits are read as digits. Which of day and
month comes first, and whether five digits are a spreadsheet's number of a day, cannot be seen in one value: it is an
argument, decided for a whole column of one source.
"""

import unicodedata
from dataclasses import dataclass
from typing import Final

from ingest.clean.packed import NO_VOTE, PACKED, packed_steps, packed_votes
from ingest.clean.text import Recipe, listed

MONTHS: Final = {
    "01": ("jan", "ene", "gen", "янв", "січ", "stycz", "leden", "ledn", "ocak", "ιαν", "tammik", "ม.ค", "มกรา"),
    "02": ("feb", "fev", "fév", "фев", "лют", "luty", "luteg", "únor", "unor", "şubat", "φεβ", "φλε", "helmik", "ก.พ",
           "กุมภา"),
    "03": ("mar", "mär", "mrt", "már", "мар", "бер", "březn", "brezn", "μαρ", "μάρ", "maalis", "มี.ค", "มีนา"),
    "04": ("apr", "avr", "abr", "ápr", "апр", "кві", "kwie", "duben", "dubn", "nisan", "απρ", "huhtik", "เม.ย", "เมษา"),
    "05": ("may", "mai", "mei", "mag", "maj", "máj", "май", "мая", "тра", "květ", "kvet", "μαϊ", "μαΐ", "μάι", "μαι",
           "touko", "พ.ค", "พฤษภา"),
    "06": ("jun", "juin", "giu", "jún", "июн", "чер", "czerw", "červ", "cerv", "lipanj", "lipnj", "haziran", "ιουν",
           "ιούν", "kesäk", "มิ.ย", "มิถุนา"),
    "07": ("jul", "juil", "lug", "júl", "июл", "лип", "lipiec", "lipca", "července", "červenec", "cervenec", "cervence",
           "srpanj", "srpnj", "temmuz", "ιουλ", "ιούλ", "heinäk", "ก.ค", "กรกฎา"),
    "08": ("aug", "aoû", "aou", "ago", "авг", "сер", "sierp", "srpen", "srpna", "ağus", "agus", "αυγ", "αύγ",
           "elokuu", "ส.ค", "สิงหา"),
    "09": ("sep", "set", "szep", "сен", "вер", "wrze", "září", "zari", "eylül", "eylul", "σεπ", "syysk", "ก.ย", "กันยา"),
    "10": ("oct", "okt", "ott", "out", "окт", "жов", "paźdz", "pazdz", "říj", "rijen", "rijna", "ekim", "οκτ", "lokak",
           "ต.ค", "ตุลา"),
    "11": ("nov", "ноя", "лис", "listop", "kasım", "kasim", "νοε", "νοέ", "marras", "พ.ย", "พฤศจิ"),
    "12": ("dec", "dez", "déc", "dic", "des", "дек", "гру", "grud", "prosin", "aralık", "aralik", "δεκ", "jouluk",
           "ธ.ค", "ธันวา"),
}  # fmt: skip
"""How the names of the months begin in the languages of Europe, in Turkish, Indonesian and Thai; the longest counts.

In other languages than those of the first it takes more of a name, for their beginnings are words elsewhere. Listopad
is November in Polish and Czech; in Croatian it is October, and read wrongly.
"""
PIVOT: Final = 25
BUDDHIST_ERA: Final = 543
BUDDHIST: Final = (2400, 2643)
"""Years of Thailand, Laos and Cambodia: 1857 to 2100, where nobody who is counted from Christ was born yet."""


def _month() -> str:
    cases = "".join(
        f" WHEN starts_with(m, '{name}') THEN '{number}'"
        for name, number in sorted(
            ((name, number) for number, names in MONTHS.items() for name in names), key=lambda pair: -len(pair[0])
        )
    )
    return f"CREATE MACRO month_named(m) AS CASE{cases} END"


NUMBERS: Final = r"^([0-9]{1,3})[-/. ]+([0-9]{1,3})[-/. ]+([0-9]{4,5}|[0-9]{2})(?:[ t].*)?$"
ISO: Final = r"^([0-9]{4})[-/. ]+([0-9]{1,3})[-/. ]+([0-9]{1,3})(?:[ t].*)?$"
EIGHT: Final = r"^([0-9]{4})([0-9]{2})([0-9]{2})$"
END: Final = r"^([0-9]{2})([0-9]{2})([0-9]{4})$"
MONTH: Final = r"\p{L}[\p{L}\p{M}.]{2,13}"
NAMED: Final = (
    rf"^([0-9]{{1,2}})(?:st|nd|rd|th|[.])?[-/ ]*(?:de |of )?({MONTH})[-/., ]*(?:de )?([0-9]{{4}}|[0-9]{{2}})$"
)
NAMED_FIRST: Final = rf"^({MONTH})[-/. ]*([0-9]{{1,2}})(?:st|nd|rd|th)?[-/., ]+([0-9]{{4}}|[0-9]{{2}})$"
SEVEN: Final = r"^([1-9](?:[0-2][0-9]|3[01])(?:18|19|20)[0-9]{2})$"
SERIAL: Final = r"^[1-4][0-9]{4}$"
DIGITS: Final = "".join(one for one in map(chr, range(0x80, 0x20000)) if unicodedata.category(one) == "Nd")
"""The digits of every script but those of ASCII."""
PARTS: Final = "['a', 'b', 'y']"
FILLERS: Final = (
    "1900-01-01", "1900", "1800-01-01", "1899-12-30", "1899-12-31", "9999-12-31", "2999-12-31", "1111-11-11",
    "0001-01-01", "0000-00-00", "9999-99-99", "1000-01-01",
)  # fmt: skip

UNKNOWN_PART: Final = r"(^|[-/. ])(?:un|unk|uk|nk|xxx?|[?][?]|__)([-/. ]|$)"
"""A day or a month that trials and clinics write as unknown: UN-UNK-1971, ??/03/1971."""
UNKNOWN_MONTH: Final = r"^([0-9]{1,2})[-/. ](?:unk|xxx)[-/. ]([0-9]{4})$"
"""Three letters stand for a month's."""
MACROS: Final = (
    _month(),
    # Looking first: to translate costs as much as there are digits in the world.
    (
        f"CREATE MACRO ascii_digits(t) AS CASE WHEN regexp_matches(t, '[^0-9\\P{{Nd}}]') "
        f"THEN translate(t, '{DIGITS}', '{''.join(str(unicodedata.digit(one)) for one in DIGITS)}') ELSE t END"
    ),
    (f"CREATE MACRO known_part(t) AS regexp_replace(t, '{UNKNOWN_PART}', '\\1' || '00' || '\\2')"),
    (
        f"CREATE MACRO known_parts(t) AS CASE WHEN regexp_matches(t, '{UNKNOWN_MONTH}') THEN "
        f"regexp_replace(t, '{UNKNOWN_MONTH}', '\\2-00-\\1') "
        f"WHEN regexp_matches(t, '{UNKNOWN_PART}') THEN known_part(known_part(t)) "
        r"WHEN regexp_matches(t, '^\p{L}{3,}[-/. ]+[0-9]{4}$') THEN '00 ' || t ELSE t END"
    ),
    # Dates that end in a sign for the day, in a point, or as a spreadsheet's number, which loses a zero before.
    (
        "CREATE MACRO plain_date(t) AS regexp_replace(regexp_replace(regexp_replace(known_parts(ascii_digits(t)), "
        f"' *[年월月년] *', '-', 'g'), '([.]0| *[日일.]|-)$', ''), '{SEVEN}', '0\\1')"
    ),
    "CREATE MACRO two(p) AS lpad(left(p, 2), 2, '0')",
    (
        f"CREATE MACRO four(y) AS CASE WHEN len(y) = 2 THEN CASE WHEN try_cast(y AS INT) > {PIVOT} THEN '19' "
        f"|| y ELSE '20' || y END WHEN right(y, 4) BETWEEN '{BUDDHIST[0]}' AND '{BUDDHIST[1]}' "
        f"THEN (right(y, 4)::INT - {BUDDHIST_ERA})::VARCHAR ELSE right(y, 4) END"
    ),
    "CREATE MACRO ymd(y, m, d) AS four(y) || '-' || two(m) || '-' || two(d)",
    # The column's order holds unless only the other one makes a month.
    (
        "CREATE MACRO turned(a, b, day_first) AS CASE WHEN try_cast(a AS INT) > 12 AND try_cast(b AS INT) <= "
        "12 THEN true "
        "WHEN try_cast(b AS INT) > 12 AND try_cast(a AS INT) <= 12 THEN false ELSE day_first END"
    ),
    (
        "CREATE MACRO ordered(p, day_first) AS CASE WHEN p.y = '' THEN NULL WHEN turned(p.a, p.b, day_first) THEN "
        "ymd(p.y, p.b, p.a) ELSE ymd(p.y, p.a, p.b) END"
    ),
    "CREATE MACRO is_year(y) AS y BETWEEN '1300' AND '2100'",
    "CREATE MACRO is_modern(y) AS y BETWEEN '1850' AND '2100'",
    (
        "CREATE MACRO partial_date(t) AS CASE WHEN regexp_matches(t, '^[0-9]{4}$') THEN t "
        "WHEN regexp_matches(t, '^[0-9]{4}[-/.][0-9]{1,2}$') THEN left(t, 4) || '-' || two(t[6:]) "
        "WHEN regexp_matches(t, '^[0-9]{1,2}[-/.][0-9]{4}$') THEN right(t, 4) || '-' || "
        "two(regexp_extract(t, '^[0-9]+')) END"
    ),
    (
        f"CREATE MACRO serial_date(t) AS CASE WHEN regexp_matches(t, '{SERIAL}') THEN "
        "strftime(DATE '1899-12-30' + t::INT, '%Y-%m-%d') END"
    ),
    "CREATE MACRO as_far_as_known(d) AS regexp_replace(d, '(-00)+$', '')",
    (
        f"CREATE MACRO real_date(d) AS CASE WHEN as_far_as_known(d) NOT IN ({listed(FILLERS)}) "
        "THEN as_far_as_known(d) END"
    ),
    (
        "CREATE MACRO clean_part(v, least, most) AS CASE WHEN try_cast(said(v) AS DOUBLE) BETWEEN least AND most THEN "
        "printf('%02d', try_cast(said(v) AS DOUBLE)::INT) END"
    ),
    (
        "CREATE MACRO part_date(y, m, d) AS real_date(CASE WHEN d IS NOT NULL AND (y IS NOT NULL OR m IS NOT "
        "NULL) THEN "
        "coalesce(y, '0000') || '-' || coalesce(m, '00') || '-' || d WHEN m IS NOT NULL AND y IS NOT NULL "
        "THEN y || '-' || m "
        "ELSE y END)"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How the dates of one column of one source read.

    Attributes:
        day_first: 03/04/2020 is in April.
        year_last: the year ends eight digits without separators.
        serial: five digits are a day as spreadsheets count them, 1 for 1899-12-31.
        packed: what six digits are, `ymd`, `dmy` or `mdy`, or `julian` for a year and the number of a day in it; empty
            where they are no date.
        calendar: of which they are, as in `ingest.clean.calendars`; empty for ours.
    """

    day_first: bool = False
    year_last: bool = False
    serial: bool = False
    packed: str = ""
    calendar: str = ""


KNOWN: Final[Recipe] = (("w", "small(v)"), ("u", "unless_unknown(w)"), ("t", "plain_date(era_date(u))"))


def date_recipe(order: Order) -> Recipe:
    """Steps that clean a date of a column whose order is known."""
    return (*_steps(order), ("c", f"real_date(of_{order.calendar}(d))" if order.calendar else "real_date(d)"))


def instant_recipe(order: Order) -> Recipe:
    """Steps that read an instant: ISO 8601, seconds or milliseconds since 1970, or a date in any form with a time."""
    return (
        *_steps(order),
        ("clock", r"regexp_extract(t, '[ t]([0-9]{1,2}:[0-9]{2}.*)$', 1)"),
        (
            "c",
            (
                "CASE WHEN regexp_full_match(t, '[0-9]{13}') THEN make_timestamptz(try_cast(t AS BIGINT) * 1000) "
                "WHEN regexp_full_match(t, '[0-9]{10}') THEN make_timestamptz(try_cast(t AS BIGINT) * 1000000) "
                "WHEN regexp_full_match(t, '[0-9]{1,9}') AND len(t) <> 8 THEN NULL "
                "ELSE coalesce(try_cast(upper(t) AS TIMESTAMPTZ), try_cast(d || ' ' || clock AS TIMESTAMPTZ), "
                "CASE WHEN clock = '' THEN try_cast(d AS TIMESTAMPTZ) END) END"
            ),
        ),
    )


def _steps(order: Order) -> Recipe:
    return (
        *KNOWN,
        *_numeric("t", "n", order),
        ("named", f"regexp_extract(t, '{NAMED}', ['a', 'm', 'y'])"),
        ("turned_named", f"regexp_extract(t, '{NAMED_FIRST}', ['m', 'a', 'y'])"),
        (
            "n2",
            "CASE WHEN named.y <> '' THEN ymd(named.y, month_named(named.m), named.a) "
            "WHEN turned_named.y <> '' THEN ymd(turned_named.y, month_named(turned_named.m), turned_named.a) END",
        ),
        (
            "scanned",
            "CASE WHEN n IS NULL AND n2 IS NULL AND len(digits(t)) >= 5 THEN translate(t, 'o|!lizsb', '01111258') END",
        ),
        *_numeric("scanned", "n3", order),
        *(packed_steps("u", order.packed) if order.packed else ()),
        ("d", f"coalesce({'packed, ' * bool(order.packed)}n, n2, n3{', serial_date(t)' * order.serial})"),
    )


def _numeric(text: str, name: str, order: Order) -> Recipe:
    """Steps that read a date written in digits; the last is called `name`."""
    ends, begins = f"is_year({name}_end.y)", f"is_year({name}_eight.y)"
    year_first = f"NOT {ends}" if order.year_last else f"({begins} OR NOT {ends})"
    return (
        (f"{name}_iso", f"regexp_extract({text}, '{ISO}', ['y', 'a', 'b'])"),
        (f"{name}_numbers", f"regexp_extract({text}, '{NUMBERS}', {PARTS})"),
        (f"{name}_eight", f"regexp_extract({text}, '{EIGHT}', ['y', 'a', 'b'])"),
        (f"{name}_end", f"regexp_extract({text}, '{END}', {PARTS})"),
        (
            name,
            (
                f"CASE WHEN {name}_iso.y <> '' THEN ymd({name}_iso.y, {name}_iso.a, {name}_iso.b) "
                f"WHEN {name}_numbers.y <> '' THEN {_in_order(f'{name}_numbers', order)} "
                f"WHEN {name}_eight.y <> '' AND {year_first} "
                f"THEN ymd({name}_eight.y, {name}_eight.a, {name}_eight.b) "
                f"WHEN {name}_end.y <> '' THEN {_in_order(f'{name}_end', order)} ELSE partial_date({text}) END"
            ),
        ),
    )


def _in_order(parts: str, order: Order) -> str:
    """A date of two numbers and a year; the Ethiopian year has a thirteenth month."""
    read = f"ordered({parts}, {'true' if order.day_first else 'false'})"
    if order.calendar != "ethiopian" or not order.day_first:
        return read
    return f"CASE WHEN {parts}.b = '13' THEN ymd({parts}.y, {parts}.b, {parts}.a) ELSE {read} END"


ISO_DATE: Final[Recipe] = (
    (
        "c",
        f"CASE WHEN regexp_full_match(v, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') AND v < '{BUDDHIST[0]}' "
        "THEN real_date(v) END",
    ),
)
ISO_INSTANT: Final[Recipe] = (("c", "CASE WHEN v[5:5] = '-' THEN try_cast(v AS TIMESTAMPTZ) END"),)
VOTES: Final = ("day", "year", "serial", *PACKED)
NO_SERIAL: Final = -9
"""A date written in any other way outweighs nine numbers of days."""
_AGAINST: Final = {"day": 0, "year": 0, "serial": NO_SERIAL} | dict.fromkeys(PACKED, NO_VOTE)
_ISO_VOTES: Final = ", ".join(f"'{name}': {_AGAINST[name]}" for name in VOTES)
ISO_VOTE: Final[Recipe] = (("c", f"CASE WHEN v[5:5] = '-' THEN {{{_ISO_VOTES}}} END"),)

# A value votes on the order of its column when only one order makes a date of it.
# day: 1 for day first, -1 for month first. year: 1 for year last, -1 for year first, of eight digits.
# serial: 1 for a number of a day, NO_SERIAL for any other way of writing.
ORDER_VOTE: Final[Recipe] = (
    *KNOWN,
    ("e", f"regexp_extract(t, '{EIGHT}', ['y', 'a', 'b'])"),
    ("f", f"regexp_extract(t, '{END}', {PARTS})"),
    ("first", "is_modern(e.y) AND e.a BETWEEN '01' AND '12' AND e.b BETWEEN '01' AND '31'"),
    ("last", "is_modern(f.y) AND least(f.a, f.b) BETWEEN '01' AND '12' AND greatest(f.a, f.b) BETWEEN '01' AND '31'"),
    ("year", "CASE WHEN last AND NOT first THEN 1 WHEN first AND NOT last THEN -1 ELSE 0 END"),
    ("p", f"CASE WHEN year = 1 THEN f ELSE regexp_extract(t, '{NUMBERS}', {PARTS}) END"),
    ("a", "try_cast(p.a AS INT)"),
    ("b", "try_cast(p.b AS INT)"),
    (
        "day",
        (
            "CASE WHEN a BETWEEN 13 AND 31 AND b BETWEEN 1 AND 12 THEN 1 WHEN b BETWEEN 13 AND 31 AND a BETWEEN "
            "1 AND 12 "
            "THEN -1 ELSE 0 END"
        ),
    ),
    ("serial", f"CASE WHEN t IS NULL THEN 0 WHEN regexp_matches(t, '{SERIAL}') THEN 1 ELSE {NO_SERIAL} END"),
    *packed_votes("u"),
    ("c", "{'day': day, 'year': year, 'serial': serial, " + ", ".join(f"'{n}': vote_{n}" for n in PACKED) + "}"),
)
