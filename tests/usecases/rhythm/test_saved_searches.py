"""What somebody looks for again: kept for them alone, and what is new for it told once, where it was promised."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from bot.domain.cohorts import Cohort
from bot.domain.digests import DigestWish
from bot.domain.entries import Filters, Scope
from bot.domain.errors import NotFound
from bot.domain.ids import SavedSearchId
from bot.domain.insights import Insight, Visibility
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.saved_searches import SAVED_LIMIT, NothingToLookFor, Place, TooManySaved
from bot.domain.search import QUERY_LIMIT
from bot.ports import Tx
from bot.usecases.home.settings import change_settings
from bot.usecases.maintenance import forget_old_digests
from bot.usecases.repository.insights_sharing import share
from bot.usecases.repository.search_index import look_at_index
from bot.usecases.rhythm.checkin_cards import load_ask
from bot.usecases.rhythm.digests import DIGEST, load_digest
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.rhythm.saved_searches import (
    SavedList,
    SaveSearch,
    open_save_form,
    open_saved,
    remove_saved,
    save_search,
    see_saved,
)
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_nudges import NEW_YORK_TEN, run_until

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)
DAY = timedelta(days=1)
EVERYTHING = Filters()


async def saves(
    setup: Setup, member: Member, text: str = "delegation", filters: Filters = EVERYTHING
) -> SavedSearchId:
    setup.clock.moment += timedelta(minutes=2)
    return await write_as(setup.deps, setup.viewer(member), save_search, SaveSearch(text, filters))


async def listed(setup: Setup, member: Member) -> SavedList:
    return await read_as(setup.deps, setup.viewer(member), see_saved)


async def counts(setup: Setup, member: Member) -> list[int]:
    return [line.count for line in (await listed(setup, member)).lines]


def _found_out(tx: Tx, setup: Setup, cohort: Cohort, behaviour: str, visibility: Visibility) -> Insight:
    now, count = setup.clock.now(), tx.members.count()
    yuki = tx.members.insert(Member(setup.workspace.id, f"UY{count}", "Yuki", "UTC", "en-US", now))
    pair = tx.pairs.insert(Pair(setup.workspace.id, cohort.id, now, state=PairState.ACTIVE, active_since=now))
    tx.memberships.insert(Membership(setup.workspace.id, pair.id, yuki.id, Role.BOTH, Consent.YES))
    found = Insight(
        setup.workspace.id, pair.id, cohort.id, yuki.id, "I lead", behaviour, "they spoke", now, now,
        visibility=visibility, agreed=1,
    )  # fmt: skip
    kept = tx.insights.insert(found)
    share(tx, kept)
    return kept


async def found_out(
    setup: Setup,
    behaviour: str = "delegation by asking",
    visibility: Visibility = Visibility.COHORT,
    cohort: Cohort | None = None,
) -> Insight:
    """By somebody of another pair of the cohort, a while after the last look."""
    setup.clock.moment += timedelta(minutes=2)
    of = (setup, cohort or setup.cohort, behaviour, visibility)
    kept = await setup.write(lambda tx: _found_out(tx, *of))
    setup.clock.moment += timedelta(minutes=2)
    return kept


async def change(setup: Setup, insight: Insight, **fields: Any) -> None:
    def write(tx: Tx) -> None:
        share(tx, tx.insights.update(replace(tx.insights.get(insight.id), **fields)))

    setup.clock.moment += timedelta(minutes=2)
    await setup.write(write)
    setup.clock.moment += timedelta(minutes=2)


async def always_a_digest(setup: Setup) -> None:
    await write_as(setup.deps, setup.viewer(setup.mentor), change_settings, {"digest": DigestWish.ALWAYS})


async def digests(setup: Setup) -> list[list[int]]:
    """What each digest says is new, the oldest first."""
    sent = await setup.read(lambda tx: tx.outgoing.find(kind=DIGEST.name, updates="", order="id"))
    shown = [
        await read_as(setup.deps, setup.viewer(setup.mentor), load_digest, row.subject_id) for row in sent
    ]
    return [[line.count for line in view.saved] for view in shown]


async def test_what_another_pair_shares_stands_in_the_next_digest_and_in_no_other(setup: Setup) -> None:
    await found_out(setup)
    await always_a_digest(setup)
    await saves(setup, setup.mentor)
    await run_until(setup, TUESDAY)
    assert await digests(setup) == [], "what was there before is not new"

    await found_out(setup)
    await found_out(setup, "delegation in writing")
    assert await counts(setup, setup.mentor) == [2]
    await run_until(setup, TUESDAY + 2 * DAY)

    assert await digests(setup) == [[2]]
    assert await counts(setup, setup.mentor) == [0]


async def test_what_is_new_after_a_digest_stands_in_the_one_after(setup: Setup) -> None:
    await always_a_digest(setup)
    await saves(setup, setup.mentor)
    for day in range(2):
        await found_out(setup, f"delegation number {day}")
        await run_until(setup, TUESDAY + day * DAY)

    assert await digests(setup) == [[1], [1]]


async def test_words_that_were_changed_or_are_ones_own_are_not_new(setup: Setup) -> None:
    known = await found_out(setup)
    await saves(setup, setup.mentor)
    await change(setup, known, behaviour="delegation by asking twice", edition=2, agreed=2)
    mine = replace(known, id=type(known.id)(0), version=1, pair_id=setup.pair.id, member_id=setup.mentor.id)
    await setup.write(lambda tx: share(tx, tx.insights.insert(mine)))
    setup.clock.moment += timedelta(minutes=2)

    assert await counts(setup, setup.mentor) == [0]


async def test_what_nobody_showed_its_owner_is_not_counted_and_what_they_may_see_since_is(
    setup: Setup,
) -> None:
    autumn = await setup.write(
        lambda tx: tx.cohorts.insert(
            replace(setup.cohort, id=type(setup.cohort.id)(0), version=1, name="Autumn")
        )
    )
    await saves(setup, setup.mentor)
    theirs = await found_out(setup, cohort=autumn)
    private = await found_out(setup, visibility=Visibility.PAIR)
    assert await counts(setup, setup.mentor) == [0]

    await change(setup, theirs, visibility=Visibility.WORKSPACE)
    assert await counts(setup, setup.mentor) == [1]
    await change(setup, private, visibility=Visibility.COHORT)
    assert await counts(setup, setup.mentor) == [2]
    await change(setup, private, visibility=Visibility.PAIR)
    assert await counts(setup, setup.mentor) == [1]


async def test_what_was_opened_to_everybody_is_new_to_those_who_could_not_find_it(setup: Setup) -> None:
    autumn = await setup.write(
        lambda tx: tx.cohorts.insert(
            replace(setup.cohort, id=type(setup.cohort.id)(0), version=1, name="Autumn")
        )
    )
    known = await found_out(setup, cohort=autumn)
    await saves(setup, setup.mentor)

    await change(setup, known, visibility=Visibility.WORKSPACE)

    assert await counts(setup, setup.mentor) == [1]


async def test_what_was_told_is_not_told_again_when_more_people_may_see_it(setup: Setup) -> None:
    await always_a_digest(setup)
    await saves(setup, setup.mentor)
    known = await found_out(setup)
    await run_until(setup, TUESDAY)
    assert await digests(setup) == [[1]]

    await change(setup, known, visibility=Visibility.WORKSPACE)
    await run_until(setup, TUESDAY + 2 * DAY)

    assert await digests(setup) == [[1]]


async def test_a_digest_counts_no_more_what_its_reader_may_not_see_any_more(setup: Setup) -> None:
    await always_a_digest(setup)
    await saves(setup, setup.mentor)
    known = await found_out(setup)
    await found_out(setup)
    await run_until(setup, TUESDAY)
    await change(setup, known, visibility=Visibility.PAIR)

    assert await digests(setup) == [[1]]


async def test_without_a_digest_it_stands_in_the_check_in(setup: Setup) -> None:
    await setup.write(lambda tx: start_check_ins(tx, setup.pair))
    await saves(setup, setup.mentee)
    await found_out(setup)
    await run_until(setup, NEW_YORK_TEN + timedelta(minutes=1))

    asked, *_ = await setup.read(lambda tx: tx.occurrences.find())
    view = await read_as(setup.deps, setup.viewer(setup.mentee), load_ask, asked.id)
    assert [(line.saved.text, line.count) for line in view.saved] == [("delegation", 1)]
    assert await counts(setup, setup.mentee) == [0]


async def test_nobody_is_promised_what_does_not_come(setup: Setup) -> None:
    def place_for(tx: Tx) -> Place:
        return open_save_form(tx, "delegation", EVERYTHING).place

    assert await setup.read(place_for, setup.mentee) is Place.CHECK_IN
    assert await setup.read(place_for, setup.mentor) is Place.HERE
    assert await setup.read(place_for, setup.admin) is Place.HERE
    await always_a_digest(setup)
    assert await setup.read(place_for, setup.mentor) is Place.DIGEST


async def test_what_nothing_brings_is_counted_in_the_list_until_it_is_read_in_a_digest(setup: Setup) -> None:
    await saves(setup, setup.mentor)
    await found_out(setup)
    await run_until(setup, TUESDAY + 3 * DAY)

    assert await digests(setup) == []
    assert await counts(setup, setup.mentor) == [1]


async def test_a_sixth_is_refused_by_the_names_of_the_others_and_the_same_once_more_is_not_kept_twice(
    setup: Setup,
) -> None:
    for number in range(SAVED_LIMIT):
        await saves(setup, setup.mentor, f"topic {number}")
    again = await saves(setup, setup.mentor, "topic 0")

    with pytest.raises(TooManySaved) as refused:
        await saves(setup, setup.mentor, "one more")
    with pytest.raises(TooManySaved):
        await setup.read(lambda tx: open_save_form(tx, "one more", EVERYTHING), setup.mentor)

    assert refused.value.names == tuple(f"topic {number}" for number in range(SAVED_LIMIT))
    lines = (await listed(setup, setup.mentor)).lines
    assert [line.saved.id for line in lines].count(again) == 1
    assert await saves(setup, setup.mentee, "one more")


@pytest.mark.parametrize("text", ["", "how to", "?!", "\x00"])
async def test_words_that_say_nothing_are_refused(setup: Setup, text: str) -> None:
    with pytest.raises(NothingToLookFor):
        await saves(setup, setup.mentor, text)

    assert (await listed(setup, setup.mentor)).lines == ()


async def test_ten_thousand_characters_are_kept_as_any_search_takes_them(setup: Setup) -> None:
    await saves(setup, setup.mentor, "delegation " + "x" * 10_000)

    [line] = (await listed(setup, setup.mentor)).lines
    assert len(line.saved.text) == QUERY_LIMIT


async def test_a_filter_whose_tag_or_cohort_is_gone_finds_nothing_and_says_so(setup: Setup) -> None:
    await saves(setup, setup.mentor, filters=Filters(tag="one-on-one"))
    await saves(setup, setup.mentor, filters=Filters(Scope.COHORT))
    await found_out(setup)
    assert [(line.count, line.gone) for line in (await listed(setup, setup.mentor)).lines] == [
        (0, True),
        (1, False),
    ]

    def leave(tx: Tx) -> None:
        [mine] = tx.memberships.find(pair_id=setup.pair.id, member_id=setup.mentor.id)
        tx.memberships.update(replace(mine, left_at=setup.clock.now()))

    await setup.write(leave)
    assert [(line.count, line.gone) for line in (await listed(setup, setup.mentor)).lines] == [(0, True)] * 2


async def test_what_was_removed_is_looked_for_no_more_and_nobody_else_removes_or_opens_it(
    setup: Setup,
) -> None:
    await always_a_digest(setup)
    saved = await saves(setup, setup.mentor)
    await found_out(setup)
    await run_until(setup, TUESDAY)
    for stranger in (setup.mentee, setup.admin):
        for use_case in (remove_saved, open_saved):
            with pytest.raises(NotFound):
                await write_as(setup.deps, setup.viewer(stranger), use_case, saved)

    await write_as(setup.deps, setup.viewer(setup.mentor), remove_saved, saved)
    await found_out(setup)
    await run_until(setup, TUESDAY + 2 * DAY)

    assert (await listed(setup, setup.mentor)).lines == ()
    assert await setup.read(lambda tx: tx.search_news.count()) == 0
    with pytest.raises(NotFound):
        await setup.read(lambda tx: load_digest(tx, 1), setup.mentee)


async def test_an_old_digest_goes_with_what_stood_in_it(setup: Setup) -> None:
    await always_a_digest(setup)
    await saves(setup, setup.mentor)
    await found_out(setup)
    await run_until(setup, TUESDAY)
    setup.clock.moment += 100 * DAY

    assert await forget_old_digests(setup.deps) == 1
    assert await setup.read(lambda tx: tx.search_news.count()) == 0


async def test_what_the_index_lacked_and_gets_late_is_not_new(setup: Setup) -> None:
    known = await found_out(setup)
    await setup.write(_forget_all)
    await saves(setup, setup.mentor)
    setup.clock.moment += timedelta(minutes=2)

    await look_at_index(setup.deps, repair=True)
    setup.clock.moment += timedelta(minutes=2)

    assert await setup.read(partial(_holds, id_=known.id))
    assert await counts(setup, setup.mentor) == [0]


def _forget_all(tx: Tx) -> None:
    for entry in tx.entries.find():
        tx.entries.delete(entry)


def _holds(tx: Tx, id_: int) -> bool:
    return tx.entries.count(subject_id=id_) > 0
