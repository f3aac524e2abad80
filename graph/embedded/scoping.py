"""What a label means to a traverser: an entry of its map, a side effect, or an object of its trail."""

from collections.abc import Container

from graph.embedded.refusals import TraversalError
from graph.embedded.run import Run
from graph.embedded.traverser import Traverser
from graph.embedded.values import ABSENT, Value, is_map


def known_value(traverser: Traverser, key: str, known: Container[str], run: Run) -> Value:
    """Find what a label names; ABSENT for a side effect that holds nothing yet.

    Args:
        traverser: who asks.
        key: the label.
        known: side effects that some step fills.
        run: holds side effects.

    Raises:
        TraversalError: nothing bears the label.
    """
    value = scope_value(traverser, key, "last", run)
    if value is ABSENT and key not in known:
        raise TraversalError(
            f"Neither the map, sideEffects, nor path has a {key}-key", remedy="Name it with as() before, or correct it."
        )
    return value


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
