"""One evaluation of a traversal: its graph, its side effects, and how its traversers begin."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graph.embedded.chance import JavaRandom
from graph.embedded.limits import Watch
from graph.embedded.refusals import TraversalError
from graph.embedded.storage.graph import Graph
from graph.embedded.storage.writing import Writer
from graph.embedded.traverser import Loop, Node, TrackingTraverser, Traverser
from graph.embedded.values import ABSENT, BulkSet, Value, hashable, is_list, is_map, is_set

Reduce = Callable[[Value, Value], Value]
SEED = 20_260_101


@dataclass(slots=True, kw_only=True)
class Run:
    """What all steps of one evaluation share.

    Attributes:
        graph: what is read.
        writer: writes, or refuses to.
        tracking: whether traversers keep their whole trail.
        side_effects: by name; `reducers` say how a side effect grows, where the source said so.
        sack: what a new traverser carries, ABSENT for nothing; `merge_sacks` joins those of equal traversers.
        states: what a step remembers between the rounds of a repeat.
        watch: what the evaluation may use.
        seed: of the random numbers of sample, coin and shuffle.
        sees: whether an element is in the part of the graph that is read.
        partition: property that a new element gets, where elements are kept in partitions: key and value.
        partition_meta: whether a new vertex property gets it too.
    """

    graph: Graph
    writer: Writer
    tracking: bool
    side_effects: dict[str, Value] = field(default_factory=dict[str, Value])
    reducers: dict[str, tuple[str, Reduce]] = field(default_factory=dict[str, tuple[str, Reduce]])
    sack: Value = ABSENT
    merge_sacks: Reduce | None = None
    with_bulk: bool = True
    watch: Watch = field(default_factory=Watch)
    states: dict[Any, Any] = field(default_factory=dict[Any, Any])
    seed: int = SEED
    sees: Callable[[Value], bool] = lambda _: True
    partition: tuple[str, Value] | None = None
    partition_meta: bool = False

    def chance(self, mark: object) -> JavaRandom:
        """The random numbers of one step, which begin anew in each evaluation."""
        found: JavaRandom = self.states.setdefault(mark, JavaRandom(self.seed))
        return found

    def start(self, value: Value, bulk: int = 1, loop: Loop | None = None) -> Traverser:
        """Begin a traverser."""
        sack: Value = self.sack
        if is_map(sack) or is_list(sack) or is_set(sack):
            sack = sack.copy()
        if self.tracking:
            return TrackingTraverser(value, bulk, Node(None, value, frozenset()), sack, loop)
        return Traverser(value, bulk, None, sack, loop)

    def gather(self, name: str, bag: BulkSet) -> None:
        """Add a bag of values to a side effect that collects, by its reducer where it has one."""
        present = self.side_effects.get(name)
        if name in self.reducers:
            self._reduce(name, present, bag)
        elif present is None:
            self.side_effects[name] = _joined(BulkSet(), bag)
        elif isinstance(present, BulkSet):
            _joined(present, bag)
        elif is_list(present):
            self.side_effects[name] = [*present, *bag]
        elif isinstance(present, set):
            self.side_effects[name] = {*present, *map(hashable, bag)}
        else:
            raise TraversalError(f"The side effect '{name}' does not collect values.", remedy="Start it as a list.")

    def _reduce(self, name: str, present: Value, bag: BulkSet) -> None:
        operator, reduce = self.reducers[name]
        if operator == "addAll":
            self.side_effects[name] = reduce(present, bag)
        elif operator == "assign":
            self.side_effects[name] = _joined(BulkSet(), bag)
        else:
            for value in bag:
                present = reduce(present, value)
            self.side_effects[name] = present


def _joined(target: BulkSet, bag: BulkSet) -> BulkSet:
    for value, bulk in bag.pairs():
        target.add(value, bulk)
    return target
