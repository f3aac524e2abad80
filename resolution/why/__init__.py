"""Why two records are, or are not, one person; and what holds an entity together."""

from resolution.why.contract import Bond, Contribution, EntityWhy, PairWhy, WeakestBond
from resolution.why.entity import entity_sentence, explain_entity
from resolution.why.entity_picture import entity_png, entity_svg
from resolution.why.pair import as_rows, as_sentence, from_links, from_score, verdict
from resolution.why.picture import waterfall_png, waterfall_svg

__all__ = [
    "Bond",
    "Contribution",
    "EntityWhy",
    "PairWhy",
    "WeakestBond",
    "as_rows",
    "as_sentence",
    "entity_png",
    "entity_sentence",
    "entity_svg",
    "explain_entity",
    "from_links",
    "from_score",
    "verdict",
    "waterfall_png",
    "waterfall_svg",
]
