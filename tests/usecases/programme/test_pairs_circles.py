"""One mentor with several mentees: who may add one, in a pair of its own, and that five are the most."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.cohorts import Cohort, CohortState
from bot.domain.errors import (
    AlreadySettled,
    CohortNotRunning,
    NotAllowed,
    NotFound,
    PairExists,
    PairloopError,
    PersonUnfit,
    TextTooLong,
)
from bot.domain.ids import CohortId, PairId
from bot.domain.matching import LineState, Why
from bot.domain.members import Member
from bot.domain.pairs import LIVING, Consent, Membership, Pair, PairKind, PairState, Role
from bot.domain.pairs_circles import MOST_MENTEES, CircleFull, NoMentorToJoin
from bot.domain.privacy import Viewer
from bot.ports import Tx
from bot.usecases.people.memberships_mentees import mentees_of
from bot.usecases.programme.matching import make_matches, see_matching
from bot.usecases.programme.matching_asking import ask_matches
from bot.usecases.programme.pairs_asking import AskPair, Proposal, ProposePair, ask_pair
from bot.usecases.programme.pairs_circles import (
    AddMentee,
    MenteeForm,
    open_mentee_form,
    proposed_mentee,
)
from bot.usecases.programme.pairs_consent import CONSENT, answer_consent
from bot.usecases.programme.pairs_import import ImportRow, import_pairs
from bot.usecases.programme.pairs_replacing import ReplaceMentor, replace_mentor
from bot.usecases.programme.pairs_standing import see_pairs
from tests.running import propose_as, read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_pairs_asking import autumn
from tests.usecases.programme.test_pairs_import import profile
from tests.usecases.programme.test_profiles_joining import competencies, joined, open_list
from tests.usecases.rhythm.test_sessions import a_member


@pytest.fixture(autouse=True)
def _slack_knows(setup: Setup) -> None:
    people = ("Ada", "Mira", "Tom", "Yuki", "Noor")
    known = [profile(f"U{name.upper()}", name, is_guest=name == "Noor") for name in people]
    setup.directory.profiles = {one.user_id: one for one in known}


@pytest.fixture
async def yuki(setup: Setup) -> Member:
    """Somebody who is in no pair yet, as Slack knows them, too."""
    return await a_member(setup, "Yuki")


async def a_pair_of(
    setup: Setup,
    mentor: Member,
    mentee: Member,
    state: PairState = PairState.ACTIVE,
    cohort: CohortId | None = None,
    roles: tuple[Role, Role] = PairKind.MENTORING.roles,
) -> Pair:
    def work(tx: Tx) -> Pair:
        pair = tx.pairs.insert(
            Pair(setup.workspace.id, cohort or setup.cohort.id, tx.now, setup.admin.id, state)
        )
        for member, role in zip((mentor, mentee), roles, strict=True):
            tx.memberships.insert(Membership(setup.workspace.id, pair.id, member.id, role, Consent.YES))
        return pair

    return await setup.write(work)


async def with_mentees(setup: Setup, count: int, cohort: CohortId | None = None) -> list[Pair]:
    """Mira has so many mentees, Tom among them; returns the others' pairs."""
    others = [await a_member(setup, f"Mentee{number}") for number in range(1, count)]
    return [await a_pair_of(setup, setup.mentor, one, cohort=cohort) for one in others]


async def form(setup: Setup, by: Member, pair: PairId | None = None) -> MenteeForm:
    return await read_as(
        setup.deps, setup.viewer(by), open_mentee_form, setup.pair.id if pair is None else pair
    )


async def propose(setup: Setup, by: Member, mentee: str, reason: str = "") -> Proposal:
    """What the form leads to."""
    command = AddMentee(setup.pair.id, mentee, reason)
    asked = await read_as(setup.deps, setup.viewer(by), proposed_mentee, command)
    return await propose_as(setup.deps, setup.viewer(by), asked)


