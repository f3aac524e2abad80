"""What the values of a column look like: the share of them that has each shape, counted by value and by row.

Only a bounded sample comes here, so plain regular expressions do.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ingest.clean.codes import FEMALE, MALE, OTHER
from ingest.clean.dates import BUDDHIST, BUDDHIST_ERA, MONTHS, PIVOT
from ingest.clean.gazetteer import COUNTRY_WORDS, REGION_CODES, REGIONS
from ingest.clean.packed import ERA as ERA_TEXT
from ingest.clean.packed import ERAS, SHAPES
from ingest.clean.titles import TITLES, TITLES_OF_MEN, TITLES_OF_WOMEN
from ingest.kinds.facts import Facts
from ingest.kinds.lexicon import CITIES, FAMILY, GIVEN, GIVEN_ONLY, STREET_WORDS

MARKS: Final = "".join(sign for sign in map(chr, range(0x300, 0x1800)) if unicodedata.category(sign).startswith("M"))
"""Accents by themselves, and the vowel signs of Indian and Thai letters."""
BEGUN: Final = "|".join(re.escape(name) for names in MONTHS.values() for name in names)
MONTH: Final = rf"(?:{BEGUN})[\w.{MARKS}]*"
APART: Final = r"(?:[-/.]? ?|[年년] ?|[月월] ?)(?<!\d)"
ENDED: Final = r"(?:(?:0?[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
MIDNIGHT: Final = re.compile(r"^[ t]0?0:00(?::00(?:\.0+)?)?(?:z|[+-]00:?00)?$", re.IGNORECASE)
DATE: Final = re.compile(
    rf"^(?:(?P<y1>\d{{4}}){APART}\d{{1,2}}{APART}\d{{1,2}}[.日일]?|\d{{1,2}}{APART}\d{{1,2}}{APART}(?P<y2>\d{{4}}|\d{{2}})[.]?|"
    rf"(?P<y3>(?:1[5-9]|20)\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\.0)?|{ENDED}(?P<y6>(?:19|20)\d\d)(?:\.0)?|"
    rf"\d{{1,2}}[-/. ]*{MONTH}[-/., ]*(?P<y4>\d{{4}}|\d{{2}})|{MONTH}[-/. ]*\d{{1,2}}[-/., ]+(?P<y5>\d{{4}}))"
    rf"(?P<time>[ t]\d{{1,2}}:\d\d.*)?$",
    re.IGNORECASE,
)
PHONE: Final = re.compile(
    r"^(?=(?:\D*\d){7,15}\D*$)(?:\+[\d\s().\-/]+|[\d\s.\-/]*\(\d{2,5}\)[\d\s.\-/]+|\d{3}[-. ]\d{3}[-. "
    r"]\d{3,5}|(?=(?:\D*\d){8})0\d{2,5}[\s/\-]\d[\d\s\-/]{3,})$"
)
INITIALS: Final = re.compile(r"^[^\W\d_](?:[. -]+[^\W\d_])*[. ]*$")
LETTER: Final = re.compile(r"^[^\W\d_]\.?$")
MOSTLY_LETTERS: Final = re.compile(r"^[^\W\d_].*[^\W\d_]")
LETTERS: Final = re.compile(r"^(?:[Cc]/[Oo] +)?[^\W\d_][^\d_!?@#$%^&*+=<>:;/\\{}\[\]|~]*$")
WORD: Final = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*")
GLUED: Final = re.compile(r"(?<=[^\W\d_]),(?=[^\W\d_])")
LAST_FIRST: Final = re.compile(r"^([^,]+), ?([^,]+)$")
ERA: Final = re.compile(ERA_TEXT, re.IGNORECASE)
PACKED: Final[Mapping[str, re.Pattern[str]]] = {name: re.compile(shape) for name, shape in SHAPES.items()}
"""Dates that a value by itself hardly shows: of numbers as long as they are, one in ten or fewer could be one."""
OLD_DAY: Final = re.compile(r"^1[34]\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")
"""A day of the Islamic or the Persian calendar in eight digits."""
MONTH_OF_YEAR: Final = re.compile(r"^(?P<year>(?:1[5-9]|20)\d\d)[-/](?:0[1-9]|1[0-2])$")
"""A year and a month without a day."""
DAY_OF_MONTH: Final = re.compile(r"^(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])$")
PACKED_SHARE: Final = 0.9
PACKED_VALUES: Final = 20
FEW_FORMS: Final = 3
LONG: Final = 7
"""Letters and digits that a number of a person has at least; with fewer, values are alike by chance."""
ALNUM: Final = re.compile(r"[^\W_]")
DIGITS_OF_CODE: Final = re.compile(r"(?:\d.*){4}")
SUFFIXES: Final = frozenset(["jr", "jnr", "junior", "sr", "snr", "senior", "ii", "iii", "iv", "v", "2nd", "3rd", "4th"])
SURNAMES: Final = (
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭肖程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣"
    "蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺"
    "賀赖賴龚龔文施洪簡游詹"
    "김이박최정강조윤장임한오서신권황안송류유홍전고문손양배백허남심노하곽성차주우구민"
)
"""Nine in ten people of China, Taiwan and Korea have one, written before the first name without a space."""
PATTERNS: Final[Mapping[str, re.Pattern[str]]] = {
    "email": re.compile(
        r"^[^@\s]*<?[^@\s<]+@[^@\s]+\.[^@\s]+$|@[\w.-]+>$|^[^@\s]+(?:@[^@\s;,|/&]+[\s;,|/&]+[^@\s;,|/&]+)+@[^@\s]+$"
    ),
    "mac": re.compile(r"^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$", re.IGNORECASE),
    "uuid": re.compile(r"^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$", re.IGNORECASE),
    "orcid": re.compile(r"^(?:https?://orcid\.org/)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]$"),
    "doi": re.compile(r"^(?:(?:https?://)?(?:dx\.)?doi\.org/|doi: ?)?10\.\d{4,}/\S+$", re.IGNORECASE),
    "digest": re.compile(
        r"^(?:[0-9a-f]{16}|[0-9a-f]{20}|[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{128})$",
        re.IGNORECASE,
    ),
    "ssn": re.compile(r"^\d{3}-\d{2}-\d{4}$"),
    "phone": PHONE,
    "nanp": re.compile(r"^1?[2-9]\d\d[2-9]\d{6}$"),
    "uk_postcode": re.compile(r"^[a-z]{1,2}\d[a-z0-9]? ?\d[a-z]{2}$", re.IGNORECASE),
    "ca_postcode": re.compile(r"^[a-z]\d[a-z] ?\d[a-z]\d$", re.IGNORECASE),
    "five": re.compile(r"^\d{5}(?:-\d{4})?$"),
    "zero_first": re.compile(r"^0\d{4}$"),
    "year": re.compile(r"^(?:1[5-9]|20)\d\d(?:\.0)?$"),
    "integer": re.compile(r"^-?\d+(?:\.0)?$"),
    "numeric": re.compile(r"^[-+]?[$€£]?\s?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?$", re.IGNORECASE),
    "decimal": re.compile(r"^[-+]?\D?\s?\d[\d.,]*[.,]\d+$"),
    "holds_date": re.compile(
        r"(?<!\d)(?:\d{1,2}([-/. ])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d([-/. ])\d{1,2}\2\d{1,2})(?!\d)"
    ),
    "day": re.compile(r"^(?:0?[1-9]|[12]\d|3[01])(?:\.0)?$"),
    "month": re.compile(r"^(?:0?[1-9]|1[0-2])(?:\.0)?$"),
    "serial": re.compile(r"^[1-4]\d{4}(?:\.0)?$"),
    "epoch": re.compile(r"^1\d{9}(?:\d{3})?(?:\.\d+)?$"),
    "ip": re.compile(r"^(?:\d{1,3}\.){3}\d{1,3}$"),
    "age": re.compile(r"^(?:\d{1,2}|1[01]\d)(?:\.0)?$"),
    "letters": LETTERS,
    "leading_number": re.compile(r"^\d+[a-z]?(?:[-/]\d+)?,? +(?:[^\W\d_]|\d+(?:st|nd|rd|th))", re.IGNORECASE),
    "trailing_number": re.compile(r"^[^\W\d_][^\d]+?[., ]+\d{1,3} ?[a-z]?(?:[-/ ]+\d{1,3} ?[a-z]?)*$", re.IGNORECASE),
    "street_ending": re.compile(
        r"(?:str|stra[sß]s?e|straat|gasse|weg|allee|laan|platz|plein|ring|damm|ufer|steig|dreef|kade|gracht|singel|hof|"
        r"gatan?|v[äa]gen|vej|gade|all[ée]|plass|utca|út|tér|ulica|ul)\.?[ ,]+\d",
        re.IGNORECASE,
    ),
    "zip_last": re.compile(r"[^\W\d_]{2,}.*[ ,][a-z]{2}[ ,]+\d{5}(?:-\d{4})?$", re.IGNORECASE),
    "short_number": re.compile(r"^\d{1,5}[a-z]?(?:[-/]\d+)?(?:\.0)?$", re.IGNORECASE),
    "digits": re.compile(r"\d"),
    "dialled": re.compile(r"^[\[{\x22']*[+(\d][\d\s().\-/+;,|&\x22'\]}]{5,}(?:\s*(?:x|ext).*)?$", re.IGNORECASE),
    "code": re.compile(r"^(?=.*\d)[A-Za-z0-9]+(?:[-./_][A-Za-z0-9]+)*$"),
    "long_code": re.compile(r"^(?=(?:.*\d){4})[A-Za-z0-9][-A-Za-z0-9./_]{4,}$"),
    "handle": re.compile(r"^@?(?=.*[a-z])[a-z0-9][\w.~!*-]{2,29}$", re.IGNORECASE),
    "lettered": re.compile(r"^@?[a-z](?:.*[a-z]){2}", re.IGNORECASE),
    "joined": re.compile(r"^[a-z]+[._](?!(?:com|org|net|edu|gov|info|biz|io|[a-z]{2})$)[a-z]+\d*$"),
    "unit": re.compile(r"^(?:apt|apartment|unit|suite|ste|flat|room|no)\b|^#|floor$", re.IGNORECASE),
    "comma": LAST_FIRST,
    "east_long": re.compile(rf"^[{SURNAMES}](?:[가-힣]{{2,3}}|[一-鿿]{{2,3}})$"),
    "east_name": re.compile(rf"^[{SURNAMES}](?:[가-힣]{{1,3}}|[一-鿿]{{1,3}})$"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Shares from 0 to 1 by shape.

    Attributes:
        by_value: of the sampled distinct values.
        by_row: of the rows that hold them.
        years: 5th and 95th percentile of the years of values that are dates or years.
        words: mean number of words; a comma between letters parts them as a space does.
        alike: of the sampled distinct values, the share in the FEW_FORMS commonest forms of long numbers and codes:
            letters and digits, of which many are digits, and signs between them at the same places.
        packed: whether nearly all are dates packed into six digits, or years and days of the year.
    """

    by_value: Mapping[str, float]
    by_row: Mapping[str, float]
    years: tuple[int, int]
    words: float
    alike: float = 0.0
    packed: bool = False


