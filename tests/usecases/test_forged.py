"""Presses and forms that no button of ours offers: ids of other people's things, sent by somebody who may not.

Everything in the cohort Spring has the id 1 (or the first few): Tom and Mira wrote it, Ada leads. Those who press
belong to Autumn, or to nothing.
"""

import dataclasses
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any, cast

import pytest

import handlers
from bot.domain.cohorts import Cohort
from bot.domain.errors import NoPair, NotAllowed, NotFound, PairloopError
from bot.domain.insights import Visibility
from bot.domain.members import Member
from bot.domain.nudges import Occurrence, Ritual
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import pair_token
from bot.domain.results import Adherence, NextStep
from bot.domain.things import THINGS
from bot.ports import Tx
from bot.slack.home import settings
from bot.slack.loop import (
    evidence,
    experiment_cards,
    experiments,
    goals,
    milestones,
    next_steps,
    observations,
    quotes,
    replies,
    responses,
    suggestion_cards,
    suggestions,
    thanks,
    two_lines_answers,
)
from bot.slack.loop import readings as reading_ids
from bot.slack.people import admins, pauses
from bot.slack.programme import cohorts, pairs, resources
from bot.slack.repository import insights, portfolios, portfolios_record, search
from bot.slack.rhythm import asks, checkins_shelf, ledger, reviews, saved_searches
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.loop.indicators import Measure
from bot.usecases.loop.results import TellResult, question_of, tap, tell_result
from bot.usecases.programme.cohorts import send_sample
from bot.usecases.rhythm.checkins import AnswerCheckIn, answer_check_in
from handlers.afterwards import Afterwards
from handlers.calls import Call, Listener
from tests.planting import NOW, SECRET, TYPED, plant_everywhere
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

# Autumn's lead, mentor and mentee, somebody in no pair, and somebody who has left the pair of Tom and Mira
PRESSING = ("Lena", "Yuki", "Priya", "Zoe", "Kim")
THEIRS = 1  # the id of everything in Spring
IDS = (
    "pair_id", "cohort_id", "experiment_id", "parent_id", "result_id", "insight_id", "goal_id", "ask_id",
    "occurrence_id", "indicator_id", "turn_id", "owed_reply_id", "to_id", "after_id", "suggestion_id", "talk_id",
    "other_id", "pattern_id", "objective_id", "competency_id", "line_id", "run_id", "lines_id", "charter_id",
    "review_id", "milestone_id", "question_id", "resource_id",
)  # fmt: skip

# What a button carries where it is not an id alone.
VALUES = {
    insights.AGREE: "1:cohort:1",
    insights.DECLINE: "1:cohort:1",
    next_steps.TRY: "1:1",
    milestones.CONFIRM: "1:1",
    replies.OPEN: "response:1",
    thanks.OPEN: "response:1",
    checkins_shelf.TAKE: "1:listening.two_breaths",
    reading_ids.UNDO: "1:1",
    goals.MENU: f"{goals.REACHED}:1",
    experiment_cards.MENU: f"{experiments.DROP}:1",
    suggestion_cards.MENU: f"{suggestion_cards.DECLINE}:1",
    experiments.SHELF: "listening.two_breaths",
    suggestions.SHELF: "listening.two_breaths",
    pairs.ASK: "2:3:1:UMIRA:UTOM",
    pairs.CHANGE: "2:3:1:UMIRA:UTOM",
    pairs.BACK: "2:3:1:UMIRA:UTOM",
    **dict.fromkeys((reviews.TRY, reviews.TRY_TOO), "1:0"),
    portfolios.READ: "1:0",
    portfolios.BACK: "1:0",
    **dict.fromkeys((resources.PAGE, resources.EARLIER, resources.DROP), "1:0"),
    **dict.fromkeys((search.OPEN, *search.OPENS), "insight:1"),
    search.MORE: json.dumps([TYPED, "workspace", "", "", 0]),
    search.EARLIER: json.dumps([TYPED, "workspace", "", "", 0]),
    search.INSTEAD: json.dumps([TYPED, "workspace", "", "", 0]),
    search.FILTER: json.dumps([TYPED, "workspace", "", "", 0]),
    search.HOME_ENTER: TYPED,
}
CHOICES = {
    "visibility": "cohort", "next_step": "drop", "kind": "story", "later": "skip", "target": "1:1", "pack": "classic",
    "rhythm": "weeks:1", "weekday": "1", "cohort": "1",
    "other": "1",
}  # fmt: skip
# What anybody may send: it is about nobody else's things.
MAY_BE_SENT = {search.FIND, cohorts.CHECK, cohorts.SET, pairs.CHECK}