async def ask(setup: Setup, mentor: Member, mentee: Member) -> PairId:
    command = AskPair(mentor.id, mentee.id, setup.cohort.id, "Open pairs")
    return await write_as(setup.deps, setup.viewer(setup.admin), ask_pair, command, key=f"ask {mentee.name}")


async def test_a_mentee_comes_to_a_mentor_who_has_one_in_a_pair_of_their_own(
    setup: Setup, yuki: Member
) -> None:
    shown = await propose(setup, setup.admin, yuki.user_id, "Both love maps")
    assert (shown.mentor.id, shown.mentee.id) == (setup.mentor.id, yuki.id)
    assert (shown.cohort, shown.reason) == (setup.cohort, "Both love maps")
    assert await setup.told(yuki) == []

    pair = await ask(setup, setup.mentor, yuki)

    parts = await setup.read(lambda tx: tx.memberships.find(pair_id=pair))
    assert {(one.member_id, one.role, one.consent) for one in parts} == {
        (setup.mentor.id, Role.MENTOR, Consent.ASKED),
        (yuki.id, Role.MENTEE, Consent.ASKED),
    }
    assert (await setup.told(setup.mentor), await setup.told(yuki)) == ([CONSENT], [CONSENT])
    assert await setup.told(setup.mentee) == []
    for member in (setup.mentor, yuki):
        await write_as(setup.deps, setup.viewer(member), answer_consent, pair, Consent.YES, key=member.name)
    states = await setup.read(lambda tx: [one.state for one in tx.pairs.find(id=[pair, setup.pair.id])])
    assert states == [PairState.ACTIVE, PairState.ACTIVE]


@pytest.mark.parametrize("who", ["mentor", "mentee"])
async def test_neither_of_the_two_adds_anybody(setup: Setup, who: str) -> None:
    with pytest.raises(NotAllowed):
        await form(setup, getattr(setup, who))
    with pytest.raises(NotAllowed):
        await propose(setup, getattr(setup, who), "UYUKI")


async def test_whoever_leads_another_cohort_adds_nobody_to_this_one(setup: Setup, yuki: Member) -> None:
    other = await autumn(setup)
    await setup.write(lambda tx: tx.cohorts.update(replace(other, lead_id=yuki.id)))

    for attempt in (form(setup, yuki), propose(setup, yuki, "UADA")):
        with pytest.raises((NotAllowed, NotFound)):
            await attempt


async def test_a_mentor_of_another_cohort_gets_their_mentee_in_that_one(setup: Setup, yuki: Member) -> None:
    other = await autumn(setup)
    sam = await a_member(setup, "Sam")
    there = await a_pair_of(setup, yuki, sam, cohort=other.id)
    command = AddMentee(there.id, "UTOM")

    asked = await read_as(setup.deps, setup.viewer(setup.admin), proposed_mentee, command)

    assert asked == ProposePair(yuki.user_id, "UTOM", cohort_id=other.id)


@pytest.mark.parametrize("forged", [0, -1, 4711])
async def test_a_pair_that_there_is_not_is_not_found(setup: Setup, forged: int) -> None:
    with pytest.raises(NotFound):
        await form(setup, setup.admin, PairId(forged))


@pytest.mark.parametrize("state", [PairState.ENDED, PairState.ASKED, PairState.DECLINED])
async def test_only_to_a_pair_that_runs_somebody_comes(setup: Setup, state: PairState) -> None:
    await setup.write(lambda tx: tx.pairs.update(replace(setup.pair, state=state)))

    for attempt in (form(setup, setup.admin), propose(setup, setup.admin, "UYUKI")):
        with pytest.raises(AlreadySettled):
            await attempt
    assert not await may_add(setup)


async def test_while_the_cohort_rests_nobody_comes(setup: Setup) -> None:
    await setup.write(lambda tx: tx.cohorts.update(replace(setup.cohort, state=CohortState.PAUSED)))

    for attempt in (form(setup, setup.admin), propose(setup, setup.admin, "UYUKI")):
        with pytest.raises(CohortNotRunning):
            await attempt


