"""Who may bring two people together, in which cohort, and what is refused before anybody is asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.domain.cohorts import Cohort, CohortState
from bot.domain.errors import (
    CohortNeeded,
    CohortNotRunning,
    CohortUnknown,
    NoCohort,
    NotAllowed,
    NotFound,
    PairExists,
    PairloopError,
    PersonUnfit,
)
from bot.domain.ids import CohortId, MemberId, PairId, WorkspaceId
from bot.domain.members import Member
from bot.domain.pairs import Consent, PairState, Role
from bot.domain.privacy import SYSTEM
from bot.ports import Repositories
from bot.usecases.members import keep_profile
from bot.usecases.pairs_asking import (
    AskPair,
    PairForm,
    Proposal,
    ProposePair,
    ask_pair,
    open_pair_form,
    propose_pair,
)
from bot.usecases.pairs_consent import CONSENT
from tests.usecases.conftest import Stage
from tests.usecases.test_pairs_import import profile


@pytest.fixture(autouse=True)
def _slack_knows(stage: Stage) -> None:
    people = [profile("UADA", "Ada"), profile("UMIRA", "Mira"), profile("UTOM", "Tom")]
    people += [profile("UYUKI", "Yuki"), profile("UPRIYA", "Priya"), profile("UNOOR", "Noor", is_guest=True)]
    stage.directory.profiles = {one.user_id: one for one in people}


async def autumn(stage: Stage, **more: Any) -> Cohort:
    """A second cohort, led by Mira."""
    cohort = replace(stage.cohort, id=CohortId(0), name="Autumn", lead_id=stage.mentor.id, **more)
    return await stage.write(lambda r: r.cohorts.insert(cohort))


async def put(stage: Stage, state: CohortState, cohort: Cohort | None = None) -> None:
    old = cohort or stage.cohort
    await stage.write(lambda r: r.cohorts.update(replace(r.cohorts.get(old.id), state=state)))


async def propose(stage: Stage, by: Member, mentor: str, mentee: str, **cohort: Any) -> Proposal:
    command = ProposePair(mentor, mentee, **cohort)
    return await propose_pair(stage.deps, stage.viewer(by), by.id, command)


async def form(stage: Stage, by: Member) -> PairForm:
    return await open_pair_form(stage.deps, stage.viewer(by), by.id, ProposePair("UYUKI", "UPRIYA"))


async def ask(
    stage: Stage,
    by: Member,
    mentor: MemberId,
    mentee: MemberId,
    cohort: CohortId | None = None,
    key: str = "ask",
) -> PairId:
    command = AskPair(mentor, mentee, cohort, "Open pairs")
    return await ask_pair(stage.deps, stage.viewer(by), by.id, command, key=key)


async def met(stage: Stage, name: str) -> Member:
    known = stage.directory.profiles[f"U{name.upper()}"]
    return await stage.write(
        lambda r: keep_profile(r, stage.workspace.id, known, frozenset(), stage.clock.now())
    )


def opened(stage: Stage) -> Stage:
    """The stage where any two may pair."""
    return replace(stage, deps=replace(stage.deps, open_pairing=True))


async def test_a_proposal_names_the_two_in_their_parts_with_the_rhythm_and_asks_nobody(stage: Stage) -> None:
    shown = await propose(stage, stage.admin, "UYUKI", "UPRIYA")

    assert (shown.mentor.name, shown.mentee.name) == ("Yuki", "Priya")
    assert shown.cohort is not None
    assert (shown.cohort.id, shown.cadence) == (stage.cohort.id, stage.cohort.cadence)
    assert await stage.read(lambda r: r.pairs.count()) == 1
    assert await stage.read(lambda r: r.outgoing.count()) == 0


@pytest.mark.parametrize(
    ("two", "reason", "field"),
    [
        (("UADA", "UADA"), "yourself", "mentee"),
        (("UYUKI", "UYUKI"), "same", "mentee"),
        (("UNOOR", "UYUKI"), "guest", "mentor"),
        (("UYUKI", "UNOOR"), "guest", "mentee"),
        (("UNKNOWN", "UYUKI"), "unknown", "mentor"),
        (("UYUKI", "UNKNOWN"), "unknown", "mentee"),
    ],
)
async def test_who_cannot_be_paired_is_told_at_their_field(
    stage: Stage, two: tuple[str, str], reason: str, field: str
) -> None:
    with pytest.raises(PersonUnfit) as refused:
        await propose(stage, stage.admin, *two)

    assert (refused.value.reason, refused.value.field) == (reason, field)


@pytest.mark.parametrize("two", [("UMIRA", "UTOM"), ("UTOM", "UMIRA")])
async def test_two_who_are_a_pair_already_are_not_proposed_nor_asked_again(
    stage: Stage, two: tuple[str, str]
) -> None:
    other = await autumn(stage)

    with pytest.raises(PairExists):
        await propose(stage, stage.admin, *two, cohort_id=other.id)
    with pytest.raises(PairExists):
        await ask(stage, stage.admin, stage.mentee.id, stage.mentor.id, other.id)


async def test_two_whose_pair_has_ended_may_be_asked_again(stage: Stage) -> None:
    await stage.write(lambda r: r.pairs.update(replace(stage.pair, state=PairState.ENDED)))

    assert await propose(stage, stage.admin, "UMIRA", "UTOM")
    assert await ask(stage, stage.admin, stage.mentor.id, stage.mentee.id)


async def test_where_several_cohorts_run_one_must_be_named(stage: Stage) -> None:
    other = await autumn(stage)

    with pytest.raises(CohortNeeded) as refused:
        await propose(stage, stage.admin, "UYUKI", "UPRIYA")
    assert refused.value.field == "cohort"
    for named in ({"cohort_name": " autumn "}, {"cohort_id": other.id}):
        assert (await propose(stage, stage.admin, "UYUKI", "UPRIYA", **named)).cohort == other
    with pytest.raises(CohortUnknown):
        await propose(stage, stage.admin, "UYUKI", "UPRIYA", cohort_name="winter")
    assert (await propose(stage, stage.mentor, "UYUKI", "UPRIYA")).cohort == other


@pytest.mark.parametrize("state", [CohortState.PAUSED, CohortState.ENDED])
async def test_a_cohort_that_does_not_run_takes_nobody_in(stage: Stage, state: CohortState) -> None:
    await put(stage, state)

    with pytest.raises(CohortNotRunning):
        await propose(stage, stage.admin, "UYUKI", "UPRIYA", cohort_name="Spring")
    yuki, priya = await met(stage, "Yuki"), await met(stage, "Priya")
    with pytest.raises(CohortNotRunning):
        await ask(stage, stage.admin, yuki.id, priya.id, stage.cohort.id)


@pytest.mark.parametrize(
    ("state", "error"), [(CohortState.PAUSED, CohortNotRunning), (CohortState.ENDED, NoCohort)]
)
async def test_whoever_may_pair_people_reads_why_they_cannot_now(
    stage: Stage, state: CohortState, error: type[PairloopError]
) -> None:
    await put(stage, state)

    for attempt in (form(stage, stage.admin), propose(stage, stage.admin, "UYUKI", "UPRIYA")):
        with pytest.raises(error):
            await attempt


async def test_a_member_pairs_nobody_where_pairing_is_not_open(stage: Stage) -> None:
    for attempt in (
        form(stage, stage.mentee),
        propose(stage, stage.mentee, "UTOM", "UYUKI"),
        propose(stage, stage.mentee, "UTOM", "UYUKI", cohort_id=stage.cohort.id),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    with pytest.raises(NotAllowed):
        await ask(stage, stage.mentee, stage.mentee.id, stage.admin.id, stage.cohort.id)


async def test_in_an_open_cohort_a_member_pairs_themselves_and_no_others(stage: Stage) -> None:
    other = await autumn(stage, open=True)

    assert [cohort.id for cohort in (await form(stage, stage.mentee)).cohorts] == [other.id]
    for two in (("UTOM", "UYUKI"), ("UYUKI", "UTOM")):
        assert (await propose(stage, stage.mentee, *two)).cohort == other
    with pytest.raises(NotAllowed):
        await propose(stage, stage.mentee, "UYUKI", "UPRIYA", cohort_id=other.id)
    with pytest.raises(NotAllowed):
        await ask(stage, stage.mentee, stage.admin.id, stage.mentor.id, other.id)


async def test_the_form_offers_what_runs_and_keeps_what_was_said(stage: Stage) -> None:
    other = await autumn(stage)
    await put(stage, CohortState.PAUSED)

    shown = await form(stage, stage.admin)

    assert ([cohort.id for cohort in shown.cohorts], shown.mentor, shown.mentee) == (
        [other.id],
        "UYUKI",
        "UPRIYA",
    )


async def test_without_admins_the_first_two_make_the_open_cohort_and_the_next_join_it(stage: Stage) -> None:
    stage = opened(stage)
    await put(stage, CohortState.ENDED)
    shown = await propose(stage, stage.mentee, "UTOM", "UYUKI")
    assert shown.cohort is None
    assert (shown.cadence.every_weeks, shown.cadence.weekday, shown.cadence.at) == (2, 1, time(10))
    assert shown.cadence.anchor == date(2026, 11, 24)
    assert (await form(stage, stage.mentee)).cohorts == ()
    yuki = await met(stage, "Yuki")

    pairs = [
        await ask(stage, stage.mentee, stage.mentee.id, yuki.id, key="one"),
        await ask(stage, stage.mentor, stage.mentor.id, yuki.id, key="two"),
    ]

    made = [cohort for cohort in await stage.read(lambda r: r.cohorts.find()) if cohort.open]
    assert [(cohort.name, cohort.lead_id, cohort.cadence) for cohort in made] == [
        ("Open pairs", None, shown.cadence)
    ]
    kept = await stage.read(lambda r: r.pairs.find(id=pairs))
    assert {pair.cohort_id for pair in kept} == {made[0].id}
    assert await stage.read(lambda r: r.audit.count(action="cohort.started")) == 1


async def test_open_pairing_is_for_oneself_and_rests_with_its_cohort(stage: Stage) -> None:
    stage = opened(stage)
    await put(stage, CohortState.ENDED)
    with pytest.raises(NotAllowed):
        await propose(stage, stage.mentee, "UYUKI", "UPRIYA")

    await put(stage, CohortState.PAUSED, await autumn(stage, open=True))
    with pytest.raises(CohortNotRunning):
        await propose(stage, stage.mentee, "UTOM", "UYUKI")


async def test_the_open_cohort_takes_the_next_name_that_is_free(stage: Stage) -> None:
    stage = opened(stage)
    await stage.write(
        lambda r: r.cohorts.update(replace(stage.cohort, name="open  PAIRS", state=CohortState.ENDED))
    )
    yuki = await met(stage, "Yuki")

    await ask(stage, stage.mentee, stage.mentee.id, yuki.id)

    names = [cohort.name for cohort in await stage.read(lambda r: r.cohorts.find())]
    assert names == ["open  PAIRS", "Open pairs 2"]


async def test_both_are_asked_in_their_parts_and_a_reminder_is_noted(stage: Stage) -> None:
    yuki, priya = await met(stage, "Yuki"), await met(stage, "Priya")

    pair = await ask(stage, stage.admin, yuki.id, priya.id)

    places = await stage.read(lambda r: r.pair_members.find(pair_id=pair))
    assert {(place.member_id, place.role, place.consent) for place in places} == {
        (yuki.id, Role.MENTOR, Consent.ASKED),
        (priya.id, Role.MENTEE, Consent.ASKED),
    }
    assert await stage.told(yuki) == await stage.told(priya) == [CONSENT]
    kept = await stage.read(lambda r: r.pairs.get(pair))
    assert (kept.asked_by, kept.state, kept.active_since) == (stage.admin.id, PairState.ASKED, None)
    assert kept.follow_up_at == datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


async def test_who_asks_for_themselves_says_yes_for_themselves_alone(stage: Stage) -> None:
    yuki = await met(stage, "Yuki")

    pair = await ask(stage, stage.admin, yuki.id, stage.admin.id)

    places = await stage.read(lambda r: r.pair_members.find(pair_id=pair))
    assert {(place.member_id, place.consent) for place in places} == {
        (stage.admin.id, Consent.YES),
        (yuki.id, Consent.ASKED),
    }
    assert await stage.told(yuki) == [CONSENT]


async def test_somebody_of_another_workspace_is_nobody_here(stage: Stage) -> None:
    def elsewhere(repositories: Repositories) -> MemberId:
        other = repositories.workspaces.insert(replace(stage.workspace, id=WorkspaceId(0), team_id="T2"))
        eve = Member(other.id, "UEVE", "Eve", "UTC", "en-US", stage.clock.now())
        return repositories.members.insert(eve).id

    eve = await stage.deps.db.write(SYSTEM, elsewhere)

    with pytest.raises(NotFound):
        await ask(stage, stage.admin, eve, stage.mentee.id, stage.cohort.id)
