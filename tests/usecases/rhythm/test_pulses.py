"""The pulse on a real database: who is asked, that a tap counts once, and that nothing kept leads back to anybody."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.errors import InvalidInput, NotFound
from bot.domain.figures import PULSE, Extent, FigureName
from bot.domain.ids import OccurrenceId
from bot.domain.members import Member
from bot.domain.nudges import Occurrence, Ritual
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.pulses import SAFETY, PulseItem, values_in
from bot.ports import Tx
from bot.usecases.maintenance import tell_how_it_goes
from bot.usecases.rhythm.checkin_cards import load_ask
from bot.usecases.rhythm.checkins_pulses import count_taps
from bot.usecases.rhythm.pulses import Tap, open_pulse
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

OCTOBER = date(2026, 10, 1)
NEXT_QUARTER = datetime(2027, 1, 3, tzinfo=UTC)
SAYS = re.compile(r"member|slack|user|created|_at$")


async def asked_of(setup: Setup, number: int = 0, day: date = date(2026, 11, 24)) -> OccurrenceId:
    """Tom's check-in, or that of somebody else who learns in a pair of their own; the pairs are three months old."""

    def plant(tx: Tx) -> OccurrenceId:
        began = tx.now - timedelta(days=90)
        if number == 0:
            pair = tx.pairs.update(replace(tx.pairs.get(setup.pair.id), active_since=began))
        else:
            name = f"Kim{number}"
            member = tx.members.insert(Member(setup.workspace.id, f"U{name}", name, "UTC", "en-US", tx.now))
            pair = tx.pairs.insert(
                Pair(setup.workspace.id, setup.cohort.id, began, state=PairState.ACTIVE, active_since=began)
            )
            tx.memberships.insert(
                Membership(setup.workspace.id, pair.id, member.id, Role.MENTEE, Consent.YES)
            )
        return tx.occurrences.insert(
            Occurrence(setup.workspace.id, pair.id, Ritual.CHECK_IN, 0, day.isoformat(), day)
        ).id

    return await setup.write(plant)


async def learner(setup: Setup, number: int) -> Member:
    if number == 0:
        return setup.mentee
    found = await setup.read(lambda tx: tx.members.first(user_id=f"UKim{number}"))
    assert found is not None
    return found


async def taps(setup: Setup, occurrence: OccurrenceId, who: Member, key: str, **values: int) -> None:
    said = {PulseItem(item): value for item, value in values.items()}
    await write_as(setup.deps, setup.viewer(who), count_taps, Tap(occurrence, said), key=key)


async def all_tap(setup: Setup, people: int, value: int = 5) -> None:
    for number in range(people):
        occurrence = await asked_of(setup, number)
        await taps(setup, occurrence, await learner(setup, number), f"k{number}", worth=value, closer=1)


async def values(setup: Setup, item: PulseItem = PulseItem.WORTH) -> tuple[int, ...]:
    box = await setup.read(lambda tx: tx.pulses.first(item=item))
    return values_in(box.votes) if box else ()


async def test_a_second_tap_replaces_and_the_same_delivery_counts_once(setup: Setup) -> None:
    occurrence = await asked_of(setup)

    await taps(setup, occurrence, setup.mentee, "a", worth=2)
    await taps(setup, occurrence, setup.mentee, "a", worth=1)
    assert await values(setup) == (2,)

    await taps(setup, occurrence, setup.mentee, "b", worth=4)
    assert await values(setup) == (4,)


async def test_the_check_in_asks_until_both_are_tapped_and_not_again_in_that_quarter(setup: Setup) -> None:
    first, second = await asked_of(setup), await asked_of(setup, 0, date(2026, 12, 1))

    async def open_taps(occurrence: OccurrenceId) -> tuple[PulseItem, ...]:
        asked = (await setup.read(lambda tx: load_ask(tx, occurrence), setup.mentee)).pulse
        assert asked is not None
        return asked.open_taps

    assert await open_taps(first) == (PulseItem.WORTH, PulseItem.CLOSER)
    await taps(setup, first, setup.mentee, "a", worth=2)
    assert await open_taps(first) == (PulseItem.CLOSER,)
    await taps(setup, first, setup.mentee, "b", closer=2)
    assert await open_taps(first) == ()
    assert await open_taps(second) == ()


async def test_it_is_asked_twice_in_a_quarter_at_most(setup: Setup) -> None:
    asked = [await asked_of(setup, 0, date(2026, 11, day)) for day in (24, 25, 26)]

    views = [await read_as(setup.deps, setup.viewer(setup.mentee), load_ask, one) for one in asked]
    found = [view.pulse for view in views]

    assert [one is not None for one in found] == [True, True, False]


@pytest.mark.parametrize("state", [PairState.PAUSED, PairState.ENDED])
async def test_nobody_in_no_active_pair_is_asked(setup: Setup, state: PairState) -> None:
    occurrence = await asked_of(setup)
    await setup.write(lambda tx: tx.pairs.update(replace(tx.pairs.get(setup.pair.id), state=state)))

    with pytest.raises(NotFound):
        await taps(setup, occurrence, setup.mentee, "a", worth=2)


async def test_whoever_mentors_and_whoever_is_elsewhere_is_not_asked(setup: Setup) -> None:
    occurrence = await asked_of(setup)

    for member in (setup.mentor, setup.admin):
        with pytest.raises(NotFound):
            await taps(setup, occurrence, member, "a", worth=2)
    assert await values(setup) == ()


