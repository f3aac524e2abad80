"""SQL for postal addresses: the line and the parts that can be read from it, city, region, postcode, country.

Lines, streets and cities are in lower case, regions, postcodes and countries in capitals. A region of the countries
in `REGIONS` is written by its code, a country by its ISO 3166 code where the name is listed.
"""

from typing import Final

from ingest.clean.gazetteer import COUNTRIES, REGIONS
from ingest.clean.text import SMALL_KNOWN, Recipe

UNIT: Final = (
    r"(?:,\s*|\s+)((?:apartment|apt|unit|suite|ste|flat|room|rm|lot|floor)\.? *#? *[\p{L}0-9-]*[0-9][\p{L}0-9-]*|"
    r"(?:apartment|apt|unit|suite|ste|flat)\.? +\p{L}|# *[\p{L}0-9-]+|[0-9]+(?:st|nd|rd|th) floor)$"
)
NUMBER: Final = r"^([0-9]+(?:[/-][0-9]+)?\p{L}?),?\s+(?:\p{L}|[0-9]+(?:st|nd|rd|th)\b)"
STATE_ZIP: Final = r"[ ,]+([a-z]{2}),? +([0-9]{5})(?:-[0-9]{4})?$"
UK: Final = r"^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})$"


def _mapped(names: dict[str, str]) -> str:
    entries = ", ".join(f"'{name.replace(chr(39), chr(39) * 2)}': '{code}'" for name, code in sorted(names.items()))
    return "MAP {" + entries + "}"


MACROS: Final = (
    f"CREATE MACRO region_code(t) AS coalesce({_mapped(REGIONS)}[t], CASE WHEN len(t) <= 3 THEN upper(t) ELSE t END)",
    f"CREATE MACRO country_code(t) AS coalesce({_mapped(COUNTRIES)}[t], CASE WHEN len(t) <= 3 THEN "
    f"upper(t) ELSE t END)",
)
PLACE: Final[Recipe] = (
    *SMALL_KNOWN,
    ("signed", "regexp_matches(t, '[,;]|^[.]|[.]$')"),
    ("commas", "CASE WHEN signed THEN regexp_replace(t, '[ ;,]*[;,][ ;,]*', ', ', 'g') END"),
    ("trimmed", "trim(commas, ' ,.')"),
    ("place", "CASE WHEN NOT signed THEN t WHEN trimmed <> '' THEN unless_unknown(trimmed) END"),
)
# Whether a pattern is there is told several times faster than what it holds, and most lines have no tail and no unit.
LINE: Final[Recipe] = (
    *PLACE,
    ("tailed", f"regexp_matches(place, '{STATE_ZIP}')"),
    ("here", f"CASE WHEN tailed THEN regexp_replace(place, '{STATE_ZIP}', '') ELSE place END"),
    ("divided", f"regexp_matches(here, '{UNIT}')"),
    ("unit", f"CASE WHEN divided THEN regexp_extract(here, '{UNIT}', 1) END"),
    ("bare", f"CASE WHEN divided THEN regexp_replace(here, '{UNIT}', '') ELSE here END"),
    (
        "house_number",
        f"CASE WHEN bare BETWEEN '0' AND ':' THEN nullif(regexp_extract(bare, '{NUMBER}', 1), '') END",
    ),
    ("rest", r"nullif(trim(regexp_replace(substr(bare, len(house_number) + 1), '^[\s,]+', '')), '')"),
    ("tail", f"CASE WHEN tailed THEN regexp_extract(place, '{STATE_ZIP}', ['region', 'postcode']) END"),
    (
        "c",
        (
            "{'line': place, 'house_number': house_number, 'street': rest, 'unit': unit, "
            "'region': upper(tail.region), 'postcode': tail.postcode}"
        ),
    ),
)
HOUSE_NUMBER: Final[Recipe] = (*PLACE, ("c", "regexp_replace(place, '[.]0+$', '')"))
PO_BOX: Final[Recipe] = (
    *PLACE,
    ("c", "CASE WHEN regexp_full_match(place, '[0-9]+') THEN 'po box ' || place ELSE place END"),
)
REGION: Final[Recipe] = (*PLACE, ("c", "region_code(place)"))
COUNTRY: Final[Recipe] = (*PLACE, ("c", "country_code(place)"))
POSTCODE: Final[Recipe] = (
    *SMALL_KNOWN,
    ("code", r"regexp_replace(regexp_replace(upper(t), '[.]0$', ''), '[^\p{L}\p{N}]+', '', 'g')"),
    ("american", "regexp_replace(code, '^([0-9]{5})[0-9]{4}$', '\\1')"),
    (
        "c",
        (
            "CASE WHEN len(code) BETWEEN 2 AND 12 AND NOT (len(code) > 2 AND one_digit(code)) "
            rf"THEN regexp_replace(american, '{UK}', '\1 \2') END"
        ),
    ),
)
