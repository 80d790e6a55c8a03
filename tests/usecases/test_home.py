"""What somebody finds on Home, and how many queries that takes, on a real database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, event

from bot.domain.attention import Need
from bot.domain.cohorts import CohortState
from bot.domain.ids import MemberId
from bot.domain.insights import Visibility
from bot.domain.members import Member
from bot.domain.pairs import Consent, Pair, PairMember, PairState, Role
from bot.ports import Repositories
from bot.usecases.asks import ask_mentor
from bot.usecases.checkins import nothing_new, open_check_in_form
from bot.usecases.experiments import Commit, commit_to_experiment
from bot.usecases.goals import SetGoal, set_goal
from bot.usecases.home import Beginning, Home, see_home, see_standing
from bot.usecases.insights import KeepInsight, keep_insight
from bot.usecases.nudges import start_check_ins
from bot.usecases.sessions import TellSession, tell_session
from tests.usecases.conftest import Stage
from tests.usecases.test_sessions import a_pair


@contextmanager
def queries() -> Iterator[list[str]]:
    """What is asked of any database meanwhile, without what begins and ends a transaction."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def home(stage: Stage, member: Member) -> Home:
    return await see_home(stage.deps, stage.viewer(member), member.id)


async def mentees(stage: Stage, count: int, name: str = "Zoe") -> list[Member]:
    """So many more people whom Mira mentors, called "Zoe 0" and so on."""
    return await stage.write(lambda r: [_mentee(r, stage, f"{name} {number}") for number in range(count)])


