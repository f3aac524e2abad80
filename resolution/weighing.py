"""Compiled weighing of the candidates of some rows: whom a row meets, what can be an edge, and what becomes of it."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from resolution.blocking.walk import Walk, meet, unseen
from resolution.comparing.batch import BATCH, Space, move, space
from resolution.comparing.names import glance_at_names, look_at_names
from resolution.comparing.pairs import compare_facts
from resolution.compiled import inner, kernel
from resolution.encode.codes import TOKENS, Codes
from resolution.hopeless import SAMPLED, most_by_facts, most_by_names, most_by_tokens
from resolution.machine import ask_ahead
from resolution.model.weights import Weights, pair_bits, prior_bits, summed_bits

HOPELESS_BITS: Final = -20.0
"""Pairs below, one match in a million, add nothing to the matches that are counted."""
WORTHWHILE: Final = 8
"""Rows with so many candidates first see which of them no name could make an edge."""
LEAST_BIN: Final = -120
BINS: Final = 241


class Task(NamedTuple):
    """What is weighed, and the least bits of an edge."""

    codes: Codes
    walk: Walk
    weights: Weights
    least_bits: float


class Batch(NamedTuple):
    """A row and some of those met.

    Attributes:
        row: the row.
        begin: the first of them.
        end: the one after the last.
        sift: whether to ask first what names could make an edge.
    """

    row: int
    begin: int
    end: int
    sift: bool


class Found(NamedTuple):
    """Edges of some rows, with room for more, and counts over their pairs; as of `Edges` and `Tally`, but for these.

    Attributes:
        histogram: shape (2, BINS). Pairs that may be edges, and those sampled of the others.
        hopeless: shape (1,). How many others there are.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    bits: NDArray[np.float64]
    rule: NDArray[np.uint8]
    histogram: NDArray[np.int64]
    pairs: NDArray[np.int64]
    matches: NDArray[np.float64]
    hopeless: NDArray[np.int64]


class Room(NamedTuple):
    """Room for the candidates of one row.

    Attributes:
        seen: of `meet`.
        met: shape (2, n). Rows that it is compared with; and those of the next row.
        by: shape (2, n). Runs that proposed them.
        level: shape (BATCH, fields). Of those of a batch that are weighed.
        rarity: the same.
        most: shape (TOKENS,). The most bits of each of the row's name tokens.
        rule: shape (BATCH,). The rule that first proposed each.
        prior: the same shape.
        sampled: the same shape. Hopeless pairs that stand for others.
        batch: of comparing.
    """

    seen: NDArray[np.uint8]
    met: NDArray[np.int32]
    by: NDArray[np.int32]
    level: NDArray[np.uint8]
    rarity: NDArray[np.float32]
    most: NDArray[np.float64]
    rule: NDArray[np.uint8]
    prior: NDArray[np.float64]
    sampled: NDArray[np.bool_]
    batch: Space


@kernel
def weigh_part(task: Task, part: tuple[int, int], rules: int) -> Found:
    """Weigh the candidates of the rows from the first of the part to the second."""
    n, fields = len(task.codes.source), task.weights.says.shape[1]
    level, rarity = np.zeros((BATCH, fields), np.uint8), np.zeros((BATCH, fields), np.float32)
    room = Room(
        unseen(n),
        np.empty((2, n), np.int32),
        np.empty((2, n), np.int32),
        level,
        rarity,
        np.empty(TOKENS),
        np.empty(BATCH, np.uint8),
        np.empty(BATCH),
        np.empty(BATCH, np.bool_),
        space(),
    )
    histogram, pairs, matches = np.zeros((2, BINS), np.int64), np.zeros(rules, np.int64), np.zeros(rules)
    hopeless = np.zeros(1, np.int64)
    left, right, bits = np.empty(1024, np.int32), np.empty(1024, np.int32), np.empty(1024)
    rule, used, row = np.empty(1024, np.uint8), 0, part[0]
    while True:
        found = Found(left, right, bits, rule, histogram, pairs, matches, hopeless)
        row, used = _weigh_rows(task, (row, part[1]), used, room, found)
        if row == part[1]:
            return Found(
                left[:used].copy(),
                right[:used].copy(),
                bits[:used].copy(),
                rule[:used].copy(),
                histogram,
                pairs,
                matches,
                hopeless,
            )
        left, right = np.concatenate((left, left)), np.concatenate((right, right))
        bits, rule = np.concatenate((bits, bits)), np.concatenate((rule, rule))


