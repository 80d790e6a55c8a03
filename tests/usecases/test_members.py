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
from bot.ports import Deps, Profile, Repositories
from bot.usecases.members import is_stale, meet, meet_here, names_of, notice_change, read_anew
from bot.usecases.nudges import start_check_ins
from tests.fakes import FakeDirectory
from tests.usecases.conftest import Stage
from tests.usecases.test_pairs_import import profile


class AwayDirectory(FakeDirectory):
    """A Slack that answers nobody's question about a person."""

    async def profile(self, user_id: str, *, within_s: float | None = None) -> Profile | None:  # noqa: ARG002 - as the port has it
        raise SlackUnreachable(f"https://slack.example/{user_id}")


async def member(stage: Stage, user_id: str) -> Member | None:
    return await stage.read(lambda r: r.members.first(user_id=user_id))


def knows(stage: Stage, *people: Profile) -> None:
    stage.directory.profiles = {one.user_id: one for one in people}


async def test_a_new_person_is_kept_as_slack_describes_them(stage: Stage) -> None:
    knows(stage, Profile("UYUKI", "Yuki", "Asia/Tokyo", "ja-JP", False, True, False, False))

    met = await meet(stage.deps, "T1", "UYUKI")

    assert (met.name, met.tz, met.locale, met.workspace_id) == (
        "Yuki",
        "Asia/Tokyo",
        "ja-JP",
        stage.workspace.id,
    )
    assert (met.is_bot, met.is_guest, met.is_deleted, met.is_foreign, met.is_admin) == (
        False,
        True,
        False,
        False,
        False,
    )
    assert met == await member(stage, "UYUKI")


async def test_somebody_known_is_read_anew_after_a_day_and_not_before(stage: Stage) -> None:
    knows(stage, profile("UTOM", "Thomas"))
    stage.clock.move(hours=23, minutes=59)
    assert not is_stale(await meet(stage.deps, "T1", "UTOM"), stage.clock.now())

    stage.clock.move(minutes=1)
    tom = await meet(stage.deps, "T1", "UTOM")
    assert (tom.name, is_stale(tom, stage.clock.now())) == ("Tom", True)
    await read_anew(stage.deps, tom)

    tom = await meet(stage.deps, "T1", "UTOM")
    assert (tom.name, is_stale(tom, stage.clock.now())) == ("Thomas", False)


async def test_while_slack_is_away_people_stay_as_they_are_known(stage: Stage) -> None:
    deps: Deps = replace(stage.deps, directory=AwayDirectory())
    stage.clock.move(days=2)

    assert (await meet(deps, "T1", "UTOM")).id == stage.mentee.id
    with pytest.raises(SlackUnreachable):
        await meet(deps, "T1", "UYUKI")


@pytest.mark.parametrize("team", ["", "E1"])
async def test_a_call_that_names_no_workspace_of_ours_is_of_the_one_of_our_token(
    stage: Stage, team: str
) -> None:
    assert (await meet(stage.deps, team, "UTOM")).id == stage.mentee.id


async def test_the_same_user_id_elsewhere_is_another_person(stage: Stage) -> None:
    def elsewhere(repositories: Repositories) -> None:
        other = repositories.workspaces.insert(replace(stage.workspace, id=WorkspaceId(0), team_id="T2"))
        repositories.members.insert(
            replace(stage.mentee, id=MemberId(0), workspace_id=other.id, name="Tom of T2")
        )

    await stage.deps.db.write(SYSTEM, elsewhere)

    assert (await meet(stage.deps, "T2", "UTOM")).name == "Tom of T2"
    assert (await meet(stage.deps, "T1", "UTOM")).name == "Tom"


async def test_whom_slack_does_not_know_nobody_meets(stage: Stage) -> None:
    with pytest.raises(NotFound):
        await meet(stage.deps, "T1", "UNKNOWN")
    with pytest.raises(PersonUnfit) as refused:
        await meet_here(stage.deps, stage.viewer(stage.admin), "UNKNOWN", field="lead")

    assert (refused.value.reason, refused.value.field) == ("unknown", "lead")


