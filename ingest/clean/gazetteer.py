"""Regions and countries by name, and the most common names of cities: what lets contents tell places apart."""

from typing import Final

US_STATES: Final = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA", "hawaii": "HI",
    "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA",
    "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN", "mississippi": "MS",
    "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV", "new hampshire": "NH", "new jersey": "NJ",
    "new mexico": "NM", "new york": "NY", "north carolina": "NC", "north dakota": "ND", "ohio": "OH", "oklahoma": "OK",
    "oregon": "OR", "pennsylvania": "PA", "puerto rico": "PR", "rhode island": "RI", "south carolina": "SC",
    "south dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT", "virginia": "VA",
    "washington": "WA", "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY", "guam": "GU",
}  # fmt: skip
OTHER_REGIONS: Final = {
    "new south wales": "NSW", "victoria": "VIC", "queensland": "QLD", "south australia": "SA", "western australia": "WA",
    "tasmania": "TAS", "northern territory": "NT", "australian capital territory": "ACT", "ontario": "ON", "quebec": "QC",
    "british columbia": "BC", "alberta": "AB", "manitoba": "MB", "saskatchewan": "SK", "nova scotia": "NS",
    "new brunswick": "NB", "newfoundland and labrador": "NL", "prince edward island": "PE",
}  # fmt: skip
REGIONS: Final = US_STATES | OTHER_REGIONS
REGION_CODES: Final = frozenset(code.lower() for code in REGIONS.values()) | {"vi", "as", "mp"}

COUNTRIES: Final = {
    "united states": "US", "united states of america": "US", "usa": "US", "america": "US", "united kingdom": "GB",
    "great britain": "GB", "uk": "GB", "gbr": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "germany": "DE",
    "deutschland": "DE", "deu": "DE", "france": "FR", "fra": "FR", "spain": "ES", "españa": "ES", "esp": "ES",
    "italy": "IT", "italia": "IT", "ita": "IT", "portugal": "PT", "prt": "PT", "netherlands": "NL", "nederland": "NL",
    "nld": "NL", "belgium": "BE", "bel": "BE", "austria": "AT", "österreich": "AT", "aut": "AT", "switzerland": "CH",
    "schweiz": "CH", "che": "CH", "liechtenstein": "LI", "lichtenstein": "LI", "ireland": "IE", "irl": "IE",
    "canada": "CA", "can": "CA", "mexico": "MX", "méxico": "MX", "mex": "MX", "brazil": "BR", "brasil": "BR", "bra": "BR",
    "argentina": "AR", "arg": "AR", "chile": "CL", "colombia": "CO", "australia": "AU", "aus": "AU", "new zealand": "NZ",
    "nzl": "NZ", "india": "IN", "ind": "IN", "pakistan": "PK", "pak": "PK", "china": "CN", "chn": "CN", "hong kong": "HK",
    "hkg": "HK", "japan": "JP", "jpn": "JP", "singapore": "SG", "sgp": "SG", "cambodia": "KH", "khm": "KH",
    "russia": "RU", "russian federation": "RU", "rus": "RU", "ukraine": "UA", "ukr": "UA", "poland": "PL", "polska": "PL",
    "pol": "PL", "sweden": "SE", "sverige": "SE", "swe": "SE", "norway": "NO", "nor": "NO", "denmark": "DK", "dnk": "DK",
    "finland": "FI", "fin": "FI", "greece": "GR", "grc": "GR", "turkey": "TR", "tur": "TR", "south africa": "ZA",
    "zaf": "ZA", "nigeria": "NG", "kenya": "KE", "egypt": "EG", "israel": "IL", "south korea": "KR", "kor": "KR",
    "philippines": "PH", "phl": "PH", "vietnam": "VN", "thailand": "TH", "malaysia": "MY", "indonesia": "ID",
}  # fmt: skip
COUNTRY_WORDS: Final = frozenset(COUNTRIES) | frozenset(code.lower() for code in COUNTRIES.values())

CITIES: Final = frozenset(
    """london|birmingham|manchester|liverpool|leeds|sheffield|bristol|edinburgh|glasgow|cardiff|westminster|oxford|cambridge
    |york|bath|norwich|nottingham|plymouth|exeter|brighton|dublin|belfast|newcastle upon tyne|newcastle|leicester|coventry|bradford
    |new york|brooklyn|los angeles|chicago|houston|phoenix|philadelphia|san antonio|san diego|dallas|san jose|austin
    |jacksonville|fort worth|columbus|charlotte|san francisco|indianapolis|seattle|denver|washington|boston|el paso|nashville
    |detroit|oklahoma city|portland|las vegas|memphis|louisville|baltimore|milwaukee|albuquerque|tucson|fresno|sacramento
    |mesa|kansas city|atlanta|omaha|colorado springs|raleigh|miami|long beach|virginia beach|oakland|minneapolis|tulsa|tampa
    |arlington|new orleans|wichita|cleveland|bakersfield|aurora|anaheim|honolulu|santa ana|riverside|orlando|saint louis
    |st louis|pittsburgh|cincinnati|anchorage|saint paul|buffalo|toledo|newark|plano|henderson|lincoln|springfield
    |jersey city|rochester|spokane|tacoma|richmond|des moines|salt lake city|worcester|providence|bronx|hialeah|katy
    |berlin|hamburg|münchen|munich|köln|cologne|frankfurt|stuttgart|düsseldorf|leipzig|dortmund|essen|bremen|dresden|hannover
    |wien|vienna|graz|zürich|zurich|genève|geneva|basel|bern|paris|marseille|lyon|toulouse|nice|nantes|bordeaux|lille
    |madrid|barcelona|valencia|sevilla|zaragoza|málaga|bilbao|roma|rome|milano|milan|napoli|torino|palermo|genova|bologna
    |firenze|lisboa|lisbon|porto|amsterdam|rotterdam|den haag|utrecht|bruxelles|brussels|antwerpen|stockholm|oslo
    |copenhagen|københavn|helsinki|warszawa|kraków|praha|budapest|moscow|athens|istanbul|toronto|montreal|vancouver|calgary
    |ottawa|edmonton|winnipeg|sydney|melbourne|brisbane|perth|adelaide|canberra|hobart|frankston|toowoomba|bundaberg|mosman
    |geelong|ballarat|bendigo|cairns|townsville|mumbai|delhi|bangalore|singapore|tokyo|lahore|karachi""".replace(
        "\n", ""
    )
    .replace("    ", "")
    .split("|")
)
