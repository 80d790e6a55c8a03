"""After a talk, and before one, as Slack calls us."""

from bot.slack.programme.pairs import parse_person
from bot.slack.rhythm.briefs import brief_message, which_message
from bot.slack.rhythm.sessions import parse_session, talked_form
from bot.usecases.rhythm.briefs import WhichMentee, see_brief
from bot.usecases.rhythm.sessions import open_talked_form, tell_session
from handlers.calls import Call


async def open_talked(call: Call, _words: str = "") -> None:
    data = await open_talked_form(call.deps, call.viewer, call.me.id)
    await call.open(talked_form(data, call.words))


async def submit_talked(call: Call) -> None:
    await tell_session(call.deps, call.viewer, call.me.id, parse_session(call.values), key=call.key)
    await call.done()


async def show_brief(call: Call, words: str = "") -> None:
    brief = await see_brief(call.deps, call.viewer, call.me.id, parse_person(words))
    if isinstance(brief, WhichMentee):
        await call.reply(which_message(brief, call.words))
    else:
        await call.reply(brief_message(brief, call.words))
