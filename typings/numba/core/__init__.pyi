from numba.core import cgutils as cgutils
from numba.core import config as config
