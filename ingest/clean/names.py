"""SQL for names of people: in lower case, without titles and signs, the generation suffix and the parts apart.

A full name is read as `given middle… [particles] family` or `family, given middle…`. No word of it is lost: what is
neither the first given name nor the family name is a middle name. Accents stay; comparing folds them.
"""

from typing import Final

from ingest.clean.text import SMALL_KNOWN, Recipe, listed

TITLES: Final = ("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "herr", "frau", "mme", "mlle", "sig", "sra", "dhr")
PARTICLES: Final = (
    "van", "von", "vom", "zu", "zur", "de", "der", "den", "del", "della", "dela", "di", "da", "das", "do", "dos", "du",
    "la", "le", "ter", "ten", "bin", "ibn", "bint", "al", "el", "abu", "ap", "st", "san", "af", "av",
)  # fmt: skip
SUFFIX: Final = r"(jr|jnr|junior|sr|snr|senior|2nd|3rd|4th|ii|iii|iv)"

MACROS: Final = (
    # Signs become spaces, and digits after a word go: they number invented people.
    (
        r"CREATE MACRO name_signs(t) AS said(regexp_replace(regexp_replace(t, '[^\p{L}\p{M}\p{N}''’ |,-]', ' ', 'g'),"
        r" '(\p{L}{2})[0-9]{2,}( |,|$)', '\1\2', 'g'))"
    ),
    f"CREATE MACRO name_untitled(t) AS said(regexp_replace(t, '^(({'|'.join(TITLES)}) )+', ''))",
    (
        f"CREATE MACRO name_suffix(t) AS CASE regexp_extract(t, '[ ,]{SUFFIX}$', 1) "
        "WHEN 'jr' THEN 'jr' WHEN 'jnr' THEN 'jr' WHEN 'junior' THEN 'jr' WHEN 'sr' THEN 'sr' WHEN 'snr' THEN 'sr' "
        "WHEN 'senior' THEN 'sr' WHEN '2nd' THEN 'ii' WHEN 'ii' THEN 'ii' WHEN '3rd' THEN 'iii' WHEN 'iii' THEN 'iii' "
        "WHEN '4th' THEN 'iv' WHEN 'iv' THEN 'iv' END"
    ),
    f"CREATE MACRO name_stem(t) AS said(regexp_replace(t, '([ ,]+{SUFFIX})+$', ''))",
    (
        "CREATE MACRO name_words(t) AS list_filter(string_split(regexp_replace(t, '[ ,|]+', ' ', 'g'), ' '), "
        r"lambda w: regexp_matches(w, '[\p{L}\p{N}]'))"
    ),
    f"CREATE MACRO is_particle(w) AS w IN ({listed(PARTICLES)})",
    # Where the family name begins, counted from 1.
    (
        "CREATE MACRO family_at(w) AS coalesce(list_position(list_transform(w, lambda x, i: i > 1 AND i < len(w) AND "
        "is_particle(x)), true), len(w))"
    ),
)
LINE: Final[Recipe] = (
    *SMALL_KNOWN,
    ("once", "name_signs(t)"),
    ("line", "name_untitled(name_signs(once))"),
    ("stem", "name_stem(line)"),
    ("suffix", "name_suffix(line)"),
)
NAME: Final[Recipe] = (*LINE, ("words", "name_words(stem)"), ("c", "{'words': words, 'suffix': suffix}"))
FULL_NAME: Final[Recipe] = (
    *LINE,
    ("words", "name_words(stem)"),
    ("before", "name_words(regexp_extract(stem, '^([^,]*),', 1))"),
    ("after", "name_words(regexp_extract(stem, '^[^,]*,(.*)$', 1))"),
    ("turned", "len(before) > 0 AND len(after) > 0"),
    ("split_at", "family_at(words)"),
    (
        "c",
        (
            "{'given': CASE WHEN turned THEN after WHEN len(words) = 1 THEN words ELSE words[:split_at - 1] END, "
            "'family': CASE WHEN turned THEN before WHEN len(words) = 1 THEN NULL ELSE words[split_at:] END, "
            "'suffix': suffix}"
        ),
    ),
)
NAME_SUFFIX: Final[Recipe] = (*SMALL_KNOWN, ("once", "name_signs(t)"), ("c", "name_suffix(' ' || once)"))
