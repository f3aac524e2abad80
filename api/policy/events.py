"""Which events tell about health: all that are not known to be something else.

The rule exists twice, for one event and as SQL for many; a test holds both equal. Case and the spaces around types and
channels do not matter, so that "Clinic" is no more open than "clinic".
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
    kind, through = _plain(event_type), _plain(channel or "")
    if through in CARE_CHANNELS:
        return FieldClass.HEALTH
    if kind == "visit" and through in VISIT_CHANNELS:
        return FieldClass.BEHAVIOUR
    known = kind in BEHAVIOUR_TYPES or kind.startswith(BEHAVIOUR_STEMS)
    return FieldClass.BEHAVIOUR if known else FieldClass.HEALTH


def event_class_sql(event_type: str = "type", channel: str = "channel") -> str:
    """A SQL expression over two columns that gives 'behaviour' or 'health', as `event_class` does."""
    kind, through = _plain_sql(event_type), f"coalesce({_plain_sql(channel)}, '')"
    stems = "|".join(BEHAVIOUR_STEMS)
    return (
        f"CASE WHEN {through} IN ({_listed(CARE_CHANNELS)}) THEN 'health' "
        f"WHEN {kind} = 'visit' AND {through} IN ({_listed(VISIT_CHANNELS)}) THEN 'behaviour' "
        f"WHEN {kind} IN ({_listed(BEHAVIOUR_TYPES)}) OR regexp_matches({kind}, '^({stems})') THEN 'behaviour' "
        "ELSE 'health' END"
    )


def _plain(name: str) -> str:
    return name.strip(" \t\r\n").lower()


def _plain_sql(name: str) -> str:
    return rf"lower(trim({name}, E' \t\r\n'))"


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))


def feature_class(feature: str) -> FieldClass:
    """What a persona's feature, such as `share of type order`, tells: HEALTH unless known to be something else."""
    if feature.startswith(TYPE_SHARE):
        return event_class(feature.removeprefix(TYPE_SHARE), None)
    channel = feature.removeprefix(CHANNEL_SHARE)
    known = feature in PLAIN_FEATURES or (channel != feature and _plain(channel) not in CARE_CHANNELS)
    return FieldClass.BEHAVIOUR if known else FieldClass.HEALTH
