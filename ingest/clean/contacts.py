"""SQL for telephone numbers and e-mail addresses.

A telephone number is settled by digits alone where a plus sign, or the default region's trunk prefix and length, say
the country; `phone_unsettled` marks the few that need the numbering plans of the phonenumbers library.
"""

from typing import Final

from ingest.clean.text import SMALL_KNOWN, Recipe, listed

NO_COUNTRY: Final = "XX"
"""In place of a country that is not known: numbers are the same with and without the zero before them."""
NANP: Final = ("US", "CA", "PR", "DO", "JM")
TRUNK: Final = {
    "GB": "44", "DE": "49", "FR": "33", "NL": "31", "BE": "32", "AT": "43", "CH": "41", "SE": "46", "IE": "353",
    "AU": "61", "NZ": "64", "ZA": "27", "IN": "91", "JP": "81", "FI": "358", "TR": "90",
}  # fmt: skip
ROLES: Final = (
    "info", "noreply", "no-reply", "donotreply", "noemail", "no.email", "nomail", "none", "na", "n/a", "null",
    "unknown",
    "test", "admin", "contact", "office", "webmaster", "postmaster", "declined", "notprovided", "email", "no",
)  # fmt: skip
ADDRESS: Final = r"([^\s<>;,\"()\[\]:]+@[^\s<>;,\"()\[\]@:]+)"
PLAIN: Final = "[a-z0-9._+-]+@[a-z0-9.-]*[a-z0-9]"

PHONE: Final[Recipe] = (
    ("w", "lower(said(v))"),
    ("s", "CASE WHEN ends_with(w, '.0') THEN left(w, -2) ELSE w END"),
    ("t", "CASE WHEN contains(s, 'x') OR contains(s, '#') THEN regexp_replace(s, '(ext|x|#).*$', '') ELSE s END"),
    ("u", r"CASE WHEN contains(t, '(0)') THEN regexp_replace(t, '[+]([0-9 ]+)[(]0[)]', '\1') ELSE t END"),
    ("d", "digits(u)"),
    ("plus", "regexp_matches(t, '^[^0-9]*[+]')"),
    (
        "p",
        (
            "CASE WHEN plus THEN '+' || d WHEN len(d) >= 11 AND starts_with(d, '00') THEN '+' || d[3:] "
            "ELSE coalesce(phone_local(d), d) END"
        ),
    ),
    ("n", "replace(p, '+', '')"),
    (
        "filler",
        (
            "CASE WHEN ends_as_filler(n) THEN is_filler(n) OR is_filler(right(n, 10)) OR is_filler(right(n, 9)) "
            "OR (len(n) <= 8 AND is_filler(right(n, 7))) ELSE false END"
        ),
    ),
    ("c", "CASE WHEN len(n) BETWEEN 6 AND 15 AND NOT filler THEN p END"),
)


def phone_macros(region: str) -> tuple[str, ...]:
    """What telephone numbers of one default region (ISO 3166, two letters) look like."""
    return (
        "CREATE MACRO phone_local(d) AS " + _local(region),
        "CREATE MACRO phone_unsettled(p) AS len(replace(p, '+', '')) BETWEEN 7 AND 15 AND NOT " + _settled(region),
    )


def _local(region: str) -> str:
    if region in NANP:
        return "CASE WHEN len(d) = 10 THEN '+1' || d WHEN len(d) = 11 AND starts_with(d, '1') THEN '+' || d END"
    if region in TRUNK:
        return f"CASE WHEN len(d) BETWEEN 9 AND 12 AND starts_with(d, '0') THEN '+{TRUNK[region]}' || d[2:] END"
    return "nullif(ltrim(d, '0'), '')" if region == NO_COUNTRY else "NULL::VARCHAR"


def _settled(region: str) -> str:
    """What digits alone settle: the region's own numbers, where its plan has one length, its typing errors too."""
    if region in NANP:
        return "(starts_with(p, '+1') OR len(replace(p, '+', '')) IN (9, 10, 11))"
    if region in TRUNK:
        return f"starts_with(p, '+{TRUNK[region]}')"
    return "false"


EMAIL: Final[Recipe] = (
    *SMALL_KNOWN,
    (
        "found",
        f"CASE WHEN regexp_full_match(t, '{PLAIN}') THEN t ELSE rtrim(regexp_extract(t, '{ADDRESS}', 1), '.') END",
    ),
    (
        "c",
        f"CASE WHEN found <> '' AND regexp_replace(found, '[0-9@].*$', '') NOT IN ({listed(ROLES)}) THEN found END",
    ),
)
