"""What the API imports of the other packages is what they offer."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "api").rglob("*.py"))
OFFERED = {"contract"}
"""Modules that a package offers as they are, beside its own names."""


def past_public_names(source: str) -> list[str]:
    """Modules inside a package of a package that a source imports at once; later, in a function, is for speed."""
    imported = [node.module or "" for node in ast.parse(source).body if isinstance(node, ast.ImportFrom)]
    return [name for name in imported if not name.startswith("api.") and _is_inside(name)]


def _is_inside(module: str) -> bool:
    *package, last = module.split(".")
    is_module = (ROOT.joinpath(*package) / f"{last}.py").is_file()
    return len(package) >= 2 and is_module and last not in OFFERED


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_public_names_are_imported(path: Path) -> None:
    """A module of the API imports what a package offers, never a module inside."""
    assert past_public_names(path.read_text(encoding="utf-8")) == []


def test_an_import_past_public_names_is_seen() -> None:
    """The rule finds what it forbids, and lets a lazy import pass."""
    assert past_public_names("from insight.segments.fields import FIELDS") == ["insight.segments.fields"]
    assert past_public_names("def draw():\n    from resolution.why.picture import waterfall_svg") == []
