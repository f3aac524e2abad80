"""SQL for dates of other calendars: the Islamic of the moon, the Persian of the sun, the Ethiopian.

Which calendar a date is of cannot be seen in it, but in a column: `ingest.people.calendars` tells it. The Islamic
calendar is the arithmetical one; what was seen of the moon may be a day off.

Source: Reingold and Dershowitz, Calendrical Calculations; the Persian leap years by the cycle of 33 years.
"""

from typing import Final

OLD: Final = (1300, 1499)
"""Years of the Islamic and the Persian calendar: 1883 to 2076, and 1921 to 2120."""
_FULL: Final = "regexp_matches(d, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') AND right(d, 5) BETWEEN '01-01' AND '13-31'"
_Y, _M, _D = "left(d, 4)::INT", "d[6:7]::INT", "right(d, 2)::INT"
_SINCE_1400: Final = (
    f"365 * ({_Y} - 1400) + (({_Y} + 1595) // 33 - 90) * 8 + ((({_Y} + 1595) % 33) + 3) // 4 - 7 + {_D} - 1 "
    f"+ CASE WHEN {_M} < 7 THEN ({_M} - 1) * 31 ELSE ({_M} - 7) * 30 + 186 END"
)
_DAYS: Final = {
    "islamic": (
        "DATE '1970-01-01'",
        f"(11 * {_Y} + 3) // 30 + 354 * {_Y} + 30 * {_M} - ({_M} - 1) // 2 + {_D} - 492533",
        f"floor({_Y} * 0.970225 + 621.58)::INT",
    ),
    "persian": ("DATE '2021-03-21'", _SINCE_1400, f"{_Y} + 621"),
    "ethiopian": (
        "DATE '2007-09-12'",
        f"365 * ({_Y} - 2000) + {_Y} // 4 - 500 + 30 * ({_M} - 1) + {_D} - 1",
        f"{_Y} + 8",
    ),
}
"""By calendar, a day that is known in ours, the days since then, and the year in which most of a year lies."""


def _macro(calendar: str) -> str:
    first, days, year = _DAYS[calendar]
    low, high = (1800, 2100) if calendar == "ethiopian" else OLD
    return (
        f"CREATE MACRO of_{calendar}(d) AS CASE WHEN d IS NULL OR left(d, 4) NOT BETWEEN '{low}' AND '{high}' THEN d "
        f"WHEN {_FULL} THEN strftime({first} + ({days})::INT, '%Y-%m-%d') ELSE ({year})::VARCHAR END"
    )


MACROS: Final = tuple(map(_macro, _DAYS))
"""`of_CALENDAR(d)`: a date YYYY-MM-DD or YYYY of that calendar in ours; one of no year of that calendar as it is."""
