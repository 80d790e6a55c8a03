"""Whom we know: read from Slack when first met and once a day, and what follows when they change."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import NotFound, PersonUnfit, SlackUnreachable
from bot.domain.ids import MemberId, WorkspaceId
from bot.domain.members import Member
from bot.domain.nudges import NudgeState
from bot.domain.pairs import PairState
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Deps, Policy, Tx
from bot.ports_slack import Profile
from bot.usecases.acquaintance import is_stale, meet, meet_here, notice_change, read_anew
from bot.usecases.messages import MESSAGES
from bot.usecases.people.members import names_of
from bot.usecases.rhythm.nudges_planning import start_check_ins
from tests.fakes import FakeDirectory
from tests.running import read_as, under
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_pairs_import import profile


class AwayDirectory(FakeDirectory):
    """A Slack that answers nobody's question about a person."""

    async def profile(self, user_id: str, *, within_s: float | None = None) -> Profile | None:  # noqa: ARG002 - as the port has it
        raise SlackUnreachable(f"https://slack.example/{user_id}")


async def member(setup: Setup, user_id: str) -> Member | None:
    return await setup.read(lambda r: r.members.first(user_id=user_id))


def knows(setup: Setup, *people: Profile) -> None:
    setup.directory.profiles = {one.user_id: one for one in people}


async def test_a_new_person_is_kept_as_slack_describes_them(setup: Setup) -> None:
    knows(setup, Profile("UYUKI", "Yuki", "Asia/Tokyo", "ja-JP", False, True, False, False))

    met = await meet(setup.deps, "T1", "UYUKI")

    assert (met.name, met.tz, met.locale, met.workspace_id) == (
        "Yuki",
        "Asia/Tokyo",
        "ja-JP",
        setup.workspace.id,
    )
    assert (met.is_bot, met.is_guest, met.is_deleted, met.is_foreign, met.is_admin) == (
        False,
        True,
        False,
        False,
        False,
    )
    assert met == await member(setup, "UYUKI")


async def test_somebody_known_is_read_anew_after_a_day_and_not_before(setup: Setup) -> None:
    knows(setup, profile("UTOM", "Thomas"))
    setup.clock.move(hours=23, minutes=59)
    assert not is_stale(await meet(setup.deps, "T1", "UTOM"), setup.clock.now())

    setup.clock.move(minutes=1)
    tom = await meet(setup.deps, "T1", "UTOM")
    assert (tom.name, is_stale(tom, setup.clock.now())) == ("Tom", True)
    await read_anew(setup.deps, tom)

    tom = await meet(setup.deps, "T1", "UTOM")
    assert (tom.name, is_stale(tom, setup.clock.now())) == ("Thomas", False)


async def test_while_slack_is_away_people_stay_as_they_are_known(setup: Setup) -> None:
    deps: Deps = replace(setup.deps, directory=AwayDirectory())
    setup.clock.move(days=2)

    assert (await meet(deps, "T1", "UTOM")).id == setup.mentee.id
    with pytest.raises(SlackUnreachable):
        await meet(deps, "T1", "UYUKI")


@pytest.mark.parametrize("team", ["", "E1"])
async def test_a_call_that_names_no_workspace_of_ours_is_of_the_one_of_our_token(
    setup: Setup, team: str
) -> None:
    assert (await meet(setup.deps, team, "UTOM")).id == setup.mentee.id


async def test_the_same_user_id_elsewhere_is_another_person(setup: Setup) -> None:
    def elsewhere(tx: Tx) -> None:
        other = tx.workspaces.insert(replace(setup.workspace, id=WorkspaceId(0), team_id="T2"))
        tx.members.insert(replace(setup.mentee, id=MemberId(0), workspace_id=other.id, name="Tom of T2"))

    await setup.deps.db.write(SYSTEM, elsewhere)

    assert (await meet(setup.deps, "T2", "UTOM")).name == "Tom of T2"
    assert (await meet(setup.deps, "T1", "UTOM")).name == "Tom"