@inner
def _weigh_rows(task: Task, rows: tuple[int, int], used: int, room: Room, found: Found) -> tuple[int, int]:
    """Weigh the candidates of rows until the edges of one may not find room.

    Returns:
        The row to go on with, and how many edges there are.
    """
    following = _meet(task, rows[0], rows[1], room)
    for row in range(rows[0], rows[1]):
        count, following = following, _meet(task, row + 1, rows[1], room)
        if used + count > len(found.left):
            return row, used
        if count >= WORTHWHILE:
            most_by_tokens(task.codes, task.weights, row, room.most)
        for begin in range(0, count, BATCH):
            _ask_for(task, room.met[row & 1], begin + BATCH, count)
            batch = Batch(row, begin, min(begin + BATCH, count), count >= WORTHWHILE)
            used = _weigh_batch(task, batch, used, room, found)
    return rows[1], used


@inner
def _meet(task: Task, row: int, end: int, room: Room) -> int:
    """Find whom a row meets, a row before they are compared, and ask for them; returns how many, none from `end` on."""
    if row >= end:
        return 0
    met = room.met[row & 1]
    count = meet(task.walk, row, room.seen, met, room.by[row & 1])
    _ask_for(task, met, 0, count)
    return count


@inner
def _ask_for(task: Task, met: NDArray[np.int32], begin: int, count: int) -> None:
    """Ask for the lines of a batch of those met, from the one that it begins with."""
    for place in range(begin, min(count, begin + BATCH)):
        ask_ahead(task.codes.line, met[place])


@inner
def _weigh_batch(task: Task, batch: Batch, used: int, room: Room, found: Found) -> int:
    """Weigh a row with a batch of those met: all that its names could make an edge, and a sample of the others.

    Returns:
        How many edges there are.
    """
    codes, line, weights, row = task.codes, task.codes.line, task.weights, batch.row
    level, rarity, kept = room.level, room.rarity, 0
    others, by = room.met[row & 1, batch.begin : batch.end], room.by[row & 1, batch.begin : batch.end]
    filled = compare_facts(codes, row, others, level[: len(others)], rarity[: len(others)], room.batch)
    glance_at_names(codes, row, filled, room.batch)
    for at in range(len(others)):
        other, rule = others[at], task.walk.run_rule[by[at]]
        prior = prior_bits(weights, line, row, other)
        found.pairs[rule] += 1
        sampled = False
        if batch.sift:
            names = most_by_names(room.most, room.batch.same[at] | room.batch.near[at])
            if prior + names + most_by_facts(weights, level[at], rarity[at]) < task.least_bits:
                found.hopeless[0] += 1
                if found.hopeless[0] % SAMPLED != 1:
                    continue
                sampled = True
        room.rule[kept], room.prior[kept], room.sampled[kept] = rule, prior, sampled
        move(room.batch, at, kept)
        for field in range(level.shape[1]):
            level[kept, field], rarity[kept, field] = level[at, field], rarity[at, field]
        kept += 1
    look_at_names(codes, row, level[:kept], rarity[:kept], room.batch)
    for at in range(kept):
        used = _weigh_pair(task, row, at, used, room, found)
    return used


@inner
def _weigh_pair(task: Task, row: int, at: int, used: int, room: Room, found: Found) -> int:
    """Count a compared pair, and keep it as an edge where it reaches the least bits; returns how many there are."""
    weights, rule, sampled = task.weights, room.rule[at], room.sampled[at]
    for_one, for_kin = summed_bits(weights, room.level[at], room.rarity[at])
    total = pair_bits(weights.household, room.prior[at], for_one, for_kin)
    place = min(max(int(np.floor(total)) - LEAST_BIN, 0), BINS - 1)
    found.histogram[int(sampled), place] += 1
    if total > HOPELESS_BITS:
        found.matches[rule] += (SAMPLED if sampled else 1) / (1.0 + 2.0**-total)
    if total >= task.least_bits:
        found.left[used], found.right[used], found.bits[used], found.rule[used] = row, room.batch.other[at], total, rule
        used += 1
    return used
