"""What a header says of the days on which people are asked how old they are."""

import re
from typing import Final

from ingest.kinds.header import OF_RITES, folded, spaced

USUAL: Final = re.compile(
    r"^(?:date|dates|day|datum|dato|data|fecha|dia|tarih|tanggal|tarikh|дата|日期|日付|날짜|ngay)$|"
    r"\b(?:visit\w*|besuch\w*|bezoek\w*|wizyt\w*|kunjungan|lawatan|muayene|визит\w*|прием\w*|exam\w*|untersuch\w*|"
    r"consult\w*|encounter|admi(?:t|ss)\w*|aufnahme\w*|ingreso|opname\w*|przyjeci\w*|sample\w*|specimen|collect\w*|"
    r"screen\w*|vaccin\w*|impf\w*|immuni[sz]\w*|dose|given|tested|test|measur\w*|taken|recorded|observ\w*|treat\w*|"
    r"survey\w*|interview\w*|census|enumerat\w*|befrag\w*|encuesta|enquete|wave|round|session|event|service|"
    r"sail\w*|arriv\w*|depart\w*|abfahrt|ankunft|embark\w*|voyage|emigr\w*|utvandr\w*|muster\w*|enlist\w*|"
    r"arrest\w*|book(?:ed|ing)|incident|offen[cs]e|convict\w*|death|died|deceased|buri(?:al|ed)|marri\w*|wedding|"
    rf"{OF_RITES})"
)


def may_date_ages(name: str) -> bool:
    """Whether a column is called as the day of something at which people are asked how old they are.

    Beside other days, of an entry in a register or of the end of a card, ages may be those of today.
    """
    return USUAL.search(folded(spaced(name))) is not None