async def test_a_pair_that_has_just_begun_is_not_asked(setup: Setup) -> None:
    occurrence = await asked_of(setup)
    await setup.write(
        lambda tx: tx.pairs.update(
            replace(tx.pairs.get(setup.pair.id), active_since=tx.now - timedelta(days=27))
        )
    )

    with pytest.raises(NotFound):
        await setup.read(lambda tx: open_pulse(tx, occurrence), setup.mentee)


@pytest.mark.parametrize("value", [0, 6, -1])
async def test_a_value_that_there_is_not_is_refused(setup: Setup, value: int) -> None:
    occurrence = await asked_of(setup)

    with pytest.raises(InvalidInput):
        await taps(setup, occurrence, setup.mentee, "a", worth=value)


async def test_in_the_quarters_for_it_four_items_more_are_asked_and_counted(setup: Setup) -> None:
    occurrence = await asked_of(setup)
    asked = await setup.read(lambda tx: open_pulse(tx, occurrence), setup.mentee)

    await taps(setup, occurrence, setup.mentee, "a", **dict.fromkeys(SAFETY, 3))

    assert set(SAFETY) <= set(asked.items)
    assert await values(setup, PulseItem.DISAGREE) == (3,)


async def test_once_the_quarter_is_over_neither_answers_nor_their_key_are_left(setup: Setup) -> None:
    await all_tap(setup, 6)
    assert await setup.read(lambda tx: tx.pulse_keys.count()) == 1

    setup.clock.moment = NEXT_QUARTER
    await tell_how_it_goes(setup.deps)
    await tell_how_it_goes(setup.deps)

    assert await setup.read(lambda tx: (tx.pulses.count(), tx.pulse_keys.count())) == (0, 0)
    told = await setup.read(lambda tx: tx.cohort_figures.find(name=FigureName.WORTH))
    assert [(one.extent, one.people, one.of) for one in told] == [(Extent.ABOUT, 6, 6)]
    assert 0 <= told[0].count <= 6


async def test_while_the_quarter_runs_nothing_is_told(setup: Setup) -> None:
    await all_tap(setup, 6)
    setup.clock.moment = datetime(2026, 12, 31, 23, tzinfo=UTC)

    await tell_how_it_goes(setup.deps)

    assert await setup.read(lambda tx: tx.cohort_figures.count(name=list(PULSE))) == 0
    assert await values(setup) == (5,) * 6


async def test_four_people_are_too_few_and_leave_nothing(setup: Setup) -> None:
    await all_tap(setup, 4)
    setup.clock.moment = NEXT_QUARTER

    await tell_how_it_goes(setup.deps)

    assert await setup.read(lambda tx: (tx.pulses.count(), tx.cohort_figures.count(name=list(PULSE)))) == (
        0,
        0,
    )


async def everything_kept(setup: Setup) -> dict[str, list[dict[str, Any]]]:
    """The whole database as whoever holds it reads it."""
    engine = setup.database.engine
    with engine.connect() as connection:
        tables = [
            "inbound", "pulse", "pulse_key", "outgoing", "audit", "occurrence", "nudge", "ledger_line", "counted_share",
        ]  # fmt: skip
        return {
            table: [dict(row) for row in connection.execute(text(f"select * from {table}")).mappings()]  # noqa: S608 - names of ours
            for table in tables
        }


async def test_who_holds_the_database_finds_nobody_behind_an_answer(setup: Setup) -> None:
    """Neither a row, a moment, an order, a version nor what was delivered says whose an answer is, without the key."""
    await all_tap(setup, 6)
    before = await everything_kept(setup)
    for number, value in enumerate((1, 2, 3, 4, 5, 5)):
        occurrence = (await setup.read(lambda tx: tx.occurrences.find()))[number].id
        await taps(setup, occurrence, await learner(setup, number), f"again{number}", worth=value)

    kept = await everything_kept(setup)

    (box,) = (row for row in kept["pulse"] if row["item"] == "worth")
    assert not [name for name in box if SAYS.search(name)]
    lines = box["votes"].splitlines()
    assert lines == sorted(lines), "in the order of marks that the key makes, and not of the taps"
    assert Counter(int(line.split()[1]) for line in lines) == {1: 1, 2: 1, 3: 1, 4: 1, 5: 2}
    assert {tuple(row) for row in before["pulse"]} == {tuple(row) for row in kept["pulse"]}
    elsewhere = {table: rows for table, rows in kept.items() if table != "pulse"}
    marks = [line.split()[0] for line in lines]
    said = json.dumps(elsewhere, default=str)
    assert not [mark for mark in marks if mark in said]
    assert not [
        row for row in kept["inbound"] if str(row.get("result", "")).strip('"').startswith(("1 ", "5 "))
    ]


async def test_two_people_who_tap_alike_and_otherwise_leave_the_same_traces_elsewhere(setup: Setup) -> None:
    """What is kept besides the box does not depend on the value."""
    traces = []
    for value in (1, 5):
        occurrence = await asked_of(setup, value)
        await taps(setup, occurrence, await learner(setup, value), f"k{value}", worth=value)
        kept = await everything_kept(setup)
        traces.append(
            {
                table: len(rows)
                for table, rows in kept.items()
                if table not in ("pulse", "pulse_key", "occurrence")
            }
        )

    grown = {table: traces[1][table] - traces[0][table] for table in traces[0]}
    assert grown == {table: (1 if table == "inbound" else 0) for table in grown}
