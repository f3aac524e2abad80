"""What a column's header says its kind is, in several languages. The second opinion: contents come first."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.kinds.lexicon import HEADERS

BIRTH_WORDS: Final = r"birth|brth|bth|born|dob|geb|geburts?|naiss\w*|nasc\w*|geboorte\w*|f[oö]dd?|f[oø]dt"
BIRTH: Final = rf"({BIRTH_WORDS}|nac\w*)"
OF: Final = r"((of|de|di|van) )?"
PLACE: Final = r"(place|ort|lieu|lugar|luogo|city|town|plaats|country|state)"
BORN: Final = (
    rf"({BIRTH_WORDS}|nac(imiento|ido|ida)?|naixement|urodzenia|urodz|ur|narozen[ií]|narodenia|nar|"
    r"ro[dđ]enja|rojstva|sz[uü]let[eé]si|sz[uü]l|f[oö]delse|f[oø]dsels?|do[gğ]um|na[sșş]terii|рождения|народження|γ[εέ]ννησης)"
)
PLACE_OF: Final = (
    rf"({PLACE}|pays|pa[ií]s|ville|commune|comune|ciudad|cidade|munic[ií]pio|land|sted|kommune|miejsc\w*|"
    r"pa[nń]stwo|m[ií]sto|m(i?e|je)sto|zem[eě]|krajina|hely\w*|orsz[aá]g|yeri|[uü]lkesi|localitatea|место|страна|город|місце)"
)
"""What is a place only beside a word of birth: several of these mean more by themselves."""
GLUED: Final = (
    rf"birth{PLACE}\b|\b(place|city|town|country|state)(of)?birth|geburts(ort|land|stadt)|geboorte(plaats|land|stad)\b|"
    r"\bf[oöø]d(e|else|sels)(sted|by|ort|land|stad|kommune?)\b|\bsyntym[aä](paikka|kunta|maa|kaupunki)"
)
OF_KIN: Final = r"s? (navn|namn|tlf|telefon|mobil|e ?post|adresse?|fnr|personnummer|ad[iı]?|soyad[iı]?|tel|tc)"
KIN: Final = (
    r"\b(mother|father|parent|guardian|spouse|husband|wife|sibling|brother|sister|next of kin|nok|kin|"
    r"emerg(enc(y|ia|e)?|[eê]ncia|enza)?|care ?giver|carer|ice (name|contact|phone)|notfall\w*|angeh[oö]rige[rn]?|"
    r"anh[oö]rig(a|as|e)?|p[aå]r[oø]rendes?|"
    r"l[aä]hiomai\w+|omai(nen|sen)|personne (a|à) pr[eé]venir|personne de confiance|yak[iı]n[iı]|ng[uư][oờ]i th[aâ]n|"
    r"authori[sz]ed official|"
    r"(depend[ea]nts?|child(ren)?|sons?|daughters?|beneficiary|heirs?) ?(name )?[0-9]|"
    r"madre|padre|mutter|vater|moeder|vader|m[eè]re|p[eè]re|m[aã]e|(d[oe]|nome|cpf|nif) pai|eltern|elternteil|"
    r"erziehungsberechtigte[rn]?|"
    r"tuteur|tutrice|tutore?|apoderado|progenitor|genitor[ei]|respons[aá]ve(l|is) lega(l|is)|responsable l[eé]gal|"
    r"encarregado de educa[cç][aã]o|ouder|voogd|"
    r"matk[aiy]|ot(ec|ce|ca)|ojc(a|iec)|rodi[cč][eů]?|rodzic[ea]?|rodzic[oó]w|opiekuna?|"
    r"anyja|apja|sz[uü]l[oőö]|gondvisel[oőö]|v[aå]rdnadshavare|m[aå]lsman|f[oö]r[aä]lder|f[oö]r[aä]ldrar|foresatte?|"
    r"forelder|foreldre|for(æ|ae)lder|for(æ|ae)ldre|v(æ|ae)rge|huoltajan?|"
    rf"(mor|far|anne|baba|veli){OF_KIN}|"
    r"мать|матери|отец|отца|мати|батька|родител[ьяи]|опекуна?|законный представитель|майка|баща|"
    r"majk[ae]|otac|roditelj[ia]?|skrbnika?|staratelja?|mamei|tat[aă]lui|p[aă]rintelui|"
    r"m[oóö](ð|d)(ir|ur)|fa(ð|d)ir|f[oö](ð|d)ur|forr[aá](ð|d)ama(ð|d)ur|foreldri[s]?|maki|"
    r"πατέρα|πατερα|μητέρας?|μητερας?|γονέα|γονεα|κηδεμόνα|κηδεμονα)s?\b"
)
REACHED: Final = r"\b(addr\w*|phone|tel\w*|fax|e ?mail|city|state|county|country|zip\w*|post\w*|street)\b"
"""Where somebody is reached: at his place of business too."""
FIRM: Final = (
    r"(practice|facility|clinic|hospital|school|college|university|firm|agency|branch|store|shop|site|dealer\w*|hotel|"
    r"department|plan|product|event|campaign|list|program(me)?|project|committee|club|team)"
)
OFFICIAL: Final = (
    r"\b(head (of )?(the )?(family|house ?(hold)?|hh)|(house ?hold|family|hh) head|^head name|hoh|haushaltsvorstand|"
    r"chef de (famille|m[eé]nage)|jefe (de|del) (hogar|familia)|chefe (de|da) fam[ií]lia|capofamiglia|gezinshoofd|"
    r"kepala keluarga|treatment (supporter|buddy|partner)|dots? supporter|"
    r"grantor|seller|land ?lord|lessor|notary|"
    r"guarantor|witness(es)?|informant|attorney|co ?(applicant|signer|borrower)|referrer|referred by|"
    r"god ?(parents?|father|mother)|zeugen?|trauzeugen?|tauf ?paten?|t[eé]moins?|parrain|marraine|testigos?|padrinos?|"
    r"madrinas?|testemunhas?|testimon[ei]|padrin[oi]|getuigen?|chrzestn[iy]\w*|[sś]wiadk\w*|sv[eě]dk\w*|"
    r"kmot[rř]\w*|keresztsz[uü]l\w*|vittnen?|faddrar|faddere|fadder|vidner|forlovere|свидетел\w*|свідк\w*|"
    r"восприемник\w*)\b|推[薦荐]人"
)
"""Somebody else than the person, where the person is named too."""
SERVING: Final = (
    r"\b(physician|prescriber|practitioner|attending|rendering|referring|doctor|preparer|broker|sales ?(person|rep\w*)|"
    r"cashier|technician|teacher|supervisor|operator)\b"
)
"""Somebody else where the person is named too, and there are more persons than these."""
RECIPIENT: Final = (
    r"\b(recipient|receiver|consignee|addressee|ship ?to|destinat[aá]ri[oa]|destinataire|empf[aä]nger|ontvanger|"
    r"получатель|odbiorca|p[rř][ií]jemce|al[iı]c[iı]|mottagare|mottaker|modtager|vastaanottaja|penerima|"
    r"ng[uư][oờ]i nh[aậ]n)\b|收[件貨货]人|수령인|受取人|ผู้รับ"
)
"""Most often the person himself, of gifts somebody else."""
OTHER_NAME: Final = "alias|aka|maiden|former|previous|prev|birth|born|other|nick|preferred|known"
ALIAS: Final = rf"\b({OTHER_NAME}|geb\w*)\b"
ASIDE: Final = "aside"
"""Not a kind: what is told of a person's origin or kin, a place of birth or a mother's name, and is compared whole."""
HANDLE: Final = "handle"
"""Not a kind either: names that people have chosen in a program, if the contents do not say otherwise."""
OF_RITES: Final = (
    r"[sś]lubu?\b|zgonu?\b|pogrzebu?\b|poch[oó]wku|heirat\w*|trauung\w*|hochzeit\w*|begr[aä]b\w*|beerdig\w*|"
    r"todes\w*|verst[oa]rb\w*|sterbe\w*|mariage|d[eé]c[eè]s|inhumation|matrimoni\w*|\bboda\b|defunci[oó]n|falleci\w*|"
    r"casamento|[oó]bito|falecimento|\bmorte\b|decesso|sepoltura|overl(ij|y)den|huwelijk\w*|begraven|begravning|"
    r"d[oö]dsdat\w*|vigsel|d[oø]dsdat\w*|vielse|begravelse|[uú]mrt[ií]|\bsmrti?\b|s[nň]atku?|poh[rř]b\w*|hal[aá]l\w*|"
    r"h[aá]zass\w*|temet[eé]s|kuolin\w*|vihki\w*|[oö]l[uü]m|evlilik|nik[aâ]h|смерт\w*|похорон\w*|венчан\w*|\bбрака\b|"
    r"шлюбу?"
)
"""Days of weddings, deaths and burials; of christenings a birth is seldom far."""
PATTERNS: Final = (
    (ASIDE, rf"(\b{BORN}\b.*\b{PLACE_OF}\b|\b{PLACE_OF}\b.*\b{BORN}\b|{GLUED}|\bpob\b)"),
    (ASIDE, KIN),
    ("ignore", r"^(row|row (number|num|no|nr|id)|rownum|index|idx|seq|sequence|line|nr|no|unnamed( \d+)?|order)$"),
    ("text", r"\b(batch|lot)( (no|nr|num|number|id|code))?$"),
    ("text", r"(^rel\b|pointer|parent|manager|referr|\btype$|status$|\brole$|source$)"),
    (
        "birth_day",
        (
            rf"({BIRTH} (day|dd|tag)|(day|dd|tag|jour|d[ií]a|giorno|dag) {OF}{BIRTH}|"
            r"birth ?day ?(num|no|of month)|^bday$)"
        ),
    ),
    (
        "birth_month",
        rf"({BIRTH} (month|mon|mm|mo|monat)|(month|mon|mm|monat|mois|m[eê]s|mese|maand) {OF}{BIRTH})",
    ),
    (
        "birth_year",
        (
            rf"({BIRTH} (year|yr|yyyy|yy|jahr|aar|[aå]r)\b|(year|yr|ann[eé]e|a[nñ]o|anno|jahr|jaar) {OF}{BIRTH}|"
            r"^yob$|^geburtsjahr$|^birth(year|yr)$)"
        ),
    ),
    (
        "birth_date",
        (
            r"(\bdob|dob\b|birth ?(date|dt)?$|\bbirth ?date\b|date (of )?birth|geburtsdatum|geb ?datum|naissance|"
            r"fecha (de )?nac\w*|data (di |de )?nasc\w*|geboorte ?datum|geburtstag|^born$|birthday|bdate|data nascita|"
            r"dat(e|um|a)? ?naiss\w*|"
            r"^(sz[uü]l(et[eé]si)?|nar|urodz|do[gğ]um|f[oö]delse|f[oø]dsels?) (dat(um|a|o)?|d[aá]tuma?|tarihi|дата)$|"
            r"^(dat(um|a|o)?|d[aá]tuma?|дата) (sz[uü]l|urodz|nar|ur)$|"
            r"\b(birth|bth|brth)\b.*\b(date|dt)$|\b(date|dt)\b.*\b(birth|bth|brth)\b)"
        ),
    ),
    ("email", r"e ?mail|courriel|correo"),
    (
        "category",
        (
            r"((passport|licen[cs]e|national id|tax id) "
            r"(country|state|type)|prefix|salutation|^title$|\btype$|status|marital|"
            rf"category|class$|employer|company|organi[sz]ation|\borg$|business(?!.*{REACHED})|role$|race|ethnic\w*|"
            rf"\b{FIRM} name)"
        ),
    ),
    (
        "phone",
        r"(phone|\btel\b|telefoo?n\w*|mobile|\bcell|handy|\bfax\b|téléphone|msisdn|contact (no|number))",
    ),
    (
        "national_id",
        (
            r"(\bssn\b|social sec\w*|soc sec\w*|"
            r"national (id\w*|no|nr|num\w*)\b|\bnin\b|nhs (no|num\w*)|\bsin\b|tax id\w*|\btin\b|"
            r"steuer ?id|\bdni\b|\bnif\b|codice fiscale|personnummer|\bbsn\b|\bcpf\b|medicare)"
        ),
    ),
    (
        "house_number",
        r"(house (no|num\w*|nr)|hse (no|num)|street (no|num\w*|nr)|hausnummer|huisnummer|huisnr|civico|hausnr)",
    ),
    (
        "unit",
        r"(\bunit\b|\bapt|apartment|suite|\bflat|add?re?s?s? ?(line|ln)? ?[23]|street ?[23]$|adresszusatz|^toev\w*)",
    ),
    ("street", r"(street ?name|^street$|strasse|straße|\brue\b|calle|\bvia\b|straat|\bstr nam)"),
    ("postcode", r"(zip|post ?(al )?code|\bplz\b|postleitzahl|code postal|codigo postal|\bcap$|postnr|pincode|postal)"),
    (
        "date",
        (
            rf"(death|deceased|died|buri(al|ed)|interment|funeral|bapti[sz]\w*|christen\w*|wedding|marriage|{OF_RITES}|"
            r"^date of (?!b)|created|updated|modified|expir|timestamp|epoch|\bts$|"
            r"\b(date|time|dt|datum|fecha|at|start|stop|end)$)"
        ),
    ),
    (
        "full_name",
        r"(full ?name|name full|nom complet|nombre completo|nome completo|first and (sur|last)|patient name)",
    ),
    ("suffix", r"(suffix|namenszusatz)"),
    (
        "middle_name",
        (
            r"(middle|mname|\bmid name\b|^mi$|second name|\binitial|midname|zweit\w* (vor)?name|zweitname|"
            r"(deuxi[eè]me|second) pr[eé]nom|segundo nombre)"
        ),
    ),
    (
        "family_name",
        (
            r"(last ?name|surname|sur name|family ?name|name( \d+)? family|\blname\b|nachname|familienname|nom de "
            r"famille|apellidos?[12]?\b|cognome|"
            r"sobrenome|achternaam|nazwisko|maiden|geburtsname|\blast$|^nom$|efternamn|name last)"
        ),
    ),
    (
        "given_name",
        (
            r"(first ?name|given|\bfname\b|forenames?|vorname|prenom|prénom|^nombre$|voornaam|imie|imię|\bfirst$|"
            r"förnamn|^nome$|name first)"
        ),
    ),
    (
        "city",
        r"((?<!ethni)(?<!capa)city|town|suburb|locality|\bort\b|wohnort|stadt|ville|ciudad|città|citta|plaats|municipality|gemeinde)",
    ),
    (
        "region",
        r"(\bstate$|^state\b|province|region|bundesland|county|kanton|canton|provincia|département|departement)",
    ),
    ("country", r"(country|^land$|^pays$|^pais$|^país$|^paese$|nation$)"),
    (
        "address",
        (
            r"(address|\baddr\d?\b|\badr\b|\badd$|anschrift|adresse|direcci[oó]n|indirizzo|endereco|adres|residence|"
            r"po box|street)"
        ),
    ),
    ("full_name", r"(\bname$|^name\b|^naam$|alias|\baka\b|^(co ?)?owner( ?\d)?$)"),
    ("sex", r"(\bsex\b|gender|geschlecht|sexe|sexo|sesso|geslacht)"),
    ("age", r"(^age\b|\bage$|^alter$|^edad$|leeftijd)"),
    ("device", r"(device|cookie|idfa|gaid|aaid|maid|imei|mac addr|fingerprint|visitor|browser|wearable)"),
    (
        "identifier",
        (
            r"((passport|driv\w*|licen[cs]e|\bmrns?\b|medical record|loyalty|\blei\b|medicaid|member|account|policy)|"
            r"\bcard$|"
            r"\b(id|uid|uuid|guid|identifier|key|number|no)$)"
        ),
    ),
    (
        "number",
        (
            r"(amount|cost|price|total|balance|\blat$|\blon$|\blng$|latitude|longitude|expenses|coverage|score|count$|"
            r"quantity|salary|income)"
        ),
    ),
    (
        "category",
        r"(occupation|profession|beruf|\btrade$|\bjob|religion|language|segment|group|department|nationality|education|blood)",
    ),
)
COMPILED: Final = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)
NOISE: Final = re.compile(r"\b(id|no|num|number|nr|key|code|the|of|primary)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header in lower-case words, the kinds it may mean, likeliest first, and whether it names a handle."""

    words: str
    kinds: tuple[str, ...]
    handle: bool = False

    def of_kin(self) -> bool:
        """Whether the column tells of a relative."""
        return re.search(KIN, self.words) is not None

    def of_alias(self) -> bool:
        """Whether the column holds another name of the person."""
        return re.search(ALIAS, self.words) is not None

    def of_recipient(self) -> bool:
        """Whether the column tells of whoever receives what the person has ordered."""
        return re.search(RECIPIENT, self.words) is not None

    def of_serving(self) -> bool:
        """Whether the column tells of somebody who serves many people."""
        return re.search(SERVING, self.words) is not None

    def of_official(self) -> bool:
        """Whether the column tells of somebody else, if the person stands beside it."""
        return re.search(OFFICIAL, self.words) is not None


