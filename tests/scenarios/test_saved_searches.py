"""Somebody saves what they look for, and reads in a message that comes anyway that something is new, through Slack."""

from bot.domain.saved_searches import SAVED_LIMIT, NothingToLookFor, TooManySaved
from bot.slack.loop import responses
from bot.slack.repository import search
from bot.slack.rhythm import saved_searches as ids
from bot.usecases.rhythm.checkin_cards import ASK
from bot.usecases.rhythm.digests import DIGEST
from tests.running_app import Person, RunningApp


async def writes(person: Person, takeaway: str) -> None:
    await person.command("/loop talked")
    assert (await person.submit({"takeaway": takeaway})).errors == {}


async def saves(person: Person, words: str) -> None:
    await person.command(f"/loop find {words}")
    assert (await person.click(search.SAVE)).form == ids.KEEP
    assert (await person.submit({})).errors == {}


async def test_a_mentor_reads_in_the_digest_that_something_is_new_and_opens_the_search(
    app: RunningApp,
) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await writes(tom, "delegating is hard")
    await yuki.command("/loop settings")
    await yuki.submit({"digest": "always"})
    await saves(yuki, "delegating")
    await app.advance(minutes=5)
    await writes(tom, "delegating in writing went well")

    await app.advance(days=2)

    told = [text for text in await yuki.texts(DIGEST) if "New for “delegating”: 1" in text]
    assert len(told) == 1
    window = await yuki.click(ids.OPEN, kind=DIGEST)
    assert window.form == search.FIND
    assert "delegating in writing" in window.text.replace("\n", "")
    assert all("New for" not in text for text in await tom.texts())


async def test_whoever_learns_reads_it_with_the_check_in(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await writes(tom, "nothing of that")
    await tom.command("/loop find delegating")
    form = await tom.click(search.SAVE)
    assert "next check-in" in form.text
    assert (await tom.submit({})).errors == {}
    await app.advance(minutes=5)
    await mira.command("/loop observe " + tom.mention)
    answer = await mira.submit({"situation": "In the review", "behaviour": "You are delegating more"})
    assert answer.errors == {}

    await app.advance(days=15)

    assert any("New for “delegating”: 1" in text for text in await tom.texts(ASK))
    assert responses.OPEN not in await tom.offered(ASK)


async def test_what_was_saved_is_listed_where_nothing_is_looked_for_and_removed_there(
    app: RunningApp,
) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await writes(tom, "delegating is hard")
    await saves(tom, "delegating")
    await tom.close()

    window = await tom.shortcut(search.SHORTCUT)
    assert search.SAVED in window.offered
    listed = await tom.click(search.SAVED)
    assert "“delegating”" in listed.text
    removed = await tom.click(ids.REMOVE)

    assert "No search is saved yet" in removed.text


async def test_words_that_say_nothing_and_a_sixth_are_refused_kindly(app: RunningApp) -> None:
    _, tom = await app.a_pair("Mira", "Tom")
    await writes(tom, " ".join(f"topic{number}" for number in range(SAVED_LIMIT + 1)))
    await tom.command("/loop find topic0")
    await tom.click(search.SAVE)
    refused = await tom.submit({"text": "how to"})
    assert refused.errors == {"text": tom.told(NothingToLookFor())}
    assert (await tom.submit({"text": "topic0"})).errors == {}
    for number in range(1, SAVED_LIMIT):
        await saves(tom, f"topic{number}")

    await tom.command("/loop find topic5")
    told = await tom.click(search.SAVE)

    names = [f"topic{number}" for number in range(SAVED_LIMIT)]
    assert tom.told(TooManySaved(SAVED_LIMIT, names)) in told.text
