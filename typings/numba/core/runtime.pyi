class Runtime:
    def initialize(self, ctx: object) -> None: ...

rtsys: Runtime
