"""Insights that grow old: through Slack, with real payloads."""

from bot.domain.insights import Visibility
from bot.slack.repository import insights, search
from bot.slack.repository import insights_curating as ids
from bot.usecases.repository.insight_cards import CARD
from tests.running_app import RunningApp
from tests.scenarios.test_insights import WORDS, kept


async def test_what_holds_no_more_says_so_on_the_card_and_where_it_is_found(app: RunningApp) -> None:
    yuki, tom = await kept(app, "workspace")
    await yuki.click(insights.AGREE)

    await yuki.click(insights.MORE)
    assert ids.HOLDS in (await yuki.click(ids.OUTDATED)).offered
    await yuki.close()

    assert "said to hold no more" in (await tom.texts(CARD))[-1]
    assert "said to hold no more" in (await app.person("Priya").command("/loop find asking")).text


async def test_what_it_said_before_is_a_tap_away_for_the_two(app: RunningApp) -> None:
    yuki, tom = await kept(app)
    await tom.click(insights.CHANGE)
    await tom.submit({"outcome": "they shout"})

    for person in (yuki, tom):
        await person.command("/loop find asking")
        await person.click(search.OPENS[0])
        assert "they decide" in (await person.click(insights.MORE)).text
        await person.close()


async def test_two_that_say_the_same_become_one_and_two_again(app: RunningApp) -> None:
    yuki, tom = await kept(app)
    await tom.command("/loop insight")
    shown = await tom.form()
    assert insights.CHOSEN_TAGS in str(shown)
    second = {**WORDS, "outcome": "they stay", "visibility": "pair", insights.CHOSEN_TAGS: ["listening"]}
    assert (await tom.submit(second)).errors == {}

    await tom.click(insights.MORE)
    await tom.click(ids.MERGE)
    first, _ = await app.stored(lambda r: r.insights.find())
    assert (await tom.submit({ids.OTHER: str(first.id)})).form == ids.MERGE_KEEP
    assert (await tom.submit({})).errors == {}

    away, stays = await app.stored(lambda r: r.insights.find())
    assert (away.merged_into, stays.tags) == (stays.id, ("listening",))
    assert {"they stay", "they decide"} == set(stays.outcome.split("\n"))
    found = (await yuki.command("/loop find asking")).offered
    assert search.OPENS[0] in found
    assert search.OPENS[1] not in found

    opened = await yuki.click(search.OPENS[0])
    assert WORDS["behaviour"] in opened.text
    await yuki.click(insights.MORE)
    await yuki.click(ids.APART)
    assert [one.merged_into for one in await app.stored(lambda r: r.insights.find())] == [None, None]
    assert (await app.stored(lambda r: r.insights.get(away.id))).visibility is Visibility.PAIR
