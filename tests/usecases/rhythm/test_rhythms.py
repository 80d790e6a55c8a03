"""The rhythm of a pair's own: proposed by one, holding once the others say yes, and planned by from then on."""

import ast
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

import bot.usecases
from bot.domain.cadence import CadenceKind, MonthWeekday, Nth, Weeks
from bot.domain.errors import InvalidInput, NoPair, NotAllowed, NotFound, PairloopError, PairOver
from bot.domain.ids import RhythmProposalId
from bot.domain.members import Member
from bot.domain.nudges import NudgeState
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.rhythms import ProposalState, RhythmChoice, RhythmProposal, RhythmStands, rhythm_of
from bot.domain.working_life import DayOff
from bot.usecases.home.settings import open_settings
from bot.usecases.loop.experiments import open_experiment_form
from bot.usecases.programme.cohorts import SetUpCohort, set_up_cohort
from bot.usecases.programme.pairs_ending import end_pair
from bot.usecases.rhythm import rhythms
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.rhythms import (
    ProposeRhythm,
    RhythmCard,
    accept_rhythm,
    decline_rhythm,
    load_proposal,
    open_rhythm_form,
    preview_rhythm,
    propose_rhythm,
    withdraw_rhythm,
)
from bot.usecases.rhythm.talks import open_talk_form
from tests.running import read_as, write_as
from tests.two_workspaces import NOW
from tests.usecases.conftest import Setup

LAST_THURSDAY = RhythmChoice(CadenceKind.MONTH_WEEKDAY, 2, Nth.LAST, 3, time(16))
FORTNIGHT = RhythmChoice(CadenceKind.WEEKS, 2, Nth.FIRST, 2, time(9))
PLANNERS = ("loop", "people", "rhythm")  # whatever plans for a pair; the others show a cohort


async def proposed(
    setup: Setup, choice: RhythmChoice | None = LAST_THURSDAY, by: Member | None = None, key: str = "one"
) -> RhythmProposalId:
    me = setup.viewer(by or setup.mentee)
    return await write_as(setup.deps, me, propose_rhythm, ProposeRhythm(setup.pair.id, choice), key=key)


async def accepted(setup: Setup, choice: RhythmChoice | None = LAST_THURSDAY, key: str = "one") -> None:
    proposal = await proposed(setup, choice, key=key)
    await write_as(setup.deps, setup.viewer(setup.mentor), accept_rhythm, proposal, key=f"{key} yes")


async def kept(setup: Setup, proposal: RhythmProposalId) -> RhythmProposal:
    return await setup.read(lambda r: r.rhythm_proposals.get(proposal))


async def pair_of(setup: Setup) -> Pair:
    return await setup.read(lambda r: r.pairs.get(setup.pair.id))


async def card(setup: Setup, proposal: RhythmProposalId, reader: Member) -> RhythmCard:
    return await read_as(setup.deps, setup.viewer(reader), load_proposal, proposal)


async def due(setup: Setup) -> list[str]:
    planned = await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED, step=0, order="due_at"))
    return [f"{nudge.due_at:%Y-%m-%d %H:%M}" for nudge in planned]