def prefix_of(names: Sequence[str]) -> str:
    """The word with which most headers of a table begin, with the space after it: what its rows are; else nothing."""
    first = Counter(words[0] for words in map(str.split, map(spaced, names)) if len(words) > 1)
    word, count = first.most_common(1)[0] if first else ("", 0)
    return f"{word} " if count >= max(FEWEST_PREFIXED, PREFIXED * len(names)) and not re.search(KIN, word) else ""


def read_header(name: str, prefix: str = "") -> Header:
    """Read a header: by a phrase that it is, by the patterns, and by a phrase that it holds, in this order.

    Args:
        name: the header.
        prefix: what most headers begin with, as `prefix_of` gives it; it is left out where the whole says nothing.
    """
    header = _read(_unabbreviated(spaced(name)))
    return header if header.kinds or header.handle else _read(_unabbreviated(spaced(name).removeprefix(prefix)))


def _read(words: str) -> Header:
    plain = folded(words)
    found = [*WHOLE.get(plain, ()), *(kind for kind, pattern in COMPILED if pattern.search(words))]
    held = (
        kind for phrase, kind in PHRASES if f" {phrase} " in f" {plain} " or (_unspaced(phrase) and phrase in plain)
    )
    kinds = tuple(dict.fromkeys(found or held))
    return Header(words=words, kinds=tuple(kind for kind in kinds if kind != HANDLE), handle=HANDLE in kinds)


