"""SQL for postal addresses: the line and the parts that can be read from it, city, region, postcode, country.

Lines, streets and cities are in lower case, regions, postcodes and countries in capitals. A region of the countries
in `REGIONS` is written by its code, a country by its ISO 3166 code where the name is listed.
"""

from typing import Final

from ingest.clean.gazetteer import COUNTRIES, REGION_CODES, REGIONS
from ingest.clean.text import SMALL_KNOWN, Recipe, listed

UNITS: Final = "apartment|apt|unit|suite|ste|flat|room|rm|lot|floor"
UNIT: Final = (
    rf"(?:,\s*|\s+)((?:{UNITS}|appartement|appt|bte|wohnung|whg|top|lgh|apto|"
    r"piso|interno|byt|daire)\.? *#? *[\p{L}0-9-]*[0-9][\p{L}0-9-]*|"
    r"(?:apartment|apt|unit|suite|ste|flat)\.? +\p{L}|# *[\p{L}0-9-]+|[0-9]+(?:st|nd|rd|th) floor)$"
)
UNIT_FIRST: Final = r"^((?:apartment|apt|unit|suite|flat|room)\.? *#? *[\p{L}0-9-]+),? +[0-9]"
NUMBER: Final = r"^([0-9]+(?:[/-](?:[0-9]+|\p{L}\b))?\p{L}?),?\s+(?:\p{L}|[0-9]+(?:st|nd|rd|th)\b)"
NUMBER_SIGN: Final = (
    r"^(?:(?:house |door |[hd][. ]*)?(?:no|nr|num|number)\b[.:° ]*|nº *|№ *)([0-9])|^# *([0-9]+\p{L}?,? \p{L})"
)
"""What says that a number follows: `no. 12/a, temple road`."""
SIGNED: Final = "hdn№#"
"""Letters that it begins with."""
ENGLISH_KINDS: Final = (
    "st|street|rd|road|av|ave|avenue|ln|lane|dr|drive|ct|court|pl|place|blvd|boulevard|cir|circle|ter|terrace|"
    "pkwy|parkway|hwy|highway|way|trl|trail|close|sq|square"
)
KINDS: Final = f"{ENGLISH_KINDS}|str"
"""Words that a street ends with; a number behind `str` is the house's."""
CODES: Final = "|".join(sorted(REGION_CODES))
NAMES: Final = "|".join(sorted(REGIONS, key=lambda name: (-len(name), name)))
POSTCODES: Final = (
    "[0-9]{5}(?:-[0-9]{4})?|[a-z]{1,2}[0-9][a-z0-9]? ?[0-9][a-z]{2}|[a-z][0-9][a-z] ?[0-9][a-z][0-9]|[0-9]{3} ?[0-9]{3}"
)
"""American, British, Canadian; and six digits, as in India, China and Singapore."""
AUSTRALIAN: Final = "nsw|vic|qld|sa|wa|tas|nt|act"
CODE_LAST: Final = rf"[ ,]+(?:(?:({NAMES}|{CODES}),? +)?({POSTCODES})|({AUSTRALIAN}),? +([0-9]{{4}}))$|, ({CODES})$"
"""How an address ends with what region it is in, or its postcode: `springfield, il 62704`, `leeds ls1 4ab`."""
DUTCH: Final = "[0-9]{4} (?:[bcf-km-rt-z][a-z]|a[a-km-z]|d[b-df-hj-tv-z]|e[a-km-z]|l[b-df-z]|s[a-su-z])"
"""But for those that end as cities begin elsewhere: la, le, de, di, du, al, el, st."""
EUROPEAN: Final = rf"{DUTCH}|[0-9]{{4,5}}|[0-9]{{2}}-[0-9]{{3}}|[0-9]{{3}} [0-9]{{2}}"
CODE_FIRST: Final = rf", (?:[a-z]{{1,2}}-)?({EUROPEAN}) (\p{{L}}[\p{{L}} .()/-]+)$"
"""How one ends with postcode and city: `hauptstr. 5, 10115 berlin`."""
CITY_FIRST: Final = r"^(?:[a-z]{1,2}-)?([0-9]{4,5}|[0-9]{3} [0-9]{2}) (\p{L}[\p{L} .()/-]+), "
"""How one begins with them: `1052 budapest, petőfi u. 12`."""
NUMBER_BEHIND: Final = r", \p{L}[^,]*[0-9](?:[/-][0-9]+)? ?\p{L}?$"
UNIT_BEHIND: Final = rf", (?:{UNITS}|box|po box)\b"
"""What follows `1200 broadway`, which is no postcode and city."""
COUNTRY_CODE: Final = rf", (?:us|uk|gb)$|[ ,](?:{POSTCODES}|(?:{EUROPEAN}) \p{{L}}[\p{{L}} .()/-]*), [a-z]{{2}}$"
"""A country's code, not a region's: always these three, others behind a postcode, or a postcode and a city."""
TOWN: Final = r", (\p{L}[\p{L} .()/''-]*)$"
STREET_TOWN: Final = r"^[0-9]\S* .*\p{L}.*, \p{L}[\p{L} .''-]+$"
"""A house with its number, and a city: `12 mill lane, barton`."""
TOWN_AFTER: Final = rf"^[0-9]\S* .*?\S(?: (?:{KINDS})\.?)+(?: [nsew]{{1,2}}\.?)? (\p{{L}}[\p{{L}} .''-]+)$"
"""A city behind the kind of the street, without a comma: `12 elm st palo alto`."""
NO_TOWN: Final = rf"^(?:{UNITS}|box|po box|p[.] ?o[.] box)\b|(?:^|\s)(?:{KINDS})\.?$"
NO_CODE: Final = rf"\b(?:box|{UNITS}|no)\.?$"
"""What stands before a number that is no postcode."""
NUMBER_LAST: Final = (
    r"^(\p{L}[^0-9,]*\p{L}{2}(?: [a-mo-z])?\.?),? (?:n[.º°]?|n[or][.:]?|č\.? ?p\.?)? ?([0-9]+(?:[/-][0-9]+)? ?\p{L}?)$"
)
NO_HOUSE: Final = (
    rf"(?:^|\s)(?:{ENGLISH_KINDS}|box|postfach|apartado|route|rt|rr|unit|apartment|apt|suite|ste|flat|"
    r"lot|floor|km|block|plot|phase|sector|calle|carrera|avenida|via|rua|strada)\.? [0-9]+ ?\p{L}?$"
)
"""What a number at the end names when it is no house: `county road 12`, `po box 37`."""
UK: Final = r"^([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})$"


