"""Structured logs, one JSON object a line on stderr, that cannot carry personal data.

Only the keys of `SAFE_KEYS` pass, and only numbers, booleans, ids and single words under them; everything else is
dropped and counted in `dropped`, so a careless call shows without telling.
"""

import re
import sys
from collections.abc import MutableMapping
from typing import Final

import structlog

WHO_AND_WHAT: Final = "event level timestamp run snapshot source table stage operation role key_id job"
HOW_MANY: Final = "rows accepted rejected records events entities links pairs vertices edges count"
HOW: Final = "seconds bytes code status method port version reason"
SAFE_KEYS: Final = frozenset(f"{WHO_AND_WHAT} {HOW_MANY} {HOW}".split())
PHRASES: Final = frozenset({"event", "timestamp"})
"""What the program says itself: no caller's value is in it."""
PHRASE: Final = re.compile(r"[\w .,:/+-]{0,120}")
NAME: Final = re.compile(r"[A-Za-z_][\w.:/]{0,79}")
"""One word, such as an id, a source or a class of errors: no telephone number, no street, no full name."""


def drop_unsafe(_logger: object, _method: str, entry: MutableMapping[str, object]) -> MutableMapping[str, object]:
    """Keep what is known to be safe; count the rest."""
    kept = {key: value for key, value in entry.items() if key in SAFE_KEYS and _is_safe(key, value)}
    dropped = len(entry) - len(kept)
    return kept | {"dropped": dropped} if dropped else kept


def _is_safe(key: str, value: object) -> bool:
    if isinstance(value, str):
        return (PHRASE if key in PHRASES else NAME).fullmatch(value) is not None
    return value is None or isinstance(value, bool | int | float)


def configure_logs(*, level: int = 20) -> None:
    """Send logs of this level (as in `logging`) and above to stderr as JSON."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            drop_unsafe,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_stderr,
        cache_logger_on_first_use=False,
    )


def _stderr(*_: object) -> structlog.PrintLogger:
    """Write where stderr is now, not where it was when logs were configured."""
    return structlog.PrintLogger(sys.stderr)


def get_logger() -> structlog.typing.FilteringBoundLogger:
    """A logger; event names are fixed phrases, facts go in keys."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return logger
