"""Tables of Africa and Asia: scripts, name orders and calendars other than Europe's."""

from datetime import date
from typing import Final

from benchmarks.layouts.draw import Draw
from benchmarks.layouts.files import File, Layout, Made, Record
from benchmarks.layouts.numbers import luhn, nik, resident
from benchmarks.layouts.orient import (
    ARABIC,
    CHINESE,
    HEBREW,
    HINDI,
    INDONESIAN,
    JAPANESE,
    KANA,
    KOREAN,
    THAI,
    VIETNAMESE,
)
from benchmarks.layouts.people import Person, contact, population, seen, surname
from benchmarks.layouts.slips import digit, misheard, other_day, typo
from benchmarks.layouts.speech import plain
from benchmarks.layouts.west import NIGERIAN

SPRING: Final = date(2023, 3, 1)
WINTER: Final = date(2024, 2, 28)


def nigerian_telecoms(draw: Draw) -> Made:
    """SIM registrations of Nigeria: names in any order of three fields, agents' birthdays, several SIMs a person."""
    people = population(draw, NIGERIAN, 1000, single=0.5)
    numbers = [draw.filled("%##########") for _ in people]
    records: list[Record] = []
    for person in seen(draw, people, (0.5, 0.25, 0.15, 0.1)):
        names = [
            draw.slip(0.05, misheard, person.family),
            draw.slip(0.05, typo, person.given),
            draw.kept(0.5, person.middle),
        ]
        if draw.chance(0.2):
            names[:2] = names[1::-1]
        lazy = draw.chance(0.2)
        row: dict[str, object] = {
            "MSISDN": "234" + (person.now.mobile[1:] if draw.chance(0.4) else draw.filled("80########")),
            "SURNAME": names[0].upper(),
            "FIRSTNAME": names[1].upper(),
            "OTHERNAMES": names[2].upper(),
            "DOB": "01/01/1990" if lazy else f"{person.born:%d/%m/%Y}",
            "GENDER": "FEMALE" if person.woman else "MALE",
            "NIN": draw.kept(0.35, numbers[person.number]),
            "ADDRESS": person.now.line if draw.chance(0.6) else "LAGOS",
            "AGENT": draw.choice(("AG001", "AG044", "AG107")),
        }
        records.append((person.number, row))
    return Made(files=(File(name="registrations.csv", records=records, key="REG_ID", first="R"),))


def gulf_bank(draw: Draw) -> Made:
    """A bank of the Gulf: names in Arabic script at one desk, in Latin letters of many spellings at the other."""
    people = population(draw, ARABIC, 1000)
    cards = [luhn(draw, f"784{one.born.year}#######") for one in people]
    arabic: list[Record] = []
    latin: list[Record] = []
    for person in seen(draw, people, (0.5, 0.3, 0.2)):
        at = contact(draw, person, 0.12)
        names = [person.given, person.father, person.family]
        if draw.chance(0.45):
            row: dict[str, object] = {
                "الاسم الكامل": " ".join(names if draw.chance(0.7) else [person.given, person.family]),
                "تاريخ الميلاد": f"{person.born:%d/%m/%Y}",
                "رقم الهوية": draw.kept(0.6, cards[person.number]),
                "الجوال": draw.kept(0.6, at.mobile),
                "المدينة": at.city,
            }
            arabic.append((person.number, row))
        else:
            spelled = [ARABIC.spelled(draw, name) for name in names]
            form: dict[str, object] = {
                "Customer Name": " ".join(spelled if draw.chance(0.6) else spelled[::2]),
                "DOB": draw.kept(0.9, f"{person.born:%d-%b-%Y}"),
                "Emirates ID": draw.kept(0.5, _dashed(cards[person.number])),
                "Mobile": draw.kept(0.6, at.mobile),
                "Email": draw.kept(0.4, at.email),
                "Nationality": draw.choice(("UAE", "EGY", "JOR", "SYR")),
            }
            latin.append((person.number, form))
    return Made(
        files=(
            File(name="branch_ar.csv", records=arabic, key="الرقم", first="A"),
            File(name="branch_en.csv", records=latin, key="CIF", first="E"),
        )
    )