async def test_peers_have_no_mentor_to_whom_somebody_could_come(setup: Setup, yuki: Member) -> None:
    sam = await a_member(setup, "Sam")
    peers = await a_pair_of(setup, yuki, sam, roles=PairKind.PEERS.roles)

    with pytest.raises(NoMentorToJoin):
        await form(setup, setup.admin, peers.id)
    listed = await read_as(setup.deps, setup.viewer(setup.admin), see_pairs, setup.cohort.id)
    assert {row.pair.id: row.may_add for row in listed.rows} == {setup.pair.id: True, peers.id: False}


async def may_add(setup: Setup) -> bool:
    listed = await read_as(setup.deps, setup.viewer(setup.admin), see_pairs, setup.cohort.id)
    return any(row.may_add for row in listed.rows)


async def test_to_a_mentor_whose_account_was_closed_nobody_can_come(setup: Setup) -> None:
    assert await may_add(setup)
    await setup.write(lambda tx: tx.members.update(replace(setup.mentor, is_deleted=True)))

    assert not await may_add(setup)


@pytest.mark.parametrize(
    ("mentee", "refused", "reason"),
    [("UMIRA", PersonUnfit, "same"), ("UNOOR", PersonUnfit, "guest"), ("UTOM", PairExists, "")],
)
async def test_who_cannot_come_is_refused_before_anybody_is_asked(
    setup: Setup, mentee: str, refused: type[PairloopError], reason: str
) -> None:
    with pytest.raises(refused) as raised:
        await propose(setup, setup.admin, mentee)

    assert getattr(raised.value, "reason", "") == reason
    assert await setup.read(lambda tx: tx.pairs.count()) == 1


async def test_a_reason_is_one_line(setup: Setup, yuki: Member) -> None:
    with pytest.raises(TextTooLong):
        await propose(setup, setup.admin, yuki.user_id, "x" * 201)


async def _by_hand(setup: Setup, mentee: Member) -> None:
    await ask(setup, setup.mentor, mentee)


async def _by_file(setup: Setup, mentee: Member) -> None:
    known = profile(mentee.user_id, mentee.name)
    setup.directory.profiles = {**setup.directory.profiles, known.user_id: known}
    rows = [ImportRow(2, "UMIRA", mentee.user_id)]
    result = await import_pairs(setup.deps, Viewer(setup.workspace.id), rows, dry_run=False)
    for problem in result.problems:
        raise problem.error


async def _by_replacing(setup: Setup, mentee: Member) -> None:
    other = await a_member(setup, "Omar")
    pair = await a_pair_of(setup, other, mentee)
    command = ReplaceMentor(pair.id)
    await write_as(setup.deps, setup.viewer(setup.admin), replace_mentor, command, setup.mentor.id)


async def _by_form(setup: Setup, mentee: Member) -> None:
    await form(setup, setup.admin)
    await propose(setup, setup.admin, mentee.user_id)
    await ask(setup, setup.mentor, mentee)


async def _by_proposing(setup: Setup, mentee: Member) -> None:
    await propose(setup, setup.admin, mentee.user_id)


WAYS = [_by_hand, _by_file, _by_replacing, _by_form]


@pytest.mark.parametrize("way", WAYS)
async def test_five_mentees_are_the_most_on_every_way_to_a_pair(
    setup: Setup, yuki: Member, way: Callable[[Setup, Member], Awaitable[None]]
) -> None:
    await with_mentees(setup, MOST_MENTEES - 1)
    await way(setup, yuki)
    sam = await a_member(setup, "Sam")
    asked = await setup.read(lambda tx: tx.pairs.count(state=PairState.ASKED))

    with pytest.raises(CircleFull) as refused:
        await _by_hand(setup, sam)
    assert (refused.value.name, refused.value.field) == ("Mira", "mentor")
    with pytest.raises(CircleFull):
        await form(setup, setup.admin)
    assert await setup.told(sam) == []
    assert await setup.read(lambda tx: tx.pairs.count(state=PairState.ASKED)) == asked


