"""SQL for names of people: in lower case, without titles and signs, the generation suffix and the parts apart.

A full name is read as `given middle… [particles] family` or `family, given middle…`, and as `family given middle…`
where the whole column is written so. No word of it is lost: what is neither the first given name nor the family name is
a middle name. Accents stay; comparing folds them.

A nickname stands apart: what is in double quotes or brackets, one word in single quotes, and the word after `aka`,
`called`, `goes by` or `known as`. An apostrophe inside or at one end of a word is no quote (O'Brien, 'Iolani, van 't
Hoff), a bracket that says what somebody was born as or which generation he is holds no nickname, and where nothing
else is said the nickname is the name.
"""

from typing import Final

from ingest.clean.text import SMALL_KNOWN, Recipe, listed
from ingest.clean.titles import NO_NAMES

PARTICLES: Final = (
    "van", "von", "vom", "zu", "zur", "de", "der", "den", "del", "della", "dela", "di", "da", "das", "do", "dos", "du",
    "la", "le", "ter", "ten", "bin", "binti", "binte", "bte", "ibn", "bint", "al", "el", "abu", "ap", "st", "san", "af",
    "av", "vander", "vanden", "vande",
)  # fmt: skip
# Particles that begin a family name: the sure ones are nobody's given name, the others need a second particle.
SURE: Final = ("von", "vom", "zur", "della", "ter", "vander", "vanden", "vande")
LEADING: Final = (*SURE, "van", "zu", "de", "den", "del", "di", "da", "dos", "du", "ten")
SUFFIX_WORDS: Final = ("jr", "jnr", "junior", "sr", "snr", "senior", "2nd", "3rd", "4th", "ii", "iii", "iv")
SUFFIX: Final = f"({'|'.join(SUFFIX_WORDS)})"
CALLED: Final = r"(?:a[. ]*k[. ]*a[. ]*|(?:also +)?called|goes +by|(?:also +|better +)?known +as)"
WORD: Final = r"[\p{L}\p{M}][\p{L}\p{M}-]*"
ENCLOSED: Final = (
    rf"[(\[{{\"“”„«»] *(?:{CALLED} +)?((?:[\p{{L}}\p{{M}}'’.-]*\p{{L}}[\p{{L}}\p{{M}}'’.-]*) ?"
    r"(?:[\p{L}\p{M}'’.-]*\p{L}[\p{L}\p{M}'’.-]*)?) *[)\]}\"“”„«»]"
)
# What a bracket holds that is no nickname: a generation, an earlier name, a second family name before the comma.
NO_NICKNAME: Final = (
    rf"[(\[{{\"“”„«»] *((?:{SUFFIX}[.]?|(?:née?|nee|geb|geboren|born|formerly|maiden|ex)[. ][^()\[\]{{}}\"“”„«»]*)) *"
    r"[)\]}\"“”„«»]"
)
SECOND: Final = r"[(\[{]([^()\[\]{}]*)[)\]}] *,"
# Both between signs that stand twice, so that neighbours need not share one.
QUOTED: Final = rf"([ ,|])['‘’]({WORD})['‘’]([ ,|])"
NAMED: Final = rf"([^ ,|])[ ,]+{CALLED} +['‘’]?({WORD}(?:['’]{WORD})?)['‘’]?([ ,|])"
NICKNAMED: Final = rf"[(\[{{\"“”„«»'‘’`´]|[ ,]{CALLED} "

