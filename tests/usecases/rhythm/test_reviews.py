"""Looking back: in the place of a check-in, drafted from what the pair wrote, and told once whoever learns sends it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.budget import Reason, Unasked
from bot.domain.errors import NotAllowed, NotFound, PairOver, TextTooLong
from bot.domain.goals import Goal
from bot.domain.ids import ExperimentId, OccurrenceId, ReviewId
from bot.domain.ledger import Fate
from bot.domain.members import Member, WhatHelped
from bot.domain.nudges import OccurrenceState, Ritual
from bot.domain.outgoing import OutgoingState
from bot.domain.patterns import Pattern, PatternDirection, PatternRule, PatternState
from bot.domain.pulses import PulseItem
from bot.domain.results import Adherence, NextStep
from bot.domain.reviews import Column, Review, ReviewKind, ReviewState, Still
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.home.settings import change_settings
from bot.usecases.loop.drifts import keep_goal
from bot.usecases.loop.experiments import Commit, commit_to_experiment, drop_experiment
from bot.usecases.loop.goals import SetGoal, set_goal
from bot.usecases.loop.results import TellResult, tap, tell_result
from bot.usecases.loop.reuse_reports import approve_report
from bot.usecases.programme.pairs_ending import end_pair
from bot.usecases.rhythm.checkin_cards import ASK as CHECK_IN
from bot.usecases.rhythm.checkin_cards import REMINDER
from bot.usecases.rhythm.checkins import AnswerCheckIn, answer_check_in, nothing_new
from bot.usecases.rhythm.checkins_pulses import count_taps
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.pulses import Tap
from bot.usecases.rhythm.reviews import LookBack, look_back, look_back_together, open_next_try, open_review
from bot.usecases.rhythm.reviews_messages import ASK, CARD, ReviewCard, load_review, load_review_ask
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import run_until
from tests.usecases.rhythm.test_saved_searches import found_out, saves

# The pair begins on Monday, 23 November; check-ins are on Tuesdays at ten in New York.
FIRST, DECEMBER = date(2026, 11, 24), date(2026, 12, 1)
HOUR = timedelta(hours=1)
WORDS = "the quiet ones spoke"


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 15, tzinfo=UTC)


@pytest.fixture
async def begun(setup: Setup) -> Setup:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    return setup


async def round_of(setup: Setup, day: date) -> OccurrenceId:
    found = await setup.read(lambda r: r.occurrences.first(day=day, ritual=Ritual.CHECK_IN))
    assert found is not None
    return found.id


async def answered(setup: Setup, day: date, **shown: Any) -> None:
    await run_until(setup, at(day) + HOUR)
    command = AnswerCheckIn(await round_of(setup, day), {"went_well": WORDS, **shown}, energy=1)
    await write_as(setup.deps, setup.viewer(setup.mentee), answer_check_in, command, key=f"answer {day}")


async def told_try(setup: Setup, text: str, step: NextStep) -> ExperimentId:
    me = setup.viewer(setup.mentee)
    shown = {"behaviour": text, "situation": "a review begins", "until": date(2027, 3, 1)}
    tried = await write_as(
        setup.deps, me, commit_to_experiment, Commit(shown, pair_id=setup.pair.id), key=text
    )
    await write_as(setup.deps, me, tap, tried, Adherence.DID, key=f"tap {text}")
    told = TellResult(tried, {"what_happened": "They spoke", "next_step": step}, {})
    await write_as(setup.deps, me, tell_result, told, key=f"tell {text}")
    return tried


async def reviewed(setup: Setup) -> Review:
    """Two answers lie behind; Tom is asked to look back on the first of December."""
    await answered(setup, FIRST)
    await told_try(setup, "ask first", NextStep.ADOPT)
    await run_until(setup, at(DECEMBER) + HOUR)
    (review,) = await setup.read(lambda r: r.reviews.find())
    return review


async def quarterly(setup: Setup) -> Review:
    """The same, as a quarter."""
    review = await reviewed(setup)

    return await setup.write(lambda r: r.reviews.update(replace(review, kind=ReviewKind.QUARTERLY)))


async def looked(
    setup: Setup, review: Review, by: Member | None = None, key: str = "look", **shown: Any
) -> ReviewId:
    lines = tuple(shown.pop("lines", ()))
    command = LookBack(review.id, shown, lines)
    return await write_as(setup.deps, setup.viewer(by or setup.mentee), look_back, command, key=key)


async def card(setup: Setup, review: Review, reader: Member) -> ReviewCard:
    return await read_as(setup.deps, setup.viewer(reader), load_review, review.id)


async def lines(setup: Setup, kind: Unasked) -> list[tuple[Fate, Reason | None]]:
    found = await setup.read(lambda r: r.ledger_lines.find(member_id=setup.mentee.id, kind=kind))
    return [(one.fate, one.reason) for one in found]


async def test_it_takes_the_place_of_the_first_check_in_of_a_month_without_a_reminder(begun: Setup) -> None:
    review = await reviewed(begun)
    await run_until(begun, at(DECEMBER) + timedelta(days=4))

    told = await begun.told(begun.mentee)
    assert (told.count(ASK), told.count(CHECK_IN), told.count(REMINDER)) == (1, 1, 0)
    assert review.kind is ReviewKind.MONTHLY
    assert await lines(begun, Unasked.REVIEW) == [(Fate.SENT, None)]
    await run_until(begun, at(DECEMBER) + timedelta(days=8))
    assert (await begun.told(begun.mentee)).count(CHECK_IN) == 2, "the next week is as usual"


async def test_too_little_says_so_in_the_ledger_and_the_usual_check_in_comes(begun: Setup) -> None:
    await answered(begun, FIRST)
    await run_until(begun, at(DECEMBER) + HOUR)

    assert await begun.read(lambda r: r.reviews.count()) == 0
    assert await lines(begun, Unasked.REVIEW) == [(Fate.SKIPPED, Reason.TOO_LITTLE)]
    assert (await begun.told(begun.mentee)).count(CHECK_IN) == 2


async def test_a_tap_on_nothing_new_is_nothing_to_look_back_on(begun: Setup) -> None:
    await run_until(begun, at(FIRST) + HOUR)
    await write_as(
        begun.deps, begun.viewer(begun.mentee), nothing_new, await round_of(begun, FIRST), key="none"
    )
    await told_try(begun, "ask first", NextStep.ADOPT)
    await run_until(begun, at(DECEMBER) + HOUR)

    assert await begun.read(lambda r: r.reviews.count()) == 0


async def test_it_is_drafted_from_what_was_kept_changed_and_let_go(begun: Setup) -> None:
    await write_as(
        begun.deps, begun.viewer(begun.mentee), set_goal, SetGoal({"text": "lead reviews"}), key="goal"
    )
    await told_try(begun, "name one thing", NextStep.ADAPT)
    await told_try(begun, "write it down", NextStep.DROP)
    dropped = await write_as(
        begun.deps,
        begun.viewer(begun.mentee),
        commit_to_experiment,
        Commit(
            {"behaviour": "stand up", "situation": "now", "until": date(2027, 3, 1)}, pair_id=begun.pair.id
        ),
        key="fourth",
    )
    await write_as(begun.deps, begun.viewer(begun.mentee), drop_experiment, dropped, key="drop")
    review = await reviewed(begun)

    draft = (await card(begun, review, begun.mentee)).draft

    assert [one.text for one in draft.kept] == ["ask first"]
    assert [one.text for one in draft.changed] == ["name one thing"]
    assert [(one.kind, one.text) for one in draft.let_go] == [
        (EntryKind.RESULT, "write it down"),
        (EntryKind.EXPERIMENT, "stand up"),
    ]
    assert draft.goal is not None
    assert draft.goal.text == "lead reviews"


async def test_sent_empty_it_is_done_closes_the_round_and_the_mentor_reads_it(begun: Setup) -> None:
    review = await reviewed(begun)
    before = (await begun.told(begun.mentor)).count(CARD)

    await looked(begun, review)

    assert before == 0
    assert (await begun.told(begun.mentor)).count(CARD) == 1
    occurrence = await begun.read(lambda r: r.occurrences.get(review.occurrence_id))
    assert occurrence.state is OccurrenceState.ANSWERED
    ask = await read_as(begun.deps, begun.viewer(begun.mentee), load_review_ask, occurrence.id)
    assert (ask.card.review.state, ask.is_open) == (ReviewState.DONE, False)


async def test_it_can_be_changed_and_says_whether_it_is_still_the_goal(begun: Setup) -> None:
    review = await reviewed(begun)
    await looked(begun, review, still=Still.CHANGE)
    await looked(begun, review, differently="begin with the quiet ones", key="again")

    found = (await card(begun, review, begun.mentor)).review
    assert (found.still, found.differently) == (Still.CHANGE, "begin with the quiet ones")
    assert (await begun.told(begun.mentor)).count(CARD) == 1


async def test_the_usual_check_in_is_still_a_way_to_answer(begun: Setup) -> None:
    review = await reviewed(begun)

    command = AnswerCheckIn(review.occurrence_id, {"went_well": "more"})
    await write_as(begun.deps, begun.viewer(begun.mentee), answer_check_in, command, key="instead")

    ask = await read_as(begun.deps, begun.viewer(begun.mentee), load_review_ask, review.occurrence_id)
    assert not ask.is_open
    assert (await begun.read(lambda r: r.reviews.get(review.id))).state is ReviewState.OPEN


async def test_a_month_is_its_mentees_own_to_tell(begun: Setup) -> None:
    review = await reviewed(begun)
    with pytest.raises(NotAllowed):
        await looked(begun, review, begun.mentor)
    with pytest.raises(NotAllowed):
        await read_as(begun.deps, begun.viewer(begun.mentor), open_review, review.id)
    with pytest.raises(NotFound):
        await write_as(
            begun.deps, begun.viewer(begun.mentee), look_back_together, review.id, key="no quarter"
        )


async def test_a_look_back_is_nobody_elses(begun: Setup) -> None:
    review = await reviewed(begun)
    for act, what in (
        (open_review, review.id),
        (load_review, review.id),
        (load_review_ask, review.occurrence_id),
    ):
        with pytest.raises(NotFound):
            await read_as(begun.deps, begun.viewer(begun.admin), act, what)
    with pytest.raises(NotFound):
        await looked(begun, review, begun.admin)


async def test_a_quarter_is_for_the_talk_and_both_add_lines(begun: Setup) -> None:
    review = await quarterly(begun)
    with pytest.raises(NotFound):
        await looked(begun, review, begun.mentor, lines=[(Column.PLUS, "too early")])
    assert (await begun.told(begun.mentor)).count(CARD) == 0

    for key in ("one", "two"):
        await write_as(begun.deps, begun.viewer(begun.mentee), look_back_together, review.id, key=key)
    await looked(begun, review, begun.mentor, lines=[(Column.PLUS, "you asked more")])
    await looked(begun, review, lines=[(Column.MINUS, "too many meetings")], key="his")

    for reader in (begun.mentor, begun.mentee):
        assert (await begun.told(reader)).count(CARD) == 1
        columns = (await card(begun, review, reader)).columns
        assert [(one.column, [(name, item.text) for name, item in one.added]) for one in columns] == [
            (Column.PLUS, [("Mira", "you asked more")]),
            (Column.MINUS, [("Tom", "too many meetings")]),
            (Column.NEXT, []),
        ]
        assert [one.text for one in columns[0].drafted] == ["ask first", WORDS]
    assert (await begun.read(lambda r: r.reviews.get(review.id))).state is ReviewState.TOGETHER
    assert (
        await begun.read(lambda r: r.occurrences.get(review.occurrence_id))
    ).state is OccurrenceState.ANSWERED


async def test_a_quarter_ends_with_one_or_two_next_tries_of_whoever_learns(begun: Setup) -> None:
    review = await quarterly(begun)
    await write_as(begun.deps, begun.viewer(begun.mentee), look_back_together, review.id, key="together")
    await looked(begun, review, begun.mentor, next_try="a line of hers")
    assert (await begun.read(lambda r: r.reviews.get(review.id))).state is ReviewState.TOGETHER

    await looked(begun, review, next_try="ask the quiet ones", next_try_too="stand up", key="his")

    assert (await begun.read(lambda r: r.reviews.get(review.id))).state is ReviewState.DONE
    text, form = await read_as(begun.deps, begun.viewer(begun.mentee), open_next_try, review.id, 1)
    assert (text, form.pair_id) == ("stand up", begun.pair.id)
    with pytest.raises(NotAllowed):
        await read_as(begun.deps, begun.viewer(begun.mentor), open_next_try, review.id, 0)


async def test_energy_is_no_part_of_it(begun: Setup) -> None:
    review = await quarterly(begun)

    for reader in (begun.mentor, begun.mentee):
        shown = str(await card(begun, review, reader))
        assert "energy" not in shown.lower()


async def test_what_keeps_coming_back_is_said_with_it_to_its_member_alone(begun: Setup) -> None:
    await answered(begun, FIRST)
    tried = await told_try(begun, "ask first", NextStep.ADOPT)
    await run_until(begun, at(FIRST) + timedelta(days=2))  # it was looked for in the night, and nothing found
    results = await begun.read(lambda r: r.results.find(experiment_id=tried))
    pattern = Pattern(
        begun.workspace.id, begun.pair.id, begun.mentee.id, PatternRule.BEHAVIOUR, PatternDirection.HELPED,
        "ask", "print", 3, 3, begun.clock.now(), (str(results[0].id),),
    )  # fmt: skip
    await begun.write(lambda r: r.patterns.insert(pattern))
    await run_until(begun, at(DECEMBER) + HOUR)
    (review,) = await begun.read(lambda r: r.reviews.find())

    ask = await read_as(begun.deps, begun.viewer(begun.mentee), load_review_ask, review.occurrence_id)

    assert ask.pattern is not None
    assert ask.pattern.pattern.state is PatternState.OFFERED


def posted(tx: Tx) -> None:
    """The question has arrived."""
    (question,) = tx.outgoing.find(kind=ASK.name)
    tx.outgoing.update(replace(question, state=OutgoingState.SENT))


async def changes_of_the_question(setup: Setup) -> int:
    """How often it was to be brought up to date."""
    return await setup.read(lambda r: r.outgoing.count(kind=ASK.name)) - 1


async def test_what_rides_on_a_check_in_rides_on_it_and_comes_once(begun: Setup) -> None:
    """Else a pair that looks back each time would never be asked for a pulse, nor told of anything."""

    def plant(tx: Tx) -> None:
        pair = tx.pairs.get(begun.pair.id)
        whose = (pair.workspace_id, pair.id, begun.mentee.id)
        tx.goals.insert(Goal(*whose, "lead reviews", at(FIRST), at(FIRST), horizon=date(2026, 11, 29)))

    await answered(begun, FIRST)
    await told_try(begun, "ask first", NextStep.ADOPT)
    await begun.write(plant)
    await write_as(begun.deps, begun.viewer(begun.mentee), change_settings, {"what_helped": WhatHelped.YES})
    report = await write_as(begun.deps, begun.viewer(begun.admin), approve_report, "They asked first")
    await saves(begun, begun.mentee)
    await found_out(begun)
    await run_until(begun, at(DECEMBER) + HOUR)
    (review,) = await begun.read(lambda r: r.reviews.find())
    long_ago = at(FIRST) - timedelta(days=60)
    await begun.write(lambda r: r.pairs.update(replace(r.pairs.get(begun.pair.id), active_since=long_ago)))

    ask = (await begun.read(lambda r: load_review_ask(r, review.occurrence_id), begun.mentee)).ask

    assert ask.report == report
    assert ask.pulse is not None
    assert ask.doubt is not None
    assert [line.count for line in ask.saved] == [1]
    command = Tap(ask.occurrence.id, {PulseItem.WORTH: 4})
    await begun.write(posted)
    await write_as(begun.deps, begun.viewer(begun.mentee), count_taps, command, key="tap")
    assert await changes_of_the_question(begun) == 1
    await write_as(begun.deps, begun.viewer(begun.mentee), keep_goal, ask.doubt.drift.id, key="stays")
    assert await changes_of_the_question(begun) == 2


async def test_lines_that_are_too_long_keep_nothing(begun: Setup) -> None:
    review = await quarterly(begun)
    await write_as(begun.deps, begun.viewer(begun.mentee), look_back_together, review.id, key="together")
    with pytest.raises(TextTooLong):
        await looked(begun, review, next_try="x" * 2000, lines=[(Column.PLUS, "fine")])
    with pytest.raises(TextTooLong):
        await looked(begun, review, lines=[(Column.PLUS, "x" * 301)], key="long")

    assert await begun.read(lambda r: r.retro_items.count()) == 0


async def test_nothing_is_added_once_the_pair_has_ended(begun: Setup) -> None:
    review = await reviewed(begun)
    await begun.write(lambda r: end_pair(r, begun.pair.id), begun.admin)

    with pytest.raises(PairOver):
        await looked(begun, review)
