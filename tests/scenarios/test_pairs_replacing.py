"""A new mentor in the place of another, as all four meet it."""

from bot.domain.errors import NotFound
from bot.slack.programme import pairs, pairs_replacing
from bot.slack.rhythm import asks
from bot.usecases.programme.pairs_consent import CONSENT, NOT_NOW, STARTED, WELCOME
from bot.usecases.programme.pairs_replaced import REPLACED
from bot.usecases.rhythm.asks import CARD
from tests.running_app import Person, RunningApp

SECRET = "Nobody lets me finish"


async def asked_for(app: RunningApp, mentor: Person) -> Person:
    """Ada asks for this mentor in the list of pairs."""
    ada = app.person("Ada")
    await ada.command("/loop cohort Spring")
    await ada.click("cohort.pairs")
    assert (await ada.click(pairs.REPLACE)).form == pairs_replacing.SEND
    assert (await ada.submit({"mentor": mentor.id, "reason": "Both love maps"})).errors == {}
    await app.at_work()
    return ada


async def test_a_mentee_goes_on_with_somebody_else_who_sees_what_was_picked(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await tom.command("/loop goal")
    await tom.submit({"text": "Speak up in reviews"})
    await tom.command("/loop ask")
    await tom.submit({"situation": SECRET})
    yuki = app.person("Yuki")

    ada = await asked_for(app, yuki)
    assert await yuki.texts() == []
    assert "Both love maps" in (await tom.texts(CONSENT))[-1]

    opened = await tom.click(pairs.CHOOSE, kind=CONSENT)
    assert (opened.form, opened.fields) == (pairs_replacing.SHOW, ["kinds"])
    assert (await tom.submit({})).errors == {}
    await app.at_work()
    await yuki.click(pairs.YES, kind=CONSENT)

    assert [len(await one.texts(WELCOME)) for one in (tom, yuki)] == [2, 1]
    assert (await mira.texts(REPLACED))[-1].count("Tom") >= 1
    assert len(await ada.texts(STARTED)) == 2
    brief = (await yuki.command(f"/loop brief {tom.mention}")).text
    assert "Speak up in reviews" in brief
    assert SECRET not in brief + await yuki.read() + await yuki.home()
    assert SECRET not in (await yuki.command("/loop find finish")).text
    assert SECRET in (await tom.texts(CARD))[-1]

    late = await mira.click(asks.ANSWER, kind=CARD)
    assert mira.told(NotFound("ask")) in late.text
    assert "Speak up in reviews" not in await mira.home()

    await tom.click(pairs.CHOOSE, kind=WELCOME)
    await tom.submit({"kinds": ["asks"]})
    await yuki.home()
    assert SECRET in (await yuki.click(asks.ANSWER)).text


async def test_a_no_leaves_everything_as_it_was(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    yuki = app.person("Yuki")
    before = await mira.texts()
    ada = await asked_for(app, yuki)

    await tom.click(pairs.NO, kind=CONSENT)

    assert len(await ada.texts(NOT_NOW)) == 1
    assert (await yuki.texts(), await mira.texts()) == ([], before)
    again = await asked_for(app, yuki)
    await tom.click(pairs.CHOOSE, kind=CONSENT)
    await tom.submit({})
    await app.at_work()
    await yuki.click(pairs.NO, kind=CONSENT)
    assert len(await again.texts(NOT_NOW)) == 2
    assert "Tom" in await mira.home()