# It names nothing of anybody's, and changes nothing but what is one's own.
OF_ONESELF = {
    saved_searches.KEEP,
    quotes.ASK,  # sent without words; whose they may be: test_quotes
    portfolios.MAKE,
    portfolios_record.SEND_HTML,  # one's own, which names nobody
    portfolios_record.SEND_PDF,
    portfolios_record.SEND_MARKDOWN,
    pauses.SEND,
    settings.SAVE,
    settings.ADD_DAYS,
    ledger.LESS,
    ledger.AS_BEFORE,
}

Dump = dict[str, list[Any]]
Json = dict[str, Any]


@dataclasses.dataclass
class Slack:
    """A Slack that notes all that it is told to show."""

    shown: list[object] = dataclasses.field(default_factory=list)
    base_url: str = "https://slack.test"

    def __getattr__(self, _name: str) -> Callable[..., Awaitable[None]]:
        return self

    async def __call__(self, **what: object) -> None:
        self.shown.append(
            {name: getattr(part, "to_dict", lambda part=part: part)() for name, part in what.items()}
        )


@pytest.fixture
async def people(setup: Setup) -> dict[str, Member]:
    """Spring is full of Tom's and Mira's words; Autumn has a lead and a pair that wrote nothing."""

    def plant(tx: Tx) -> dict[str, Member]:
        membership = {
            "workspace_id": setup.workspace.id,
            "member_id": setup.mentee.id,
            "pair_id": setup.pair.id,
        }
        more = {
            "cohort_id": setup.cohort.id,
            "visibility": Visibility.COHORT,
            "access": pair_token(setup.pair.id),
        }
        kept = ("workspaces", "members", "cohorts", "pairs", "memberships")
        rows = plant_everywhere(tx, {**membership, **more}, but=kept)
        assert set(rows.values()) == {THEIRS}
        return autumn(tx, setup)

    return await setup.write(plant)


def autumn(tx: Tx, setup: Setup) -> dict[str, Member]:
    workspace = setup.workspace.id
    found = {
        name: tx.members.insert(Member(workspace, f"U{name.upper()}", name, "UTC", "en-US", NOW))
        for name in PRESSING
    }
    cohort = tx.cohorts.insert(
        Cohort(workspace, "Autumn", 1, 1, time(10), date(2026, 11, 24), NOW, lead_id=found["Lena"].id)
    )
    pair = tx.pairs.insert(Pair(workspace, cohort.id, NOW, state=PairState.ACTIVE, active_since=NOW))
    for name, role in (("Yuki", Role.MENTOR), ("Priya", Role.MENTEE)):
        tx.memberships.insert(Membership(workspace, pair.id, found[name].id, role, Consent.YES))
    left = Membership(workspace, setup.pair.id, found["Kim"].id, Role.MENTOR, Consent.YES, left_at=NOW)
    tx.memberships.insert(left)
    return found


async def dump(setup: Setup) -> Dump:
    """All rows of all stores."""
    return await setup.read(lambda r: {store: getattr(r, store).find() for store in THINGS})


def a_view(callback_id: str = "") -> dict[str, Any]:
    """A form that names Spring's things wherever a form names anything, and is filled in."""
    metadata = dict.fromkeys(IDS, THEIRS) | {
        "rows": 0, "more": False, "question": "", "target": "1:1", "link": "", "said_by": "", "edition": 1, "turn": 0,
        "after": "result", "rhythm": None,
        "proposal": VALUES[pairs.ASK], "root": "response:1", "thanks": "response:1", "whom": "1:2", "kind": "talk",
        "win": "result:1",
    }  # fmt: skip
    state: dict[str, Json] = {
        name: {"input": {"selected_option": {"value": value}}} for name, value in CHOICES.items()
    }
    if callback_id in (goals.SET, observations.SEND, evidence.SAVE, milestones.SAVE, resources.SAVE):
        del state["kind"]  # they have other kinds than an answer
    for day in ("until", "next_date", "day"):
        state[day] = {"input": {"selected_date": "2026-12-01"}}
    for text in (
        "text", "behaviour", "situation", "outcome", "takeaway", "hint", "line", "what_happened", "name", "tags"
    ):  # fmt: skip
        state[text] = {"input": {"value": "forged"}}
    state["value"] = {"input": {"value": "3"}}
    state["person"] = {"input": {"selected_user": "UZOE"}}
    state["whom"] = {"input": {"selected_user": "UZOE"}}
    return {
        "id": "V1", "hash": "h", "type": "modal", "private_metadata": json.dumps(metadata),
        "blocks": [{"type": "input", "block_id": block_id} for block_id in state],
        "state": {"values": state},
    }  # fmt: skip


