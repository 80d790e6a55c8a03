"""Two mentees of one mentor: neither reads anything of the other, whatever is sent, by them or by the mentor."""

from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Any

import pytest

import handlers
from bot.domain.errors import ChoiceMissing, NotFound, PairloopError
from bot.domain.goals import Goal
from bot.domain.ids import ResultId
from bot.domain.insights import Insight, Visibility
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.portfolios import Format, Part, Shape
from bot.domain.privacy import pair_token
from bot.domain.results import Adherence
from bot.domain.stored import Audience
from bot.domain.things import THINGS
from bot.ports import Tx
from bot.slack.loop.evidence import MessageCopy, evidence_form, parse_evidence
from bot.slack.repository.insights import insight_form, parse_insight
from bot.usecases.entries import make_findable
from bot.usecases.home.home import see_home
from bot.usecases.loop.evidence import open_evidence_form, save_evidence
from bot.usecases.people.memberships import my_membership
from bot.usecases.programme.charters import see_charter
from bot.usecases.repository.export import export
from bot.usecases.repository.insights import KeepInsight, keep_insight, open_insight_form
from bot.usecases.repository.insights_sharing import answer_wish, change_visibility, share
from bot.usecases.repository.portfolios import load_portfolio, make_portfolio
from bot.usecases.repository.search import find
from bot.usecases.rhythm.briefs import see_brief
from bot.words import Words
from tests.forms import required, sent
from tests.planting import NOW, SECRET, TYPED, plant_everywhere
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_sessions import a_member
from tests.usecases.test_forged import THEIRS, VALUES, Slack, a_call, a_view

FOR_ALL = {name for name, stored in THINGS.items() if stored.seen_by is Audience.WORKSPACE}
OF_THE_MENTOR = {"responses", "answers", "observations", "hints", "evidence"}
FOUND = ("goals", "experiments", "insights", "evidence", "asks", "answers", "milestones")
CORE = {"workspaces", "members", "cohorts", "pairs", "memberships"}


@dataclass(frozen=True)
class Circle:
    """Mira mentors Tom and Yuki, each in a pair of their own; only Yuki's pair has written, and all that there is."""

    yuki: Member
    pair: Pair
    rows: dict[str, int]


@pytest.fixture
async def circle(setup: Setup) -> Circle:
    yuki = await a_member(setup, "Yuki")

    def plant(tx: Tx) -> Circle:
        now = tx.now
        pair = tx.pairs.insert(
            Pair(setup.workspace.id, setup.cohort.id, now, state=PairState.ACTIVE, active_since=now)
        )
        for member, role in ((setup.mentor, Role.MENTOR), (yuki, Role.MENTEE)):
            tx.memberships.insert(Membership(pair.workspace_id, pair.id, member.id, role, Consent.YES))
        whose = {
            "workspace_id": pair.workspace_id, "pair_id": pair.id, "member_id": yuki.id,
            "cohort_id": setup.cohort.id, "visibility": Visibility.PAIR, "access": pair_token(pair.id), "minutes": 30,
        }  # fmt: skip
        rows = plant_everywhere(tx, whose, but=CORE)
        for store in FOR_ALL - CORE:
            _say_nothing(getattr(tx, store), rows.pop(store))
        plant_everywhere(tx, {**whose, "member_id": setup.mentor.id}, but=set(THINGS) - OF_THE_MENTOR)
        for store in FOUND:
            make_findable(tx, getattr(tx, store).get(rows[store]))
        return Circle(yuki, pair, rows)

    return await setup.write(plant)


def _say_nothing(store: Any, row: int) -> None:
    """What the whole workspace reads has other words, so that the rest is known by theirs."""
    known = store.get(row)
    typed = [one.name for one in fields(known) if SECRET in str(getattr(known, one.name))]
    store.update(replace(known, **dict.fromkeys(typed, "for all")))


def _one(store: str, row: int, tx: Tx) -> Any:
    return getattr(tx, store).get(row)


def all_that(tx: Tx) -> dict[str, list[Any]]:
    return {store: getattr(tx, store).find() for store in THINGS}


