"""Which conversation is meant, and how is a new one opened?"""

from bot.playground.workspace.conversations import Channel, Kind
from bot.playground.workspace.state import State

PREFIXES: dict[Kind, str] = {"channel": "C", "group": "C", "im": "D", "mpim": "C"}


def add_channel(state: State, kind: Kind, name: str, members: list[str], creator: str) -> Channel:
    """A new conversation; its people see it from now on."""
    channel = Channel(
        id=state.ids.make(PREFIXES[kind]),
        name=name,
        kind=kind,
        members=members,
        creator=creator,
        created=state.seconds(),
    )
    state.channels[channel.id] = channel
    state.changes.touch(members)
    return channel


def by_name(state: State, name: str) -> Channel | None:
    """A channel by its name, with or without the sign."""
    wanted = name.removeprefix("#")
    named = (channel for channel in state.channels.values() if channel.kind in ("channel", "group"))
    return next((channel for channel in named if channel.name == wanted), None)


def find_direct(state: State, people: list[str]) -> Channel | None:
    """The direct message among exactly these people, if there is one."""
    wanted = set(people)
    direct = (channel for channel in state.channels.values() if channel.kind in ("im", "mpim"))
    return next((channel for channel in direct if set(channel.members) == wanted), None)


def open_direct(state: State, people: list[str]) -> Channel:
    """The direct message among these people, opened when there is none yet."""
    found = find_direct(state, people)
    if found is not None:
        return found
    if len(people) <= 2:  # noqa: PLR2004 (a direct message has two sides)
        return add_channel(state, "im", "directmessage", people, people[0])
    name = "mpdm-" + "--".join(state.members[person].name for person in people) + "-1"
    return add_channel(state, "mpim", name, people, people[0])


def with_app(state: State, user_id: str) -> Channel:
    """The direct message of a person with the app."""
    return open_direct(state, [state.app.bot_user_id, user_id])


def rooms_of(state: State, user_id: str) -> list[Channel]:
    """The conversations that this member is in."""
    return [channel for channel in state.channels.values() if user_id in channel.members]