def column_shapes(facts: Facts) -> Shapes:
    """Measure the shapes of a sample."""
    tests: dict[str, Callable[[str], bool]] = {
        **{name: _matches(pattern) for name, pattern in PATTERNS.items()},
        **WORD_TESTS,
    }
    total = sum(facts.counts) or 1
    values = len(facts.values) or 1
    hits = {name: [test(value) for value in facts.values] for name, test in tests.items()}
    packed = _packed(facts)
    return Shapes(
        by_value={name: sum(hit) / values for name, hit in hits.items()},
        by_row={
            name: sum(count for one, count in zip(hit, facts.counts, strict=True) if one) / total
            for name, hit in hits.items()
        },
        years=_years(facts, packed),
        words=sum(len(GLUED.sub(" ", value).split()) for value in facts.values) / values,
        alike=sum(count for _, count in _forms(facts).most_common(FEW_FORMS)) / values,
        packed=packed is not None,
    )


def _forms(facts: Facts) -> Counter[str]:
    """The forms of long numbers and codes, by how many values have each; what is covered by stars is a form too."""
    long = (value for value in facts.values if DIGITS_OF_CODE.search(value) and len(ALNUM.findall(value)) >= LONG)
    return Counter(ALNUM.sub("x", value) for value in long)


def _packed(facts: Facts) -> re.Pattern[str] | None:
    """How the dates of a column are packed, None where they are not."""
    least = max(PACKED_VALUES, PACKED_SHARE * len(facts.values))
    found = {name: sum(shape.match(value) is not None for value in facts.values) for name, shape in PACKED.items()}
    best = max(found, key=lambda name: found[name])
    return PACKED[best] if found[best] >= least else None


