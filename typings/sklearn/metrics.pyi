from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Partition = NDArray[np.int32] | NDArray[np.int64] | Sequence[str] | Sequence[int]

def adjusted_rand_score(labels_true: Partition, labels_pred: Partition) -> float: ...