def a_call(setup: Setup, me: Member, slack: Slack, **body: object) -> Call:
    fake = cast("Any", slack)
    whole = {"user": {"id": me.user_id}, "team": {"id": "T1"}, "trigger_id": "t", "view": a_view(), **body}
    return Call(setup.deps, me, whole, fake, fake, fake, Afterwards())


async def sent(setup: Setup, call: Call, listener: Listener, before: Dump) -> PairloopError | None:
    """What is told to the one who sent it; nothing may have changed, and none of Spring's words been shown."""
    told = None
    try:
        await listener(call)
    except PairloopError as error:
        told = error
    assert SECRET not in str(cast("Any", call.client).shown), f"{listener} shows it"
    assert await dump(setup) == before, f"{listener} changed something"
    return told


@pytest.mark.parametrize("name", PRESSING)
async def test_a_press_with_the_id_of_somebody_elses_thing_shows_and_changes_nothing(
    setup: Setup, people: dict[str, Member], name: str
) -> None:
    before = await dump(setup)
    for action, listener in handlers.ACTIONS.items():
        if action in OF_ONESELF:
            continue
        value = VALUES.get(action, str(THEIRS))
        pressed = {"action_id": action, "action_ts": "1", "value": value, "selected_option": {"value": value}}
        call = a_call(setup, people[name], Slack(), type="block_actions", actions=[pressed])
        await sent(setup, call, listener, before)


@pytest.mark.parametrize("name", PRESSING)
async def test_a_form_with_the_id_of_somebody_elses_thing_shows_and_changes_nothing(
    setup: Setup, people: dict[str, Member], name: str
) -> None:
    before = await dump(setup)
    for view, listener in handlers.VIEWS.items():
        if view in OF_ONESELF:
            continue
        call = a_call(setup, people[name], Slack(), type="view_submission", view=a_view(view))
        told = await sent(setup, call, listener, before)
        assert view in MAY_BE_SENT or isinstance(told, (NotFound, NotAllowed, NoPair)), (view, told)


# What a form sends anew, or changes where it carries this id.
CHANGED = {responses.SEND: "response_id", asks.ANSWER_SEND: "answer_id", observations.SEND: "observation_id"}
CHANGED |= {two_lines_answers.TELL: "lines_id"}


@pytest.mark.parametrize("name", PRESSING)
async def test_a_form_that_changes_somebody_elses_words_changes_nothing(
    setup: Setup, people: dict[str, Member], name: str
) -> None:
    before = await dump(setup)
    for view, changed in CHANGED.items():
        form = a_view(view)
        form["private_metadata"] = json.dumps({**json.loads(form["private_metadata"]), changed: THEIRS})
        call = a_call(setup, people[name], Slack(), type="view_submission", view=form)
        assert isinstance(await sent(setup, call, handlers.VIEWS[view], before), NotFound)


LEADS_ALONE = (
    pairs.END, pairs.RESUME, pairs.REPLACE, cohorts.PAIRS, cohorts.SHOW, cohorts.EDIT, cohorts.PAUSE, cohorts.RESUME,
    cohorts.END, cohorts.TEST, admins.OPEN, admins.REMOVE,
)  # fmt: skip


@pytest.mark.parametrize("action", LEADS_ALONE)
async def test_what_is_the_leads_to_press_is_not_the_pairs_whose_pair_it_is(
    setup: Setup, action: str
) -> None:
    before = await dump(setup)
    pressed = {"action_id": action, "action_ts": "1", "value": str(THEIRS)}
    for member in (setup.mentor, setup.mentee):
        call = a_call(setup, member, Slack(), type="block_actions", actions=[pressed])
        told = await sent(setup, call, handlers.ACTIONS[action], before)
        assert isinstance(told, NotAllowed)


