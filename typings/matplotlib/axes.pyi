from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.patches import Patch

Numbers = Sequence[float] | range | np.ndarray[tuple[int, ...], np.dtype[np.generic]]

class Spine:
    def set_visible(self, b: bool) -> None: ...

class Transform: ...

class Axes:
    spines: Mapping[str, Spine]
    transAxes: Transform
    def bar(
        self,
        x: Numbers | Sequence[str],
        height: Numbers,
        width: float = ...,
        bottom: Numbers | float = ...,
        *,
        align: str = ...,
        color: str | Sequence[str] = ...,
        label: str = ...,
        alpha: float = ...,
    ) -> object: ...
    def barh(
        self,
        y: Numbers | Sequence[str],
        width: Numbers,
        height: float = ...,
        left: Numbers | float = ...,
        *,
        align: str = ...,
        color: str | Sequence[str] = ...,
        label: str = ...,
        alpha: float = ...,
    ) -> object: ...
    def plot(
        self,
        x: Numbers,
        y: Numbers,
        fmt: str = ...,
        *,
        color: str = ...,
        linewidth: float = ...,
        marker: str = ...,
        label: str = ...,
        alpha: float = ...,
    ) -> object: ...
    def fill_between(
        self, x: Numbers, y1: Numbers, y2: Numbers | float = ..., *, color: str = ..., alpha: float = ...
    ) -> object: ...
    def scatter(
        self,
        x: Numbers,
        y: Numbers,
        s: float | Numbers = ...,
        *,
        color: str = ...,
        alpha: float = ...,
        linewidths: float = ...,
        edgecolors: str = ...,
        label: str = ...,
        zorder: float = ...,
    ) -> object: ...
    def add_patch(self, p: Patch) -> object: ...
    def annotate(
        self,
        text: str,
        xy: tuple[float, float],
        xytext: tuple[float, float] = ...,
        *,
        xycoords: str | tuple[str, str] = ...,
        textcoords: str = ...,
        va: str = ...,
        ha: str = ...,
        color: str = ...,
        fontsize: float | str = ...,
        fontweight: str = ...,
    ) -> object: ...
    def text(
        self,
        x: float,
        y: float,
        s: str,
        *,
        va: str = ...,
        ha: str = ...,
        color: str = ...,
        fontsize: float | str = ...,
        fontweight: str = ...,
        zorder: float = ...,
        bbox: Mapping[str, str | float] = ...,
        transform: Transform = ...,
    ) -> object: ...
    def axvline(self, x: float = ..., *, color: str = ..., linewidth: float = ..., linestyle: str = ...) -> object: ...
    def axhline(self, y: float = ..., *, color: str = ..., linewidth: float = ..., linestyle: str = ...) -> object: ...
    def set_title(
        self, label: str, *, loc: str = ..., fontsize: float | str = ..., fontweight: str = ..., color: str = ...
    ) -> object: ...
    def set_xlabel(self, xlabel: str, *, color: str = ...) -> object: ...
    def set_ylabel(self, ylabel: str, *, color: str = ...) -> object: ...
    def set_xticks(
        self, ticks: Numbers, labels: Sequence[str] = ..., *, rotation: float = ..., ha: str = ...
    ) -> object: ...
    def set_yticks(self, ticks: Numbers, labels: Sequence[str] = ...) -> object: ...
    def set_xlim(self, left: float = ..., right: float = ...) -> object: ...
    def set_ylim(self, bottom: float = ..., top: float = ...) -> object: ...
    def set_xscale(self, value: str) -> None: ...
    def set_yscale(self, value: str) -> None: ...
    def tick_params(
        self,
        axis: str = ...,
        *,
        length: float = ...,
        labelsize: float = ...,
        colors: str = ...,
        labelcolor: str = ...,
    ) -> None: ...
    def invert_yaxis(self) -> None: ...
    def margins(self, *both: float, x: float = ..., y: float = ...) -> None: ...
    def set_axis_off(self) -> None: ...
    def legend(
        self,
        *,
        frameon: bool = ...,
        loc: str = ...,
        fontsize: float | str = ...,
        bbox_to_anchor: tuple[float, float] = ...,
        markerscale: float = ...,
        labelcolor: str = ...,
    ) -> object: ...