async def test_whom_slack_does_not_know_nobody_meets(setup: Setup) -> None:
    with pytest.raises(NotFound):
        await meet(setup.deps, "T1", "UNKNOWN")
    with pytest.raises(PersonUnfit) as refused:
        await meet_here(setup.deps, setup.viewer(setup.admin), "UNKNOWN", field="lead")

    assert (refused.value.reason, refused.value.field) == ("unknown", "lead")


@pytest.mark.parametrize("what", ["is_bot", "is_guest", "is_deleted", "is_foreign"])
async def test_who_cannot_take_part_is_told_at_the_field(setup: Setup, what: str) -> None:
    knows(setup, profile("UYUKI", "Yuki", **{what: True}))

    with pytest.raises(PersonUnfit) as refused:
        await meet_here(setup.deps, setup.viewer(setup.admin), "UYUKI", field="mentor")

    assert refused.value.field == "mentor"


async def test_names_are_told_of_those_whom_we_know_here(setup: Setup) -> None:
    viewer = setup.viewer(setup.mentee)

    assert await read_as(setup.deps, viewer, names_of, ["UMIRA", "UNKNOWN"]) == {"UMIRA": "Mira"}
    assert await read_as(setup.deps, viewer, names_of, []) == {}
    assert await read_as(setup.deps, Viewer(setup.workspace.id), names_of, ["UTOM"]) == {"UTOM": "Tom"}


async def test_news_of_a_stranger_keeps_nothing_and_of_somebody_known_at_once(setup: Setup) -> None:
    knows(setup, profile("UYUKI", "Yuki"), profile("UTOM", "Thomas"))

    for user_id in ("UYUKI", "UTOM"):
        await notice_change(setup.deps, "T1", user_id)

    assert await member(setup, "UYUKI") is None
    tom = await member(setup, "UTOM")
    assert tom is not None
    assert (tom.id, tom.name) == (setup.mentee.id, "Thomas")


async def test_whom_the_settings_name_is_an_admin_when_met_and_stays_one(setup: Setup) -> None:
    knows(setup, profile("UYUKI", "Yuki"), profile("UADA", "Ada"), profile("UTOM", "Tom"))
    named = under(setup.deps, Policy(admins=frozenset({"UYUKI", "UTOM"})))

    assert (await meet(named, "T1", "UYUKI")).is_admin
    setup.clock.move(days=2)
    for user_id in ("UADA", "UTOM"):
        await read_anew(named, await meet(named, "T1", user_id))
        assert (await meet(named, "T1", user_id)).is_admin
    mira = await member(setup, "UMIRA")
    assert mira is not None
    assert not mira.is_admin


async def test_of_a_closed_account_the_zone_and_language_stay_and_its_pair_rests_once(setup: Setup) -> None:
    gone = replace(profile("UTOM", "Tom", is_deleted=True), tz="UTC", locale="xx-XX")
    knows(setup, gone)

    for _ in range(2):
        await notice_change(setup.deps, "T1", "UTOM")
        setup.clock.move(hours=1)

    tom = await member(setup, "UTOM")
    assert tom is not None
    assert (tom.tz, tom.locale, tom.is_deleted) == ("America/New_York", "en-US", True)
    assert (await setup.read(lambda r: r.pairs.get(setup.pair.id))).state is PairState.PAUSED
    assert await setup.read(lambda r: r.audit.count(action="pair.left")) == 1
    assert await setup.told(setup.mentor) == [MESSAGES["pair.rests"]]


async def test_another_name_moves_no_question_and_another_zone_does(setup: Setup) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    before = await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    knows(setup, replace(profile("UTOM", "Thomas"), tz="America/New_York"))
    await notice_change(setup.deps, "T1", "UTOM")
    assert await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED)) == before

    knows(setup, replace(profile("UTOM", "Thomas"), tz="Asia/Tokyo"))
    await notice_change(setup.deps, "T1", "UTOM")

    (after,) = await setup.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    assert before[0].due_at - after.due_at == timedelta(hours=14)
    assert before[0].expires_at - after.expires_at == timedelta(hours=14)
