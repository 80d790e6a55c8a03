"""Who may bring two people together, in which cohort, and what is refused before anybody is asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bot.domain.cadence import Weeks
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
from bot.ports import Policy, Tx
from bot.usecases.programme.pairs_asking import (
    AskPair,
    PairForm,
    Proposal,
    ProposePair,
    ask_pair,
    open_pair_form,
)
from bot.usecases.programme.pairs_consent import CONSENT
from bot.usecases.programme.profiles import keep_profile
from tests.running import propose_as, read_as, under, write_as
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_pairs_import import profile


@pytest.fixture(autouse=True)
def _slack_knows(setup: Setup) -> None:
    people = [profile("UADA", "Ada"), profile("UMIRA", "Mira"), profile("UTOM", "Tom")]
    people += [profile("UYUKI", "Yuki"), profile("UPRIYA", "Priya"), profile("UNOOR", "Noor", is_guest=True)]
    setup.directory.profiles = {one.user_id: one for one in people}


async def autumn(setup: Setup, **more: Any) -> Cohort:
    """A second cohort, led by Mira."""
    cohort = replace(setup.cohort, id=CohortId(0), name="Autumn", lead_id=setup.mentor.id, **more)
    return await setup.write(lambda r: r.cohorts.insert(cohort))


async def put(setup: Setup, state: CohortState, cohort: Cohort | None = None) -> None:
    old = cohort or setup.cohort
    await setup.write(lambda r: r.cohorts.update(replace(r.cohorts.get(old.id), state=state)))


async def propose(setup: Setup, by: Member, mentor: str, mentee: str, **cohort: Any) -> Proposal:
    command = ProposePair(mentor, mentee, **cohort)
    return await propose_as(setup.deps, setup.viewer(by), command)


async def form(setup: Setup, by: Member) -> PairForm:
    return await read_as(setup.deps, setup.viewer(by), open_pair_form, ProposePair("UYUKI", "UPRIYA"))


async def ask(
    setup: Setup,
    by: Member,
    mentor: MemberId,
    mentee: MemberId,
    cohort: CohortId | None = None,
    key: str = "ask",
) -> PairId:
    command = AskPair(mentor, mentee, cohort, "Open pairs")
    return await write_as(setup.deps, setup.viewer(by), ask_pair, command, key=key)


async def met(setup: Setup, name: str) -> Member:
    known = setup.directory.profiles[f"U{name.upper()}"]
    return await setup.write(lambda r: keep_profile(r, setup.workspace.id, known))


def opened(setup: Setup) -> Setup:
    """The same where any two may pair."""
    return replace(setup, deps=under(setup.deps, Policy(open_pairing=True)))


async def test_a_proposal_names_the_two_in_their_parts_with_the_rhythm_and_asks_nobody(setup: Setup) -> None:
    shown = await propose(setup, setup.admin, "UYUKI", "UPRIYA")

    assert (shown.mentor.name, shown.mentee.name) == ("Yuki", "Priya")
    assert shown.cohort is not None
    assert (shown.cohort.id, shown.cadence) == (setup.cohort.id, setup.cohort.cadence)
    assert await setup.read(lambda r: r.pairs.count()) == 1
    assert await setup.read(lambda r: r.outgoing.count()) == 0


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
    setup: Setup, two: tuple[str, str], reason: str, field: str
) -> None:
    with pytest.raises(PersonUnfit) as refused:
        await propose(setup, setup.admin, *two)

    assert (refused.value.reason, refused.value.field) == (reason, field)


@pytest.mark.parametrize("two", [("UMIRA", "UTOM"), ("UTOM", "UMIRA")])
async def test_two_who_are_a_pair_already_are_not_proposed_nor_asked_again(
    setup: Setup, two: tuple[str, str]
) -> None:
    other = await autumn(setup)

    with pytest.raises(PairExists):
        await propose(setup, setup.admin, *two, cohort_id=other.id)
    with pytest.raises(PairExists):
        await ask(setup, setup.admin, setup.mentee.id, setup.mentor.id, other.id)


async def test_two_whose_pair_has_ended_may_be_asked_again(setup: Setup) -> None:
    await setup.write(lambda r: r.pairs.update(replace(setup.pair, state=PairState.ENDED)))

    assert await propose(setup, setup.admin, "UMIRA", "UTOM")
    assert await ask(setup, setup.admin, setup.mentor.id, setup.mentee.id)


async def test_where_several_cohorts_run_one_must_be_named(setup: Setup) -> None:
    other = await autumn(setup)

    with pytest.raises(CohortNeeded) as refused:
        await propose(setup, setup.admin, "UYUKI", "UPRIYA")
    assert refused.value.field == "cohort"
    for named in ({"cohort_name": " autumn "}, {"cohort_id": other.id}):
        assert (await propose(setup, setup.admin, "UYUKI", "UPRIYA", **named)).cohort == other
    with pytest.raises(CohortUnknown):
        await propose(setup, setup.admin, "UYUKI", "UPRIYA", cohort_name="winter")
    assert (await propose(setup, setup.mentor, "UYUKI", "UPRIYA")).cohort == other


@pytest.mark.parametrize("state", [CohortState.PAUSED, CohortState.ENDED])
async def test_a_cohort_that_does_not_run_takes_nobody_in(setup: Setup, state: CohortState) -> None:
    await put(setup, state)

    with pytest.raises(CohortNotRunning):
        await propose(setup, setup.admin, "UYUKI", "UPRIYA", cohort_name="Spring")
    yuki, priya = await met(setup, "Yuki"), await met(setup, "Priya")
    with pytest.raises(CohortNotRunning):
        await ask(setup, setup.admin, yuki.id, priya.id, setup.cohort.id)


@pytest.mark.parametrize(
    ("state", "error"), [(CohortState.PAUSED, CohortNotRunning), (CohortState.ENDED, NoCohort)]
)
async def test_whoever_may_pair_people_reads_why_they_cannot_now(
    setup: Setup, state: CohortState, error: type[PairloopError]
) -> None:
    await put(setup, state)

    for attempt in (form(setup, setup.admin), propose(setup, setup.admin, "UYUKI", "UPRIYA")):
        with pytest.raises(error):
            await attempt


async def test_a_member_pairs_nobody_where_pairing_is_not_open(setup: Setup) -> None:
    for attempt in (
        form(setup, setup.mentee),
        propose(setup, setup.mentee, "UTOM", "UYUKI"),
        propose(setup, setup.mentee, "UTOM", "UYUKI", cohort_id=setup.cohort.id),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    with pytest.raises(NotAllowed):
        await ask(setup, setup.mentee, setup.mentee.id, setup.admin.id, setup.cohort.id)


async def test_in_an_open_cohort_a_member_pairs_themselves_and_no_others(setup: Setup) -> None:
    other = await autumn(setup, open=True)

    assert [cohort.id for cohort in (await form(setup, setup.mentee)).cohorts] == [other.id]
    for two in (("UTOM", "UYUKI"), ("UYUKI", "UTOM")):
        assert (await propose(setup, setup.mentee, *two)).cohort == other
    with pytest.raises(NotAllowed):
        await propose(setup, setup.mentee, "UYUKI", "UPRIYA", cohort_id=other.id)
    with pytest.raises(NotAllowed):
        await ask(setup, setup.mentee, setup.admin.id, setup.mentor.id, other.id)


async def test_the_form_offers_what_runs_and_keeps_what_was_said(setup: Setup) -> None:
    other = await autumn(setup)
    await put(setup, CohortState.PAUSED)

    shown = await form(setup, setup.admin)

    assert ([cohort.id for cohort in shown.cohorts], shown.mentor, shown.mentee) == (
        [other.id],
        "UYUKI",
        "UPRIYA",
    )


async def test_without_admins_the_first_two_make_the_open_cohort_and_the_next_join_it(setup: Setup) -> None:
    setup = opened(setup)
    await put(setup, CohortState.ENDED)
    shown = await propose(setup, setup.mentee, "UTOM", "UYUKI")
    assert shown.cohort is None
    assert (shown.cadence.rule, shown.cadence.at) == (Weeks(2, 1), time(10))
    assert shown.cadence.anchor == date(2026, 11, 24)
    assert (await form(setup, setup.mentee)).cohorts == ()
    yuki = await met(setup, "Yuki")

    pairs = [
        await ask(setup, setup.mentee, setup.mentee.id, yuki.id, key="one"),
        await ask(setup, setup.mentor, setup.mentor.id, yuki.id, key="two"),
    ]

    made = [cohort for cohort in await setup.read(lambda r: r.cohorts.find()) if cohort.open]
    assert [(cohort.name, cohort.lead_id, cohort.cadence) for cohort in made] == [
        ("Open pairs", None, shown.cadence)
    ]
    kept = await setup.read(lambda r: r.pairs.find(id=pairs))
    assert {pair.cohort_id for pair in kept} == {made[0].id}
    assert await setup.read(lambda r: r.audit.count(action="cohort.started")) == 1


async def test_open_pairing_is_for_oneself_and_rests_with_its_cohort(setup: Setup) -> None:
    setup = opened(setup)
    await put(setup, CohortState.ENDED)
    with pytest.raises(NotAllowed):
        await propose(setup, setup.mentee, "UYUKI", "UPRIYA")

    await put(setup, CohortState.PAUSED, await autumn(setup, open=True))
    with pytest.raises(CohortNotRunning):
        await propose(setup, setup.mentee, "UTOM", "UYUKI")


async def test_the_open_cohort_takes_the_next_name_that_is_free(setup: Setup) -> None:
    setup = opened(setup)
    await setup.write(
        lambda r: r.cohorts.update(replace(setup.cohort, name="open  PAIRS", state=CohortState.ENDED))
    )
    yuki = await met(setup, "Yuki")

    await ask(setup, setup.mentee, setup.mentee.id, yuki.id)

    names = [cohort.name for cohort in await setup.read(lambda r: r.cohorts.find())]
    assert names == ["open  PAIRS", "Open pairs 2"]


async def test_both_are_asked_in_their_parts_and_a_reminder_is_noted(setup: Setup) -> None:
    yuki, priya = await met(setup, "Yuki"), await met(setup, "Priya")

    pair = await ask(setup, setup.admin, yuki.id, priya.id)

    memberships = await setup.read(lambda r: r.memberships.find(pair_id=pair))
    assert {(membership.member_id, membership.role, membership.consent) for membership in memberships} == {
        (yuki.id, Role.MENTOR, Consent.ASKED),
        (priya.id, Role.MENTEE, Consent.ASKED),
    }
    assert await setup.told(yuki) == await setup.told(priya) == [CONSENT]
    kept = await setup.read(lambda r: r.pairs.get(pair))
    assert (kept.asked_by, kept.state, kept.active_since) == (setup.admin.id, PairState.ASKED, None)
    assert kept.follow_up_at == datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


async def test_who_asks_for_themselves_says_yes_for_themselves_alone(setup: Setup) -> None:
    yuki = await met(setup, "Yuki")

    pair = await ask(setup, setup.admin, yuki.id, setup.admin.id)

    memberships = await setup.read(lambda r: r.memberships.find(pair_id=pair))
    assert {(membership.member_id, membership.consent) for membership in memberships} == {
        (setup.admin.id, Consent.YES),
        (yuki.id, Consent.ASKED),
    }
    assert await setup.told(yuki) == [CONSENT]


async def test_somebody_of_another_workspace_is_nobody_here(setup: Setup) -> None:
    def elsewhere(tx: Tx) -> MemberId:
        other = tx.workspaces.insert(replace(setup.workspace, id=WorkspaceId(0), team_id="T2"))
        eve = Member(other.id, "UEVE", "Eve", "UTC", "en-US", setup.clock.now())
        return tx.members.insert(eve).id

    eve = await setup.deps.db.write(SYSTEM, elsewhere)

    with pytest.raises(NotFound):
        await ask(setup, setup.admin, eve, setup.mentee.id, setup.cohort.id)
