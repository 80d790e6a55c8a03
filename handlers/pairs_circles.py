"""One more mentee for a mentor, as Slack calls us."""

from bot.domain.ids import PairId
from bot.slack.programme.pairs import proposal_view
from bot.slack.programme.pairs_circles import ADD, CHECK, mentee_form, parse_mentee
from bot.usecases.programme.pairs_circles import open_mentee_form, proposed_mentee
from handlers.calls import Call
from handlers.pairs import propose


async def open_mentee(call: Call) -> None:
    await call.open(mentee_form(await call.read(open_mentee_form, PairId(call.subject)), call.words))


async def check_mentee(call: Call) -> None:
    """From here on it is a pair like any other: what both will be asked, and then the question."""
    asked = await call.read(proposed_mentee, parse_mentee(call.values))
    await call.change(proposal_view(await propose(call, asked), call.words))


FORMS = {CHECK: check_mentee}
PRESSES = {ADD: open_mentee}
