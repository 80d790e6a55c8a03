"""A cohort's project calendar on a real database: who names it, what is kept of it, and who is told of trouble."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.feeds import Feed, FeedAddressWrong, FeedCopy, FeedTrouble, FeedUnreadable
from bot.ports import Deps
from bot.usecases.maintenance import read_feed, read_feeds
from bot.usecases.programme.feeds import TROUBLE, SetFeed, open_feed_form, see_feed, set_feed
from bot.usecases.rhythm.nudges_planning import start_check_ins
from bot.usecases.tick import tick
from tests.domain.test_feeds import calendar, event
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup

ADDRESS = "https://example.org/team.ics?key=secret"
SPRINT = calendar(event("Sprint 1", "20261130", "20261205"), event("Sprint 2", "20261207", "20261212"))
LAST_DAYS = (date(2026, 12, 4), date(2026, 12, 11))


@dataclass
class FakeFeeds:
    """Servers that give this calendar, or this trouble; `asked` is with which addresses and tags."""

    answer: FeedCopy | FeedTrouble | None
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def fetch(self, address: str, etag: str) -> FeedCopy | None:
        self.asked.append((address, etag))
        if isinstance(self.answer, FeedTrouble):
            raise FeedUnreadable(self.answer)
        return self.answer


@pytest.fixture
def feeds() -> FakeFeeds:
    return FakeFeeds(FeedCopy(SPRINT, '"1"'))


@pytest.fixture
def deps(setup: Setup, feeds: FakeFeeds) -> Deps:
    return replace(setup.deps, feeds=feeds)


@pytest.fixture
async def named(setup: Setup, deps: Deps) -> Setup:
    """Ada named the calendar, and it was read."""
    await says(setup, ADDRESS, "sprint")
    await read_feed(deps, setup.cohort.id)
    return setup


async def says(setup: Setup, address: str, title: str = "", key: str = "named") -> None:
    command = SetFeed(setup.cohort.id, address, title)
    await write_as(setup.deps, setup.viewer(setup.admin), set_feed, command, key=key)


async def kept(setup: Setup) -> Feed:
    (found,) = await setup.read(lambda r: r.feeds.find())
    return found


async def days(setup: Setup) -> tuple[date, ...]:
    return (await setup.read(lambda r: r.cohorts.get(setup.cohort.id))).cadence.cycle


async def test_what_is_read_stands_on_the_card_without_its_address(named: Setup) -> None:
    view = await read_as(named.deps, named.viewer(named.admin), see_feed, named.cohort.id)

    assert view is not None
    assert (view.title, view.days, view.trouble, view.read) == ("sprint", LAST_DAYS, FeedTrouble.NONE, True)
    assert "secret" not in repr(view)


async def test_only_who_leads_the_cohort_names_its_calendar_or_reads_where_it_is(setup: Setup) -> None:
    command = SetFeed(setup.cohort.id, ADDRESS, "")
    for nobody in (setup.mentor, setup.mentee):
        with pytest.raises(NotAllowed):
            await write_as(setup.deps, setup.viewer(nobody), set_feed, command, key=nobody.user_id)
        with pytest.raises(NotAllowed):
            await read_as(setup.deps, setup.viewer(nobody), open_feed_form, setup.cohort.id)
    assert await setup.read(lambda r: r.feeds.count()) == 0


async def test_the_form_opens_with_the_calendar_that_is_followed(named: Setup) -> None:
    form = await read_as(named.deps, named.viewer(named.admin), open_feed_form, named.cohort.id)

    assert (form.address, form.title) == (ADDRESS, "sprint")


async def test_what_is_no_address_is_refused_and_the_calendar_stays(named: Setup) -> None:
    with pytest.raises(FeedAddressWrong):
        await says(named, "my calendar", key="wrong")

    assert (await kept(named)).address == ADDRESS


async def test_the_tag_is_asked_with_and_what_was_read_holds_as_long_as_it_does(
    named: Setup, deps: Deps, feeds: FakeFeeds
) -> None:
    feeds.answer = None
    await read_feeds(deps)

    assert feeds.asked == [(ADDRESS, ""), (ADDRESS, '"1"')]
    assert await days(named) == LAST_DAYS


async def test_after_a_week_all_of_it_is_read_again(named: Setup, deps: Deps, feeds: FakeFeeds) -> None:
    named.clock.move(days=7)

    await read_feeds(deps)

    assert feeds.asked[-1] == (ADDRESS, "")


async def test_another_address_or_other_words_forget_what_was_read(named: Setup) -> None:
    await says(named, ADDRESS, "review", key="other words")

    feed = await kept(named)
    assert (feed.title, feed.etag, await days(named)) == ("review", "", ())


async def test_the_same_once_more_keeps_what_was_read(named: Setup) -> None:
    await says(named, ADDRESS, "sprint", key="again")

    assert await days(named) == LAST_DAYS


@pytest.mark.parametrize("trouble", [FeedTrouble.UNREACHABLE, FeedTrouble.HUGE])
async def test_trouble_leaves_what_was_read_and_the_lead_hears_of_it_once_until_it_is_over(
    named: Setup, deps: Deps, feeds: FakeFeeds, trouble: FeedTrouble
) -> None:
    good, feeds.answer = feeds.answer, trouble
    for _hour in range(3):
        named.clock.move(hours=1)
        await read_feeds(deps)

    assert (await days(named), (await kept(named)).trouble) == (LAST_DAYS, trouble)
    assert await named.told(named.admin) == [TROUBLE]
    assert await named.told(named.mentor) == []

    feeds.answer = good
    await read_feeds(deps)
    assert (await kept(named)).trouble is FeedTrouble.NONE
    feeds.answer = trouble
    named.clock.move(hours=1)
    await read_feeds(deps)
    assert await named.told(named.admin) == [TROUBLE, TROUBLE]


async def test_what_is_no_calendar_is_trouble_as_well(named: Setup, deps: Deps, feeds: FakeFeeds) -> None:
    feeds.answer = FeedCopy(b"<html>", "")

    await read_feeds(deps)

    assert (await kept(named)).trouble is FeedTrouble.NO_CALENDAR


async def test_without_an_address_the_cohort_goes_by_weeks_again(named: Setup) -> None:
    await says(named, " ", key="none")

    assert (await setup_feeds(named), await days(named)) == (0, ())
    assert await read_as(named.deps, named.viewer(named.admin), see_feed, named.cohort.id) is None


async def test_a_calendar_that_was_taken_away_while_it_was_read_stays_away(
    named: Setup, deps: Deps, feeds: FakeFeeds
) -> None:
    class TakenAway(FakeFeeds):
        async def fetch(self, address: str, etag: str) -> FeedCopy | None:
            await says(named, "", key="meanwhile")
            return await super().fetch(address, etag)

    await read_feed(replace(deps, feeds=TakenAway(feeds.answer)), named.cohort.id)

    assert await setup_feeds(named) == 0


async def setup_feeds(setup: Setup) -> int:
    return await setup.read(lambda r: r.feeds.count())


async def test_check_ins_come_on_the_last_days_and_by_weeks_once_there_are_no_more(
    setup: Setup, deps: Deps
) -> None:
    await setup.write(lambda r: start_check_ins(r, setup.pair))
    await says(setup, ADDRESS, "sprint")
    await read_feed(deps, setup.cohort.id)

    planned = []
    for _round in range(3):
        setup.clock.move(days=7)
        await tick(deps)
        planned.append(await setup.read(lambda r: max(one.day for one in r.occurrences.find())))

    assert planned[:2] == [date(2026, 12, 4), date(2026, 12, 11)]
    assert planned[2].weekday() == 1  # Tuesdays, as the cohort says
