"""Date steps: asDate, dateAdd, dateDiff."""

from datetime import UTC, datetime, timedelta
from typing import Final

from gremlin_python.statics import long

from graph.embedded.building import Map, needed_value
from graph.embedded.compiler import Compiler
from graph.embedded.plan import Instruction, Plan
from graph.embedded.refusals import TraversalError
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.steps.mutations import computed
from graph.embedded.traverser import Process, Traverser
from graph.embedded.values import Value, java_type

UNITS: Final = {"second": "seconds", "minute": "minutes", "hour": "hours", "day": "days"}
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@step("asDate")
def as_date(instruction: Instruction, compiler: Compiler) -> Process:
    """`asDate()`: read ISO 8601 text, or whole milliseconds since 1970; 3.7 gives the time in UTC without saying so."""
    del instruction
    if compiler.dialect.version == "3.7":
        return Map(lambda traverser, _: _date(traverser.value).astimezone(UTC).replace(tzinfo=None))
    return Map(lambda traverser, _: _date(traverser.value))


def _date(value: Value) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return EPOCH + timedelta(milliseconds=int(value))
    if isinstance(value, str):
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            raise TraversalError("Can't parse String as Date.", remedy="Write ISO 8601.") from None
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    raise TraversalError(f"Can't parse {java_type(value)} as Date.", remedy="Give text or milliseconds.")


@step("dateAdd")
def date_add(instruction: Instruction, compiler: Compiler) -> Process:
    """`dateAdd()`: so many units later."""
    del compiler
    unit, number = instruction.arguments
    return Map(lambda traverser, _: _later(_need_date(traverser.value), UNITS[unit.name], int(number)))


def _later(start: datetime, unit: str, number: int) -> datetime:
    try:
        return start + timedelta(**{unit: number})
    except OverflowError as error:
        raise TraversalError("dateAdd() leaves the years 1 to 9999.", remedy="Add less.") from error


@step("dateDiff")
def date_diff(instruction: Instruction, compiler: Compiler) -> Process:
    """`dateDiff()`: milliseconds (in 3.7 seconds) from the other date to this one."""
    unit = timedelta(seconds=1) if compiler.dialect.version == "3.7" else timedelta(milliseconds=1)
    given = instruction.arguments[0]
    other = needed_value(compiler.pipeline(given), "dateDiff") if isinstance(given, Plan) else computed(given, compiler)

    def function(traverser: Traverser, run: Run) -> Value:
        found = other(traverser, run)
        start = EPOCH if found is None else _need_date(found)
        return long(round((_need_date(traverser.value) - start) / unit))

    return Map(function)


def _need_date(value: Value) -> datetime:
    if isinstance(value, datetime):
        return value
    raise TraversalError(f"A date is needed, not a {java_type(value)}.", remedy="Convert with asDate().")
