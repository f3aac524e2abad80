"""Numbers as gremlin-lang writes them: a suffix names the type, and without one the smallest that holds the value."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from gremlin_python.statics import SingleByte, bigdecimal, bigint, long, short

INT: Final = range(-(2**31), 2**31)
LONG: Final = range(-(2**63), 2**63)
SHORT: Final = range(-(2**15), 2**15)
BYTE: Final = range(-(2**7), 2**7)
WHOLE: Final[Mapping[str, tuple[range | None, Callable[[int], int]]]] = {
    "b": (BYTE, SingleByte),
    "s": (SHORT, short),
    "i": (INT, int),
    "l": (LONG, long),
    "n": (None, bigint),
}


def number(token: str) -> Any:
    """Read a number token.

    Raises:
        ValueError: it does not fit its type.
    """
    digits = token.lower()
    if "infinity" in digits:
        return float(digits)
    if "0x" in digits:
        suffix = digits[-1] if digits[-1] in "snil" else ""
        return _whole(int(digits.removesuffix(suffix), 16), suffix)
    suffix = digits[-1] if digits[-1].isalpha() else ""
    digits = digits.removesuffix(suffix)
    if suffix == "m":
        return bigdecimal(Decimal(digits))
    if suffix in ("f", "d") or not digits.lstrip("+-").isdigit():
        return float(digits)
    return _whole(int(digits), suffix)


def _whole(value: int, suffix: str) -> int:
    if suffix:
        fitting, make = WHOLE[suffix]
        if fitting is not None and value not in fitting:
            raise ValueError(suffix)
        return make(value)
    if value in INT:
        return value
    return long(value) if value in LONG else bigint(value)
