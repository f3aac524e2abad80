"""How the engine says no: by the name of the step, with TinkerPop's words where the language has them."""

from core.errors import BadInputError

REMEDY = "See docs/reference/gremlin-steps.md for what the embedded graph answers."


class UnsupportedError(BadInputError):
    """The traversal uses a step or argument that this engine does not know."""

    code = "UNSUPPORTED_STEP"


class TraversalError(BadInputError):
    """The traversal is wrong, or met a value that a step cannot take."""

    code = "TRAVERSAL"


class TypeClashError(TraversalError):
    """Two values have no order between them; a filter that meets this lets nothing pass."""

    code = "TYPE_CLASH"


def unsupported(step: str, what: str = "") -> UnsupportedError:
    """Build the error for a step, or for an argument of it."""
    detail = f" with {what}" if what else ""
    return UnsupportedError(f"The embedded graph does not answer {step}(){detail}.", remedy=REMEDY, step=step)
