"""Which events tell about health: all that are not known to be something else.

The rule exists twice, for one event and as SQL for many; a test holds both equal.
"""

from typing import Final

from api.policy.contract import FieldClass

BEHAVIOUR_TYPES: Final = frozenset(
    [
        "order",
        "purchase",
        "return",
        "refund",
        "cart",
        "cart_added",
        "cart_abandoned",
        "checkout",
        "page_view",
        "view",
        "search",
        "login",
        "signup",
        "subscription",
        "referral",
        "review",
        "redemption",
        "store_visit",
        "web_visit",
        "points",
    ]
)
BEHAVIOUR_STEMS: Final = ("message_", "email_", "sms_", "push_", "loyalty_", "order_", "web_", "points_", "campaign_")
CARE_CHANNELS: Final = frozenset({"clinic", "hospital", "device", "pharmacy", "lab"})
VISIT_CHANNELS: Final = frozenset({"web", "store", "shop", "app"})
PLAIN_FEATURES: Final = frozenset({"age", "days since last seen", "touchpoints in a year", "money in a year"})
TYPE_SHARE: Final = "share of type "
CHANNEL_SHARE: Final = "share of channel "
"""As `insight.personas` names them, which would load a second of mathematics; a test holds both equal."""


def event_class(event_type: str, channel: str | None) -> FieldClass:
    """BEHAVIOUR for events known to be commerce or messages, outside care; otherwise HEALTH."""
    if channel in CARE_CHANNELS:
        return FieldClass.HEALTH
    if event_type == "visit" and channel in VISIT_CHANNELS:
        return FieldClass.BEHAVIOUR
    known = event_type in BEHAVIOUR_TYPES or event_type.startswith(BEHAVIOUR_STEMS)
    return FieldClass.BEHAVIOUR if known else FieldClass.HEALTH


def event_class_sql(event_type: str = "type", channel: str = "channel") -> str:
    """A SQL expression over two columns that gives 'behaviour' or 'health', as `event_class` does."""
    stems = " OR ".join(f"starts_with({event_type}, '{stem}')" for stem in BEHAVIOUR_STEMS)
    return (
        f"CASE WHEN coalesce({channel}, '') IN ({_listed(CARE_CHANNELS)}) THEN 'health' "
        f"WHEN {event_type} = 'visit' AND coalesce({channel}, '') IN ({_listed(VISIT_CHANNELS)}) THEN 'behaviour' "
        f"WHEN {event_type} IN ({_listed(BEHAVIOUR_TYPES)}) OR {stems} THEN 'behaviour' ELSE 'health' END"
    )


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))


def feature_class(feature: str) -> FieldClass:
    """What a persona's feature, such as `share of type order`, tells: HEALTH unless known to be something else."""
    if feature.startswith(TYPE_SHARE):
        return event_class(feature.removeprefix(TYPE_SHARE), None)
    channel = feature.removeprefix(CHANNEL_SHARE)
    known = feature in PLAIN_FEATURES or (channel != feature and channel not in CARE_CHANNELS)
    return FieldClass.BEHAVIOUR if known else FieldClass.HEALTH
