"""After a talk, and before one, as Slack calls us."""

from bot.slack.programme.pairs import parse_person
from bot.slack.rhythm.briefs import brief_message, which_message
from bot.slack.rhythm.sessions import parse_session, talked_form
from bot.usecases.rhythm.briefs import WhichMentee, see_brief
from bot.usecases.rhythm.sessions import open_talked_form, tell_session
from handlers.calls import Call


async def open_talked(call: Call, _words: str = "") -> None:
    data = await call.read(open_talked_form)
    await call.open(talked_form(data, call.words))


async def submit_talked(call: Call) -> None:
    await call.write(tell_session, parse_session(call.values))
    await call.done()


async def show_brief(call: Call, words: str = "") -> None:
    brief = await call.read(see_brief, parse_person(words))
    if isinstance(brief, WhichMentee):
        await call.reply(which_message(brief, call.words))
    else:
        await call.reply(brief_message(brief, call.words))
