"""Two people keep what they found out, and agree on who may find it: through Slack, with real payloads."""

from bot.domain.errors import FormExpired, NotFound, TooManyTags, WordsChanged
from bot.domain.insights import Visibility
from bot.slack.loop import experiments, result_cards, results
from bot.slack.repository import insights, search, search_things
from bot.usecases.loop.experiment_cards import CARD as EXPERIMENT_CARD
from bot.usecases.loop.results import CARD as RESULT_CARD
from bot.usecases.repository.insight_cards import CARD, CONSENT
from tests.running_app import Person, RunningApp
from tests.scenarios.conftest import run_id, tell_a_result

WORDS = {"situation": "somebody brings me a decision", "behaviour": "asking first", "outcome": "they decide"}


async def kept(app: RunningApp, visibility: str = "pair") -> tuple[Person, Person]:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop insight")
    assert (await tom.submit({**WORDS, "tags": "listening", "visibility": visibility})).errors == {}
    return yuki, tom


async def found_by(app: RunningApp) -> tuple[Visibility, Visibility | None]:
    """Who finds the one insight, and who would if the partner agreed."""
    (insight,) = await app.stored(lambda r: r.insights.find())
    return insight.visibility, insight.wished


async def finds(person: Person) -> bool:
    return "they decide" in (await person.command("/loop find asking")).text


async def test_both_have_the_card_at_once_and_nobody_else_finds_it(app: RunningApp) -> None:
    yuki, tom = await kept(app)

    for person in (yuki, tom):
        assert len(await person.texts(CARD)) == 1
        assert await finds(person)
    assert not await finds(app.person("Priya"))
    assert not await finds(app.person("Ada"))


async def test_a_wider_circle_waits_for_the_partners_yes(app: RunningApp) -> None:
    yuki, tom = await kept(app, "workspace")
    priya = app.person("Priya")
    assert "Found by: only us two. Yuki is asked about: everyone here." in await tom.read()
    assert not await finds(priya)

    assert await yuki.offered(CONSENT) == [insights.AGREE, insights.DECLINE]
    await yuki.click(insights.AGREE)

    assert await finds(priya)
    assert await yuki.offered(CONSENT) == []
    assert "Found by: everyone here." in await tom.read()


async def test_a_no_keeps_it_between_the_two_without_a_reason(app: RunningApp) -> None:
    yuki, tom = await kept(app, "workspace")

    await yuki.click(insights.DECLINE)

    assert not await finds(app.person("Priya"))
    assert await found_by(app) == (Visibility.PAIR, None)
    assert "asked" not in (await tom.texts(CARD))[-1]


async def test_either_narrows_it_alone_at_once(app: RunningApp) -> None:
    yuki, tom = await kept(app, "workspace")
    await yuki.click(insights.AGREE)

    await yuki.click(insights.WHO)
    await yuki.submit({"visibility": "pair"})

    assert not await finds(app.person("Priya"))
    assert await finds(tom)
    assert await found_by(app) == (Visibility.PAIR, None)
    assert "everyone here" not in (await tom.texts(CARD))[-1]


async def reads(person: Person) -> str:
    """What this person finds and opens."""
    found = await person.command("/loop find asking")
    if search.OPENS[0] not in found.offered:
        return found.text
    opened = await person.click(search.OPENS[0])
    await person.close()
    return found.text + opened.text


async def test_changed_words_are_read_by_others_once_the_partner_has_agreed_to_them(app: RunningApp) -> None:
    yuki, tom = await kept(app, "workspace")
    priya = app.person("Priya")
    await yuki.click(insights.AGREE)

    form = await tom.click(insights.CHANGE)
    assert "others keep reading the words that you both agreed to, until Yuki has read yours" in form.text
    assert (await tom.submit({"outcome": "they shout", "tags": "loudness"})).errors == {}

    for text in ("they decide", "listening"):
        assert text in await reads(priya)
    for text in ("they shout", "loudness", "Others find this in the words that you both agreed to earlier."):
        assert text in await reads(yuki)
    assert "Yuki is asked about the new words, for: everyone here." in await tom.read()
    asked = (await yuki.texts(CONSENT))[-1]
    new, _, old = asked.partition("What others read until now:")
    assert "they shout" in new
    assert "they decide" in old

    await yuki.click(insights.AGREE)

    for text in ("they shout", "loudness"):
        assert text in await reads(priya)
    assert "they decide" not in await reads(priya)
    assert await yuki.offered(CONSENT) == []


async def test_a_yes_to_a_question_whose_words_were_changed_opens_nothing(app: RunningApp) -> None:
    yuki, tom = await kept(app, "workspace")
    await app.fault(kind="http_500", method="chat.update", count=9)  # the question stays as it was
    await tom.click(insights.CHANGE)
    await tom.submit({"outcome": "they shout"})

    answer = await yuki.click(insights.AGREE)

    assert yuki.told(WordsChanged()) in answer.text
    assert not await finds(app.person("Priya"))