def _dashed(card: str) -> str:
    return f"{card[:3]}-{card[3:7]}-{card[7:14]}-{card[14:]}"


def refugees(draw: Draw) -> Made:
    """Registrations in camps: names by ear in Latin letters, 1 January of a year of birth, no numbers, families."""
    people = population(draw, ARABIC, 1100, single=0.1)
    records: list[Record] = []
    for person in seen(draw, people, (0.65, 0.25, 0.1)):
        known = person.number % 3 == 0
        row: dict[str, object] = {
            "given_name": draw.slip(0.05, misheard, ARABIC.spelled(draw, person.given)),
            "father_name": draw.kept(0.8, ARABIC.spelled(draw, person.father)),
            "family_name": draw.slip(0.05, misheard, ARABIC.spelled(draw, person.family)),
            "dob": str(person.born) if known else f"{person.born.year + draw.choice((0, 0, 0, 1, -1))}-01-01",
            "sex": "F" if person.woman else "M",
            "camp": draw.choice(("North", "East", "Harbour")),
            "case_size": 1 + person.household % 6,
            "origin": ("Homs", "Aleppo", "Mosul", "Deraa")[person.household % 4],
        }
        records.append((person.number, row))
    return Made(files=(File(name="registrations.csv", records=records, key="reg", first="C"),))


def hebrew_members(draw: Draw) -> Made:
    """Members of an Israeli health fund's centres: Hebrew names, identity numbers with a check digit by half."""
    people = population(draw, HEBREW, 850)
    numbers = [luhn(draw, "########") for _ in people]
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        at = contact(draw, person, 0.12)
        row: dict[str, object] = {
            "שם פרטי": draw.slip(0.05, typo, person.given),
            "שם משפחה": draw.slip(0.05, typo, surname(draw, person, 0.06)),
            "ת.ז.": draw.kept(0.5, draw.slip(0.03, digit, numbers[person.number])),
            "תאריך לידה": f"{person.born:%d.%m.%Y}",
            "טלפון": draw.kept(0.6, at.mobile),
            "רחוב": f"{at.street} {at.number}",
            "עיר": at.city,
        }
        records.append((person.number, row))
    return Made(files=(File(name="members_he.csv", records=records, key="מספר", first="H"),))


def devanagari_roll(draw: Draw) -> Made:
    """An Indian electoral roll in Devanagari: name, father's or husband's name, age, house; two years of it."""
    people = [one for one in population(draw, HINDI, 1500, single=0.05) if one.born.year < 2004]
    files: list[File] = []
    for year in (2019, 2024):
        records: list[Record] = []
        for person in people:
            if draw.chance(0.15):
                continue
            at = person.then if year == 2019 and draw.chance(0.15) else person.now
            row: dict[str, object] = {
                "नाम": draw.slip(0.05, typo, f"{person.given} {person.family}"),
                "पिता/पति का नाम": f"{person.father} {person.maiden}",
                "लिंग": "महिला" if person.woman else "पुरुष",
                "आयु": year - person.born.year + draw.choice((0, 0, 0, 1, -1)),
                "मकान संख्या": at.number,
                "मोहल्ला": at.street,
            }
            records.append((person.number, row))
        files.append(File(name=f"roll_{year}.csv", records=records, key="क्रमांक", first=str(year)))
    return Made(files=tuple(files))


