"""A small workspace for tests: two sources of people and one of orders, written as such systems write them."""

import json
from collections.abc import Callable
from pathlib import Path

C360 = Callable[..., tuple[int, str]]
"""What the fixture `c360` gives: words of a command to its exit code and what it prints."""

KEY = "5a" * 32

SETTINGS = """
[workspace]
name = "test"

[sources.crm]
type = "files"
path = "sources/crm.csv"
content = "people"
kind = "customer"
key = "id"
deleted = "deleted"

[sources.crm.fields]
first_name = "given_name"
last_name = "family_name"
born = "birth_date"
email = "email"
phone = "phone"
street = "address"
city = "city"
zip = "postcode"

[sources.clinic]
type = "files"
path = "sources/clinic.jsonl"
content = "people"
kind = "patient"
key = "mrn"

[sources.clinic.fields]
given = "given_name"
family = "family_name"
dob = "birth_date"
mail = "email"
town = "city"
zip = "postcode"

[sources.orders]
type = "files"
path = "sources/orders.csv"
content = "events"
key = "order"
who = { column = "email", system = "email" }
at = "at"
event_type = "order"
about = "product"
cost = "total"
"""

GIVEN = ("Ada", "Boris", "Chidi", "Dolores", "Emil", "Fatima", "Gustav", "Hanna", "Ivo", "Jamila")
PRODUCTS = ("tea", "mat", "book")
FAMILY = ("Okafor", "Lindqvist", "Marchetti", "Novak", "Petrosyan", "Quispe", "Rahman", "Silva", "Tanaka", "Ueda")


def person(number: int) -> dict[str, str]:
    """The one true description of person `number`."""
    given, family = GIVEN[number % 10], FAMILY[(number * 7 + number // 10) % 10]
    return {
        "given": given,
        "family": family,
        "born": f"{1940 + number * 13 % 60}-{1 + number * 5 % 12:02}-{1 + number * 11 % 28:02}",
        "email": f"{given}.{family}{number}@mail.example".lower(),
        "phone": f"+1 415 555 {1000 + number:04}",
        "street": f"{10 + number} {FAMILY[number % 7]} Street",
        "city": ("Springfield", "Riverton", "Lakeside")[number % 3],
        "zip": f"{90000 + number * 37 % 1000}",
    }


def write_workspace(root: Path, *, people: int = 60, corrected: bool = False, deleted: tuple[int, ...] = ()) -> Path:
    """Write settings, key and sources: everyone is in the CRM, every second one, misspelt, in the clinic."""
    sources = root / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    (root / "c360.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "key").write_text(KEY, encoding="ascii")
    crm = ["id,first_name,last_name,born,email,phone,street,city,zip,deleted,shoe_size"]
    clinic: list[str] = []
    orders = ["order,email,at,product,total,note"]
    for number in range(people):
        one = person(number)
        family = one["family"] + ("-Corrected" if corrected and number == 3 else "")
        told = [one[name] for name in ("born", "email", "phone", "street", "city", "zip")]
        gone = "true" if number in deleted else ""
        crm.append(",".join([str(number), one["given"], family, *told, gone, str(36 + number % 10)]))
        if number % 2 == 0:
            patient = {"mrn": f"M{number}", "given": one["given"], "family": one["family"][:-1], "dob": one["born"]}
            clinic.append(json.dumps(patient | {"mail": one["email"], "town": one["city"], "zip": one["zip"]}))
        for place in range(1, 2 + number % 4):
            at = f"2026-0{place}-1{number % 9}T10:00:00Z"
            orders.append(f"O{number}-{place},{one['email']},{at},{PRODUCTS[place % 3]},{5 + number},x")
    orders.append("O-nobody,stranger@mail.example,2026-01-05T10:00:00Z,tea,3,x")
    orders.append("O-bad,ada.okafor0@mail.example,yesterday,tea,3,x")
    (sources / "crm.csv").write_text("\n".join(crm) + "\n", encoding="utf-8")
    (sources / "clinic.jsonl").write_text("\n".join(clinic) + "\n", encoding="utf-8")
    (sources / "orders.csv").write_text("\n".join(orders) + "\n", encoding="utf-8")
    return root
