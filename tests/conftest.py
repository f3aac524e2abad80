"""What every test shares: how Hypothesis looks for counterexamples."""

from hypothesis import settings

settings.register_profile("engine", deadline=None, derandomize=True)
settings.load_profile("engine")
