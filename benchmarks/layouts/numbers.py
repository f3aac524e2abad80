"""Numbers of people with their check digits, as the countries that give them define them. None belongs to anybody."""

from datetime import date
from itertools import cycle

from benchmarks.layouts.draw import Draw


def _sum(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, cycle(weights), strict=False))


def nhs(draw: Draw) -> str:
    """Britain: ten digits, modulus 11."""
    while True:
        body = draw.filled("%########")
        check = (11 - _sum(body, (10, 9, 8, 7, 6, 5, 4, 3, 2))) % 11
        if check < 10:
            return f"{body}{check}"


def dni(draw: Draw) -> str:
    """Spain: eight digits and a letter."""
    body = draw.filled("########")
    return body + "TRWAGMYFPDXBNJZSQVHLCKE"[int(body) % 23]


def iban(draw: Draw, country: str, digits: int) -> str:
    """A bank account."""
    body = draw.filled("#" * digits)
    letters = "".join(str(ord(letter) - 55) for letter in country)
    return f"{country}{98 - int(body + letters + '00') % 97:02}{body}"


def cpf(draw: Draw) -> str:
    """Brazil: nine digits and two check digits, with its points."""
    body = draw.filled("#########")
    for first in (10, 11):
        rest = _sum(body, tuple(range(first, 1, -1))) * 10 % 11
        body += str(rest % 10)
    return f"{body[:3]}.{body[3:6]}.{body[6:9]}-{body[9:]}"


def pesel(draw: Draw, born: date, *, woman: bool) -> str:
    """Poland: birthday, a number whose last digit says the sex, a check digit."""
    month = born.month + (20 if born.year >= 2000 else 0)
    sex = draw.choice("02468" if woman else "13579")
    body = f"{born.year % 100:02}{month:02}{born.day:02}{draw.filled('###')}{sex}"
    return f"{body}{-_sum(body, (1, 3, 7, 9)) % 10}"


def rodne_cislo(draw: Draw, born: date, *, woman: bool) -> str:
    """Czechia: birthday, the month of women plus 50, and four digits; the ten are divisible by eleven."""
    head = f"{born.year % 100:02}{born.month + 50 * woman:02}{born.day:02}"
    while True:
        serial = draw.filled("###")
        check = int(head + serial) % 11
        if check < 10:
            return f"{head}/{serial}{check}"


def tckn(draw: Draw) -> str:
    """Turkey: eleven digits, the last two of them checks."""
    body = draw.filled("%########")
    tenth = (_sum(body, (7, 0)) - _sum(body, (0, 1))) % 10
    return f"{body}{tenth}{(_sum(body, (1,)) + tenth) % 10}"


def bsn(draw: Draw) -> str:
    """The Netherlands: nine digits, eleven-proof."""
    while True:
        body = draw.filled("%#######")
        check = _sum(body, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
        if check < 10:
            return f"{body}{check}"


def nir(draw: Draw, born: date, *, woman: bool) -> str:
    """France: sex, year, month, department, commune, serial, and a key of two digits."""
    place = f"{draw.randint(1, 95):02}{draw.filled('###')}"
    body = f"{2 if woman else 1}{born.year % 100:02}{born.month:02}{place}{draw.filled('###')}"
    return f"{body}{97 - int(body) % 97:02}"


def luhn(draw: Draw, pattern: str) -> str:
    """A number with a Luhn check digit, such as Israel's of nine digits."""
    body = draw.filled(pattern)
    odd = sum(sum(divmod(2 * int(digit), 10)) for digit in body[::-1][::2])
    return f"{body}{-(odd + sum(map(int, body[::-1][1::2]))) % 10}"


def resident(draw: Draw, born: date, *, woman: bool) -> str:
    """China: area, birthday, a serial whose last digit says the sex, a check sign."""
    area = draw.choice(("110101", "310104", "510107", "420106", "330106"))
    body = f"{area}{born:%Y%m%d}{draw.filled('##')}{draw.choice('02468' if woman else '13579')}"
    return body + "10X98765432"[_sum(body, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11]


def kennitala(draw: Draw, born: date) -> str:
    """Iceland: birthday, two digits, a check digit and the century."""
    while True:
        body = f"{born:%d%m%y}{draw.filled('%#')}"
        check = -_sum(body, (3, 2, 7, 6, 5, 4, 3, 2)) % 11
        if check < 10:
            return f"{body}{check}{0 if born.year >= 2000 else 9}"


def pension(draw: Draw, born: date, family: str) -> str:
    """Germany's pension number: area, birthday, initial, serial, check digit."""
    letter = family[0].upper() if family[0].upper().isascii() else "A"
    head = f"{draw.choice(('02', '12', '13', '53', '65'))}{born:%d%m%y}"
    serial = draw.filled("##")
    digits = f"{head}{ord(letter) - 64:02}{serial}"
    total = sum(
        sum(divmod(int(digit) * weight, 10))
        for digit, weight in zip(digits, (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), strict=True)
    )
    return f"{head}{letter}{serial}{total % 10}"


def nik(draw: Draw, born: date, *, woman: bool) -> str:
    """Indonesia: district, birthday with 40 added to the day of women, serial."""
    return f"3{draw.filled('#####')}{born.day + 40 * woman:02}{born:%m%y}{draw.filled('####')}"