def spaced(name: str) -> str:
    """The header in lower-case words: `dateOfBirth`, `DATE_OF_BIRTH` and `date-of-birth` become `date of birth`."""
    parts = re.sub(r"([a-zà-ÿ])([A-Z])", r"\1 \2", re.sub(APOSTROPHES, "'", name))
    return " ".join("".join(sign if _in_word(sign) else " " for sign in parts).split()).lower()


def folded(words: str) -> str:
    """Words without accents, so that headers are known with and without them; a Korean syllable stays one sign."""
    plain = unicodedata.normalize("NFKD", words.translate(LETTERS))
    return unicodedata.normalize("NFC", "".join(sign for sign in plain if unicodedata.category(sign) != "Mn"))


def _unabbreviated(words: str) -> str:
    return " ".join(ABBREVIATIONS.get(word, word) for word in words.split())


def _in_word(sign: str) -> bool:
    """Vowel signs of Indian and Thai letters are marks."""
    return sign.isalnum() or unicodedata.category(sign).startswith("M")


def _unspaced(phrase: str) -> bool:
    """Whether a phrase is in a script without spaces between words, and long enough to be known inside others."""
    return len(phrase) > 1 and phrase[0] >= UNSPACED_FROM


def _phrases() -> dict[str, tuple[str, ...]]:
    """The kinds that each known phrase may mean."""
    found: dict[str, tuple[str, ...]] = {}
    for line in HEADERS:
        kind, _, phrases = line.partition(": ")
        for phrase in phrases.split(", "):
            found[folded(phrase)] = (*found.get(folded(phrase), ()), kind)
    return found


