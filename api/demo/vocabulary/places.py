"""Cities with their state, postcode prefix and telephone area code, and the parts of street names."""

from typing import Final

_CITIES: Final = """\
Houston,TX,770,713;Chicago,IL,606,312;Brooklyn,NY,112,718;Los Angeles,CA,900,213;Miami,FL,331,305
New York,NY,100,212;San Antonio,TX,782,210;Philadelphia,PA,191,215;Bronx,NY,104,347;Dallas,TX,752,214
Las Vegas,NV,891,702;Phoenix,AZ,850,602;San Diego,CA,921,619;San Jose,CA,951,408;Austin,TX,787,512
Jacksonville,FL,322,904;Fort Worth,TX,761,817;Columbus,OH,432,614;Charlotte,NC,282,704;Indianapolis,IN,462,317
Seattle,WA,981,206;Denver,CO,802,303;Boston,MA,021,617;El Paso,TX,799,915;Nashville,TN,372,615;Detroit,MI,482,313
Portland,OR,972,503;Memphis,TN,381,901;Oklahoma City,OK,731,405;Louisville,KY,402,502;Baltimore,MD,212,410
Milwaukee,WI,532,414;Albuquerque,NM,871,505;Tucson,AZ,857,520;Fresno,CA,937,559;Sacramento,CA,958,916
Kansas City,MO,641,816;Atlanta,GA,303,404;Omaha,NE,681,402;Colorado Springs,CO,809,719;Raleigh,NC,276,919
Virginia Beach,VA,234,757;Long Beach,CA,908,562;Oakland,CA,946,510;Minneapolis,MN,554,612;Tulsa,OK,741,918
Bakersfield,CA,933,661;Tampa,FL,336,813;Wichita,KS,672,316;Arlington,TX,760,682;Aurora,CO,800,720
New Orleans,LA,701,504;Cleveland,OH,441,216;Anaheim,CA,928,714;Honolulu,HI,968,808;Riverside,CA,925,951
Corpus Christi,TX,784,361;Lexington,KY,405,859;Stockton,CA,952,209;St. Louis,MO,631,314;Pittsburgh,PA,152,412
Cincinnati,OH,452,513;Anchorage,AK,995,907;Greensboro,NC,274,336;Newark,NJ,071,973;Lincoln,NE,685,531
Orlando,FL,328,407;Toledo,OH,436,419;Buffalo,NY,142,716;Durham,NC,277,984;Madison,WI,537,608;Lubbock,TX,794,806
Reno,NV,895,775;Baton Rouge,LA,708,225;Boise,ID,837,208;Richmond,VA,232,804;Spokane,WA,992,509;Des Moines,IA,503,515
Rochester,NY,146,585;Salt Lake City,UT,841,801;Huntsville,AL,358,256;Birmingham,AL,352,205;Grand Rapids,MI,495,616
Tallahassee,FL,323,850;Knoxville,TN,379,865;Worcester,MA,016,508;Little Rock,AR,722,501;Providence,RI,029,401
Jackson,MS,392,601;Sioux Falls,SD,571,605;Fort Wayne,IN,468,260;Mobile,AL,366,251;Savannah,GA,314,912
Columbia,SC,292,803;Charleston,SC,294,843;Springfield,MO,658,417;Eugene,OR,974,541;Syracuse,NY,132,315
Dayton,OH,454,937;Lancaster,CA,935,747;Salem,OR,973,971;Naples,FL,341,239;Ocala,FL,344,352;Peoria,IL,616,309
Rockford,IL,611,815;Billings,MT,591,406;Fargo,ND,581,701;Duluth,MN,558,218;Burlington,VT,054,802;Concord,NH,033,603
Bangor,ME,044,207;Wilmington,DE,198,302;Charleston,WV,253,304;Cheyenne,WY,820,307;Trenton,NJ,086,609
Hartford,CT,061,860;Bridgeport,CT,066,203;Yonkers,NY,107,914;Scranton,PA,185,570;Erie,PA,165,814;Akron,OH,443,330
Flint,MI,485,810;Waco,TX,767,254;Laredo,TX,780,956;Macon,GA,312,478;Augusta,GA,309,706;Roanoke,VA,240,540
Asheville,NC,288,828;Topeka,KS,666,785;Joplin,MO,648,417;Duson,LA,705,337;Yuma,AZ,853,928;Redding,CA,960,530
Modesto,CA,953,209;Visalia,CA,932,559;Salinas,CA,939,831;Pasadena,CA,911,626;Hollis,NY,114,718;Sandusky,OH,448,419
Tacoma,WA,984,253;Everett,WA,982,425;Conway,AR,720,501;Gulfport,MS,395,228;Biloxi,MS,395,228;Bend,OR,977,541
Provo,UT,846,801;Mesa,AZ,852,480
"""
CITIES: Final = tuple(tuple(city.split(",")) for line in _CITIES.splitlines() for city in line.split(";"))
"""Name, state, first three figures of the postcode, area code."""

_STARTS: Final = """\
Maple Oak Cedar Pine Elm Willow Birch Walnut Cherry Chestnut Magnolia Dogwood Sycamore Aspen Hickory Juniper Laurel
Poplar River Lake Spring Valley Hill Ridge Meadow Forest Park Garden Orchard Prairie Canyon Summit Sunset Sunrise
Harbor Bay Ocean Mill Bridge Church Station Market College Fox Deer Eagle Hawk Heron Quail Robin Swan Wolf Stone
Granite Marble Silver Copper Golden Crystal Amber Autumn Winter Summer Washington Jefferson Lincoln Madison Jackson
Franklin Monroe Adams Harrison Wilson Grant Sherman Lee Hamilton Victoria Windsor Kensington Cambridge Oxford Bristol
Essex Devon Sussex Westminster Riverside Lakeside Hillside Brookside Fairview Pleasant Liberty Union Highland
"""
_MIDDLES: Final = "Creek Ridge Grove Hollow Glen Point View Run Crossing Bend Springs Meadows Heights Trace Mill"
STREET_STARTS: Final = tuple(_STARTS.split())
STREET_MIDDLES: Final = ("", *(f" {word}" for word in _MIDDLES.split()))
STREET_KINDS: Final = (
    ("Street", "St"), ("Avenue", "Ave"), ("Drive", "Dr"), ("Road", "Rd"), ("Lane", "Ln"), ("Court", "Ct"),
    ("Place", "Pl"), ("Boulevard", "Blvd"), ("Circle", "Cir"),
    ("Terrace", "Ter"), ("Parkway", "Pkwy"), ("Trail", "Trl"),
)  # fmt: skip
STREET_SIDES: Final = (("", ""), ("N ", "North "), ("S ", "South "), ("E ", "East "), ("W ", "West "))

MAIL_DOMAINS: Final = (
    ("gmail.com", 0.50), ("yahoo.com", 0.15), ("hotmail.com", 0.10), ("outlook.com", 0.08), ("icloud.com", 0.07),
    ("comcast.net", 0.03), ("aol.com", 0.03), ("att.net", 0.02), ("live.com", 0.01), ("protonmail.com", 0.01),
)  # fmt: skip