# What hospitals write until a child has a name, and which of twins it is.
UNNAMED: Final = (
    "(?:baby|infant|newborn|neonate)[ -]?(?:boy|girl|male|female|twin|child)|(?:male|female|boy|girl) "
    "(?:infant|baby|newborn)|newborn|neonate|drengur|stúlka|sveinbarn|meybarn|óskírð(?:ur)?|nyfødt?|nyfödd|udøbt|gossebarn|"
    "pojkbarn|flickbarn|guttebarn|jentebarn|drengebarn|pigebarn|reci[eé]n nacid[oa]|neonat[oa]|"
    "rec[eé]m[ -]?nascid[oa]|nouveau[ -]n[eé]e?|neugeboren(?:e[rs]?)?|säugling|"
    "naamloos|pasgeborene?|noworodek|novorozen(?:ec|ě)|novorodenec|újszülött|vastasyntynyt|"
    "новорожд[её]нн(?:ый|ая)|новонароджен(?:ий|а)|νεογν[οό]|新生児|新生儿|신생아"
)
OF_MOTHER: Final = "(?:of|de|da|do|von|van|av|af) .+"
TWIN: Final = "(?:[a-d]|[1-4])"
NEWBORN: Final = rf"^(?:(?:{UNNAMED}|baby) {OF_MOTHER}|rn de .+|(?:{UNNAMED}|twin)(?: (?:twin )?({TWIN}))?)$"
NEWBORN_GIVEN: Final = rf"{NEWBORN}|^(?:{UNNAMED}|girl|boy) [^ ]{{2,}}(?: ({TWIN}))?$"
"""Also by the mother's first name, as beside a family name alone."""
NEWBORN_BEFORE: Final = rf"^((?:{UNNAMED}) twin {TWIN}|(?:baby|infant|newborn|neonate)[ -]?twin {TWIN}|{UNNAMED}) [^ ]"
NEWBORN_BEHIND: Final = rf"[^ ] ((?:{UNNAMED})(?: (?:twin )?{TWIN})?)$"
NEWBORN_SOMEWHERE: Final = f"{UNNAMED}|^baby {OF_MOTHER}|^rn de "
# One family name, with its particles, before a single slash; what a name is "of" (son, daughter, wife, care) is none.
SLASHED: Final = rf"^(?:(?:{'|'.join(PARTICLES)}) )*[\p{{L}}\p{{M}}'’-]+ */[^/]+$"
OF: Final = r"(?:^| )(?:[sdwcb]/o|a/[lp])(?: |$)"

# Names covered by stars: of J*** and Jo** the beginning is known, of 박*호 the family name. Stars at a whole word are a
# footnote.
COVERED: Final = r"^([\p{Han}\p{Hangul}])[\p{Han}\p{Hangul}]?[*]+[\p{Han}\p{Hangul}*]*$"
COVERED_END: Final = r"(^|[ ,])(\p{L}{1,2})[*]{2,}[\p{L}*]*"
COVERED_BEGINNING: Final = r"(^|[ ,])[*]{2,}\p{L}{1,2}($|[ ,])"

