"""What somebody finds on Home, and how many queries that takes, on a real database."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.attention import Need
from bot.domain.cohorts import CohortState
from bot.domain.ids import MemberId
from bot.domain.insights import Visibility
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.ports import Policy, Tx
from bot.usecases.home.home import Beginning, Home, see_home, see_roles
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.loop.goals import SetGoal, set_goal
from bot.usecases.repository.insights import KeepInsight, keep_insight
from bot.usecases.rhythm.asks import ask_mentor
from bot.usecases.rhythm.checkins import nothing_new, open_check_in_form
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.sessions import TellSession, tell_session
from tests.queries import queries
from tests.running import read_as, under, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_sessions import a_pair


async def home(setup: Setup, member: Member) -> Home:
    return await read_as(setup.deps, setup.viewer(member), see_home)


async def mentees(setup: Setup, count: int, name: str = "Zoe") -> list[Member]:
    """So many more people whom Mira mentors, called "Zoe 0" and so on."""
    return await setup.write(lambda r: [_mentee(r, setup, f"{name} {number}") for number in range(count)])


def _mentee(tx: Tx, setup: Setup, name: str) -> Member:
    now = setup.clock.now()
    user = f"U{name.upper().replace(' ', '')}"
    mentee = tx.members.insert(Member(setup.workspace.id, user, name, "UTC", "en-US", now))
    made = tx.pairs.insert(
        Pair(setup.workspace.id, setup.cohort.id, now, state=PairState.ACTIVE, active_since=now)
    )
    for person, role in ((setup.mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        membership = Membership(setup.workspace.id, made.id, MemberId(person.id), role, Consent.YES)
        tx.memberships.insert(membership)
    return mentee


async def test_home_takes_ten_queries_at_most_however_many_mentees(setup: Setup) -> None:
    await mentees(setup, 1)
    with queries() as few:
        await home(setup, setup.mentor)
    await mentees(setup, 18, "Kim")

    with queries() as many:
        shown = await home(setup, setup.mentor)

    assert len(shown.mentoring) == 20
    assert len(many) == len(few)
    assert 0 < len(many) <= 10


async def test_an_admin_who_mentors_too_stays_within_thirteen_queries(setup: Setup) -> None:
    await setup.write(lambda r: r.members.update(replace(setup.mentor, is_admin=True)))

    with queries() as found:
        shown = await home(setup, setup.mentor)

    assert shown.cohorts
    assert len(found) <= 13


async def test_whoever_asked_comes_first_then_silence_then_the_others(setup: Setup) -> None:
    zoe, *_ = await mentees(setup, 2)
    setup.clock.move(days=15)
    await write_as(setup.deps, setup.viewer(zoe), ask_mentor, {"situation": "They wait"}, None, key="ask")

    shown = await home(setup, setup.mentor)

    assert [line.need for line in shown.mentoring] == [Need.REPLY, Need.SILENCE, Need.SILENCE]
    assert shown.mentoring[0].membership.mentees[0].name == "Zoe 0"


async def test_a_lead_reads_counts_of_their_cohort_and_nobody_else_does(setup: Setup) -> None:
    assert [line.pairs for line in (await home(setup, setup.admin)).cohorts] == [{"active": 1}]
    assert (await home(setup, setup.mentor)).cohorts == ()


async def test_each_beginning_has_its_first_step(setup: Setup) -> None:
    now = setup.clock.now()
    zoe = await setup.write(
        lambda r: r.members.insert(Member(setup.workspace.id, "UZOE", "Zoe", "UTC", "en-US", now))
    )

    async def beginning(member: Member) -> Beginning | None:
        summary = await read_as(setup.deps, setup.viewer(member), see_roles)
        assert (await home(setup, member)).beginning is summary.beginning
        return summary.beginning

    assert await beginning(setup.mentor) is None
    assert await beginning(setup.admin) is Beginning.RUNNING
    assert await beginning(zoe) is Beginning.WAITING
    asked = Pair(setup.workspace.id, setup.cohort.id, now, state=PairState.ASKED)
    pair = await setup.write(lambda r: r.pairs.insert(asked))
    membership = Membership(setup.workspace.id, pair.id, MemberId(zoe.id), Role.MENTEE, Consent.ASKED)
    await setup.write(lambda r: r.memberships.insert(membership))
    assert await beginning(zoe) is Beginning.ASKED
    await setup.write(lambda r: r.pairs.update(replace(r.pairs.get(pair.id), state=PairState.ENDED)))
    assert await beginning(zoe) is Beginning.WAITING
    await setup.write(
        lambda r: r.workspaces.update(replace(r.workspaces.get(setup.workspace.id), claim_code="abc"))
    )
    assert await beginning(zoe) is Beginning.UNCLAIMED


@pytest.mark.parametrize(
    ("who", "roles"), [("mentor", {"mentor"}), ("mentee", {"mentee"}), ("admin", {"lead"})]
)
async def test_help_knows_the_roles_and_whom_to_ask(setup: Setup, who: str, roles: set[str]) -> None:
    member: Member = getattr(setup, who)

    summary = await read_as(setup.deps, setup.viewer(member), see_roles)

    assert (set(summary.roles), summary.admins) == (roles, ("Ada",))


async def test_with_open_pairing_everyone_may_pair(setup: Setup) -> None:
    deps = under(setup.deps, Policy(open_pairing=True))

    assert "lead" in (await read_as(deps, setup.viewer(setup.mentee), see_roles)).roles


async def test_home_is_full_only_where_no_pair_has_room(setup: Setup) -> None:
    me, second = setup.mentee, await a_pair(setup, setup.admin, setup.mentee)
    for pair in (setup.pair.id, second):
        for what in ("ask first", "wait a breath"):
            assert not (await home(setup, me)).full
            command = Commit(
                {"behaviour": what, "situation": "I lead", "until": date(2026, 11, 27)}, pair_id=pair
            )
            key = f"{pair}:{what}"
            await write_as(setup.deps, setup.viewer(me), commit_to_experiment, command, key=key)

    assert (await home(setup, me)).full
    assert not (await home(setup, setup.mentor)).full


async def test_home_names_what_is_mine_and_of_others_only_what_they_try(setup: Setup) -> None:
    me, theirs = setup.mentee, setup.mentor
    command = Commit({"behaviour": "ask first", "situation": "I lead", "until": date(2026, 11, 27)})
    tried = await write_as(setup.deps, setup.viewer(me), commit_to_experiment, command, key="try")
    goal = await write_as(
        setup.deps, setup.viewer(me), set_goal, SetGoal({"text": "Lead a review"}), key="goal"
    )

    mine, hers = await home(setup, me), await home(setup, theirs)

    assert ([one.id for one in mine.experiments], [one.id for one in mine.goals]) == ([tried], [goal])
    assert (hers.experiments, hers.goals) == ((), ())
    assert [line.experiment.id for line in hers.mentoring if line.experiment] == [tried]


async def test_home_shows_the_newest_insights(setup: Setup) -> None:
    me = setup.mentee
    kept = []
    for what in ("one", "two", "three", "four"):
        command = KeepInsight(
            setup.pair.id,
            {
                "situation": "I lead",
                "behaviour": what,
                "outcome": "they speak",
                "tags": (),
                "visibility": Visibility.PAIR,
            },
        )
        kept.append(await write_as(setup.deps, setup.viewer(me), keep_insight, command, key=what))

    assert [one.id for one in (await home(setup, me)).insights] == kept[:0:-1]


async def test_a_cohort_that_has_ended_is_on_nobodys_home(setup: Setup) -> None:
    assert [line.cohort.name for line in (await home(setup, setup.admin)).cohorts] == ["Spring"]

    await setup.write(lambda r: r.cohorts.update(replace(setup.cohort, state=CohortState.ENDED)))

    assert (await home(setup, setup.admin)).cohorts == ()


async def test_admins_whose_accounts_are_closed_are_named_to_nobody(setup: Setup) -> None:
    await setup.write(
        lambda r: r.members.insert(
            Member(
                setup.workspace.id,
                "UOLD",
                "Old",
                "UTC",
                "en-US",
                setup.clock.now(),
                is_admin=True,
                is_deleted=True,
            )
        )
    )

    assert (await read_as(setup.deps, setup.viewer(setup.mentee), see_roles)).admins == ("Ada",)


async def test_a_mentor_reads_since_when_they_heard_nothing_be_it_from_a_check_in_or_a_talk(
    setup: Setup,
) -> None:
    me = setup.mentee
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    assert (await home(setup, setup.mentor)).mentoring[0].heard_at is None
    setup.clock.move(hours=1)
    occurrence = (await read_as(setup.deps, setup.viewer(me), open_check_in_form)).occurrence.id
    await write_as(setup.deps, setup.viewer(me), nothing_new, occurrence, key="nothing")
    assert (await home(setup, setup.mentor)).mentoring[0].heard_at == setup.clock.now()

    setup.clock.move(days=2)
    await write_as(
        setup.deps,
        setup.viewer(me),
        tell_session,
        TellSession(setup.pair.id, {"takeaway": "Ask first"}),
        key="talk",
    )
    talked_at = setup.clock.now()
    assert (await home(setup, setup.mentor)).mentoring[0].heard_at == talked_at
