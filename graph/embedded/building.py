"""The three plain shapes of a step: one value becomes one (map), many (flat map), or stays or goes (filter).

A chain of maps and filters can be asked for its first result without building a stream.
"""

from collections.abc import Callable, Iterable
from typing import final

from graph.embedded.refusals import TraversalError
from graph.embedded.run import Run
from graph.embedded.traverser import Pipeline, Stream, Traverser, flow_single
from graph.embedded.values import ABSENT, Value

Function = Callable[[Traverser, Run], Value]
Test = Callable[[Traverser, Run], bool | None]
"""None is a comparison without an answer; what has none does not pass."""


class NoAnswerError(Exception):
    """A comparison without an answer, on its way through filters as TinkerPop 3.7 has it."""


@final
class Map:
    """Each traverser moves to what the function gives; ABSENT lets it go."""

    __slots__ = ("function",)

    def __init__(self, function: Function) -> None:
        self.function = function

    def __call__(self, starts: Stream, run: Run) -> Stream:
        """Move every traverser."""
        function = self.function
        tick = run.watch.tick
        for traverser in starts:
            tick()
            value = function(traverser, run)
            if value is not ABSENT:
                yield traverser.move(value)


@final
class Filter:
    """A traverser passes when the test says so."""

    __slots__ = ("test",)

    def __init__(self, test: Test) -> None:
        self.test = test

    def __call__(self, starts: Stream, run: Run) -> Stream:
        """Let those pass that may."""
        test, tick = self.test, run.watch.tick
        for traverser in starts:
            tick()
            if test(traverser, run):
                yield traverser


@final
class HandingFilter:
    """A filter in the child of a filter, as TinkerPop 3.7 has it: what has no answer is the other filter's business."""

    __slots__ = ("test",)

    def __init__(self, test: Test) -> None:
        self.test = test

    def __call__(self, starts: Stream, run: Run) -> Stream:
        """Let those pass that may.

        Raises:
            NoAnswerError: the test has no answer.
        """
        for traverser in starts:
            run.watch.tick()
            answer = self.test(traverser, run)
            if answer is None:
                raise NoAnswerError
            if answer:
                yield traverser


@final
class FlatMap:
    """Each traverser moves to every value that the function gives."""

    __slots__ = ("function",)

    def __init__(self, function: Callable[[Traverser, Run], Iterable[Value]]) -> None:
        self.function = function

    def __call__(self, starts: Stream, run: Run) -> Stream:
        """Move every traverser, each as often as it has values."""
        function = self.function
        tick = run.watch.tick
        for traverser in starts:
            for value in function(traverser, run):
                tick()
                yield traverser.move(value)


def needed_value(pipeline: Pipeline, step: str) -> Function:
    """The first value that a child of the step gives.

    Returns:
        A function that raises TraversalError where the child gives nothing for a traverser.
    """
    found = first_value(pipeline)

    def function(traverser: Traverser, run: Run) -> Value:
        value = found(traverser, run)
        if value is ABSENT:
            raise TraversalError(
                f"The traversal given to {step}() gives nothing for a traverser.",
                remedy="Let it give a value for each, with coalesce() or constant().",
            )
        return value

    return function


def first_value(pipeline: Pipeline) -> Function:
    """Give the function that finds a child's first result for a traverser, or ABSENT."""
    if len(pipeline) == 1 and isinstance(pipeline[0], Map):
        return pipeline[0].function

    def first(traverser: Traverser, run: Run) -> Value:
        found = next(flow_single(pipeline, traverser, run), None)
        return ABSENT if found is None else found.value

    return first


def passes(pipeline: Pipeline) -> Test:
    """Give the test whether a child has any result for a traverser."""
    if len(pipeline) == 1 and isinstance(pipeline[0], Filter):
        return pipeline[0].test
    if len(pipeline) == 1 and isinstance(pipeline[0], Map):
        function = pipeline[0].function
        return lambda traverser, run: function(traverser, run) is not ABSENT
    return lambda traverser, run: next(flow_single(pipeline, traverser, run), None) is not None
