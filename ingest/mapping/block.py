"""A `[sources.NAME]` block as TOML, and the part each column plays in it."""

import tomlkit

from ingest.contract import SourceSettings


def block_text(name: str, settings: SourceSettings) -> str:
    """The block as TOML."""
    document = tomlkit.document()
    add_block(document, name, settings)
    return tomlkit.dumps(document)


def add_block(document: tomlkit.TOMLDocument, name: str, settings: SourceSettings) -> None:
    """Add the block to a document, what it says by itself left out."""
    block = tomlkit.table()
    usual = SourceSettings()
    for key in settings.__struct_fields__:
        value = getattr(settings, key)
        if key in {"fields", "who"} or (value == getattr(usual, key) and key not in {"type", "content", "kind"}):
            continue
        block[key] = value
    if settings.who is not None:
        who = tomlkit.inline_table()
        who["column"], who["system"] = settings.who.column, settings.who.system
        block["who"] = who
    if settings.fields:
        fields = tomlkit.table()
        for column, kind in settings.fields.items():
            fields[column] = kind
        block["fields"] = fields
    if "sources" not in document:
        document["sources"] = tomlkit.table(is_super_table=True)
    document["sources"][name] = block


def roles_of(settings: SourceSettings) -> dict[str, str]:
    """By column, the part it plays in the block."""
    single = {
        role: getattr(settings, role)
        for role in (
            "key",
            "version",
            "observed_at",
            "deleted",
            "at",
            "type_column",
            "about",
            "value",
            "cost",
            "channel_column",
            "question",
            "response",
        )
    }
    found = {column: role for role, column in single.items() if column}
    found |= {settings.who.column: f"who ({settings.who.system})"} if settings.who else {}
    found |= {column: attribute for attribute, column in settings.attributes.items()}
    return found | settings.fields