MACROS: Final = (
    # Signs become spaces, and digits after a word go: they number invented people.
    (
        f"CREATE MACRO uncovered(t) AS CASE WHEN contains(t, '*') THEN regexp_replace(regexp_replace(regexp_replace(t, "
        f"'{COVERED}', '\\1,'), '{COVERED_END}', '\\1\\2', 'g'), '{COVERED_BEGINNING}', '\\1\\2', 'g') ELSE t END"
    ),
    # Who takes the letters in is somebody else.
    (
        "CREATE MACRO uncared(t) AS CASE WHEN contains(t, '/') "
        "THEN regexp_replace(t, '(?:^|[ ,(])[ ,(]*c/o(?: .*)?$', '') ELSE t END"
    ),
    (
        r"CREATE MACRO name_signs(t) AS tidied(regexp_replace(regexp_replace(uncovered(uncared(t)), "
        r"'[^\p{L}\p{M}\p{N}''’ |,-]', ' ', 'g'), '(\p{L}{2})[0-9]{2,}( |,|$)', '\1\2', 'g'))"
    ),
    (
        f"CREATE MACRO unwrapped(t) AS regexp_replace(regexp_replace(t, {listed((NO_NICKNAME,))}, ' \\1 ', 'g'), "
        f"{listed((SECOND,))}, ' \\1 ,', 'g')"
    ),
    "CREATE MACRO spread(t) AS ' ' || regexp_replace(t, '([ ,|])', '\\1\\1', 'g') || ' '",
    f"CREATE MACRO name_untitled(t) AS tidied(regexp_replace(t, '^(({'|'.join(NO_NAMES)}) )+', ''))",
    (
        f"CREATE MACRO name_suffix(t) AS CASE regexp_extract(t, '[ ,]{SUFFIX}$', 1) "
        "WHEN 'jr' THEN 'jr' WHEN 'jnr' THEN 'jr' WHEN 'junior' THEN 'jr' WHEN 'sr' THEN 'sr' WHEN 'snr' THEN 'sr' "
        "WHEN 'senior' THEN 'sr' WHEN '2nd' THEN 'ii' WHEN 'ii' THEN 'ii' WHEN '3rd' THEN 'iii' WHEN 'iii' THEN 'iii' "
        "WHEN '4th' THEN 'iv' WHEN 'iv' THEN 'iv' END"
    ),
    f"CREATE MACRO name_stem(t) AS tidied(regexp_replace(t, '([ ,]+{SUFFIX})+$', ''))",
    (
        "CREATE MACRO name_words(t) AS list_filter(string_split(regexp_replace(t, '[ ,|]+', ' ', 'g'), ' '), "
        r"lambda w: regexp_matches(w, '[\p{L}\p{N}]'))"
    ),
    f"CREATE MACRO is_newborn(w) AS regexp_matches(array_to_string(w, ' '), '{NEWBORN}')",
    f"CREATE MACRO is_newborn_given(w) AS regexp_matches(array_to_string(w, ' '), '{NEWBORN_GIVEN}')",
    (
        "CREATE MACRO newborn_words(w, pattern) AS "
        "len(list_filter(string_split(regexp_extract(array_to_string(w, ' '), pattern, 1), ' '), lambda x: x <> ''))"
    ),
    (
        "CREATE MACRO which_twin(w) AS nullif(concat("
        f"regexp_extract(array_to_string(w, ' '), '{NEWBORN_GIVEN}', 1), "
        f"regexp_extract(array_to_string(w, ' '), '{NEWBORN_GIVEN}', 2)), '')"
    ),
    f"CREATE MACRO is_particle(w) AS w IN ({listed(PARTICLES)})",
    # Where the family name begins, counted from 1.
    (
        "CREATE MACRO family_at(w) AS coalesce(list_position(list_transform(w, lambda x, i: i > 1 AND i < len(w) AND "
        "is_particle(x)), true), len(w))"
    ),
)
PARTS: Final[Recipe] = (
    ("line", "name_untitled(name_signs(once))"),
    ("stem", "name_stem(line)"),
    ("suffix", "name_suffix(line)"),
    ("words", "name_words(stem)"),
)
FAMILY_NAME: Final[Recipe] = (
    *SMALL_KNOWN,
    ("once", "name_signs(t)"),
    *PARTS,
    ("c", "{'words': words, 'suffix': suffix}"),
)
_ENCLOSED, _QUOTED, _NAMED = (listed((pattern,)) for pattern in (ENCLOSED, QUOTED, NAMED))
LINE: Final[Recipe] = (
    *SMALL_KNOWN,
    ("marked", f"regexp_matches(t, {listed((NICKNAMED,))})"),
    ("unwrapped", "CASE WHEN marked THEN unwrapped(t) END"),
    (
        "opened",
        f"spread(name_signs(translate(regexp_replace(unwrapped, {_ENCLOSED}, ' ', 'g'), '‘`´', '''''''')))",
    ),
    ("unnamed", f"regexp_replace(opened, {_NAMED}, '\\1\\3', 'g')"),
    ("unquoted", f"name_signs(regexp_replace(unnamed, {_QUOTED}, '\\1\\3', 'g'))"),
    (
        "aside",
        (
            f"CASE WHEN marked THEN list_transform(regexp_extract_all(unwrapped, {_ENCLOSED}, 1) "
            f"|| regexp_extract_all(opened, {_NAMED}, 2) || regexp_extract_all(unnamed, {_QUOTED}, 2), "
            "lambda n: array_to_string(name_words(name_signs(n)), ' ')) END"
        ),
    ),
    (
        "nicknames",
        (
            "CASE WHEN marked AND len(name_words(unquoted)) > 0 THEN "
            "list_filter(nullif(aside, []), lambda n, i: list_position(aside, n) = i) END"
        ),
    ),
    (
        "once",
        (
            "CASE WHEN NOT marked THEN name_signs(t) WHEN nicknames IS NOT NULL THEN unquoted "
            "WHEN len(aside) > 0 THEN array_to_string(aside, ' ') ELSE name_signs(unwrapped) END"
        ),
    ),
    *PARTS,
)
NAME: Final[Recipe] = (
    *SMALL_KNOWN[:-1],
    ("two", SMALL_KNOWN[-1][1]),
    ("t", "first_given(without_degrees(two))"),
    *LINE[len(SMALL_KNOWN) :],
    ("newborn", "is_newborn_given(words)"),
    (
        "c",
        (
            "{'words': CASE WHEN NOT newborn THEN words END, 'suffix': CASE WHEN newborn THEN which_twin(words) "
            "ELSE suffix END, 'nicknames': nicknames}"
        ),
    ),
)
READ_NAME: Final[Recipe] = (
    ("w", "small(v)"),
    ("u", "unless_unknown(w)"),
    ("one", "first_of_couple(without_degrees(uncovered(u)))"),
    # As airlines (family/given) and hospitals (family^given^middle) write it.
    ("r", "CASE WHEN regexp_matches(one, '[/^*]') THEN rtrim(one, '/* ') END"),
    (
        "t",
        (
            f"CASE WHEN regexp_matches(r, '[\\^*]') OR (regexp_matches(r, {listed((SLASHED,))}) "
            f"AND NOT regexp_matches(r, '{OF}')) THEN regexp_replace(r, '[/^*]+', ', ') ELSE one END"
        ),
    ),
    *LINE[len(SMALL_KNOWN) :],
    ("before", "name_words(regexp_extract(stem, '^([^,]*),', 1))"),
    ("behind", "name_words(regexp_extract(stem, '^[^,]*,(.*)$', 1))"),
    ("bare", f"list_filter(behind, lambda w: w NOT IN ({listed(NO_NAMES)}))"),
    ("after", "CASE WHEN len(bare) > 0 THEN bare ELSE behind END"),
    # A name that begins with two particles, or a sure one, begins with the family name: "van der Berg Anna".
    ("bare_at", "list_position(list_transform(words, lambda w: is_particle(w)), false)"),
    (
        "led",
        (
            "len(before) = 0 AND bare_at < len(words) AND "
            f"(words[1] IN ({listed(SURE)}) OR (bare_at > 2 AND words[1] IN ({listed(LEADING)})))"
        ),
    ),
    ("turned", "len(before) > 0 AND len(after) > 0"),
    ("alone", "len(before) > 0 AND len(after) = 0"),
    ("child", f"len(before) = 0 AND regexp_matches(array_to_string(words, ' '), '{NEWBORN_SOMEWHERE}')"),
    ("babies", f"CASE WHEN child THEN newborn_words(words, '{NEWBORN_BEFORE}') ELSE 0 END"),
    ("ending", f"CASE WHEN child AND babies = 0 THEN newborn_words(words, '{NEWBORN_BEHIND}') ELSE 0 END"),
    ("nobody", "starts_with(one, 'b/o ') OR (child AND is_newborn(words))"),
    ("newborn", "nobody OR babies > 0 OR ending > 0 OR (turned AND is_newborn_given(after))"),
    (
        "babe",
        (
            "CASE WHEN nobody THEN words WHEN babies > 0 THEN words[:babies] "
            "WHEN ending > 0 THEN words[len(words) - ending + 1:] ELSE after END"
        ),
    ),
    ("split_at", "family_at(words)"),
    ("last_at", "coalesce(bare_at, 1)"),
)


