"""The segments the demo's marketers and coaches would save, as they would write them."""

from collections.abc import Mapping
from typing import Final

BOUGHT: Final = {"match": "event", "type": ["order", "purchase"]}
NOT_LATELY: Final = {**BOUGHT, "at_most": 0, "window": {"within_days": 400}}
ALLOWED: Final = {"match": "consent", "purpose": "marketing"}

SEGMENTS: Final[Mapping[str, Mapping[str, object]]] = {
    "Best shoppers": {
        "match": "total", "sum": "cost", "type": ["order", "purchase"], "window": {"within_days": 365},
        "compare": {"op": "gte", "value": 300},
    },
    "Campaign fans": {"match": "event", "type": ["message_clicked"], "at_least": 3},
    "Lapsed shoppers": {"match": "all", "of": [BOUGHT, NOT_LATELY]},
    "Win back": {"match": "all", "of": [BOUGHT, NOT_LATELY, ALLOWED]},
    "High blood pressure": {
        "match": "reading", "measure": "Systolic blood pressure", "which": "latest",
        "compare": {"op": "gte", "value": 140},
    },
    "Diabetes, no recent A1c": {
        "match": "all",
        "of": [
            {"match": "related", "to": "condition", "names": ["Type 2 diabetes"]},
            {
                "match": "event", "type": ["observation"], "about": ["Hemoglobin A1c"], "at_most": 0,
                "window": {"within_days": 365},
            },
        ],
    },
    "Patients who shop": {
        "match": "all", "of": [{"match": "profile", "field": "is_patient", "op": "eq", "value": True}, BOUGHT],
    },
}  # fmt: skip
EXPORTED: Final = "Win back"
