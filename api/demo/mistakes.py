"""Rows no system should have written: what a real export holds now and then, so that rejects have something to show.

Each is a line of its own, beside the good ones, so that the truth about the good ones stays whole.
"""

from collections.abc import Mapping
from typing import Final

BAD_LINES: Final[Mapping[str, tuple[str, ...]]] = {
    "crm/contacts.csv": (
        '"C-900001","2024-05-02","Ragged","","Row"',
        '"C-900002","2024-05-03","Too","","Many","","","","","","","","","","","","","",""',
        '"","2024-05-04","Without","","Key","","","","","","","","","",""',
    ),
    "web_shop/customers.jsonl": (
        '{"customer_id":"900003","created_at":"2024-05-05","firstName":"Cut","lastN',
        '{"created_at":"2024-05-06","firstName":"Without","lastName":"Key"}',
    ),
    "web_shop/orders.jsonl": (
        '{"order_id":"WO9000001","customer_id":"100001","ordered_at":"2026-13-45T99:00:00Z","product":"Hand Cream"}',
        '{"order_id":"WO9000002","customer_id":"100002","ordered_at":"yesterday","product":"Foam Roller"}',
        '{"order_id":"WO9000003","customer_id":"1000',
        '{"order_id":"WO9000004","customer_id":"100004","ordered_at":"2025-02-03T10:00:00Z","total":"twelve"}',
    ),
    "claims/claims.csv": (
        '"CL9000001","M100001","31/31/2025","Follow-up visit","I10","Midtown Heart Clinic",100.0,80.0',
        '"CL9000002","M100002","02/30/2025","Follow-up visit","I10","Midtown Heart Clinic",100.0,80.0',
        '"CL9000003","M100003","02/03/2025","Follow-up visit"',
    ),
    "devices/readings.jsonl": (
        '{"device_id":"band-9000000000000","at":"0000-00-00T00:00:00Z","measure":"pulse","value":61,"unit":"bpm"}',
        '{"device_id":"band-9000000000000","at":"2025-03-04T05:06:07Z","measure":"pulse","value":"ERR","unit":"bpm"}',
        '{"device_id":"","at":"2025-03-04T05:06:07Z","measure":"steps","value":12,"unit":"steps"}',
    ),
    "outreach/answers.csv": (
        '"OC100001","soon","consent_marketing","yes"',
        '"OC100002","2025-06-07T08:09:10Z"',
    ),
}


def strewn(content: bytes, lines: tuple[str, ...]) -> bytes:
    """Put the lines among those of a text file, evenly; its first line stays the first."""
    for turn, line in enumerate(lines):
        at = content.find(b"\n", len(content) * (turn + 1) // (len(lines) + 1)) + 1 or len(content)
        content = content[:at] + line.encode() + b"\n" + content[at:]
    return content
