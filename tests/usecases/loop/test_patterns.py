"""What keeps coming back, on a real database: looked for at night, offered once, and its member's alone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.checkins import CheckIn, CheckInSource, Energy
from bot.domain.errors import AlreadySettled, NotAllowed, NotFound
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.ids import OccurrenceId
from bot.domain.insights import Visibility, Wording
from bot.domain.nudges import Occurrence, Ritual
from bot.domain.patterns import Pattern, PatternState
from bot.domain.results import Adherence, Grade, NextStep, OtherChange, Result
from bot.ports import Tx
from bot.usecases.loop.patterns import load_pattern, look_back
from bot.usecases.loop.patterns_settling import reject_pattern, see_pattern_too
from bot.usecases.repository.insights import KeepInsight
from bot.usecases.repository.insights_patterns import keep_pattern, open_pattern_form
from bot.usecases.rhythm.checkin_cards import load_ask
from bot.usecases.rhythm.checkins import AnswerCheckIn, answer_check_in
from bot.usecases.tick import tick
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import told as told_by_form

WORDING = Wording("I lead", "ask first", "they speak", ("listening",), Grade.HUNCH)
KEPT = {
    "situation": "I lead",
    "behaviour": "ask first",
    "outcome": "they speak",
    "visibility": Visibility.PAIR,
}


async def told(
    setup: Setup,
    count: int,
    adherence: Adherence = Adherence.DID,
    *,
    what: str = "ask them first",
    **more: Any,
) -> None:
    """So many results of the mentee's, told now; what was done was kept."""

    def write(tx: Tx) -> None:
        whose = (setup.workspace.id, setup.pair.id)
        for _ in range(count):
            state: dict[str, Any] = {"state": ExperimentState.DONE, "closed_at": tx.now}
            tried = tx.experiments.insert(
                Experiment(*whose, setup.mentee.id, what, "I lead", date(2026, 12, 1), tx.now, **state)
            )
            step: dict[str, Any] = {"next_step": NextStep.ADOPT} if adherence is Adherence.DID else {}
            result = Result(*whose, tried.id, setup.mentee.id, adherence, tx.now, told_at=tx.now)
            tx.results.insert(replace(result, what_happened="they spoke", **{**step, **more}))

    await setup.write(write)


async def looked_back(setup: Setup) -> list[Pattern]:
    def look(tx: Tx) -> list[Pattern]:
        (row,) = tx.memberships.find(pair_id=setup.pair.id, member_id=setup.mentee.id)
        look_back(tx.as_system(), row)
        return tx.as_system().patterns.find()

    return await setup.write(look)


async def offered(setup: Setup) -> OccurrenceId:
    """The mentee answers a check-in, and reads with it what keeps coming back."""
    setup.clock.move(hours=1)

    def round_(tx: Tx) -> Occurrence:
        return tx.occurrences.insert(
            Occurrence(
                setup.workspace.id, setup.pair.id, Ritual.CHECK_IN, 0, tx.now.isoformat(), tx.now.date()
            )
        )

    occurrence = await setup.write(round_)
    command = AnswerCheckIn(occurrence.id, {"went_well": "fine"})
    key = f"answer {occurrence.id}"
    await write_as(setup.deps, setup.viewer(setup.mentee), answer_check_in, command, key=key)
    return occurrence.id


async def the(setup: Setup) -> Pattern:
    (pattern,) = await setup.read(lambda r: r.patterns.find())
    return pattern


async def an_offered_pattern(setup: Setup) -> Pattern:
    await told(setup, 3)
    await looked_back(setup)
    await offered(setup)
    return await the(setup)


async def test_it_is_looked_for_in_the_night_after_something_was_told_and_on_no_other(setup: Setup) -> None:
    await told(setup, 2)
    await told_by_form(setup)
    (row,) = await setup.read(lambda r: r.memberships.find(member_id=setup.mentee.id))
    assert row.look_back_at is not None

    await tick(setup.deps)
    assert await setup.read(lambda r: r.patterns.count()) == 0
    setup.clock.move(days=1)
    await tick(setup.deps)

    assert (await the(setup)).n == 3
    (row,) = await setup.read(lambda r: r.memberships.find(member_id=setup.mentee.id))
    assert row.look_back_at is None


async def test_it_is_said_once_with_an_answer_and_to_nobody_else(setup: Setup) -> None:
    await told(setup, 3)
    await looked_back(setup)

    first, second = await offered(setup), await offered(setup)

    ask = await read_as(setup.deps, setup.viewer(setup.mentee), load_ask, first)
    assert ask.pattern is not None
    assert [one.result.what_happened for one in ask.pattern.behind] == ["they spoke"] * 3
    assert ask.shelf is None
    assert (await read_as(setup.deps, setup.viewer(setup.mentee), load_ask, second)).pattern is None
    for member in (setup.mentor, setup.admin):
        assert await setup.read(lambda r: r.patterns.count(), member) == 0
        with pytest.raises(NotFound):
            await read_as(setup.deps, setup.viewer(member), load_pattern, ask.pattern.pattern.id)
        with pytest.raises(NotFound):
            await write_as(
                setup.deps, setup.viewer(member), reject_pattern, ask.pattern.pattern.id, key="not so"
            )