def _mentee(repositories: Repositories, stage: Stage, name: str) -> Member:
    now = stage.clock.now()
    user = f"U{name.upper().replace(' ', '')}"
    mentee = repositories.members.insert(Member(stage.workspace.id, user, name, "UTC", "en-US", now))
    made = repositories.pairs.insert(
        Pair(stage.workspace.id, stage.cohort.id, now, state=PairState.ACTIVE, active_since=now)
    )
    for person, role in ((stage.mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        place = PairMember(stage.workspace.id, made.id, MemberId(person.id), role, Consent.YES)
        repositories.pair_members.insert(place)
    return mentee


async def test_home_takes_ten_queries_at_most_however_many_mentees(stage: Stage) -> None:
    await mentees(stage, 1)
    with queries() as few:
        await home(stage, stage.mentor)
    await mentees(stage, 18, "Kim")

    with queries() as many:
        shown = await home(stage, stage.mentor)

    assert len(shown.mentoring) == 20
    assert len(many) == len(few)
    assert 0 < len(many) <= 10


async def test_an_admin_who_mentors_too_stays_within_ten_queries(stage: Stage) -> None:
    await stage.write(lambda r: r.members.update(replace(stage.mentor, is_admin=True)))

    with queries() as found:
        shown = await home(stage, stage.mentor)

    assert shown.cohorts
    assert len(found) <= 10


async def test_whoever_asked_comes_first_then_silence_then_the_others(stage: Stage) -> None:
    zoe, *_ = await mentees(stage, 2)
    stage.clock.move(days=15)
    await ask_mentor(stage.deps, stage.viewer(zoe), zoe.id, "They wait", None, key="ask")

    shown = await home(stage, stage.mentor)

    assert [line.need for line in shown.mentoring] == [Need.REPLY, Need.SILENCE, Need.SILENCE]
    assert shown.mentoring[0].place.mentees[0].name == "Zoe 0"


async def test_a_lead_reads_counts_of_their_cohort_and_nobody_else_does(stage: Stage) -> None:
    assert [line.pairs for line in (await home(stage, stage.admin)).cohorts] == [{"active": 1}]
    assert (await home(stage, stage.mentor)).cohorts == ()


async def test_each_beginning_has_its_first_step(stage: Stage) -> None:
    now = stage.clock.now()
    zoe = await stage.write(
        lambda r: r.members.insert(Member(stage.workspace.id, "UZOE", "Zoe", "UTC", "en-US", now))
    )

    async def beginning(member: Member) -> Beginning | None:
        standing = await see_standing(stage.deps, stage.viewer(member), member)
        assert (await home(stage, member)).beginning is standing.beginning
        return standing.beginning

    assert await beginning(stage.mentor) is None
    assert await beginning(stage.admin) is Beginning.RUNNING
    assert await beginning(zoe) is Beginning.WAITING
    asked = Pair(stage.workspace.id, stage.cohort.id, now, state=PairState.ASKED)
    pair = await stage.write(lambda r: r.pairs.insert(asked))
    place = PairMember(stage.workspace.id, pair.id, MemberId(zoe.id), Role.MENTEE, Consent.ASKED)
    await stage.write(lambda r: r.pair_members.insert(place))
    assert await beginning(zoe) is Beginning.ASKED
    await stage.write(lambda r: r.pairs.update(replace(r.pairs.get(pair.id), state=PairState.ENDED)))
    assert await beginning(zoe) is Beginning.WAITING
    await stage.write(
        lambda r: r.workspaces.update(replace(r.workspaces.get(stage.workspace.id), claim_code="abc"))
    )
    assert await beginning(zoe) is Beginning.UNCLAIMED


@pytest.mark.parametrize(
    ("who", "roles"), [("mentor", {"mentor"}), ("mentee", {"mentee"}), ("admin", {"lead"})]
)
async def test_help_knows_the_roles_and_whom_to_ask(stage: Stage, who: str, roles: set[str]) -> None:
    member: Member = getattr(stage, who)

    standing = await see_standing(stage.deps, stage.viewer(member), member)

    assert (set(standing.roles), standing.admins) == (roles, ("Ada",))


async def test_with_open_pairing_everyone_may_pair(stage: Stage) -> None:
    deps = replace(stage.deps, open_pairing=True)

    assert "lead" in (await see_standing(deps, stage.viewer(stage.mentee), stage.mentee)).roles


async def test_home_is_full_only_where_no_pair_has_room(stage: Stage) -> None:
    me, second = stage.mentee, await a_pair(stage, stage.admin, stage.mentee)
    for pair in (stage.pair.id, second):
        for what in ("ask first", "wait a breath"):
            assert not (await home(stage, me)).full
            command = Commit(what, "I lead", date(2026, 11, 27), pair_id=pair)
            key = f"{pair}:{what}"
            await commit_to_experiment(stage.deps, stage.viewer(me), me.id, command, key=key)

    assert (await home(stage, me)).full
    assert not (await home(stage, stage.mentor)).full


async def test_home_names_what_is_mine_and_of_others_only_what_they_try(stage: Stage) -> None:
    me, theirs = stage.mentee, stage.mentor
    command = Commit("ask first", "I lead", date(2026, 11, 27))
    tried = await commit_to_experiment(stage.deps, stage.viewer(me), me.id, command, key="try")
    goal = await set_goal(stage.deps, stage.viewer(me), me.id, SetGoal("Lead a review"), key="goal")

    mine, hers = await home(stage, me), await home(stage, theirs)

    assert ([one.id for one in mine.experiments], [one.id for one in mine.goals]) == ([tried], [goal])
    assert (hers.experiments, hers.goals) == ((), ())
    assert [line.experiment.id for line in hers.mentoring if line.experiment] == [tried]


async def test_home_shows_the_newest_insights(stage: Stage) -> None:
    me = stage.mentee
    kept = []
    for what in ("one", "two", "three", "four"):
        command = KeepInsight(stage.pair.id, "I lead", what, "they speak", "", Visibility.PAIR)
        kept.append(await keep_insight(stage.deps, stage.viewer(me), me.id, command, key=what))

    assert [one.id for one in (await home(stage, me)).insights] == kept[:0:-1]


async def test_a_cohort_that_has_ended_is_on_nobodys_home(stage: Stage) -> None:
    assert [line.cohort.name for line in (await home(stage, stage.admin)).cohorts] == ["Spring"]

    await stage.write(lambda r: r.cohorts.update(replace(stage.cohort, state=CohortState.ENDED)))

    assert (await home(stage, stage.admin)).cohorts == ()


async def test_admins_whose_accounts_are_closed_are_named_to_nobody(stage: Stage) -> None:
    await stage.write(
        lambda r: r.members.insert(
            Member(
                stage.workspace.id,
                "UOLD",
                "Old",
                "UTC",
                "en-US",
                stage.clock.now(),
                is_admin=True,
                is_deleted=True,
            )
        )
    )

    assert (await see_standing(stage.deps, stage.viewer(stage.mentee), stage.mentee)).admins == ("Ada",)


async def test_a_mentor_reads_since_when_they_heard_nothing_be_it_from_a_check_in_or_a_talk(
    stage: Stage,
) -> None:
    me = stage.mentee
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))
    assert (await home(stage, stage.mentor)).mentoring[0].heard_at is None
    stage.clock.move(hours=1)
    occurrence = (await open_check_in_form(stage.deps, stage.viewer(me), me.id)).occurrence.id
    await nothing_new(stage.deps, stage.viewer(me), me.id, occurrence, key="nothing")
    assert (await home(stage, stage.mentor)).mentoring[0].heard_at == stage.clock.now()

    stage.clock.move(days=2)
    await tell_session(
        stage.deps, stage.viewer(me), me.id, TellSession(stage.pair.id, "Ask first"), key="talk"
    )
    talked_at = stage.clock.now()
    assert (await home(stage, stage.mentor)).mentoring[0].heard_at == talked_at
