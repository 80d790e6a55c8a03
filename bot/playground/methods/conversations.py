"""conversations.*: where people talk, and what was said there."""

import re

from bot.playground.errors import SlackError
from bot.playground.methods.pages import page_of
from bot.playground.methods.scopes import require, require_read, wanted_types
from bot.playground.methods.targets import visible_channel
from bot.playground.methods.users import may_list
from bot.playground.services import Services
from bot.playground.wire import Arguments, Json
from bot.playground.workspace.conversations import Channel, Kind, render_channel
from bot.playground.workspace.rooms import add_channel, by_name, find_direct, open_direct
from bot.playground.workspace.state import State

MOST_PEOPLE = 8
LONGEST_NAME = 80
NAME = re.compile(r"[\w-]+")


def shown(state: State, channel: Channel) -> Json:
    """A conversation as the app sees it."""
    return render_channel(channel, state.app.bot_user_id, state.app.team_id)


def channel_of(services: Services, args: Arguments) -> Channel:
    """The conversation that a call means."""
    return visible_channel(services, args.required("channel"))


async def conversations_list(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.list."""
    types = wanted_types(services, args)
    rooms = [each for each in services.state.channels.values() if may_list(services, each, types, args)]
    channels, metadata = page_of(rooms, args, default=100, name=lambda room: room.id)
    return {"channels": [shown(services.state, channel) for channel in channels], **metadata}


async def conversations_info(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.info."""
    channel = channel_of(services, args)
    require_read(services, channel)
    rendered = shown(services.state, channel)
    if not args.flag("include_num_members"):
        rendered.pop("num_members", None)
    return {"channel": rendered}


async def conversations_members(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.members."""
    channel = channel_of(services, args)
    require_read(services, channel)
    members, metadata = page_of(channel.members, args, default=100, name=str)
    return {"members": list(members), **metadata}


async def conversations_open(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.open."""
    state = services.state
    if args.has("channel"):
        return opened(state, visible_channel(services, args.text("channel")), args, was_open=True)
    people = args.names("users")
    if not people:
        raise SlackError("users_list_not_supplied")
    require(services, "im:write" if len(people) == 1 else "mpim:write")
    check_people(state, people)
    everyone = [state.app.bot_user_id, *dict.fromkeys(people)]
    channel = find_direct(state, everyone)
    if channel is not None:
        return opened(state, channel, args, was_open=True)
    if args.flag("prevent_creation"):
        raise SlackError("channel_not_found")
    return opened(state, open_direct(state, everyone), args, was_open=False)


def check_people(state: State, people: list[str]) -> None:
    """Refuse people with whom no direct message can be opened."""
    if len(people) > MOST_PEOPLE:
        raise SlackError("too_many_users")
    for person in people:
        member = state.members.get(person)
        if member is None:
            raise SlackError("user_not_found")
        if member.deleted:
            raise SlackError("user_disabled")
        if member.is_bot:
            raise SlackError("cannot_dm_bot")


def opened(state: State, channel: Channel, args: Arguments, *, was_open: bool) -> Json:
    """The answer about an opened conversation."""
    answer: Json = {"no_op": True, "already_open": True} if was_open else {}
    if args.flag("return_im"):
        return answer | {"channel": shown(state, channel)}
    return answer | {"channel": {"id": channel.id}}


async def conversations_join(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.join."""
    state = services.state
    channel = channel_of(services, args)
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    if state.app.bot_user_id in channel.members:
        warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
        return {"channel": shown(state, channel), **warning}
    enter(services, channel, state.app.bot_user_id, inviter="")
    return {"channel": shown(state, channel)}


def enter(services: Services, channel: Channel, user_id: str, inviter: str) -> None:
    """Make somebody a member of a channel."""
    state = services.state
    channel.members.append(user_id)
    state.changes.touch(channel.members)
    event = {
        "type": "member_joined_channel",
        "user": user_id,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "channel" else "G",
        "team": state.app.team_id,
        **({"inviter": inviter} if inviter else {}),
    }
    state.start(services.events.tell("member_joined_channel", event, channel))


async def conversations_invite(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.invite."""
    state = services.state
    channel = channel_of(services, args)
    people = args.names("users")
    check_invitation(state, channel, people)
    for person in people:
        enter(services, channel, person, inviter=state.app.bot_user_id)
    return {"channel": shown(state, channel)}


def check_invitation(state: State, channel: Channel, people: list[str]) -> None:
    """Refuse an invitation that cannot be."""
    if not people:
        raise SlackError("no_user")
    if channel.kind in ("im", "mpim"):
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    if state.app.bot_user_id not in channel.members:
        raise SlackError("not_in_channel")
    for person in people:
        check_guest(state, channel, person)


def check_guest(state: State, channel: Channel, person: str) -> None:
    """Refuse to invite somebody who cannot come."""
    if person not in state.members or state.members[person].deleted:
        raise SlackError("user_not_found")
    if person == state.app.bot_user_id:
        raise SlackError("cant_invite_self")
    if person in channel.members:
        raise SlackError("already_in_channel")


async def conversations_create(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/conversations.create."""
    state = services.state
    private = args.flag("is_private")
    require(services, "groups:write" if private else "channels:manage")
    name = args.text("name").removeprefix("#")
    check_name(name)
    if by_name(state, name) is not None:
        raise SlackError("name_taken")
    kind: Kind = "group" if private else "channel"
    channel = add_channel(state, kind, name, [state.app.bot_user_id], state.app.bot_user_id)
    return {"channel": shown(state, channel)}


def check_name(name: str) -> None:
    """Refuse a channel name that Slack would refuse."""
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > LONGEST_NAME:
        raise SlackError("invalid_name_maxlength")
    if not NAME.fullmatch(name) or name != name.lower():
        raise SlackError("invalid_name_specials")
    if not any(character.isalnum() for character in name):
        raise SlackError("invalid_name_punctuation")
