from typing import Self

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32] | NDArray[np.float64]

class KMeans:
    labels_: NDArray[np.int32]
    cluster_centers_: NDArray[np.float64]
    def __init__(self, n_clusters: int = ..., *, n_init: int = ..., random_state: int = ...) -> None: ...
    def fit(self, X: Points) -> Self: ...
    def predict(self, X: Points) -> NDArray[np.int32]: ...
    def fit_predict(self, X: Points) -> NDArray[np.int32]: ...
