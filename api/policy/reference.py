"""The policy as a page of the reference, made from the tables that are enforced."""

from api.policy.contract import FieldClass
from api.policy.fields import FIELDS
from api.policy.table import COLUMNS, OPERATIONS, POLICY, PURPOSES

INTRODUCTION = """# Policy

Every request bears a key, every key has a role, and every field that tells about a person has a class. Where role and
class meet stands what is shown: *clear*, *masked* (a part that does not tell people apart) or *denied*. Filtering and
ordering by a field need it clear. A document that asks for a denied field is refused whole, with the code `DENIED`.
Where health is *masked*, it is only counted, and only over five people or more.
An event tells about health unless its type and channel are known to be commerce or messages.
"""


def policy_page() -> str:
    """The page in Markdown."""
    return "\n".join([INTRODUCTION, *_classes(), "", *_operations(), "", *_purposes(), "", *_fields(), ""])


def _classes() -> list[str]:
    rows = [f"| {role} | {' | '.join(row[column] for column in COLUMNS)} |" for role, row in POLICY.items()]
    return [
        "## Roles and field classes\n",
        f"| role | {' | '.join(COLUMNS)} |",
        "|" + " --- |" * (len(COLUMNS) + 1),
        *rows,
    ]


def _operations() -> list[str]:
    rows = [f"| `{name}` | {' or '.join(classes)} |" for name, classes in OPERATIONS.items()]
    return ["## Operations\n", "| operation | open to roles that clearly see |", "| --- | --- |", *rows]


def _purposes() -> list[str]:
    rows = [f"| {role} | {', '.join(purposes)} |" for role, purposes in PURPOSES.items()]
    return [
        "## Purposes\n\nThe header `X-Purpose` names one, else the first is taken; the audit log has it.\n",
        "| role | purposes |",
        "| --- | --- |",
        *rows,
    ]


def _fields() -> list[str]:
    lines = ["## Fields\n", "| class | fields |", "| --- | --- |"]
    for field_class in FieldClass:
        names = [f"`{name}`" for name, field in FIELDS.items() if field.field_class is field_class]
        if names:
            lines.append(f"| {field_class} | {', '.join(names)} |")
    return lines
