"""SQL for what names a person or describes one by a code: identifiers, devices, sex, free codes."""

from collections.abc import Mapping
from typing import Final

from ingest.clean.text import SMALL_KNOWN, Recipe, listed
from ingest.clean.titles import TITLES_OF_MEN, TITLES_OF_WOMEN

FEMALE: Final = (
    "f", "female", "woman", "girl", "w", "weiblich", "frau", "femme", "féminin", "mujer", "femenino", "donna",
    "femmina", "vrouw", "feminino", "k", "kvinna", "kobieta", "2", "fem",
    "ж", "жен", "женский", "жіноча", "жінка", "女", "女性", "여", "여자", "여성", "أنثى", "انثى", "נקבה", "زن",
    "महिला", "মহিলা", "பெண்", "หญิง", "nữ", "perempuan", "kadın", "nő", "nainen", "žena", "ž", "qadın", "γυναίκα",
)  # fmt: skip
MALE: Final = (
    "m", "male", "man", "boy", "männlich", "mann", "homme", "masculin", "hombre", "masculino", "uomo", "maschio",
    "h", "mężczyzna", "1", "masc",
    "м", "муж", "мужской", "ч", "чол", "чоловіча", "男", "男性", "남", "남자", "남성", "ذكر", "זכר", "مرد",
    "पुरुष", "পুরুষ", "ஆண்", "ชาย", "nam", "laki-laki", "erkek", "férfi", "mies", "muž", "kişi", "άνδρας",
)  # fmt: skip
SLIPS: Final = 0.002
"""Share of the rows with a sex, below which a letter is a slip of the pen."""
BALANCED: Final = 0.25
"""Share of them that each of two letters has to have: N of one in ten stands for not known."""
USUAL: Final = frozenset({"m", "f", "w", "male", "female"})
"""What says, where it stands beside two other letters, that these mean something else."""
OTHER: Final = ("o", "other", "x", "d", "divers", "diverse", "nonbinary", "non-binary", "autre", "otro", "intersex")

SEX_PAIRS: Final = (
    ("h", "m"), ("m", "v"), ("m", "n"), ("f", "n"), ("l", "p"), ("e", "k"), ("α", "θ"), ("a", "θ"), ("v", "s"),
    ("م", "ز"), ("ذ", "أ"), ("ז", "נ"),
)  # fmt: skip
"""Letters for men and for women where a column has these two: hombre and mujer, man and vrouw, mies and nainen, férfi
and nő, laki-laki and perempuan, erkek and kadın, άρρεν and θήλυ, vīrietis and sieviete; Persian, Arabic and Hebrew."""


def sex_recipe(men: str = "m", women: str = "f") -> Recipe:
    """Steps that read a sex in any language; the two letters count before all others."""
    return (
        ("t", "rtrim(small(v), '.')"),
        (
            "c",
            (
                f"CASE WHEN t = '{men}' THEN 'male' WHEN t = '{women}' THEN 'female' "
                f"WHEN t IN ({listed((*FEMALE, *TITLES_OF_WOMEN))}) THEN 'female' "
                f"WHEN t IN ({listed((*MALE, *TITLES_OF_MEN))}) THEN 'male' "
                f"WHEN t IN ({listed(OTHER)}) THEN 'other' END"
            ),
        ),
    )


def sex_pair(rows: Mapping[str, int]) -> tuple[str, str] | None:
    """The letters for men and for women of a column that has two.

    Args:
        rows: by value, how many have it.
    """
    total = sum(rows.values())
    stands = {value for value, count in rows.items() if count >= SLIPS * total}
    often = {value for value in stands if rows[value] >= BALANCED * total}
    return next((pair for pair in SEX_PAIRS if often == set(pair) and not (stands - often) & USUAL), None)


IDENTIFIER: Final[Recipe] = (
    *SMALL_KNOWN,
    ("code", r"tidied(upper(regexp_replace(regexp_replace(t, '^([0-9]+)[.]0$', '\1'), '[\s\-./_]+', '', 'g')))"),
    ("n", "digits(code)"),
    (
        "c",
        (
            "CASE WHEN len(code) > 1 AND NOT is_filler(code) AND NOT regexp_full_match(code, '[09]{7,}') AND "
            "NOT (len(n) > 4 AND one_digit(n)) AND "
            "code NOT IN ('078051120', '219099999') THEN code END"
        ),
    ),
)
DEVICE: Final[Recipe] = (
    *SMALL_KNOWN,
    ("c", "CASE WHEN NOT one_digit(regexp_replace(t, '[-: ]', '', 'g')) THEN t END"),
)
CATEGORY: Final[Recipe] = (*SMALL_KNOWN, ("c", "regexp_replace(t, ' *; *', ', ', 'g')"))
"""One thing in small letters; what a list has between its things stands in none."""
BETWEEN: Final = ";|\n"
"""What stands between the things that a cell lists."""
MOST_LISTED: Final = 16
WORDS_IN_ORDER: Final = "trim(array_to_string(list_sort(string_split_regex(p, '[^\\p{L}\\p{N}]+')), ' '))"
LIST: Final[Recipe] = (
    ("things", f"list_transform(string_split_regex(lower(v), '[{BETWEEN}]'), lambda p: unless_unknown(small(p)))"),
    ("bare", f"list_transform(things, lambda p: CASE WHEN digits(p) <> '' THEN p ELSE {WORDS_IN_ORDER} END)"),
    ("known", "list_sort(list_distinct(list_filter(bare, lambda p: p <> '')))"),
    ("c", f"nullif(array_to_string(known[:{MOST_LISTED}], '; '), '')"),
)
"""At most MOST_LISTED things in small words; the words of those without digits in the order of the alphabet, so that
family and given names may stand either way."""