def _matches(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.search(value) is not None


def _words(value: str) -> list[str]:
    return WORD.findall(value.lower())


def _is_street(value: str) -> bool:
    words = _words(value)
    return len(words) > 1 and any(word in STREET_WORDS for word in words[1:])


def _is_clock(time: str | None) -> bool:
    """Midnight is how spreadsheets write no time at all."""
    return time is not None and not MIDNIGHT.match(time)


def _is_cased(value: str) -> bool:
    """A letter of an alphabet may be an initial; a Chinese or Korean sign is a name."""
    return value.lower() != value.upper()


def _first_word_in(words: frozenset[str]) -> Callable[[str], bool]:
    """Whether the first name of a whole one is known: it follows the comma where there is one."""
    return lambda value: next(iter(_words(_first_last(value))), "") in words


def _last_word_in(words: frozenset[str]) -> Callable[[str], bool]:
    return lambda value: next(iter(reversed(_words(_first_last(value)))), "") in words


def _first_last(value: str) -> str:
    return LAST_FIRST.sub(r"\2 \1", value)


SEXES: Final = frozenset({*FEMALE, *MALE, *OTHER, "u", "unknown"})
SEX_WORDS: Final = frozenset({*FEMALE, *MALE})
FAMILY_ONLY: Final = FAMILY - GIVEN
WORD_TESTS: Final[Mapping[str, Callable[[str], bool]]] = {
    "date": lambda value: DATE.match(value) is not None or ERA.match(value) is not None,
    "month_of_year": lambda value: MONTH_OF_YEAR.match(value) is not None,
    "day_of_month": lambda value: DAY_OF_MONTH.match(value) is not None,
    "six": lambda value: any(shape.match(value) for shape in PACKED.values()) or OLD_DAY.match(value) is not None,
    "instant": lambda value: (found := DATE.match(value)) is not None and _is_clock(found["time"]),
    "initials": lambda value: INITIALS.match(value) is not None and _is_cased(value),
    "letter": lambda value: LETTER.match(value) is not None and _is_cased(value),
    "mostly_letters": lambda value: (
        MOSTLY_LETTERS.match(value) is not None or (LETTER.match(value) is not None and not _is_cased(value))
    ),
    "sex": lambda value: value.lower() in SEXES,
    "sex_word": lambda value: value.lower() in SEX_WORDS and not value.isdigit(),
    "female": lambda value: value.lower() in FEMALE,
    "male": lambda value: value.lower() in MALE,
    "region": lambda value: value.lower() in REGION_CODES or value.lower() in REGIONS,
    "country": lambda value: value.lower() in COUNTRY_WORDS,
    "street": _is_street,
    "given": _first_word_in(GIVEN),
    "family": _last_word_in(FAMILY),
    "family_only": _last_word_in(FAMILY_ONLY),
    "given_only": _first_word_in(GIVEN_ONLY),
    "city": lambda value: value.lower() in CITIES,
    "suffix": lambda value: value.lower().strip(". ") in SUFFIXES,
    "title": lambda value: value.lower().strip(". ") in TITLES,
    "title_of_woman": lambda value: value.lower().strip(". ") in TITLES_OF_WOMEN,
    "title_of_man": lambda value: value.lower().strip(". ") in TITLES_OF_MEN,
}


def _years(facts: Facts, packed: re.Pattern[str] | None) -> tuple[int, int]:
    """The span of the years in the column, weighted by rows."""
    weighted = sorted(
        (year, count)
        for value, count in zip(facts.values, facts.counts, strict=True)
        if (year := _year(value, packed)) is not None
    )
    total = sum(count for _, count in weighted)
    low = high = 0
    seen = 0
    for year, count in weighted:
        low = year if seen <= 0.05 * total else low
        high = year if seen <= 0.95 * total else high
        seen += count
    return low, high


def _year(value: str, packed: re.Pattern[str] | None) -> int | None:
    if PATTERNS["year"].match(value):
        return int(value[:4])
    if month := MONTH_OF_YEAR.match(value):
        return int(month["year"])
    if era := ERA.match(value):
        return ERAS[era["era"].lower()] + (1 if era["year"] == "元" else int(era["year"]))
    if packed:
        found = packed.match(value)
        return _whole_year(found["year"]) if found else None
    found = DATE.match(value)
    text = next((found[name] for name in ("y1", "y2", "y3", "y4", "y5", "y6") if found and found[name]), None)
    return _whole_year(text) if text else None


def _whole_year(text: str) -> int:
    if BUDDHIST[0] <= int(text) <= BUDDHIST[1]:
        return int(text) - BUDDHIST_ERA
    return int(text) if len(text) == 4 else 1900 + int(text) if int(text) > PIVOT else 2000 + int(text)