@pytest.mark.parametrize("what", ["is_bot", "is_guest", "is_deleted", "is_foreign"])
async def test_who_cannot_take_part_is_told_at_the_field(stage: Stage, what: str) -> None:
    knows(stage, profile("UYUKI", "Yuki", **{what: True}))

    with pytest.raises(PersonUnfit) as refused:
        await meet_here(stage.deps, stage.viewer(stage.admin), "UYUKI", field="mentor")

    assert refused.value.field == "mentor"


async def test_names_are_told_of_those_whom_we_know_here(stage: Stage) -> None:
    viewer = stage.viewer(stage.mentee)

    assert await names_of(stage.deps, viewer, ["UMIRA", "UNKNOWN"]) == {"UMIRA": "Mira"}
    assert await names_of(stage.deps, viewer, []) == {}
    assert await names_of(stage.deps, Viewer(stage.workspace.id), ["UTOM"]) == {"UTOM": "Tom"}


async def test_news_of_a_stranger_keeps_nothing_and_of_somebody_known_at_once(stage: Stage) -> None:
    knows(stage, profile("UYUKI", "Yuki"), profile("UTOM", "Thomas"))

    for user_id in ("UYUKI", "UTOM"):
        await notice_change(stage.deps, "T1", user_id)

    assert await member(stage, "UYUKI") is None
    tom = await member(stage, "UTOM")
    assert tom is not None
    assert (tom.id, tom.name) == (stage.mentee.id, "Thomas")


async def test_whom_the_settings_name_is_an_admin_when_met_and_stays_one(stage: Stage) -> None:
    knows(stage, profile("UYUKI", "Yuki"), profile("UADA", "Ada"), profile("UTOM", "Tom"))
    named = replace(stage.deps, admins=frozenset({"UYUKI", "UTOM"}))

    assert (await meet(named, "T1", "UYUKI")).is_admin
    stage.clock.move(days=2)
    for user_id in ("UADA", "UTOM"):
        await read_anew(named, await meet(named, "T1", user_id))
        assert (await meet(named, "T1", user_id)).is_admin
    mira = await member(stage, "UMIRA")
    assert mira is not None
    assert not mira.is_admin


async def test_of_a_closed_account_the_zone_and_language_stay_and_its_pair_rests_once(stage: Stage) -> None:
    gone = replace(profile("UTOM", "Tom", is_deleted=True), tz="UTC", locale="xx-XX")
    knows(stage, gone)

    for _ in range(2):
        await notice_change(stage.deps, "T1", "UTOM")
        stage.clock.move(hours=1)

    tom = await member(stage, "UTOM")
    assert tom is not None
    assert (tom.tz, tom.locale, tom.is_deleted) == ("America/New_York", "en-US", True)
    assert (await stage.read(lambda r: r.pairs.get(stage.pair.id))).state is PairState.PAUSED
    assert await stage.read(lambda r: r.audit.count(action="pair.left")) == 1
    assert await stage.told(stage.mentor) == ["pair.rests"]


async def test_another_name_moves_no_question_and_another_zone_does(stage: Stage) -> None:
    await stage.write(lambda r: start_check_ins(r, stage.pair, stage.clock.now()))
    before = await stage.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    knows(stage, replace(profile("UTOM", "Thomas"), tz="America/New_York"))
    await notice_change(stage.deps, "T1", "UTOM")
    assert await stage.read(lambda r: r.nudges.find(state=NudgeState.PLANNED)) == before

    knows(stage, replace(profile("UTOM", "Thomas"), tz="Asia/Tokyo"))
    await notice_change(stage.deps, "T1", "UTOM")

    (after,) = await stage.read(lambda r: r.nudges.find(state=NudgeState.PLANNED))
    assert before[0].due_at - after.due_at == timedelta(hours=14)
    assert before[0].expires_at - after.expires_at == timedelta(hours=14)
