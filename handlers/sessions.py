"""After a talk, and before one, as Slack calls us."""

from bot.domain.errors import NoPair, NotAllowed, NotFound
from bot.domain.ids import SessionId
from bot.slack.programme.pairs import parse_person
from bot.slack.rhythm.briefs import brief_message, which_message
from bot.slack.rhythm.sessions import parse_session, talked_form, try_after_talk
from bot.usecases.rhythm.briefs import WhichMentee, see_brief
from bot.usecases.rhythm.sessions import (
    go_on,
    open_talked_form,
    open_try_after_talk,
    tell_session,
    thank_for_session,
)
from handlers.calls import Call


async def open_talked(call: Call, _words: str = "") -> None:
    data = await call.read(open_talked_form)
    await call.open(talked_form(data, call.words))


async def submit_talked(call: Call) -> None:
    """What is to be tried next follows at once, in the same window, for the one who will try it."""
    command = parse_session(call.values)
    session = await call.write(tell_session, command)
    if not command.shown.get("next_try"):
        await call.done()
        return
    try:
        told, data = await call.read(open_try_after_talk, session)
    except (NoPair, NotAllowed, NotFound):  # a mentor told it: it stands on the card of the mentee
        await call.done()
    else:
        await call.change(try_after_talk(told, data, call.words))


async def become_try(call: Call) -> None:
    session, data = await call.read(open_try_after_talk, SessionId(call.subject))
    await call.open(try_after_talk(session, data, call.words))


async def press_thanks(call: Call) -> None:
    await call.write(thank_for_session, SessionId(call.subject))
    await call.done()


async def press_go_on(call: Call) -> None:
    await call.write(go_on, SessionId(call.subject))
    await call.done()


async def show_brief(call: Call, words: str = "") -> None:
    brief = await call.read(see_brief, parse_person(words))
    if isinstance(brief, WhichMentee):
        await call.reply(which_message(brief, call.words))
    else:
        await call.reply(brief_message(brief, call.words))
