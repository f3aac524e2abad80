"""Which pairs are compared: records that share a key of some rule, small blocks first, within a budget of pairs."""

from resolution.blocking.index import WINDOW, Blocks, build_blocks, capped
from resolution.blocking.rules import RULES, Rule, blocking_rules

__all__ = ["RULES", "WINDOW", "Blocks", "Rule", "blocking_rules", "build_blocks", "capped"]
