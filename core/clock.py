"""Time as the engine keeps it: UTC, to the microsecond, read once a run."""

from collections.abc import Callable
from datetime import UTC, datetime

from core.errors import BadInputError

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Read the machine's clock, in UTC."""
    return datetime.now(UTC)


def parse_instant(text: str) -> datetime:
    """Read an ISO 8601 instant; without an offset it is UTC.

    Raises:
        BadInputError: the text is no instant.
    """
    try:
        instant = datetime.fromisoformat(text)
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInputError(f"'{text}' is no instant.", remedy="Write it like 2026-01-31T09:30:00Z.") from error


def epoch_ms(instant: datetime) -> int:
    """Give the instant as whole milliseconds since 1970-01-01 UTC, as the graph keeps time."""
    return round(instant.timestamp() * 1000)