@pytest.mark.parametrize("way", [*WAYS, _by_proposing])
async def test_a_sixth_is_refused_on_every_way(
    setup: Setup, yuki: Member, way: Callable[[Setup, Member], Awaitable[None]]
) -> None:
    await with_mentees(setup, MOST_MENTEES)

    with pytest.raises(CircleFull):
        await way(setup, yuki)
    assert await setup.told(yuki) == []


def test_every_pair_is_kept_where_the_room_is_looked_at() -> None:
    """Another way to a pair of two has to go through `insert_asked`, too; a pair of one has no mentor."""
    inserts = {path.name: path.read_text("utf-8").count("pairs.insert") for path in Path("bot").rglob("*.py")}

    assert {name: count for name, count in inserts.items() if count} == {
        "pairs_asking.py": 1,
        "memberships_own.py": 1,
    }


async def test_one_file_cannot_bring_six(setup: Setup) -> None:
    people = [profile(f"UNEW{number}", f"New{number}") for number in range(MOST_MENTEES + 1)]
    setup.directory.profiles = {**setup.directory.profiles, **{one.user_id: one for one in people}}
    rows = [ImportRow(line, "UADA", one.user_id) for line, one in enumerate(people, 2)]

    result = await import_pairs(setup.deps, Viewer(setup.workspace.id), rows, dry_run=False)

    assert [(one.row.line, type(one.error)) for one in result.problems] == [(MOST_MENTEES + 2, CircleFull)]
    assert await setup.read(lambda tx: tx.pairs.count()) == 1


@pytest.mark.parametrize("state", [PairState.ENDED, PairState.DECLINED])
async def test_when_a_pair_is_over_there_is_room_again(setup: Setup, yuki: Member, state: PairState) -> None:
    others = await with_mentees(setup, MOST_MENTEES)
    await setup.write(lambda tx: tx.pairs.update(replace(others[0], state=state)))

    assert await ask(setup, setup.mentor, yuki)


@pytest.mark.parametrize("state", LIVING)
async def test_who_was_asked_and_who_rests_counts(setup: Setup, yuki: Member, state: PairState) -> None:
    others = await with_mentees(setup, MOST_MENTEES)
    await setup.write(lambda tx: tx.pairs.update(replace(others[0], state=state)))

    with pytest.raises(CircleFull):
        await ask(setup, setup.mentor, yuki)


async def test_mentees_of_another_cohort_count_and_peers_do_not(setup: Setup, yuki: Member) -> None:
    other = await autumn(setup)
    await with_mentees(setup, MOST_MENTEES - 1, other.id)
    sam, lea = await a_member(setup, "Sam"), await a_member(setup, "Lea")
    await a_pair_of(setup, setup.mentor, sam, roles=PairKind.PEERS.roles)
    await a_pair_of(setup, lea, setup.mentor)

    await ask(setup, setup.mentor, yuki)

    with pytest.raises(CircleFull):
        await form(setup, setup.admin)
    peers = AskPair(setup.mentor.id, lea.id, setup.cohort.id, "Open pairs", kind=PairKind.PEERS)
    with pytest.raises(PairExists):
        await write_as(setup.deps, setup.viewer(setup.admin), ask_pair, peers, key="peers")
    omar = await a_member(setup, "Omar")
    peers = replace(peers, mentee=omar.id)
    assert await write_as(setup.deps, setup.viewer(setup.admin), ask_pair, peers, key="omar")


async def test_of_two_who_ask_for_the_last_place_at_once_one_gets_it(setup: Setup, yuki: Member) -> None:
    await with_mentees(setup, MOST_MENTEES - 1)
    sam = await a_member(setup, "Sam")

    found = await asyncio.gather(
        ask(setup, setup.mentor, yuki),
        ask(setup, setup.mentor, sam),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in found) == ["CircleFull", "int"]
    count = await setup.read(lambda tx: mentees_of(tx, [setup.mentor.id]))
    assert count == {setup.mentor.id: MOST_MENTEES}


