"""Arrow by itself: a process whose first array is made here never loads pandas, which costs a third of a second.

For those who own their process, the command line and benchmarks. A process that called this has no `to_pandas`.
"""

import sys


class _NoPandas:
    """Says of pandas that it is not there."""

    def find_spec(self, fullname: str, _path: object, _target: object = None, /) -> None:
        """Refuse pandas; leave every other module to the next finder."""
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


def start_without_pandas() -> None:
    """Make Arrow's first array: it looks for pandas once, and does not find it."""
    import pyarrow as pa

    finder = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        pa.array([""])
    finally:
        sys.meta_path.remove(finder)
