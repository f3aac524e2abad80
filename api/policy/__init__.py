"""Who may see what: keys, roles, field classes, masking, and the log of every disclosure."""

from api.policy.audit import AuditLog, Disclosure
from api.policy.by_hand import ANYBODY, told
from api.policy.contract import Access, Caller, FieldClass, Role
from api.policy.events import event_class, event_class_sql, feature_class
from api.policy.fields import FIELDS, Field, mask_value
from api.policy.keys import KeyRing, NewKey
from api.policy.limits import Limits
from api.policy.rate import Rate, TooOftenError
from api.policy.reference import policy_page
from api.policy.table import OPERATIONS, POLICY, PURPOSES, access, allowed, may_call

__all__ = [
    "ANYBODY",
    "FIELDS",
    "OPERATIONS",
    "POLICY",
    "PURPOSES",
    "Access",
    "AuditLog",
    "Caller",
    "Disclosure",
    "Field",
    "FieldClass",
    "KeyRing",
    "Limits",
    "NewKey",
    "Rate",
    "Role",
    "TooOftenError",
    "access",
    "allowed",
    "event_class",
    "event_class_sql",
    "feature_class",
    "mask_value",
    "may_call",
    "policy_page",
    "told",
]
