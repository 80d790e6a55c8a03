"""What can a tester do as a member, and what comes back?"""

from collections.abc import Awaitable, Callable

from bot.playground.errors import ControlError
from bot.playground.person import clicking, lookup, talking
from bot.playground.person.outcome import Outcome
from bot.playground.person.seeing import changed_since, everything
from bot.playground.services import Services
from bot.playground.wire import Json
from bot.playground.workspace.users import Member

Act = Callable[[Services, Member, Json], Awaitable[Outcome]]
SETTLE_MS = 300
LONGEST_SETTLE_MS = 5_000  # that may be asked for
LONGEST_SETTLE_S = 5.0  # until the answer comes in any case
ACTS: dict[str, Act] = {
    "message": talking.post,
    "edit": talking.edit,
    "delete": talking.delete,
    "react": talking.react,
    "read": talking.read,
    "command": talking.command,
    "click": clicking.click,
    "submit": clicking.submit,
    "close": clicking.close,
    "shortcut": clicking.shortcut,
    "message_shortcut": clicking.message_shortcut,
    "options": clicking.options,
    "open_home": clicking.open_home,
}


async def act(services: Services, body: Json) -> Json:
    """Do something as a member, wait until the app has settled, and tell what this person sees change."""
    state = services.state
    do = ACTS.get(str(body.get("do")))
    if do is None:
        raise ControlError("unknown_act", f"do must be one of {', '.join(ACTS)}")
    member = lookup.person(state, body.get("as"))
    quiet_s = settle_ms(body) / 1000
    before = state.changes.revision
    state.log("act", body=body)
    outcome = await do(services, member, body)
    refused_by_client = bool(outcome.errors) and not outcome.receipts
    nothing_to_wait_for = refused_by_client or body["do"] == "read"
    settled = nothing_to_wait_for or await state.activity.settle(quiet_s, LONGEST_SETTLE_S)
    answer = {"settled": settled, **outcome.render(), **changed_since(services, member, before)}
    if body["do"] == "open_home":
        answer["home"] = everything(services, member)["home"]
    return answer


def settle_ms(body: Json) -> int:
    """How long the app must be quiet, in milliseconds."""
    wanted = body.get("settle_ms", SETTLE_MS)
    if not isinstance(wanted, int) or not 0 <= wanted <= LONGEST_SETTLE_MS:
        raise ControlError("invalid_settle_ms", f"settle_ms is between 0 and {LONGEST_SETTLE_MS}")
    return wanted
