from numba.core import cgutils as cgutils
from numba.core import config as config
from numba.core import types as types
