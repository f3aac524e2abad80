from numba.core.compiler import StateDict

class NativeLowering:
    def run_pass(self, state: StateDict) -> bool: ...