async def test_of_all_that_a_pair_keeps_a_co_mentee_finds_no_row_and_the_mentor_does(
    setup: Setup, circle: Circle
) -> None:
    of_tom = await setup.read(all_that, setup.mentee)
    of_mira = await setup.read(all_that, setup.mentor)

    assert SECRET not in str(of_tom)
    assert {name for name, found in of_mira.items() if SECRET in str(found)} >= {
        "goals", "experiments", "evidence", "insights", "milestones", "charters", "entries", "asks", "answers"
    }  # fmt: skip


async def test_no_page_of_a_co_mentee_tells_of_the_other_mentee(setup: Setup, circle: Circle) -> None:
    tom = setup.mentee
    reads: list[Any] = [
        see_home,
        lambda tx: find(tx, TYPED),
        lambda tx: find(tx, ""),
        lambda tx: see_charter(tx, setup.pair.id),
        lambda tx: export(tx, tom),
    ]
    for read in reads:
        seen = str(await setup.read(read, tom))
        assert SECRET not in seen, read
        assert "Yuki" not in seen, read
    shown = await setup.read(lambda tx: find(tx, TYPED), setup.mentor)
    assert shown.total > 0


async def test_a_portfolio_holds_nothing_of_a_co_mentee(setup: Setup, circle: Circle) -> None:
    tom, now = setup.mentee, setup.clock.now()
    goal = Goal(setup.workspace.id, setup.pair.id, tom.id, "my own goal", now, now)
    await setup.write(lambda tx: tx.goals.insert(goal))
    chosen = {"parts": tuple(Part), "shape": Shape.WHOLE, "format": Format.MARKDOWN}

    made = await setup.write(lambda tx: make_portfolio(tx, chosen), setup.mentee)
    told = str(await setup.read(lambda tx: load_portfolio(tx, made), setup.mentee))

    assert "my own goal" in told
    assert SECRET not in told
    assert "Yuki" not in told


async def test_a_co_mentee_has_no_brief_on_the_other(setup: Setup, circle: Circle) -> None:
    with pytest.raises(PairloopError):
        await setup.read(lambda tx: see_brief(tx, circle.yuki.user_id), setup.mentee)


async def test_a_co_mentee_opens_nothing_of_the_other_by_its_id(setup: Setup, circle: Circle) -> None:
    for store, row in circle.rows.items():
        with pytest.raises(NotFound):
            await setup.read(partial(_one, store, row), setup.mentee)


@pytest.mark.parametrize("who", ["mentee", "mentor"])
async def test_no_press_brings_the_words_of_one_mentee_to_the_other(
    setup: Setup, circle: Circle, who: str
) -> None:
    """The mentor sees both pairs, so what they press may name things of the one in the other."""
    for action, listener in handlers.ACTIONS.items():
        value = VALUES.get(action, str(THEIRS))
        pressed = {"action_id": action, "action_ts": "1", "value": value, "selected_option": {"value": value}}
        body = {"type": "block_actions", "actions": [pressed]}
        await tried(setup, getattr(setup, who), listener, action, **body)


@pytest.mark.parametrize("who", ["mentee", "mentor"])
async def test_no_form_brings_the_words_of_one_mentee_to_the_other(
    setup: Setup, circle: Circle, who: str
) -> None:
    for view, listener in handlers.VIEWS.items():
        await tried(setup, getattr(setup, who), listener, view, type="view_submission", view=a_view(view))


async def tried(setup: Setup, who: Member, listener: Any, name: str, **body: Any) -> None:
    """Send it, with ids of Yuki's things and the pair of Tom's; then Tom reads all that he can."""
    slack = Slack()
    with suppress(PairloopError):
        await listener(a_call(setup, who, slack, trigger_id=name, **body))
    if who == setup.mentee:
        assert SECRET not in str(slack.shown), name
    assert SECRET not in str(await setup.read(all_that, setup.mentee)), name


async def an_insight(setup: Setup, pair: Pair, writer: Member) -> Insight:
    def write(tx: Tx) -> Insight:
        insight = tx.insights.insert(
            Insight(
                pair.workspace_id,
                pair.id,
                pair.cohort_id,
                writer.id,
                "a review",
                "ask first",
                "they spoke",
                NOW,
                NOW,
            )
        )
        share(tx, insight)
        return insight

    return await setup.write(write)


