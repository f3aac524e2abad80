"""What people do as customers: messages, page views, orders and purchases, with the journeys planted among them.

A campaign's message may be opened, then clicked, then lead to a page view on the person's browser and to an order that
names the campaign. Browsers act before anyone knows whose they are. Pure draws.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from api.demo.contract import DAY_S, Behaviour, Population, Registrations, Source
from api.demo.draws import Columns, Flags, Numbers, Reals, Text, choose, digits, join, pick, stream, whole, words, zipf
from api.demo.timing import Cast, cast_of, in_time_order, instants, later, moments, repeats
from api.demo.vocabulary.wellness import BARGAIN_CAMPAIGNS, CAMPAIGNS, PAGES, PRODUCTS

# By behaviour: active shopper, chronic care, lapsed, bargain hunter, digital only.
ORDERS: Final = np.array([3.5, 0.2, 2.5, 6.0, 0.3])
VIEWS: Final = np.array([3.5, 0.3, 1.5, 3.0, 30.0])
MESSAGES: Final = np.array([0.8, 0.4, 3.5, 10.0, 0.8])
PURCHASES: Final = np.array([12.0, 0.3, 3.0, 1.5, 0.2])
OPENS: Final = np.array([0.45, 0.25, 0.10, 0.75, 0.45])
CLICKS: Final = np.array([0.40, 0.15, 0.10, 0.60, 0.45])
BUYS: Final = np.array([0.45, 0.10, 0.0, 0.50, 0.06])
STRANGERS: Final = 0.02
PRODUCT_NAMES: Final = [name for name, _ in PRODUCTS]
PRICES: Final = np.array([price for _, price in PRODUCTS])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Touch:
    """Messages that were clicked: what they may lead to."""

    person: Numbers
    at: Numbers
    campaign: Numbers


def draw_commerce(
    population: Population, registrations: Registrations, visits: tuple[Numbers, Numbers], seed: int
) -> dict[str, pa.Table]:
    """Draw the streams web_messages, web_activity, web_orders and loyalty_purchases.

    Args:
        population: everyone.
        registrations: what was written down about them.
        visits: who saw a doctor, and when; some looked their symptoms up before.
        seed: the same seed gives the same streams.
    """
    rng = stream(seed, "commerce")
    messages, touch = _messages(rng, population, cast_of(registrations, "email", list(Source)))
    orders, ordered = _orders(rng, population, cast_of(registrations, "record_id", [Source.WEB_SHOP]), touch)
    browsers = cast_of(registrations, "device_id", [Source.WEB_SHOP])
    return {
        "web_messages": messages,
        "web_orders": orders,
        "web_activity": _views(rng, population, browsers, (touch, ordered, visits)),
        "loyalty_purchases": _purchases(rng, population, cast_of(registrations, "loyalty_id", [Source.LOYALTY])),
    }


def _messages(rng: np.random.Generator, population: Population, cast: Cast) -> tuple[pa.Table, _Touch]:
    row = repeats(rng, MESSAGES[population.behaviour[cast.person]])
    person = cast.person[row]
    behaviour = population.behaviour[person]
    sent = moments(rng, population, person, all_along=True)
    campaign = _campaign(rng, behaviour)
    opened = rng.random(len(row)) < OPENS[behaviour]
    clicked = opened & (rng.random(len(row)) < CLICKS[behaviour])
    opened_at = later(rng, sent, 6 * 3600.0)
    clicked_at = later(rng, opened_at, 90.0)
    rows = np.concatenate([row, row[opened], row[clicked]])
    at = np.concatenate([sent, opened_at[opened], clicked_at[clicked]])
    kind = np.repeat([0, 1, 2], [len(row), int(opened.sum()), int(clicked.sum())])
    campaigns = np.concatenate([campaign, campaign[opened], campaign[clicked]])
    table = in_time_order(
        {
            "email": words(cast.handle, rows),
            "what": words(["message_sent", "message_opened", "message_clicked"], kind),
            "when": instants(at),
            "campaign": words(CAMPAIGNS, campaigns),
        },
        at,
    )
    return _numbered(table, "message_id", "MSG"), _Touch(
        person=person[clicked], at=clicked_at[clicked], campaign=campaign[clicked]
    )


def _campaign(rng: np.random.Generator, behaviour: Numbers) -> Numbers:
    drawn = whole(rng, 0, len(CAMPAIGNS), len(behaviour))
    sale = np.array(BARGAIN_CAMPAIGNS)[whole(rng, 0, len(BARGAIN_CAMPAIGNS), len(behaviour))]
    return np.where((behaviour == Behaviour.BARGAIN_HUNTER) & (rng.random(len(drawn)) < 0.8), sale, drawn)


def _orders(rng: np.random.Generator, population: Population, cast: Cast, touch: _Touch) -> tuple[pa.Table, _Touch]:
    """Orders out of the blue, and those a click led to."""
    row = repeats(rng, ORDERS[population.behaviour[cast.person]])
    place = cast.place_of(len(population))[touch.person]
    led = (place >= 0) & (rng.random(len(place)) < BUYS[population.behaviour[touch.person]])
    rows = np.concatenate([row, place[led]])
    person = cast.person[rows]
    at = np.concatenate([moments(rng, population, cast.person[row]), later(rng, touch.at[led] + 300, 3600.0)])
    campaign = np.concatenate([np.full(len(row), len(CAMPAIGNS)), touch.campaign[led]])
    goods = _goods(rng, population.behaviour[person])
    table = in_time_order(
        {
            "customer_id": words(cast.handle, rows),
            "ordered_at": instants(at),
            **goods,
            "campaign": words([*CAMPAIGNS, ""], campaign),
        },
        at,
    )
    return _numbered(table, "order_id", "WO"), _Touch(person=person, at=at, campaign=campaign)


def _goods(rng: np.random.Generator, behaviour: Numbers) -> dict[str, Text | Reals | Numbers]:
    """What was bought, how many, and for how much; bargain hunters buy with a coupon and pay less."""
    size = len(behaviour)
    product = choose(rng, zipf(len(PRODUCTS), flat=10.0), size)
    product = np.where(rng.random(size) < 0.3, (product * 7 + behaviour * 8) % len(PRODUCTS), product)
    coupon = rng.random(size) < np.where(behaviour == Behaviour.BARGAIN_HUNTER, 0.85, 0.06)
    quantity = 1 + rng.poisson(np.where(behaviour == Behaviour.ACTIVE_SHOPPER, 1.1, 0.25))
    paid = PRICES[product] * quantity * np.where(coupon, 0.65, 1.0) * rng.normal(1.0, 0.03, size)
    return {
        "product": words(PRODUCT_NAMES, product),
        "quantity": quantity.astype(np.int64),
        "total": np.round(paid, 2),
        "coupon": pick(coupon, join("SAVE", digits(10 + 5 * (product % 6))), ""),
    }


def _views(
    rng: np.random.Generator, population: Population, cast: Cast, led: tuple[_Touch, _Touch, tuple[Numbers, Numbers]]
) -> pa.Table:
    """Pages seen by browsers: at will, after a click, before an order, before a visit; and by browsers nobody has."""
    touch, ordered, (visitor, visited_at) = led
    row = repeats(rng, VIEWS[population.behaviour[cast.person]])
    place = cast.place_of(len(population))
    clicked = np.flatnonzero(place[touch.person] >= 0)
    before = np.flatnonzero((place[ordered.person] >= 0) & (rng.random(len(ordered.person)) < 0.6))
    worried = np.flatnonzero((place[visitor] >= 0) & (rng.random(len(visitor)) < 0.35))
    strangers = repeats(rng, np.full(max(int(STRANGERS * len(population)), 2), 8.0))
    at = np.concatenate(
        [
            moments(rng, population, cast.person[row]),
            later(rng, touch.at[clicked], 60.0),
            ordered.at[before] - 60 - rng.exponential(600, len(before)).astype(np.int64),
            moments(rng, population, np.arange(len(strangers)) % len(population)),
            visited_at[worried] - whole(rng, 8 * 3600, 3 * DAY_S, len(worried)),
        ]
    )
    known = words(cast.handle, np.concatenate([row, place[touch.person[clicked]], place[ordered.person[before]]]))
    device = [known, join("ck-9", digits(strangers, 12)), words(cast.handle, place[visitor[worried]])]
    symptom = np.arange(len(at)) >= len(at) - len(worried)
    pages = {"device_id": pa.concat_arrays(device), "at": instants(at), **_pages(rng, symptom)}
    return _numbered(in_time_order(pages, at), "view_id", "PV")


def _pages(rng: np.random.Generator, symptom: Flags) -> dict[str, Text]:
    size = len(symptom)
    product = choose(rng, zipf(len(PRODUCTS), flat=10.0), size)
    page = np.where(symptom, len(PAGES) - 1, choose(rng, zipf(len(PAGES) - 1, flat=4.0), size))
    about = pick((rng.random(size) < 0.65) & ~symptom, words(PRODUCT_NAMES, product), words(PAGES, page))
    return {"page": about, "seconds": digits(5 + rng.exponential(70, size).astype(np.int64))}


def _purchases(rng: np.random.Generator, population: Population, cast: Cast) -> pa.Table:
    row = repeats(rng, PURCHASES[population.behaviour[cast.person]])
    person = cast.person[row]
    at = moments(rng, population, person)
    goods = _goods(rng, population.behaviour[person])
    points = pc.cast(pc.floor(pa.array(goods["total"])), pa.int64())
    columns: Columns = {
        "loyalty_id": words(cast.handle, row),
        "purchased_at": pa.array(at, pa.int64()).cast(pa.timestamp("s")).cast(pa.timestamp("ms", tz="UTC")),
        "product": goods["product"],
        "amount": goods["total"],
        "coupon": goods["coupon"],
        "points": points,
    }
    return _numbered(in_time_order(columns, at), "purchase_id", "LP")


def _numbered(table: pa.Table, name: str, prefix: str) -> pa.Table:
    """Give the rows the system's own numbers, in its order."""
    return table.add_column(0, name, join(prefix, digits(1_000_000 + np.arange(table.num_rows))))
