"""Writes the tables as the company would export them, with the faults that exports have."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from .demand import busyness
from .members import CHANNELS, PLANS, STAYS, Floats, Ints, Members, make_members
from .world import DAYS, SHOPS, SPAN, World, day_of, make_world

GUESTS = np.array([22.0, 9.0, 13.0, 10.0, 18.0, 12.0])
TWICE = 0.004  # the share of orders that the export holds twice
CHUNK = 28  # days handled at once, to bound memory

TABLES: dict[str, tuple[str, ...]] = {
    "calendar": ("day", "holiday"),
    "shops": ("shop",),
    "offers": ("first_day", "last_day", "discount", "shop"),
    "closures": ("day", "shop", "reason"),
    "members": ("member_id", "joined", "left_on", "shop", "plan", "channel"),
    "tickets": ("day", "member_id", "topic"),
    "orders": ("order_id", "day", "shop", "member_id", "amount"),
}


def export(folder: Path, seed: int) -> None:
    """Simulate the company and write its tables; the same seed gives the same files."""
    # RandomState's streams are frozen by NumPy, so that the files' digest holds everywhere.
    rng = np.random.RandomState(seed)
    world = make_world(rng)
    busy = busyness(rng, world)
    members = make_members(rng)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (
        ("calendar", ((day_of(day), world.holidays.get(day, "")) for day in range(SPAN))),
        ("shops", ((shop,) for shop in SHOPS)),
        ("offers", _offer_rows(world)),
        ("closures", _closure_rows(world)),
        ("members", _member_rows(members)),
        ("tickets", ((day_of(day), f"M{who:05}", topic) for day, who, topic in members.tickets)),
        ("orders", _order_rows(rng, world, busy, members)),
    ):
        _write(folder / f"{name}.csv", TABLES[name], rows)


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _offer_rows(world: World) -> Iterable[Sequence[object]]:
    for offer in world.offers:
        first, last = day_of(offer.first), day_of(offer.first + offer.days - 1)
        for shop in offer.shops:
            yield first, last, offer.discount, SHOPS[shop]


def _closure_rows(world: World) -> Iterable[Sequence[object]]:
    for reason, places in (("refit", world.closed), ("export lost", world.lost)):
        for day, shop in sorted(places):
            yield day_of(day), SHOPS[shop], reason


def _member_rows(members: Members) -> Iterable[Sequence[object]]:
    for who in range(len(members.joined)):
        left = int(members.left[who])
        yield (
            f"M{who:05}",
            day_of(int(members.joined[who])),
            "" if left >= min(STAYS, DAYS) else day_of(left),
            SHOPS[members.shop[who]],
            PLANS[members.plan[who]],
            CHANNELS[members.channel[who]],
        )


def _order_rows(
    rng: np.random.RandomState, world: World, busy: Floats, members: Members
) -> Iterable[Sequence[object]]:
    number = 0
    gone = world.closed | world.lost
    for start in range(0, DAYS, CHUNK):
        days, shops, people = _draw(rng, start, busy, members)
        amounts = np.round(rng.lognormal(2.9, 0.45, len(days)), 2)
        twice = rng.random_sample(len(days)) < TWICE
        for day, shop, who, amount, again in zip(
            days.tolist(), shops.tolist(), people.tolist(), amounts.tolist(), twice, strict=True
        ):
            number += 1
            if (day, shop) in gone:
                continue
            member = f"M{who:05}" if who >= 0 else ""
            row = (f"O{number:06}", day_of(day), SHOPS[shop], member, f"{amount:.2f}")
            yield row
            if again:
                yield row


def _draw(
    rng: np.random.RandomState, start: int, busy: Floats, members: Members
) -> tuple[Ints, Ints, Ints]:
    """Return day, shop and member (-1: a guest) of the orders of `CHUNK` days."""
    span = np.arange(start, start + CHUNK)
    guests = rng.poisson(GUESTS * np.exp(busy[span]))
    here = (members.joined <= span[:, None]) & (members.left > span[:, None])
    eager = members.rate * np.exp(0.85 * members.content[span // 7] + busy[span][:, members.shop])
    counts = rng.poisson(np.where(here, eager, 0.0))
    day, who = np.nonzero(counts)
    repeats = counts[day, who]
    day, who = np.repeat(day, repeats), np.repeat(who, repeats)
    guest_day, guest_shop = np.nonzero(guests)
    repeats = guests[guest_day, guest_shop]
    guest_day, guest_shop = np.repeat(guest_day, repeats), np.repeat(guest_shop, repeats)
    days = np.concatenate([day, guest_day])
    order = np.argsort(days, kind="stable")
    shops = np.concatenate([members.shop[who], guest_shop])
    people = np.concatenate([who, np.full(len(guest_day), -1)])
    return span[days[order]], shops[order], people[order]