def _parted(given: str, family: str) -> Recipe:
    """A whole name without comma in two parts, given as SQL."""
    return (
        *READ_NAME,
        (
            "c",
            (
                "{'given': CASE WHEN newborn THEN NULL WHEN led THEN words[bare_at + 1:] WHEN turned THEN after "
                f"WHEN alone THEN NULL WHEN len(words) = 1 THEN words ELSE {given} END, "
                "'family': CASE WHEN nobody THEN NULL WHEN babies > 0 THEN words[babies + 1:] "
                "WHEN ending > 0 THEN words[:len(words) - ending] "
                f"WHEN led THEN words[:bare_at] WHEN turned OR alone THEN before "
                f"WHEN len(words) = 1 THEN NULL ELSE {family} END, "
                "'suffix': CASE WHEN newborn THEN which_twin(babe) ELSE suffix END, 'nicknames': nicknames}"
            ),
        ),
    )


FULL_NAME: Final = _parted("words[:split_at - 1]", "words[split_at:]")
FAMILY_FIRST: Final = _parted(
    "CASE WHEN last_at = len(words) THEN words[:-2] ELSE words[last_at + 1:] END",
    "CASE WHEN last_at = len(words) THEN words[-1:] ELSE words[:last_at] END",
)
"""The same of a column whose names begin with the family name."""
NAME_SUFFIX: Final[Recipe] = (*SMALL_KNOWN, ("once", "name_signs(t)"), ("c", "name_suffix(' ' || once)"))
