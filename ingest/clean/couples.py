"""SQL for names of two people in one value: the first of them, in a form that one name has.

`Daniel & Michelle Jones` becomes `daniel jones`, `Mr and Mrs D Jones` `d jones`, `Jones, Daniel & Michelle`
`jones, daniel`. A name without family name of the first, and two words that may be a firm, stay as they are. The
second person is not read: a record is of one.
"""

from typing import Final

from ingest.clean.titles import NO_NAMES

AND: Final = r"(?: *[&+] *| (?:and|und|et) )"
TITLED: Final = rf"(?:(?:{'|'.join(NO_NAMES)})[.]? +)*"
ALONE: Final = rf"(?:{'|'.join(NO_NAMES)})[.]?"
INITIALS: Final = r"[^ ,&+]+(?: [^ ,&+][.]?)*"
"""One word, and initials after it."""
COUPLE: Final = r"[^ &+] *[&+] *[^ &+]|[^ ] (?:and|und|et) [^ ]"

MACROS: Final = (
    f"CREATE MACRO is_couple(t) AS regexp_matches(t, '{COUPLE}')",
    # Of given names, those of the first; titles of two are left to stand.
    (
        f"CREATE MACRO first_given(t) AS CASE WHEN is_couple(t) AND NOT regexp_matches(t, '^{TITLED}{ALONE}{AND}') "
        f"THEN regexp_replace(t, '{AND}.*$', '') ELSE t END"
    ),
    (
        "CREATE MACRO first_of_couple(t) AS CASE WHEN NOT is_couple(t) THEN t "
        f"WHEN regexp_matches(t, '^[^,&+]+,.*{AND}') THEN regexp_replace(t, '{AND}.*$', '') "
        f"WHEN regexp_matches(t, '^{TITLED}{ALONE}{AND}') THEN regexp_replace(t, '^{TITLED}{ALONE}{AND}{TITLED}', '') "
        f"WHEN regexp_matches(t, '^{TITLED}{INITIALS}{AND}{TITLED}{INITIALS} +[^ ]') "
        f"THEN regexp_replace(t, '^({TITLED}{INITIALS}){AND}{TITLED}{INITIALS} +', '\\1 ') "
        f"WHEN regexp_matches(t, '^{TITLED}{INITIALS}{AND}') THEN t "
        f"ELSE regexp_replace(t, '{AND}.*$', '') END"
    ),
)
"""All take a name in lower case; a name that nobody shares comes back as it was."""
