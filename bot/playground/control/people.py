"""How does a tester bring in a member or change one?"""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.playground.errors import ControlError
from bot.playground.services import Services
from bot.playground.wire import Json
from bot.playground.workspace.beginning import new_member
from bot.playground.workspace.users import Member, render_member

TEXTS = ("name", "real_name", "tz", "locale", "email", "title")
FLAGS = ("deleted", "is_admin", "is_restricted")


async def change_member(services: Services, body: Json) -> Json:
    """Create a member, or change the one with that id; the app hears `team_join` or `user_change`."""
    state = services.state
    check(body)
    if "id" in body:
        member = state.members.get(str(body["id"]))
        if member is None:
            raise ControlError("unknown_member", "id must be that of a member; leave it out for a new one")
        event = "user_change"
    else:
        if "name" not in body:
            raise ControlError("no_name", "a new member needs a name")
        member, event = new_member(state, body["name"].lower()), "team_join"
    apply(member, body)
    member.updated = state.seconds()
    state.changes.touch()
    await services.events.member(event, member)
    return {"member": render_member(member)}


def check(body: Json) -> None:
    """Refuse what a member cannot have."""
    known = ("id", *TEXTS, *FLAGS, "settle_ms")
    unknown = [key for key in body if key not in known]
    if unknown:
        raise ControlError("unknown_field", f"{', '.join(unknown)}; a member has {', '.join(known)}")
    wrong = [key for key in TEXTS if key in body and not isinstance(body[key], str)]
    wrong += [key for key in FLAGS if key in body and not isinstance(body[key], bool)]
    if wrong:
        raise ControlError(
            "invalid_member", f"{', '.join(wrong)}: texts are strings, flags are true or false"
        )
    try:
        ZoneInfo(body.get("tz", "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        raise ControlError("invalid_tz", "tz is a name such as Europe/Berlin") from None


def apply(member: Member, body: Json) -> None:
    """Write what is given."""
    for key in (*TEXTS, *FLAGS):
        if key in body:
            setattr(member, key, body[key])
    member.name = member.name.lower()
