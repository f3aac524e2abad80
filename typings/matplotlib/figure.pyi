from collections.abc import Mapping
from os import PathLike
from typing import IO

from matplotlib.axes import Axes

class Figure:
    def __init__(
        self, figsize: tuple[float, float] = ..., *, layout: str | None = ..., dpi: float = ..., facecolor: str = ...
    ) -> None: ...
    def add_subplot(self, rows: int = ..., columns: int = ..., index: int = ...) -> Axes: ...
    def suptitle(self, text: str, *, fontsize: float | str = ...) -> object: ...
    def text(
        self, x: float, y: float, s: str, *, family: str = ..., fontsize: float = ..., color: str = ..., va: str = ...
    ) -> object: ...
    def savefig(
        self,
        fname: str | PathLike[str] | IO[str] | IO[bytes],
        *,
        format: str = ...,
        dpi: float = ...,
        transparent: bool = ...,
        facecolor: str = ...,
        metadata: Mapping[str, str | None] | None = ...,
    ) -> None: ...