def _mapped(names: dict[str, str]) -> str:
    entries = ", ".join(f"'{name.replace(chr(39), chr(39) * 2)}': '{code}'" for name, code in sorted(names.items()))
    return "MAP {" + entries + "}"


MACROS: Final = (
    f"CREATE MACRO region_code(t) AS coalesce({_mapped(REGIONS)}[t], CASE WHEN len(t) <= 3 THEN upper(t) ELSE t END)",
    f"CREATE MACRO named_country(t) AS coalesce({_mapped(COUNTRIES)}[t], "
    f"CASE WHEN upper(t) IN ({listed(tuple(sorted(set(COUNTRIES.values()))))}) THEN upper(t) END)",
    "CREATE MACRO country_code(t) AS coalesce(named_country(t), CASE WHEN len(t) <= 3 THEN upper(t) ELSE t END)",
    r"CREATE MACRO postcode_signs(t) AS regexp_replace(upper(t), '[^\p{L}\p{N}]+', '', 'g')",
    (
        "CREATE MACRO postcode_form(t) AS "
        rf"regexp_replace(regexp_replace(postcode_signs(t), '^([0-9]{{5}})[0-9]{{4}}$', '\1'), '{UK}', '\1 \2')"
    ),
)
PLACE: Final[Recipe] = (
    *SMALL_KNOWN,
    ("signed", "regexp_matches(t, '[,;]|^[.]|[.]$')"),
    ("commas", "CASE WHEN signed THEN regexp_replace(t, '[ ;,]*[;,][ ;,]*', ', ', 'g') END"),
    ("trimmed", "trim(commas, ' ,.')"),
    ("said", "CASE WHEN NOT signed THEN t WHEN trimmed <> '' THEN unless_unknown(trimmed) END"),
    (
        "place",
        f"CASE WHEN contains('{SIGNED}', left(said, 1)) THEN regexp_replace(said, '{NUMBER_SIGN}', '\\1\\2') "
        "ELSE said END",
    ),
)
# Whether a pattern is there is told several times faster than what it holds, and most lines have no tail and no unit.
PIN: Final = r"(\p{L}{3}) ?[-–] ?([1-9][0-9]{2} ?[0-9]{3})$"
"""A town and its six digits with a hyphen between them, as in India: `chennai - 600039`."""
COUNTRY_OF: Final[Recipe] = (
    ("parted", "contains(place, ', ')"),
    ("ended", f"parted AND regexp_matches(place, '{COUNTRY_CODE}')"),
    (
        "land",
        "CASE WHEN ended THEN right(place, 2) "
        r"WHEN parted THEN regexp_extract(place, ', (\p{L}[\p{L} ]{2,})$', 1) END",
    ),
    ("country", "named_country(land)"),
    ("inland", "CASE WHEN country IS NULL THEN place ELSE left(place, len(place) - len(land) - 2) END"),
    (
        "local",
        f"CASE WHEN regexp_matches(inland, '{PIN}') THEN regexp_replace(inland, '{PIN}', '\\1 \\2') ELSE inland END",
    ),
)
"""The country at the end of a line, and what stands before it."""
TAIL_OF: Final[Recipe] = (
    ("coded", f"(parted OR right(local, 1) BETWEEN '0' AND '9') AND regexp_matches(local, '{CODE_LAST}')"),
    ("tail", f"CASE WHEN coded THEN regexp_extract(local, '{CODE_LAST}', ['r', 'p', 'state', 'digits', 'alone']) END"),
    ("state", "nullif(tail.r || tail.state || tail.alone, '')"),
    ("before", f"CASE WHEN coded THEN regexp_replace(local, '{CODE_LAST}', '') END"),
    # A number alone is a postcode where a comma parts the city from the street.
    ("tailed", f"coded AND (state IS NOT NULL OR contains(local, ', ')) AND NOT regexp_matches(before, '{NO_CODE}')"),
    (
        "led",
        f"CASE WHEN NOT tailed AND contains(local, ', ') THEN "
        f"CASE WHEN regexp_matches(local, '{CODE_FIRST}') THEN regexp_extract(local, '{CODE_FIRST}', ['code', 'city']) "
        f"WHEN regexp_matches(local, '{CITY_FIRST}') AND regexp_matches(local, '{NUMBER_BEHIND}') "
        f"AND NOT regexp_matches(local, '{UNIT_BEHIND}') THEN regexp_extract(local, '{CITY_FIRST}', ['code', 'city']) "
        "END END",
    ),
    ("headed", f"coalesce(NOT regexp_matches(led.city, '{NO_TOWN}'), false)"),
    ("region", "CASE WHEN tailed THEN region_code(state) END"),
    (
        "postcode",
        "postcode_form(CASE WHEN headed THEN led.code WHEN tailed THEN nullif(tail.p || tail.digits, '') END)",
    ),
)
"""Region and postcode behind a city (`tailed`), or the postcode before it (`headed`)."""
CITY_OF: Final[Recipe] = (
    (
        "town",
        f"CASE WHEN tailed THEN coalesce(nullif(regexp_extract(before, '{TOWN}', 1), ''), "
        f"CASE WHEN state IS NOT NULL THEN nullif(regexp_extract(before, '{TOWN_AFTER}', 1), '') END) "
        f"WHEN parted AND NOT headed AND regexp_matches(local, '{STREET_TOWN}') "
        f"THEN regexp_extract(local, '{TOWN}', 1) END",
    ),
    (
        "city",
        r"CASE WHEN headed THEN regexp_replace(led.city, ' *\([^)]*\)$', '') "
        f"WHEN NOT regexp_matches(town, '{NO_TOWN}') THEN town END",
    ),
    ("whole", "CASE WHEN tailed THEN before ELSE local END"),
    (
        "here",
        f"CASE WHEN headed THEN regexp_replace(local, '{CODE_FIRST}|{CITY_FIRST}', '') WHEN city IS NULL THEN whole "
        "ELSE rtrim(left(whole, len(whole) - len(city)), ' ,') END",
    ),
)
"""The city, and the line without it and all behind it."""
HOUSE_OF: Final[Recipe] = (
    ("ahead", f"CASE WHEN here > ':' THEN nullif(regexp_extract(here, '{UNIT_FIRST}', 1), '') END"),
    ("divided", f"ahead IS NULL AND regexp_matches(here, '{UNIT}')"),
    ("unit", f"CASE WHEN divided THEN regexp_extract(here, '{UNIT}', 1) ELSE ahead END"),
    (
        "bare",
        f"CASE WHEN divided THEN regexp_replace(here, '{UNIT}', '') "
        "WHEN ahead IS NOT NULL THEN ltrim(substr(here, len(ahead) + 1), ' ,') ELSE here END",
    ),
    ("first", f"CASE WHEN bare BETWEEN '0' AND ':' THEN nullif(regexp_extract(bare, '{NUMBER}', 1), '') END"),
    (
        "last",
        f"CASE WHEN bare > ':' AND regexp_matches(bare, '{NUMBER_LAST}') AND NOT regexp_matches(bare, '{NO_HOUSE}') "
        f"THEN regexp_extract(bare, '{NUMBER_LAST}', ['street', 'number']) END",
    ),
    ("house_number", "replace(coalesce(first, last.number), ' ', '')"),
    ("rest", "ltrim(substr(bare, len(first) + 1), ' ,')"),
    (
        "street",
        "nullif(rtrim(CASE WHEN first IS NOT NULL AND tailed THEN split_part(rest, ', ', 1) "
        "WHEN first IS NOT NULL THEN rest WHEN last IS NOT NULL THEN last.street "
        "WHEN tailed OR headed THEN bare END, ' ,'), '')",
    ),
)
"""Unit, house number and street. A line without number is no street's, unless it was part of a whole address."""
LINE: Final[Recipe] = (
    ("w", r"small(replace(replace(v, chr(13), ' '), chr(10), ', '))"),
    *PLACE[1:],
    *COUNTRY_OF,
    *TAIL_OF,
    *CITY_OF,
    *HOUSE_OF,
    (
        "c",
        (
            "{'line': place, 'house_number': house_number, 'street': street, 'unit': unit, 'city': city, "
            "'region': region, 'postcode': postcode, 'country': country}"
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
    ("code", "regexp_replace(t, '[.]0$', '')"),
    ("form", "postcode_form(code)"),
    ("c", "CASE WHEN len(form) BETWEEN 2 AND 12 AND NOT (len(form) > 2 AND one_digit(form)) THEN form END"),
)
