"""What the page says of the settings: each with its value, and whether somebody said it."""

from typing import Final

from resolution.contract import MatchModel, ResolutionSettings

DEFAULT: Final = "default"
Row = tuple[str, str, str]


def setting_rows(settings: ResolutionSettings, model: MatchModel, *, said: str) -> tuple[Row, ...]:
    """Each setting of a resolution, its value, and why it is so.

    Args:
        settings: as given.
        model: the model that was used; it holds the threshold.
        said: what the page says of settings that are not the default, such as "said in c360.toml".
    """
    usual = ResolutionSettings()
    shown = {
        "pair budget": (str(settings.pair_budget), settings.pair_budget != usual.pair_budget),
        "largest block": (f"{settings.largest_block} records", settings.largest_block != usual.largest_block),
        "own blocking rules": ("; ".join(" + ".join(rule) for rule in settings.blocking), bool(settings.blocking)),
        "automatic blocking rules": ("yes" if settings.automatic_blocking else "no", not settings.automatic_blocking),
        "link only": ("yes" if settings.link_only else "no", settings.link_only),
        "unique identifiers": (", ".join(settings.unique_identifiers), bool(settings.unique_identifiers)),
        "one per source": (", ".join(settings.one_per_source), bool(settings.one_per_source)),
    }
    why = said if settings.threshold is not None else "chosen from the data"
    return (
        ("threshold", f"{model.threshold:.4f}", why),
        *((name, value or "none", said if own else DEFAULT) for name, (value, own) in shown.items()),
    )