@pytest.mark.parametrize("cohort", [THEIRS, 999])
async def test_a_lead_sends_a_sample_of_their_own_cohort_only(
    setup: Setup, people: dict[str, Member], cohort: int
) -> None:
    lena = people["Lena"]

    with pytest.raises(NotAllowed if cohort == THEIRS else NotFound):
        await write_as(setup.deps, setup.viewer(lena), send_sample, cohort, key="forged")
    assert await setup.told(lena) == []

    await write_as(setup.deps, setup.viewer(lena), send_sample, 2, key="own")
    await write_as(setup.deps, setup.viewer(lena), send_sample, 0, key="none yet")
    assert len(await setup.told(lena)) == 2


async def test_a_mentor_is_not_told_what_the_mentee_has_tapped_before_the_words_are_sent(
    setup: Setup, people: dict[str, Member]
) -> None:
    assert people
    experiment = (await setup.read(lambda r: r.experiments.find()))[0]
    viewer = setup.viewer(setup.mentor)

    with pytest.raises(NotAllowed):
        await read_as(setup.deps, viewer, question_of, experiment.id)
    assert await setup.read(lambda r: r.results.find(), setup.mentor) == []
    asked = await read_as(setup.deps, setup.viewer(setup.mentee), question_of, experiment.id)
    assert asked.result is not None


async def two_pairs_of_tom(setup: Setup) -> Pair:
    """Tom learns from Ada, too."""

    def write(tx: Tx) -> Pair:
        pair = tx.pairs.insert(
            Pair(setup.workspace.id, setup.cohort.id, NOW, state=PairState.ACTIVE, active_since=NOW)
        )
        for member, role in ((setup.admin, Role.MENTOR), (setup.mentee, Role.MENTEE)):
            membership = Membership(setup.workspace.id, pair.id, member.id, role, Consent.YES)
            tx.memberships.insert(membership)
        return pair

    return await setup.write(write)


async def test_another_way_to_try_something_stays_in_the_pair_of_the_first_one(setup: Setup) -> None:
    other = await two_pairs_of_tom(setup)
    viewer = setup.viewer(setup.mentee)
    first = Commit(
        {"behaviour": "ask", "situation": "I lead", "until": date(2026, 12, 1)}, pair_id=setup.pair.id
    )
    parent = await write_as(setup.deps, viewer, commit_to_experiment, first, key="first")
    forged = replace(first, parent_id=parent, pair_id=other.id)

    with pytest.raises(NotFound):
        await write_as(setup.deps, viewer, commit_to_experiment, forged, key="forged")

    assert await setup.read(lambda r: r.experiments.count(pair_id=other.id)) == 0


async def test_a_number_is_kept_for_a_sign_of_its_own_experiment_only(setup: Setup) -> None:
    viewer = setup.viewer(setup.mentee)
    tried = [
        await write_as(
            setup.deps,
            viewer,
            commit_to_experiment,
            Commit(
                {"behaviour": name, "situation": "I lead", "until": date(2026, 12, 1)}, (Measure("pauses"),)
            ),
            key=name,
        )
        for name in ("one", "other")
    ]
    own, foreign = [one.id for one in await setup.read(lambda r: r.indicators.find())]
    await write_as(setup.deps, viewer, tap, tried[0], Adherence.DID, key="tap")
    told = TellResult(
        tried[0],
        {"what_happened": "they spoke", "next_step": NextStep.DROP},
        readings={own: Decimal(3), foreign: Decimal(4)},
    )

    await write_as(setup.deps, viewer, tell_result, told, key="told")

    kept = await setup.read(lambda r: r.readings.find())
    assert [(one.indicator_id, one.value) for one in kept] == [(own, Decimal(3))]


async def test_a_check_in_answers_a_check_in_and_no_other_question(setup: Setup) -> None:
    def follow_up(tx: Tx) -> Occurrence:
        return tx.occurrences.insert(
            Occurrence(setup.workspace.id, setup.pair.id, Ritual.FOLLOW_UP, 1, "end", date(2026, 11, 24))
        )

    asked = await setup.write(follow_up)
    viewer = setup.viewer(setup.mentee)

    with pytest.raises(NotFound):
        await write_as(
            setup.deps, viewer, answer_check_in, AnswerCheckIn(asked.id, {"went_well": "well"}), key="forged"
        )
    assert await setup.read(lambda r: r.check_ins.count()) == 0
