"""What a preview shows is what that person gets: no word more, none less, and nothing of their own."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.entries import Entry
from bot.domain.errors import NotFound
from bot.domain.goals import Goal
from bot.domain.ids import MemberId
from bot.domain.insights import Visibility
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.stored import EntryKind
from bot.domain.working_life import DayOff
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.repository.previews import Eyes, Sight, onlooker, onlookers, read_of, sight_of
from bot.usecases.repository.search import find
from bot.usecases.repository.search_things import open_thing
from tests.usecases.conftest import Setup
from tests.usecases.repository.test_insights_sharing import NEW, OLD, answer, keep, shared
from tests.usecases.test_entries import all_written

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
async def peers(setup: Setup) -> list[Member]:
    """Yuki and Luca are in another pair of the cohort, which Priya leads; Kai is in none."""

    def begin(tx: Tx) -> list[Member]:
        people = [
            tx.members.insert(replace(setup.mentee, id=MemberId(0), user_id=f"U{name}", name=name, version=1))
            for name in ("Yuki", "Luca", "Priya", "Kai")
        ]
        pair = tx.pairs.insert(Pair(setup.workspace.id, setup.cohort.id, NOW, None, PairState.ACTIVE))
        for member, role in zip(people, (Role.MENTOR, Role.MENTEE), strict=False):
            tx.memberships.insert(Membership(setup.workspace.id, pair.id, member.id, role, Consent.YES))
        cohort = tx.cohorts.get(setup.cohort.id)
        tx.cohorts.update(replace(cohort, lead_id=people[2].id))
        return people

    return await setup.write(begin)


async def wrote(setup: Setup) -> None:
    """Tom has a goal, a day off and an insight that his cohort reads; Mira has a goal."""

    def write(tx: Tx) -> None:
        for member, text in ((setup.mentee, "lead by asking"), (setup.mentor, "let others speak")):
            make_findable(
                tx, tx.goals.insert(Goal(setup.workspace.id, setup.pair.id, member.id, text, NOW, NOW))
            )
        for member in (setup.mentee, setup.mentor):
            tx.days_off.insert(DayOff(setup.workspace.id, member.id, NOW.date(), NOW.date(), NOW))

    await setup.write(write)
    insight = await keep(setup, OLD, Visibility.COHORT)
    await answer(setup, insight, 1)


async def sight(setup: Setup, of: Member) -> Sight:
    return await setup.read(lambda tx: sight_of(tx, setup.mentee.id), of)


async def test_there_is_one_of_each_who_could_look(setup: Setup, peers: list[Member]) -> None:
    _, _, lead, outside = peers

    found = await setup.read(onlookers, setup.mentee)

    assert [one.eyes for one in found] == [*Eyes]
    assert [one.member for one in found[:3]] == [setup.mentor.id, lead.id, setup.admin.id]
    assert found[3].member in {peers[0].id, peers[1].id}
    assert found[4].member == outside.id


async def test_the_partner_of_a_pair_that_ended_looks_as_well(setup: Setup) -> None:
    await setup.write(lambda tx: tx.pairs.update(replace(tx.pairs.get(setup.pair.id), state=PairState.ENDED)))

    found = await setup.read(onlookers, setup.mentee)

    assert [one.member for one in found if one.eyes is Eyes.PARTNER] == [setup.mentor.id]


async def test_who_is_in_no_pair_has_nothing_to_look_at(setup: Setup, peers: list[Member]) -> None:
    assert await setup.read(onlookers, peers[3]) == []


async def test_a_mentor_who_leads_too_stands_there_once(setup: Setup, peers: list[Member]) -> None:
    await setup.write(
        lambda tx: tx.cohorts.update(replace(tx.cohorts.get(setup.cohort.id), lead_id=setup.mentor.id))
    )

    found = await setup.read(onlookers, setup.mentee)

    assert [one.eyes for one in found if one.member == setup.mentor.id] == [Eyes.PARTNER]
    assert Eyes.LEAD not in {one.eyes for one in found}


async def test_each_gets_in_the_preview_what_they_find_and_nothing_of_their_own(
    setup: Setup, peers: list[Member]
) -> None:
    await wrote(setup)

    for looking, titles in (
        (setup.mentor, {"lead by asking", "olddoing – oldwhen"}),
        (setup.admin, {"olddoing – oldwhen"}),
        (peers[2], {"olddoing – oldwhen"}),
        (peers[0], {"olddoing – oldwhen"}),
        (peers[3], set()),
    ):
        seen = await sight(setup, looking)
        hits = (await setup.read(lambda tx: find(tx, "", limit=50), looking)).hits
        really = {(hit.kind, hit.subject_id) for hit in hits} - await own_goals(setup, looking)
        assert {(entry.kind.shown, entry.subject_id) for entry in seen.newest} == really
        assert {entry.title for entry in seen.newest} == titles
        assert seen.found == len(titles)


async def own_goals(setup: Setup, member: Member) -> set[tuple[object, int]]:
    entries = await setup.read(lambda tx: tx.entries.find(member_id=member.id))
    return {(entry.kind.shown, entry.subject_id) for entry in entries}


async def test_what_stays_closed_is_counted_for_its_owner_alone(setup: Setup, peers: list[Member]) -> None:
    await wrote(setup)

    mine, partners, leads = [await sight(setup, one) for one in (setup.mentee, setup.mentor, peers[2])]

    assert (mine.seen["goals"], mine.seen["days_off"], mine.seen["insights"]) == (1, 1, 1)
    assert partners.seen["goals"] == 1
    assert "days_off" not in partners.seen
    assert leads.seen == {"shared_insights": 1}


async def test_nobody_looks_through_other_eyes_than_these(setup: Setup, peers: list[Member]) -> None:
    yuki, luca, _, outside = peers
    near = {one.member for one in await setup.read(onlookers, setup.mentee)}
    (other,) = {yuki.id, luca.id} - near

    for eyes, member in ((Eyes.COHORT, other), (Eyes.PARTNER, outside.id), (Eyes.PARTNER, setup.mentee.id)):
        with pytest.raises(NotFound):
            await setup.read(lambda tx, e=eyes, m=member: onlooker(tx, e, m), setup.mentee)  # type: ignore[misc]  # mypy cannot infer it


async def test_of_each_kind_of_thing_the_menu_tells_what_each_of_them_can_open(
    setup: Setup, peers: list[Member]
) -> None:
    everything = await all_written(setup)
    writers = {entry.kind: entry.member_id for entry in await setup.read(lambda tx: tx.entries.find())}

    for name, id_ in everything.items():
        kind = EntryKind(name)
        for looking in (setup.mentor, setup.mentee, peers[2], setup.admin, peers[0], peers[3]):
            read = await thing(setup, looking, writers[kind], kind, id_)
            of_the_pair = looking in (setup.mentor, setup.mentee)
            assert bool(read) is await opens(setup, looking, kind, id_) is of_the_pair


async def test_of_an_insight_each_is_told_in_the_words_that_they_read(
    setup: Setup, peers: list[Member]
) -> None:
    insight = await shared(setup)
    await keep(setup, NEW, Visibility.COHORT, insight=insight)

    read = {
        looking.name: [
            entry.title for entry in await thing(setup, looking, setup.mentee.id, EntryKind.INSIGHT, insight)
        ]
        for looking in (setup.mentor, peers[0], peers[2], peers[3])
    }
    assert read == {
        "Mira": ["newdoing – newwhen"],
        "Yuki": ["olddoing – oldwhen"],
        "Priya": ["olddoing – oldwhen"],
        "Kai": [],
    }


async def test_of_somebody_elses_thing_nothing_is_told(setup: Setup, peers: list[Member]) -> None:
    insight = await shared(setup)

    assert not await thing(setup, setup.mentor, peers[0].id, EntryKind.INSIGHT, insight)


async def thing(
    setup: Setup, looking: Member, writer: MemberId, kind: EntryKind, subject: int
) -> list[Entry]:
    return await setup.read(lambda tx: read_of(tx, writer, kind, subject), looking)


async def opens(setup: Setup, looking: Member, kind: EntryKind, subject: int) -> bool:
    with suppress(NotFound):
        await setup.read(lambda tx: open_thing(tx, kind, subject), looking)
        return True
    return False
