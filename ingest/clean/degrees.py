"""SQL for what stands beside a name and is none of it: degrees, honours, trades and the year of a class.

`Amy Kelly, O.D.`, `Kelly, Amy, MD` and `Dipl.-Ing. Jan Lee` lose them; `Nguyen, Do`, `Amy Ma` and `Rahman Md` do not,
for these are names as well.
"""

from typing import Final

CERTAIN: Final = (
    "dds", "dmd", "dpm", "dvm", "phd", "psyd", "dnp", "lpn", "aprn", "fnp", "crna", "bsn", "mph", "esq", "cpa", "cfa",
    "lcsw", "lmft", "facs", "facp", "facc", "pharmd", "rph", "mrcp", "frcs", "frcp", "bsc", "msc", "meng", "llb", "llm",
)  # fmt: skip
"""Nobody's name."""
DOTTED: Final = ("do", "od", "ma", "ba", "bs", "ms", "jd", "rn", "np", "pa", "dc", "qc", "kc")
"""Degrees only behind a whole name and a comma, and with a full stop after each letter."""
BEHIND: Final = (
    "md", "edd", "msn", "mba", "obe", "mbe", "cbe", "kbe", "od", "jd", "rn", "np", "pa-c", "dc", "qc", "kc", "pt",
    "dpt", "otr", "fnp-c", "np-c", "crnp", "cnp", "cnm", "arnp", "rdn", "lpc", "lmhc", "usn", "usmc", "usaf",
)  # fmt: skip
"""Degrees behind a whole name and a comma, in any writing."""


def _dotted(word: str, least: str) -> str:
    """A word with a full stop, or none, after each letter."""
    return "".join(f"{sign}[.]{least}" if sign.isalpha() else sign for sign in word)


_CERTAIN: Final = "|".join([*(_dotted(word, "?") for word in CERTAIN), "m[.]d[.]?"])
_ANY: Final = "|".join(
    [_CERTAIN, *(_dotted(word, "?") for word in BEHIND), *(_dotted(word, "") for word in DOTTED)],
)
AHEAD: Final = (
    "(?:(?:dipl|ing|mag|mgr|bc|lic|dott|dra|mudr|judr|phdr|rndr|univ|sig)[.](?:-?(?:ing|kfm|inf|phys|psych|ssa|ra|oec|"
    "prof)[.]?)* *)+"
)
"""Degrees before a name, abbreviated with a full stop, for without it some of them are names."""
WHOLE: Final = "[^,]*[^ ,] +[^ ,][^,]*|[^,]+,[^,]*[^ ,][^,]*"
"""A name of two words, or of two parts with a comma between them."""
YEAR: Final = "[''’`][0-9]{2}"
_LAST: Final = f"^([^ ,]+[ ,]+[^ ,].*?)(?:[ ,]+(?:{_CERTAIN}|{YEAR}))+[.,]?$"
MACROS: Final = (
    (
        f"CREATE MACRO without_degrees_behind(t) AS CASE WHEN regexp_matches(t, '[ ,](?:{_ANY}|{YEAR})[.,]?$') THEN "
        f"regexp_replace(regexp_replace(regexp_replace(t, '{_LAST}', '\\1'), "
        f"'^({WHOLE})(?:,[ ,]*(?:{_ANY}))(?:[ ,]+(?:{_ANY}))*[.,]?$', '\\1'), '{_LAST}', '\\1') ELSE t END"
    ),
    (
        f"CREATE MACRO without_degrees(t) AS without_degrees_behind(CASE WHEN regexp_matches(t, '^{AHEAD}[^ ]') "
        f"THEN regexp_replace(t, '^{AHEAD}([^ ])', '\\1') ELSE t END)"
    ),
)
"""Both take a name in lower case; a name of nothing else comes back as it was."""