def indian_loans(draw: Draw) -> Made:
    """Loans of an Indian lender: names in Latin letters of many spellings, S/O and W/O, initials, mobiles shared."""
    people = [one for one in population(draw, HINDI, 1500) if one.born.year < 2006]
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        at = contact(draw, person, 0.15)
        given, family = (HINDI.spelled(draw, name) for name in (person.given, person.family))
        said = draw.choice((f"{given} {family}", f"{given} {family}", f"{given[0]} {family}", given))
        row: dict[str, object] = {
            "BORROWER": draw.slip(0.04, typo, said).upper(),
            "S/O W/O D/O": draw.kept(
                0.7, f"{'D/O' if person.woman else 'S/O'} {HINDI.spelled(draw, person.father)}"
            ).upper(),
            "AGE": draw.kept(0.6, str(2024 - person.born.year + draw.choice((0, 0, 1)))),
            "PAN": draw.kept(0.4, _pan(person)),
            "MOBILE": draw.kept(0.75, at.mobile),
            "PIN": at.postcode,
            "VILLAGE/LOCALITY": at.street,
            "LOAN_AMT": draw.randrange(10_000, 90_000, 500),
        }
        records.append((person.number, row))
    return Made(files=(File(name="loans.csv", records=records, key="LOAN_ID", first="LN", separator="|"),))


def _pan(person: Person) -> str:
    return Draw(f"pan {person.number}").filled("@@@P@####@")


def chinese_app(draw: Draw) -> Made:
    """Users of a Chinese service: names of two or three signs, identity numbers masked in one file, one mobile each."""
    people = population(draw, CHINESE, 1100)
    numbers = [resident(draw, one.born, woman=one.woman) for one in people]
    files: tuple[list[Record], list[Record]] = ([], [])
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        at = contact(draw, person, 0.15)
        masked = draw.chance(0.5)
        number = numbers[person.number]
        row: dict[str, object] = {
            "姓名": person.family + person.given,
            "性别": "女" if person.woman else "男",
            "证件号码": draw.kept(0.7, f"{number[:6]}********{number[14:]}" if masked else number),
            "手机号": draw.kept(0.8, draw.slip(0.02, digit, at.mobile)),
            "城市": at.city,
            "注册时间": f"{draw.day(SPRING, WINTER)} 12:30:00",
        }
        files[masked].append((person.number, row))
    return Made(
        files=(
            File(name="users_core.csv", records=files[0], key="用户编号", first="U", encoding="gb18030"),
            File(name="users_partner.csv", records=files[1], key="会员号", first="V"),
        )
    )


def japanese_customers(draw: Draw) -> Made:
    """Customers of a Japanese shop: kanji and kana, birthdays by era, postcodes; some give kana only."""
    people = population(draw, JAPANESE, 950)
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        at = contact(draw, person, 0.12)
        space = draw.choice(("", " ", "\u3000"))
        kana = f"{KANA[person.family][0]}{space or ' '}{KANA[person.given][0]}"
        row: dict[str, object] = {
            "氏名": draw.kept(0.9, f"{person.family}{space}{person.given}", instead=kana),
            "フリガナ": draw.kept(0.8, kana),
            "生年月日": draw.kept(0.7, _era(person.born)),
            "電話番号": draw.kept(0.7, draw.slip(0.02, digit, at.mobile)),
            "郵便番号": at.postcode,
            "住所": f"{at.city}{at.line}",
            "メール": draw.kept(0.4, at.email),
        }
        records.append((person.number, row))
    return Made(files=(File(name="kokyaku.csv", records=records, key="顧客番号", first="JP", encoding="cp932"),))


def _era(day: date) -> str:
    for name, first in (("令和", date(2019, 5, 1)), ("平成", date(1989, 1, 8)), ("昭和", date(1926, 12, 25))):
        if day >= first:
            return f"{name}{day.year - first.year + 1}年{day.month}月{day.day}日"
    return ""


def korean_members(draw: Draw) -> Made:
    """Members of a Korean site: names of three syllables, birthdays as YYMMDD, mobiles with and without dashes."""
    people = population(draw, KOREAN, 1000)
    records: list[Record] = []
    for person in seen(draw, people, (0.65, 0.25, 0.1)):
        at = contact(draw, person, 0.15)
        row: dict[str, object] = {
            "이름": person.family + person.given,
            "생년월일": draw.kept(0.8, f"{person.born:%y%m%d}"),
            "성별": "여" if person.woman else "남",
            "휴대폰": draw.kept(0.8, at.mobile if draw.chance(0.6) else at.mobile.replace("-", "")),
            "이메일": draw.kept(0.6, at.email),
            "주소": f"{at.city} {at.line}",
            "가입일": f"{draw.day(SPRING, WINTER):%Y.%m.%d}",
        }
        records.append((person.number, row))
    return Made(files=(File(name="members_ko.csv", records=records, key="회원번호", first="K"),))


