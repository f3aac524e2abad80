class Patch: ...

class FancyBboxPatch(Patch):
    def __init__(
        self,
        xy: tuple[float, float],
        width: float,
        height: float,
        *,
        boxstyle: str = ...,
        facecolor: str = ...,
        edgecolor: str = ...,
        linewidth: float = ...,
        zorder: float = ...,
    ) -> None: ...

class FancyArrowPatch(Patch):
    def __init__(
        self,
        posA: tuple[float, float],
        posB: tuple[float, float],
        *,
        connectionstyle: str = ...,
        arrowstyle: str = ...,
        mutation_scale: float = ...,
        shrinkA: float = ...,
        shrinkB: float = ...,
        linewidth: float = ...,
        color: str = ...,
        alpha: float = ...,
        zorder: float = ...,
    ) -> None: ...