async def on_a_list(setup: Setup, count: int, elsewhere: Cohort | None = None) -> list[Member]:
    """Mira is on Spring's list with five places; so many have her as mentor; two more would learn."""
    await open_list(setup)
    known = await competencies(setup)
    await joined(setup, setup.mentor, cans=(known[0],), capacity=5)
    await with_mentees(setup, count, elsewhere.id if elsewhere else None)
    learners = [await a_member(setup, name) for name in ("Lea", "Sam")]
    for one in learners:
        await joined(setup, one, wants=(known[0],))
    await setup.write(lambda tx: make_matches(tx, setup.cohort.id), setup.admin)
    return learners


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_matching_proposes_no_sixth(setup: Setup, *, elsewhere: bool) -> None:
    other = await autumn(setup) if elsewhere else None
    await on_a_list(setup, MOST_MENTEES - 1, other)

    page = await setup.read(lambda tx: see_matching(tx, setup.cohort.id), setup.admin)

    assert [line.mentor_id for line in page.in_state(LineState.PROPOSED)] == [setup.mentor.id]
    assert [line.reasons for line in page.in_state(LineState.LEFT)] == [(Why.TAKEN,)]
    run = page.run
    assert run is not None
    await setup.write(lambda tx: ask_matches(tx, run.id, lambda _: "why"), setup.admin)
    assert (await setup.read(lambda tx: mentees_of(tx, [setup.mentor.id])))[setup.mentor.id] == MOST_MENTEES


async def test_a_mentor_whose_five_are_elsewhere_has_no_place_on_the_list(setup: Setup) -> None:
    await on_a_list(setup, MOST_MENTEES, await autumn(setup))

    page = await setup.read(lambda tx: see_matching(tx, setup.cohort.id), setup.admin)

    assert page.in_state(LineState.PROPOSED) == ()
    assert (Why.NOT_NOW,) in [line.reasons for line in page.in_state(LineState.LEFT)]


async def test_who_was_asked_to_take_a_mentors_place_has_one_place_less_on_the_list(
    setup: Setup, yuki: Member
) -> None:
    await on_a_list(setup, MOST_MENTEES - 1, await autumn(setup))
    await _by_replacing(setup, yuki)
    await setup.write(lambda tx: make_matches(tx, setup.cohort.id), setup.admin)

    page = await setup.read(lambda tx: see_matching(tx, setup.cohort.id), setup.admin)

    assert page.in_state(LineState.PROPOSED) == ()


async def test_a_lead_who_cannot_see_the_other_cohort_meets_the_limit_all_the_same(
    setup: Setup, yuki: Member
) -> None:
    """Ada leads Spring and is no admin: of Mira's pairs in Autumn she sees none."""
    other = await autumn(setup)
    await with_mentees(setup, MOST_MENTEES, other.id)
    await setup.write(lambda tx: tx.members.update(replace(setup.admin, is_admin=False)))
    assert await setup.read(lambda tx: tx.pairs.count(), setup.admin) == 1

    with pytest.raises(CircleFull):
        await ask(setup, setup.mentor, yuki)


async def test_peers_take_no_place_of_a_mentor_on_the_list(setup: Setup) -> None:
    other = await autumn(setup)
    await with_mentees(setup, MOST_MENTEES - 1, other.id)
    nia = await a_member(setup, "Nia")
    await a_pair_of(setup, setup.mentor, nia, cohort=other.id, roles=PairKind.PEERS.roles)
    await on_a_list(setup, 1)

    page = await setup.read(lambda tx: see_matching(tx, setup.cohort.id), setup.admin)

    assert len(page.in_state(LineState.PROPOSED)) == 1