async def test_a_proposal_reaches_both_at_once_and_changes_nothing_yet(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    before = await due(setup)

    proposal = await proposed(setup)

    assert await setup.told(setup.mentor) == await setup.told(setup.mentee) == [rhythms.CARD]
    hers, his = [await card(setup, proposal, one) for one in (setup.mentor, setup.mentee)]
    assert (hers.mine, hers.asked, his.mine, his.asked) == (False, True, True, False)
    assert [len(one.dates) for one in (hers, his)] == [5, 5]
    assert hers.people[0].name == "Mira"
    assert await due(setup) == before
    assert (await pair_of(setup)).cadence_kind is None


async def test_a_yes_makes_it_hold_and_what_is_planned_follows(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    assert await due(setup) == ["2026-11-24 15:00"]

    await accepted(setup)

    assert await due(setup) == ["2026-11-26 21:00"]  # the last Thursday, 16:00 in New York
    pair = await pair_of(setup)
    assert rhythm_of(pair, setup.cohort).rule == MonthWeekday(Nth.LAST, 3)
    talk = await read_as(setup.deps, setup.viewer(setup.mentee), open_talk_form)
    assert (talk.plan.day, talk.plan.at) == (date(2026, 11, 26), time(16))
    tries = await read_as(setup.deps, setup.viewer(setup.mentee), open_experiment_form)
    assert tries.until == date(2026, 12, 31)


async def test_another_rhythm_of_the_cohort_leaves_a_pair_with_its_own_alone(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    await accepted(setup)

    command = SetUpCohort("Spring", "UADA", 1, 2, time(9), "classic", cohort_id=setup.cohort.id)
    await write_as(setup.deps, setup.viewer(setup.admin), set_up_cohort, command, key="weekly")
    assert await due(setup) == ["2026-11-26 21:00"]

    await accepted(setup, None, key="back")
    assert await due(setup) == ["2026-11-25 14:00"]
    assert (await pair_of(setup)).cadence_kind is None


async def test_a_no_leaves_the_rhythm_as_it_was(setup: Setup) -> None:
    proposal = await proposed(setup)
    await write_as(setup.deps, setup.viewer(setup.mentor), decline_rhythm, proposal, key="no")

    assert (await kept(setup, proposal)).state is ProposalState.DECLINED
    assert (await pair_of(setup)).cadence_kind is None
    stands = await card(setup, proposal, setup.mentee)
    assert (stands.dates, stands.stands) == ((), setup.cohort.cadence)


async def test_what_was_withdrawn_or_replaced_can_be_answered_no_more(setup: Setup) -> None:
    first = await proposed(setup)
    second = await proposed(setup, FORTNIGHT, by=setup.mentor, key="two")
    await write_as(setup.deps, setup.viewer(setup.mentor), withdraw_rhythm, second, key="withdrawn")

    for proposal, who in ((first, setup.mentor), (second, setup.mentee)):
        answered = await write_as(setup.deps, setup.viewer(who), accept_rhythm, proposal, key=f"{proposal}")
        assert answered == proposal
    assert [(await kept(setup, one)).state for one in (first, second)] == ["replaced", "withdrawn"]
    assert (await pair_of(setup)).cadence_kind is None


async def test_a_second_press_changes_nothing(setup: Setup) -> None:
    proposal = await proposed(setup)
    for number, press in enumerate((accept_rhythm, accept_rhythm, decline_rhythm)):
        await write_as(setup.deps, setup.viewer(setup.mentor), press, proposal, key=f"press {number}")
    await write_as(setup.deps, setup.viewer(setup.mentee), withdraw_rhythm, proposal, key="too late")

    assert (await kept(setup, proposal)).state is ProposalState.ACCEPTED
    assert (await pair_of(setup)).cadence_kind is CadenceKind.MONTH_WEEKDAY


async def test_nobody_answers_their_own_proposal_or_withdraws_anothers(setup: Setup) -> None:
    proposal = await proposed(setup)
    for press in (accept_rhythm, decline_rhythm):
        with pytest.raises(NotAllowed):
            await write_as(setup.deps, setup.viewer(setup.mentee), press, proposal, key=press.__name__)
    with pytest.raises(NotAllowed):
        await write_as(setup.deps, setup.viewer(setup.mentor), withdraw_rhythm, proposal, key="hers")
    for reach in (accept_rhythm, decline_rhythm, withdraw_rhythm):
        with pytest.raises(NotFound):
            await write_as(
                setup.deps, setup.viewer(setup.admin), reach, proposal, key=f"lead {reach.__name__}"
            )


async def test_in_a_circle_everybody_else_says_yes(setup: Setup) -> None:
    eve = await setup.write(
        lambda r: r.members.insert(Member(setup.workspace.id, "UEVE", "Eve", "UTC", "en", NOW))
    )
    await setup.write(
        lambda r: r.memberships.insert(
            Membership(setup.workspace.id, setup.pair.id, eve.id, Role.MENTEE, Consent.YES)
        )
    )
    proposal = await proposed(setup)

    await write_as(setup.deps, setup.viewer(setup.mentor), accept_rhythm, proposal, key="hers")
    assert (await kept(setup, proposal)).state is ProposalState.OPEN
    assert not (await card(setup, proposal, setup.mentor)).asked
    await write_as(setup.deps, setup.viewer(eve), accept_rhythm, proposal, key="eves")
    assert (await kept(setup, proposal)).state is ProposalState.ACCEPTED


@pytest.mark.parametrize(("state", "why"), [(PairState.PAUSED, NotFound), (PairState.ENDED, PairOver)])
async def test_a_pair_that_rests_or_is_over_gets_no_other_rhythm(
    setup: Setup, state: PairState, why: type[PairloopError]
) -> None:
    proposal = await proposed(setup)
    await setup.write(lambda r: r.pairs.update(replace(r.pairs.get(setup.pair.id), state=state)))

    await write_as(setup.deps, setup.viewer(setup.mentor), accept_rhythm, proposal, key="yes")

    assert (await pair_of(setup)).cadence_kind is None
    assert (await card(setup, proposal, setup.mentor)).dates == ()
    with pytest.raises(NoPair):
        await read_as(setup.deps, setup.viewer(setup.mentor), open_rhythm_form)
    with pytest.raises(why):
        await proposed(setup, FORTNIGHT, key="another")


async def test_the_end_of_a_pair_is_the_end_of_what_was_proposed(setup: Setup) -> None:
    proposal = await proposed(setup)

    await write_as(setup.deps, setup.viewer(setup.admin), end_pair, setup.pair.id, key="end")

    assert (await kept(setup, proposal)).state is ProposalState.OVER


@pytest.mark.parametrize(
    ("choice", "error", "field"),
    [
        (None, RhythmStands, "rhythm"),
        (RhythmChoice(CadenceKind.WEEKS, 1, Nth.FIRST, 1, time(10)), RhythmStands, "rhythm"),
        (replace(FORTNIGHT, every_weeks=13), InvalidInput, "every_weeks"),
        (replace(FORTNIGHT, weekday=7), InvalidInput, "weekday"),
    ],
)
async def test_what_cannot_be_proposed_is_told_under_its_field(
    setup: Setup, choice: RhythmChoice | None, error: type[InvalidInput], field: str
) -> None:
    me, command = setup.viewer(setup.mentee), ProposeRhythm(setup.pair.id, choice)
    with pytest.raises(error) as shown:
        await read_as(setup.deps, me, preview_rhythm, command)
    with pytest.raises(error) as caught:
        await proposed(setup, choice)
    assert shown.value.field == caught.value.field == field
    assert await setup.told(setup.mentor) == []


async def test_the_dates_that_were_shown_hold_however_late_the_yes_comes(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    shown = await read_as(
        setup.deps, setup.viewer(setup.mentee), preview_rhythm, ProposeRhythm(setup.pair.id, FORTNIGHT)
    )
    assert [str(one.day) for one in shown.dates[:3]] == ["2026-11-25", "2026-12-09", "2026-12-23"]
    proposal = await proposed(setup, FORTNIGHT)

    setup.clock.moment = setup.clock.moment.replace(day=26)
    await write_as(setup.deps, setup.viewer(setup.mentor), accept_rhythm, proposal, key="late")

    assert "2026-12-09 14:00" in await due(setup)


async def test_the_days_off_of_one_move_no_date_in_the_others_card(setup: Setup) -> None:
    thursday = date(2026, 11, 26)
    off = DayOff(setup.workspace.id, setup.mentee.id, thursday, thursday, NOW, "a secret")
    await setup.write(lambda r: r.days_off.insert(off))
    proposal = await proposed(setup, by=setup.mentor)

    hers, his = [(await card(setup, proposal, one)).dates[0] for one in (setup.mentor, setup.mentee)]

    assert [met.cause for met in hers.met] == [None, None]
    assert [met.at and met.at.date() for met in hers.met] == [thursday, thursday]
    assert his.met[0].cause is not None
    assert his.met[0].at is not None
    assert his.met[0].at.date() > thursday
    assert his.met[1] == hers.met[0]


async def test_settings_show_the_rhythm_of_each_pair(setup: Setup) -> None:
    await accepted(setup, FORTNIGHT)

    (shown,) = (await read_as(setup.deps, setup.viewer(setup.mentor), open_settings)).rhythms
    assert (shown.choice.names, shown.cadence.rule) == (("Tom",), Weeks(2, 2))
    assert (await read_as(setup.deps, setup.viewer(setup.admin), open_settings)).rhythms == ()


def test_whoever_plans_for_a_pair_asks_for_the_rhythm_of_that_pair() -> None:
    """`rhythm_of(pair, cohort)` and nothing else: `cohort.cadence` would plan by the cohort's."""
    root = Path(bot.usecases.__file__).parent
    files = [root / "tick.py", *(file for room in PLANNERS for file in (root / room).glob("*.py"))]
    wrong = [
        f"{file.name}:{node.lineno}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node).endswith("cohort.cadence")
    ]
    assert wrong == [], "Ask rhythm_of(pair, cohort)."
    assert len(files) > 50
