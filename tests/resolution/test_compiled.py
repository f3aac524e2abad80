"""Compiled code is kept for as long as what it is made of stands."""

from pathlib import Path

from resolution.compiled import PACKAGE, sources


def names(module: str) -> set[str]:
    """The files that a module's kernels are made of, below the package."""
    return {path.relative_to(PACKAGE).as_posix() for path in sources(module)}


def test_kernels_are_made_of_their_module_and_all_it_imports() -> None:
    """A change of a comparison compiles what calls it, two imports away; a change of the report compiles nothing."""
    scoring = names("resolution.scoring")
    assert {"scoring.py", "comparing/pairs.py", "comparing/strings.py", "compiled.py"} <= scoring
    assert names("resolution.comparing.strings") == {"comparing/strings.py", "compiled.py"}
    assert all(Path(name).parts[0] not in {"report", "why", "evaluation"} for name in scoring)
