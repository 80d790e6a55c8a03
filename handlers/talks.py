"""The next talk, as Slack calls us."""

from bot.domain.ids import TalkId
from bot.slack.rhythm import talks as ids
from bot.slack.rhythm.sessions import talked_form
from bot.slack.rhythm.talks import parse_talk, talk_card, talk_form, talks_message
from bot.slack.rhythm.talks_calendar import calendar_message
from bot.usecases.rhythm import talks
from bot.usecases.rhythm.sessions import open_talked_form
from handlers.calls import Call


async def talk_command(call: Call, _words: str = "") -> None:
    """`/loop talk`: what is planned, or the form where nothing is."""
    if planned := await call.read(talks.see_talks):
        await call.reply(talks_message(planned, call.words))
    else:
        await open_new(call)


async def open_new(call: Call) -> None:
    await call.open(talk_form(await call.read(talks.open_talk_form), call.words))


async def open_move(call: Call) -> None:
    """*Move*, and *Moved* afterwards."""
    data = await call.read(talks.open_move_form, TalkId(call.subject))
    await call.open(talk_form(data, call.words))


async def submit_talk(call: Call) -> None:
    """A moment outside the hours of a partner is asked about once more."""
    command = parse_talk(call.values)
    if again := await call.read(talks.ask_whether_sure, command):
        await call.change(talk_form(again, call.words))
    else:
        await call.write(talks.plan_talk, command)
        await call.done()


async def press_cancel(call: Call) -> None:
    talk = await call.write(talks.cancel_talk, TalkId(call.subject))
    card = await call.read(talks.load_talk, talk)
    await call.reply(talk_card(card, call.words))


async def show_calendar(call: Call) -> None:
    card = await call.read(talks.load_talk, TalkId(call.subject))
    await call.reply(calendar_message(card, call.words))


async def press_held(call: Call) -> None:
    """It is saved with the tap; what they take away is theirs to write, or not."""
    pair = await call.write(talks.say_held, TalkId(call.subject))
    await call.open(talked_form(await call.read(open_talked_form, pair), call.words))


async def press_missed(call: Call) -> None:
    await call.write(talks.say_missed, TalkId(call.subject))
    await call.done()


FORMS = {ids.PLAN: submit_talk}
PRESSES = {
    ids.NEW: open_new,
    ids.MOVE: open_move,
    ids.CANCEL: press_cancel,
    ids.CALENDAR: show_calendar,
    ids.HELD: press_held,
    ids.TELL: press_held,
    ids.MISSED: press_missed,
}