def vietnamese_patients(draw: Draw) -> Made:
    """Vietnamese patients: full names with and without marks, few family names, some with a year of birth only."""
    people = population(draw, VIETNAMESE, 950)
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        at = contact(draw, person, 0.12)
        name = draw.slip(0.03, typo, f"{person.family} {person.given}")
        row: dict[str, object] = {
            "Họ và tên": draw.choice((name, name.upper(), plain(name).upper())),
            "Ngày sinh": f"{person.born:%d/%m/%Y}" if draw.chance(0.75) else str(person.born.year),
            "Giới tính": "Nữ" if person.woman else "Nam",
            "Số điện thoại": draw.kept(0.65, at.mobile),
            "Địa chỉ": f"{at.line}, {at.city}",
            "Mã BHYT": draw.kept(0.4, f"GD479{person.number * 104_729 % 10**10:010}"),
        }
        records.append((person.number, row))
    return Made(files=(File(name="benhnhan.csv", records=records, key="Mã BN", first="BN"),))


def indonesian_aid(draw: Draw) -> Made:
    """Receivers of aid in Indonesian villages: one name only, NIK by half, birthplace and date in one cell."""
    people = population(draw, INDONESIAN, 950)
    towns = tuple(INDONESIAN.cities)
    numbers = [nik(draw, one.born, woman=one.woman) for one in people]
    records: list[Record] = []
    for person in seen(draw, people, (0.65, 0.25, 0.1)):
        at = contact(draw, person, 0.1)
        town = towns[person.number % len(towns)]
        row: dict[str, object] = {
            "NAMA": draw.slip(0.06, typo, person.given).upper(),
            "NIK": draw.kept(0.5, draw.slip(0.03, digit, numbers[person.number])),
            "TTL": f"{town}, {person.born:%d-%m-%Y}",
            "ALAMAT": at.line,
            "RT/RW": f"00{1 + person.household % 7}/00{1 + person.household % 4}",
            "NO KK": draw.kept(0.6, f"33{person.household * 7919 % 10**14:014}"),
            "HP": draw.kept(0.4, at.mobile),
        }
        records.append((person.number, row))
    return Made(files=(File(name="penerima.csv", records=records, key="NO", first="7", separator=";"),))


def thai_buddhist(draw: Draw) -> Made:
    """Thai hospital cards: birthdays in the Buddhist era, titles joined to the given name."""
    people = population(draw, THAI, 800)
    records: list[Record] = []
    for person in seen(draw, people, (0.6, 0.25, 0.15)):
        born = other_day(draw, person.born) if draw.chance(0.03) else person.born
        title = draw.choice(("นาง", "นางสาว")) if person.woman else "นาย"
        row: dict[str, object] = {
            "ชื่อ": (title if draw.chance(0.6) else "") + person.given,
            "นามสกุล": draw.slip(0.04, typo, surname(draw, person, 0.06)),
            "วันเกิด": f"{born.day:02}/{born.month:02}/{born.year + 543}",
            "โทรศัพท์": draw.kept(0.6, contact(draw, person, 0.12).mobile),
            "ที่อยู่": person.now.line,
            "จังหวัด": person.now.city,
        }
        records.append((person.number, row))
    return Made(files=(File(name="cards_th.csv", records=records, key="HN", first="HN"),))


LAYOUTS: Final[tuple[Layout, ...]] = (
    nigerian_telecoms, gulf_bank, refugees, hebrew_members, devanagari_roll, indian_loans, chinese_app,
    japanese_customers, korean_members, vietnamese_patients, indonesian_aid, thai_buddhist,
)  # fmt: skip
