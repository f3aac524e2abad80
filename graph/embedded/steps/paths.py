"""Steps about where a traverser has been: path, simplePath, cyclicPath."""

from graph.embedded.building import Filter, Function, Map
from graph.embedded.compiler import Compiler
from graph.embedded.modulators import apply_by
from graph.embedded.plan import Instruction
from graph.embedded.refusals import TraversalError
from graph.embedded.registry import step
from graph.embedded.run import Run
from graph.embedded.traverser import Process, Stream, Traverser
from graph.embedded.values import ABSENT, Path, Tree, Value, hash_key, hashable


def _cut(path: Path, instruction: Instruction) -> Path:
    """The part of the path between the labels of `from` and `to`."""
    first, last = 0, len(path.objects)
    for modulator in instruction.modulators:
        if modulator.name in ("from", "to"):
            label = modulator.arguments[0]
            places = [place for place, labels in enumerate(path.labels) if label in labels]
            if not places:
                raise TraversalError(f"The path has no label '{label}'.", remedy="Label a step with as().")
            if modulator.name == "from":
                first = places[-1]
            else:
                last = places[-1] + 1
    return Path(path.objects[first:last], path.labels[first:last])


def _projected(path: Path, bys: list[Function], traverser: Traverser, run: Run) -> Path | None:
    if not bys:
        return path
    objects: list[Value] = []
    for place, value in enumerate(path.objects):
        found = apply_by(bys[place % len(bys)], value, traverser, run)
        if found is ABSENT:
            return None
        objects.append(found)
    return Path(tuple(objects), path.labels)


@step("path")
def path_step(instruction: Instruction, compiler: Compiler) -> Process:
    """`path()`: where the traverser has been."""
    bys = compiler.bys(instruction)

    def function(traverser: Traverser, run: Run) -> Value:
        found = _projected(_cut(traverser.path(), instruction), bys, traverser, run)
        return ABSENT if found is None else found

    return Map(function)


@step("tree")
def tree(instruction: Instruction, compiler: Compiler) -> Process:
    """`tree()`: all paths as one tree; with a name, kept as a side effect."""
    bys = compiler.bys(instruction)
    name = instruction.arguments[0] if instruction.arguments else None
    if name is not None:
        compiler.side_effects.setdefault(name, Tree)

    def process(starts: Stream, run: Run) -> Stream:
        held = list(starts)
        root = Tree() if name is None else run.side_effects.setdefault(name, Tree())
        for traverser in held:
            found = _projected(traverser.path(), bys, traverser, run)
            if found is None and name is not None:
                raise TraversalError("The provided start does not map to a value", remedy="Use coalesce() in by().")
            branch = root
            for value in () if found is None else found.objects:
                branch = branch.setdefault(hashable(value), Tree())
        yield from (run.start(root),) if name is None else held

    return process


@step("simplePath", "cyclicPath")
def simple_path(instruction: Instruction, compiler: Compiler) -> Process:
    """`simplePath()`: no object twice; `cyclicPath()`: some object twice."""
    bys = compiler.bys(instruction)
    simple = instruction.name == "simplePath"

    def test(traverser: Traverser, run: Run) -> bool:
        found = _projected(_cut(traverser.path(), instruction), bys, traverser, run)
        if found is None:
            return False
        distinct = len({hash_key(value) for value in found.objects})
        return (distinct == len(found.objects)) is simple

    return Filter(test)
