"""Last words at the end of a pair: nothing is needed, a thank-you is sent, and shared insights can be taken back."""

import pytest

from bot.domain.closings import Sharing
from bot.domain.errors import NotFound, TextTooLong
from bot.domain.ids import InsightId
from bot.domain.insights import Visibility
from bot.domain.members import Member
from bot.ports import Tx
from bot.usecases.programme.pairs_leaving import leave_pair
from bot.usecases.repository.closings import THANKS, close_well, load_thanks, open_closing_form
from bot.usecases.repository.insights_sharing import share
from tests.running import read_as, write_as
from tests.two_workspaces import an_insight
from tests.usecases.conftest import Setup


@pytest.fixture
async def ended(setup: Setup) -> Setup:
    await write_as(setup.deps, setup.viewer(setup.mentor), leave_pair, setup.pair.id)
    return setup


async def says(setup: Setup, who: Member, **shown: object) -> int:
    return await write_as(setup.deps, setup.viewer(who), close_well, setup.pair.id, shown)


async def test_nothing_needs_to_be_said(ended: Setup) -> None:
    await says(ended, ended.mentee)

    (kept,) = await ended.read(lambda r: r.closings.find())
    assert (kept.changed, kept.thanks, kept.sharing) == ("", "", Sharing.STAYS)
    assert THANKS not in await ended.told(ended.mentor)


async def test_a_thank_you_is_sent_once_and_anew_in_other_words(ended: Setup) -> None:
    for thanks in ("For your patience", "For your patience", "For all of it"):
        closing = await says(ended, ended.mentee, thanks=thanks, changed="I ask first")

    assert (await ended.told(ended.mentor)).count(THANKS) == 2
    read = await read_as(ended.deps, ended.viewer(ended.mentor), load_thanks, closing)
    assert (read.name, read.text) == ("Tom", "For all of it")
    assert await ended.read(lambda r: r.closings.count()) == 1
    form = await read_as(ended.deps, ended.viewer(ended.mentee), open_closing_form, ended.pair.id)
    assert form.closing is not None
    assert form.closing.changed == "I ask first"


async def test_what_one_shared_can_be_taken_back_and_the_others_stays(ended: Setup) -> None:
    def plant(tx: Tx) -> list[InsightId]:
        made = [an_insight(ended.pair, one, Visibility.COHORT) for one in (ended.mentee, ended.mentor)]
        kept = [tx.insights.insert(insight) for insight in made]
        for insight in kept:
            share(tx, insight)
        return [insight.id for insight in kept]

    own, theirs = await ended.write(plant)

    await says(ended, ended.mentee, sharing=Sharing.ENDS)

    assert [one.insight_id for one in await ended.read(lambda r: r.shared_insights.find())] == [theirs]
    assert (await ended.read(lambda r: r.insights.get(own))).visibility is Visibility.PAIR


async def test_a_pair_that_goes_on_has_no_last_words(setup: Setup) -> None:
    with pytest.raises(NotFound):
        await says(setup, setup.mentee)


async def test_a_stranger_has_none_either(ended: Setup) -> None:
    with pytest.raises(NotFound):
        await says(ended, ended.admin, thanks="From me, too")


async def test_too_long_a_thank_you_is_told_at_its_field(ended: Setup) -> None:
    with pytest.raises(TextTooLong) as refused:
        await says(ended, ended.mentee, thanks="x" * 301)

    assert refused.value.field == "thanks"
    assert await ended.read(lambda r: r.closings.count()) == 0


async def test_a_thank_you_that_was_taken_back_is_read_no_more(ended: Setup) -> None:
    closing = await says(ended, ended.mentee, thanks="For your patience")
    await says(ended, ended.mentee, thanks="")

    with pytest.raises(NotFound):
        await read_as(ended.deps, ended.viewer(ended.mentor), load_thanks, closing)