@pytest.mark.parametrize("wanted", [Visibility.COHORT, Visibility.WORKSPACE])
async def test_an_insight_gets_wider_by_the_yes_of_its_own_two_and_of_nobody_else(
    setup: Setup, circle: Circle, wanted: Visibility
) -> None:
    insight = await an_insight(setup, setup.pair, setup.mentee)

    def found_by_yuki(tx: Tx) -> int:
        return tx.shared_insights.count(insight_id=insight.id)

    for _ in range(2):  # the mentor's wish stays one, however often it is sent
        await setup.write(lambda tx: change_visibility(tx, insight.id, wanted, 1), setup.mentor)
        with pytest.raises(PairloopError):
            await setup.write(lambda tx: answer_wish(tx, insight.id, wanted, 1, agree=True), setup.mentor)
    for attempt in (
        lambda tx: answer_wish(tx, insight.id, wanted, 1, agree=True),
        lambda tx: change_visibility(tx, insight.id, wanted, 1),
        lambda tx: my_membership(tx, insight.pair_id),
    ):
        with pytest.raises(NotFound):
            await setup.write(attempt, circle.yuki)
    assert await setup.read(found_by_yuki, circle.yuki) == 0

    await setup.write(lambda tx: answer_wish(tx, insight.id, wanted, 1, agree=True), setup.mentee)

    assert await setup.read(found_by_yuki, circle.yuki) == 1
    assert await setup.read(lambda tx: tx.insights.count(id=insight.id), circle.yuki) == 0
    await setup.write(lambda tx: change_visibility(tx, insight.id, Visibility.PAIR, 1), setup.mentee)
    assert await setup.read(found_by_yuki, circle.yuki) == 0


async def test_whose_words_an_insight_holds_is_not_guessed(setup: Setup, circle: Circle) -> None:
    """A message of Tom's that the mentor keeps would else stand in the newest pair, for Yuki to read."""
    words = Words("en-US")
    tagged = replace(await an_insight(setup, circle.pair, circle.yuki), tags=("secretly",))
    await setup.write(lambda tx: tx.insights.update(tagged))
    data = await setup.read(lambda tx: open_insight_form(tx, words="Tom told me"), setup.mentor)

    view = insight_form(data, words)
    assert [pair.pair_id for pair in data.pairs] == [circle.pair.id, setup.pair.id]
    assert required(view) == ["pair", "behaviour", "outcome", "visibility"]
    assert data.suggested == ()  # no tag of one pair in a form for another
    with pytest.raises(ChoiceMissing) as missing:
        parse_insight(sent(view))
    assert missing.value.field == "pair"
    alone = await setup.read(open_insight_form, setup.mentee)
    assert (alone.pairs, alone.pair_id) == ((), setup.pair.id)


async def test_to_whose_try_evidence_belongs_is_not_guessed(setup: Setup, circle: Circle) -> None:
    data = await setup.read(open_evidence_form, setup.mentor)

    view = evidence_form(data, Words("en-US"), MessageCopy("Tom told me", setup.mentee.user_id, ""))

    assert {target.pair_id for target in data.targets} == {setup.pair.id, circle.pair.id}
    assert "target" in required(view)
    command = parse_evidence(sent(view))
    assert command.pair_id is None
    with pytest.raises(ChoiceMissing):
        await setup.write(lambda tx: save_evidence(tx, command), setup.mentor)


async def test_an_insight_of_one_pair_cannot_come_from_a_result_of_the_other(
    setup: Setup, circle: Circle
) -> None:
    result = ResultId(circle.rows["results"])

    def tell(tx: Tx) -> None:
        tx.insights.update(replace(tx.insights.get(circle.rows["insights"]), result_id=None))
        told = replace(tx.results.get(result), told_at=NOW, adherence=Adherence.DID)
        tx.results.update(told)

    await setup.write(tell)
    shown = {"behaviour": "ask first", "outcome": "they spoke", "visibility": Visibility.PAIR}
    command = KeepInsight(setup.pair.id, shown, result_id=result)

    with pytest.raises(NotFound):
        await setup.write(lambda tx: keep_insight(tx, command), setup.mentor)
    assert await setup.read(lambda tx: tx.insights.count(pair_id=setup.pair.id)) == 0
