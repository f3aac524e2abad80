"""SQL for what names a person or describes one by a code: identifiers, devices, sex, free codes."""

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
OTHER: Final = ("o", "other", "x", "d", "divers", "diverse", "nonbinary", "non-binary", "autre", "otro", "intersex")

SEX: Final[Recipe] = (
    ("t", "rtrim(small(v), '.')"),
    (
        "c",
        (
            f"CASE WHEN t IN ({listed((*FEMALE, *TITLES_OF_WOMEN))}) THEN 'female' "
            f"WHEN t IN ({listed((*MALE, *TITLES_OF_MEN))}) THEN 'male' "
            f"WHEN t IN ({listed(OTHER)}) THEN 'other' END"
        ),
    ),
)
IDENTIFIER: Final[Recipe] = (
    *SMALL_KNOWN,
    ("code", r"tidied(upper(regexp_replace(regexp_replace(t, '^([0-9]+)[.]0$', '\1'), '[\s\-./_]+', '', 'g')))"),
    ("n", "digits(code)"),
    (
        "c",
        (
            "CASE WHEN len(code) > 1 AND NOT is_filler(code) AND NOT (len(n) > 4 AND one_digit(n)) AND "
            "code NOT IN ('078051120', '219099999') THEN code END"
        ),
    ),
)
DEVICE: Final[Recipe] = (
    *SMALL_KNOWN,
    ("c", "CASE WHEN NOT one_digit(regexp_replace(t, '[-: ]', '', 'g')) THEN t END"),
)
CATEGORY: Final[Recipe] = SMALL_KNOWN
