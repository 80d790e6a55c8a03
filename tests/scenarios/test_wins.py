"""A small win through Slack: shared with the mentor in words of one's own, changed, and taken back."""

from bot.domain.channels import ChannelUnfit, WhyNot
from bot.domain.wins_sharing import There
from bot.playground.workspace.conversations import Channel
from bot.slack.loop import wins_sharing as form_ids
from bot.slack.loop.wins import SHARE, there_text
from bot.slack.loop.wins_channel import NO, YES
from bot.slack.programme import channels
from bot.usecases.loop.results import CARD
from bot.usecases.loop.wins_channel import ASK
from tests.running_app import RunningApp, texts_in
from tests.scenarios.conftest import tell_a_result

ROOM = "general"


async def test_a_first_round_is_shared_changed_and_taken_back(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    before = len(await yuki.messages())

    form = await tom.click(SHARE, kind=CARD)
    assert (form.form, form.fields) == (form_ids.SEND, ["text"])
    assert "ask one open question" in form.text
    assert (await tom.submit({})).errors == {}
    assert "ask one open question" in (await yuki.texts(CARD))[-1].split("shares a small win", 1)[1]

    await tom.click(SHARE, kind=CARD)
    assert (await tom.submit({"text": "The room spoke first"})).errors == {}
    assert "The room spoke first" in (await yuki.texts(CARD))[-1]
    assert SHARE not in await yuki.offered(CARD)
    assert len(await yuki.messages()) == before
    assert "The room spoke first" in (await yuki.command("/loop brief")).text

    await tom.click(SHARE, kind=CARD)
    await tom.click(form_ids.UNSHARE)
    assert "The room spoke first" not in "".join(await yuki.texts(CARD))


def room(app: RunningApp, name: str) -> Channel:
    """A channel of the playground; the app is in both that it begins with."""
    return next(one for one in app.playground.services.state.channels.values() if one.name == name)


def said_in(app: RunningApp, name: str) -> list[str]:
    """What the app posted there, each message as one text."""
    return ["\n".join(texts_in(one.blocks)) for one in room(app, name).messages.values() if one.blocks]


async def chooses(app: RunningApp, name: str) -> dict[str, str]:
    """Ada chooses this channel on the card of the cohort; returns what is wrong with it."""
    ada = app.person("Ada")
    await ada.command("/loop cohort")
    assert (await ada.click(channels.OPEN)).form == channels.SAVE
    return (await ada.submit({"channel": room(app, name).id})).errors


async def test_a_win_is_told_in_the_channel_once_who_is_named_agreed_and_taken_out_again(
    app: RunningApp,
) -> None:
    yuki, tom = await tell_a_result(app)
    assert await chooses(app, ROOM) == {}
    form = await tom.click(SHARE, kind=CARD)
    assert form.fields == ["text", "place", "named"]
    sent = await tom.submit({"text": "The room spoke first", "place": ["channel"], "named": [yuki.id]})
    assert sent.errors == {}

    assert await yuki.offered(ASK) == [YES, NO]
    assert "The room spoke first" in (await yuki.texts(ASK))[-1]
    await app.advance(days=3)
    assert said_in(app, ROOM) == []
    await yuki.click(YES, kind=ASK)
    await app.advance(days=4)
    [told] = said_in(app, ROOM)
    assert "The room spoke first" in told
    assert there_text(There.POSTED, tom.words) in (await tom.texts(CARD))[-1]
    await app.advance(days=8)
    assert len(said_in(app, ROOM)) == 1

    await yuki.click(NO, kind=ASK)
    [left] = said_in(app, ROOM)
    assert "The room spoke first" not in left
    assert there_text(There.NOT_SHARED, tom.words) in (await tom.texts(CARD))[-1]


async def test_what_stands_in_the_channel_can_be_taken_out_after_the_pair_is_over(app: RunningApp) -> None:
    yuki, tom = await tell_a_result(app)
    await chooses(app, ROOM)
    await tom.click(SHARE, kind=CARD)
    await tom.submit({"text": "The room spoke first", "place": ["channel"]})
    await app.advance(days=4)
    assert "The room spoke first" in str(said_in(app, ROOM))
    await yuki.command("/loop leave")
    await yuki.submit({})

    await tom.click(form_ids.UNSHARE, kind=CARD)
    [left] = said_in(app, ROOM)
    assert "The room spoke first" not in left
    assert await app.stored(lambda tx: tx.shared_wins.count()) == 0


async def test_a_channel_that_the_bot_is_not_in_is_refused_and_at_posting_it_needs_a_hand(
    app: RunningApp,
) -> None:
    _, tom = await tell_a_result(app)
    ada, bot = app.person("Ada"), app.playground.services.state.app.bot_user_id
    room(app, ROOM).members.remove(bot)
    refused = await chooses(app, ROOM)
    assert refused == {"channel": ada.told(ChannelUnfit(WhyNot.NOT_IN, ROOM))}
    room(app, ROOM).members.append(bot)
    assert (await ada.submit({"channel": room(app, ROOM).id})).errors == {}
    await tom.click(SHARE, kind=CARD)
    await tom.submit({"text": "The room spoke first", "place": ["channel"]})
    room(app, ROOM).members.remove(bot)
    await app.advance(days=4)
    assert said_in(app, ROOM) == []

    waits = ada.words.t("{cohort}: small wins did not arrive in their channel, and wait.", cohort="Spring")
    assert waits in await ada.home()
    assert (await ada.click(channels.OPEN)).form == channels.SAVE
    room(app, ROOM).members.append(bot)
    assert (await ada.submit({})).errors == {}
    assert len(said_in(app, ROOM)) == 1
    assert waits not in await ada.home()
