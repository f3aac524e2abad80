"""Why two records are, or are not, one person; and what holds an entity together."""

from resolution.why.contract import Bond, Contribution, EntityWhy, PairWhy, WeakestBond
from resolution.why.pair import as_rows, as_sentence, from_links, from_score, plain
from resolution.why.values import value_words, with_values

__all__ = [
    "Bond",
    "Contribution",
    "EntityWhy",
    "PairWhy",
    "WeakestBond",
    "as_rows",
    "as_sentence",
    "from_links",
    "from_score",
    "plain",
    "value_words",
    "with_values",
]
