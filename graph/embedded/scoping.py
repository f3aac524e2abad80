"""What a label means to a traverser: an entry of its map, a side effect, or an object of its trail."""

from graph.embedded.run import Run
from graph.embedded.traverser import Traverser
from graph.embedded.values import ABSENT, Value, is_map


def scope_value(traverser: Traverser, key: Value, pop: str, run: Run) -> Value:
    """Find what a label or key names, or ABSENT.

    Args:
        traverser: who asks.
        key: a label, or a key of the map that the traverser holds.
        pop: which of several objects with the label: first, last, all, mixed.
        run: holds side effects.
    """
    value = traverser.value
    if is_map(value) and key in value:
        return value[key]
    if not isinstance(key, str):
        return ABSENT
    if key in run.side_effects:
        found = run.side_effects[key]
        return found.finish(run) if hasattr(found, "finish") else found
    found = traverser.labelled(key)
    if not found:
        return ABSENT
    if pop == "all" or (pop == "mixed" and len(found) > 1):
        return found
    return found[0] if pop == "first" else found[-1]
