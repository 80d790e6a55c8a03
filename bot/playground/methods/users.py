"""users.*: who is there?"""

from bot.playground.errors import SlackError
from bot.playground.methods.pages import page_of
from bot.playground.methods.scopes import TYPE_OF_KIND, wanted_types
from bot.playground.services import Services
from bot.playground.wire import Arguments, Json
from bot.playground.workspace.conversations import Channel, render_channel
from bot.playground.workspace.rooms import rooms_of
from bot.playground.workspace.users import Member, render_profile, render_user


def shown(services: Services, member: Member, *, locale: bool) -> Json:
    """A member as the app may see them."""
    state = services.state
    email = "users:read.email" in state.manifest.scopes
    return render_user(member, state.app.team_id, state.clock.now(), locale=locale, email=email)


def member_of(services: Services, user_id: str) -> Member:
    """A member by id; refused when there is none."""
    member = services.state.members.get(user_id)
    if member is None:
        raise SlackError("user_not_found")
    return member


async def users_info(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/users.info."""
    member = member_of(services, args.text("user"))
    return {"user": shown(services, member, locale=args.flag("include_locale"))}


async def users_list(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/users.list."""
    everyone = list(services.state.members.values())
    members, metadata = page_of(everyone, args, default=1000, name=lambda member: member.id)
    locale = args.flag("include_locale")
    return {
        "members": [shown(services, member, locale=locale) for member in members],
        "cache_ts": services.state.seconds(),
        **metadata,
    }


async def users_lookup_by_email(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/users.lookupByEmail: active people only."""
    email = args.text("email").lower()
    people = (member for member in services.state.members.values() if member.is_person)
    found = next((member for member in people if email and member.email.lower() == email), None)
    if found is None:
        raise SlackError("users_not_found")
    return {"user": shown(services, found, locale=False)}


async def users_profile_get(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/users.profile.get."""
    state = services.state
    member = member_of(services, args.text("user") or state.app.bot_user_id)
    email = "users:read.email" in state.manifest.scopes
    return {"profile": render_profile(member, state.app.team_id, email=email)}


async def users_conversations(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/users.conversations."""
    state = services.state
    user_id = args.text("user") or state.app.bot_user_id
    member_of(services, user_id)
    types = wanted_types(services, args)
    rooms = [channel for channel in rooms_of(state, user_id) if may_list(services, channel, types, args)]
    channels, metadata = page_of(rooms, args, default=100, name=lambda room: room.id)
    return {
        "channels": [render_channel(channel, user_id, state.app.team_id) for channel in channels],
        **metadata,
    }


def may_list(services: Services, channel: Channel, types: set[str], args: Arguments) -> bool:
    """Whether a conversation belongs in a list that the app asked for."""
    if TYPE_OF_KIND[channel.kind] not in types or (channel.is_archived and args.flag("exclude_archived")):
        return False
    return channel.kind == "channel" or services.state.app.bot_user_id in channel.members