async def test_a_message_becomes_an_insight_with_its_words_as_people_read_them(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    channel = app.info["channels"][0]["id"]
    await yuki.say(channel, f"Thanks {tom.mention}, asking <first> & waiting helped")
    messages = next(c["messages"] for c in (await tom.see())["channels"] if c["id"] == channel)

    opened = await tom.message_shortcut("insight.shortcut", channel, messages[-1]["ts"])

    assert "Thanks @Tom, asking <first> & waiting helped" in opened.text
    assert (await tom.submit({"behaviour": "asking first"})).errors == {}
    assert "asking <first> & waiting" in await yuki.read()


async def test_more_than_eight_tags_are_told_at_their_field(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop insight")

    outcome = await tom.submit({**WORDS, "tags": "a,b,c,d,e,f,g,h,i"})

    assert outcome.errors == {"tags": tom.told(TooManyTags(8))}


async def test_an_insight_from_a_result_is_drafted_from_it_and_kept_once(app: RunningApp) -> None:
    _, tom = await tell_a_result(app)

    opened = await tom.click(result_cards.TO_INSIGHT)
    assert "They spoke first" in opened.text
    await tom.submit({"outcome": "they spoke first, twice"})
    again = await tom.click(result_cards.TO_INSIGHT)

    assert "they spoke first, twice" in again.text
    await tom.submit({"outcome": "they always spoke"})
    assert len(await tom.texts(CARD)) == 1
    assert "they always spoke" in await tom.read()


async def test_a_form_that_came_too_late_is_offered_again_with_the_message_in_it(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    channel = app.info["channels"][0]["id"]
    await yuki.say(channel, "Waiting helped")
    messages = next(c["messages"] for c in (await tom.see())["channels"] if c["id"] == channel)
    await app.fault(kind="error", method="views.open", error="expired_trigger_id", count=1)

    late = await tom.message_shortcut("insight.shortcut", channel, messages[-1]["ts"])
    assert tom.told(FormExpired()) in late.text

    assert "Waiting helped" in (await tom.click(run_id("insight Waiting helped"))).text


async def shared_by_another_pair(app: RunningApp) -> Person:
    """Priya learns from Luca; Yuki and Tom share an insight with everyone. Returns Priya, with it found."""
    yuki, _ = await kept(app, "workspace")
    await yuki.click(insights.AGREE)
    _, priya = await app.a_pair("Luca", "Priya")
    await priya.command("/loop find asking")
    return priya


async def test_a_found_insight_becomes_a_draft_to_try_and_nothing_is_kept_before_it_is_sent(
    app: RunningApp,
) -> None:
    priya = await shared_by_another_pair(app)
    assert search_things.TRY in (await priya.click(search.OPENS[0])).offered

    opened = await priya.click(search_things.TRY)
    assert opened.form == experiments.COMMIT
    assert "asking first" in opened.text
    assert "somebody brings me a decision" in opened.text
    assert "they decide" not in opened.text
    await priya.close()
    assert await app.stored(lambda r: r.experiments.count()) == 0

    await priya.click(search_things.TRY)
    assert (await priya.submit({"behaviour": "ask one question first"})).errors == {}
    assert "ask one question first" in await priya.read()
    assert "ask one question first" in await app.person("Luca").read()
    assert "ask one question first" not in await app.person("Yuki").read()


async def test_three_windows_are_enough_for_a_try_out_of_a_search(app: RunningApp) -> None:
    _, tom = await tell_a_result(app)
    await tom.click(result_cards.TO_INSIGHT)
    await tom.submit({"behaviour": "asking first"})
    await tom.shortcut("search.shortcut")
    await tom.submit({"kind.0": "result"})
    await tom.click(search.OPENS[0])
    result = await tom.form()
    (link,) = [block["block_id"] for block in result["blocks"] if "asking first" in str(block)]
    await tom.act(do="click", view_id=result["id"], block_id=link, action_id="search.open")
    assert len((await tom.see())["views"]) == 3

    assert (await tom.click(search_things.TRY)).form == experiments.COMMIT
    assert (await tom.click(experiments.MORE)).form == experiments.COMMIT

    assert len((await tom.see())["views"]) <= 3
    assert (await tom.submit({})).errors == {}
    assert "asking first" in (await tom.texts(EXPERIMENT_CARD))[-1]


async def test_a_mentor_finds_it_and_is_not_offered_to_try_it(app: RunningApp) -> None:
    yuki, _ = await kept(app)
    await yuki.command("/loop find asking")

    assert search_things.TRY not in (await yuki.click(search.OPENS[0])).offered


async def test_what_was_narrowed_meanwhile_is_not_copied(app: RunningApp) -> None:
    priya = await shared_by_another_pair(app)
    await priya.click(search.OPENS[0])
    yuki = app.person("Yuki")
    await yuki.click(insights.WHO)
    await yuki.submit({"visibility": "pair"})

    refused = await priya.click(search_things.TRY)

    assert priya.told(NotFound()) in refused.text
    assert refused.form == ""


async def test_after_didnt_there_is_nothing_to_keep_or_to_be_sure_of(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop try")
    await tom.submit({"behaviour": "ask first", "situation": "I lead"})
    await tom.command("/loop result")
    await tom.click(results.DIDNT)
    await tom.click(results.LET_GO)

    (card,) = await tom.texts(RESULT_CARD)

    assert "didn't this time" in card
    assert "once so far" not in card
    assert result_cards.TO_INSIGHT not in await tom.offered(RESULT_CARD)
    await tom.click(results.CHANGE)
    kept_as_plan = await tom.submit({"what_happened": "No meeting came", "next_step": "adopt"})
    assert kept_as_plan.errors == {}
    assert not (await tom.see())["views"]