async def test_looking_once_more_finds_the_same_one(setup: Setup) -> None:
    await told(setup, 3)
    (first,) = await looked_back(setup)
    await told(setup, 1)

    (second,) = await looked_back(setup)

    assert (first.id, first.n, second.id, second.n) == (first.id, 3, first.id, 4)


async def test_what_holds_no_more_is_not_said(setup: Setup) -> None:
    await told(setup, 3)
    await looked_back(setup)
    results = await setup.read(lambda r: r.results.find())
    await setup.write(lambda r: r.results.update(replace(results[0], next_step=NextStep.DROP)))

    assert await looked_back(setup) == []


async def test_what_was_turned_down_comes_back_only_where_twice_as_many_say_it(setup: Setup) -> None:
    pattern = await an_offered_pattern(setup)
    await write_as(setup.deps, setup.viewer(setup.mentee), reject_pattern, pattern.id, key="not so")

    await told(setup, 2)
    (still,) = await looked_back(setup)
    assert (still.state, still.n) == (PatternState.REJECTED, 3)

    await told(setup, 1)
    (again,) = await looked_back(setup)
    assert (again.id, again.state, again.n) == (pattern.id, PatternState.FOUND, 6)


async def test_kept_it_is_an_insight_of_the_pair_that_was_seen_again(setup: Setup) -> None:
    pattern = await an_offered_pattern(setup)
    command = KeepInsight(setup.pair.id, KEPT)

    me = setup.viewer(setup.mentee)
    insight = await write_as(setup.deps, me, keep_pattern, pattern.id, command, edited=False, key="keep")

    kept = await setup.read(lambda r: r.insights.get(insight), setup.mentor)
    assert (kept.grade, kept.visibility) == (Grade.REPEATED, Visibility.PAIR)
    assert ((await the(setup)).state, (await the(setup)).insight_id) == (PatternState.ACCEPTED, insight)
    with pytest.raises(AlreadySettled):
        await write_as(setup.deps, me, keep_pattern, pattern.id, command, edited=True, key="again")


async def test_in_other_words_it_is_kept_as_changed(setup: Setup) -> None:
    pattern = await an_offered_pattern(setup)
    me = setup.viewer(setup.mentee)
    form = await read_as(setup.deps, me, open_pattern_form, pattern.id, WORDING)
    assert (form.behaviour, form.partners) == ("ask first", ("Mira",))

    await write_as(
        setup.deps, me, keep_pattern, pattern.id, KeepInsight(setup.pair.id, KEPT), edited=True, key="keep"
    )

    assert (await the(setup)).state is PatternState.EDITED


async def test_energy_becomes_no_insight(setup: Setup) -> None:
    await told(setup, 4)
    setup.clock.move(days=30)
    await with_energy(setup, 1)
    setup.clock.move(hours=1)
    await told(setup, 3, Adherence.DIDNT, what="rest")
    found = {one.subject: one for one in await looked_back(setup)}
    assert found["energy"].is_private
    energy = found["energy"]
    await setup.write(lambda r: r.as_system().patterns.update(replace(energy, state=PatternState.OFFERED)))

    me = setup.viewer(setup.mentee)
    with pytest.raises(NotAllowed):
        await write_as(
            setup.deps,
            me,
            keep_pattern,
            energy.id,
            KeepInsight(setup.pair.id, KEPT),
            edited=False,
            key="keep",
        )
    await write_as(setup.deps, me, see_pattern_too, energy.id, key="so")

    assert (await setup.read(lambda r: r.patterns.get(energy.id))).state is PatternState.ACCEPTED
    assert await setup.read(lambda r: r.insights.count()) == 0


async def with_energy(setup: Setup, level: int) -> None:
    def write(tx: Tx) -> None:
        occurrence = tx.occurrences.insert(
            Occurrence(setup.workspace.id, setup.pair.id, Ritual.CHECK_IN, 0, "low", tx.now.date())
        )
        check_in = tx.check_ins.insert(
            CheckIn(
                setup.workspace.id,
                setup.pair.id,
                setup.mentee.id,
                occurrence.id,
                CheckInSource.FORM,
                tx.now,
                tx.now,
            )
        )
        energies = tx.as_system().energies
        energies.insert(Energy(setup.workspace.id, setup.mentee.id, check_in.id, level, tx.now))

    await setup.write(write)


async def test_what_else_changed_beside_what_stayed_undone_is_found(setup: Setup) -> None:
    await told(setup, 4)
    await told(setup, 3, Adherence.DIDNT, what="rest", other_changes=(OtherChange.WORKLOAD.value,))

    found = {one.subject: (one.n, one.of_n, one.others, one.of_others) for one in await looked_back(setup)}

    assert found["change:workload"] == (3, 3, 0, 4)
    assert "weekday:1" not in found


async def test_what_stands_is_not_offered_with_nothing_found(setup: Setup) -> None:
    occurrence = await offered(setup)

    assert (await read_as(setup.deps, setup.viewer(setup.mentee), load_ask, occurrence)).pattern is None