ABBREVIATIONS: Final = {
    "nm": "name", "frst": "first", "fst": "first", "lst": "last", "srnm": "surname", "gvn": "given", "phn": "phone",
    "tlphn": "telephone", "nbr": "number", "ctry": "country", "cntry": "country", "zipcd": "zip", "pstlz": "postcode",
    "gndr": "gender",
}  # fmt: skip
APOSTROPHES: Final = "[\u02bc\u2019\u2018`´]"
FEWEST_PREFIXED: Final = 4
PREFIXED: Final = 0.6
"""Share of the headers that begin with one word, from which it says what the rows are and not what a column holds."""
LETTERS: Final = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d"})
UNSPACED_FROM: Final = "\u0e00"
TELLING: Final = 4
"""Letters from which the name of an identifier means it beside other words too; RUN and NIE mean it alone."""
WHOLE: Final = _phrases()
PHRASES: Final = tuple(
    (phrase, kind)
    for phrase, kinds in sorted(WHOLE.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    for kind in kinds
    if " " in phrase or (not phrase.isascii() and len(phrase) > 1) or (kind == "national_id" and len(phrase) >= TELLING)
)


def system_of(name: str, kind: str) -> str:
    """Name the system that issues the identifiers of a column: `loyalty_id` gives `loyalty`."""
    words = spaced(name)
    if kind == "national_id":
        return "ssn" if re.search(r"\b(ssn|soc|social)", words) else _system(words) or "national_id"
    return _system(words) or words.replace(" ", "_") or "identifier"


def _system(words: str) -> str:
    return "_".join(NOISE.sub(" ", words).split())
