"""How does a workspace begin, and how does it begin anew?"""

import random

from bot.playground.app.faults import Faults
from bot.playground.control.clock import DemoClock
from bot.playground.errors import ControlError
from bot.playground.wire import Json
from bot.playground.workspace.ids import Ids
from bot.playground.workspace.manifest import Manifest, parse_manifest
from bot.playground.workspace.rooms import add_channel, with_app
from bot.playground.workspace.seed import a_crowd, email_of, the_cast
from bot.playground.workspace.state import App, Content, State
from bot.playground.workspace.users import Member

MOST_MEMBERS = 20_000
ROOMS = (("general", "Company-wide announcements"), ("random", "Everything else"))


def new_app(ids: Ids) -> App:
    """The installed app, with tokens that look like Slack's."""
    return App(
        team_id=ids.make("T"),
        app_id=ids.make("A"),
        bot_id=ids.make("B"),
        bot_user_id=ids.make("U"),
        bot_token=f"xoxb-{ids.digits(12)}-{ids.digits(13)}-{ids.word(24)}",
        app_token=f"xapp-1-{ids.make('A')}-{ids.digits(13)}-{ids.hex(64)}",
        signing_secret=ids.hex(32),
        verification_token=ids.word(24),
    )


def new_state(clock: DemoClock, manifest: Json | None, seed: int) -> State:
    """A playground with a fresh workspace."""
    ids = Ids(seed)
    parsed = parse_manifest(manifest)
    state = State(app=new_app(ids), ids=ids, clock=clock, manifest=parsed, faults=Faults(seed))
    fill(state, the_cast(ids, state.seconds()))
    return state


def fill(state: State, members: list[Member]) -> None:
    """Put members, the app's own user and two channels into a workspace."""
    everyone = [the_apps_user(state), *members]
    state.content = Content(members={member.id: member for member in everyone})
    inside = [member.id for member in everyone if not member.deleted]
    admin = next((member.id for member in members if member.is_admin), state.app.bot_user_id)
    for name, purpose in ROOMS:
        channel = add_channel(state, "channel", name, inside[:], admin)
        channel.purpose = purpose
        channel.is_general = name == "general"
    state.changes.touch()


def the_apps_user(state: State) -> Member:
    """The user under which the app speaks."""
    app, manifest = state.app, state.manifest
    return Member(
        app.bot_user_id,
        manifest.bot_name.lower().replace(" ", ""),
        manifest.bot_name,
        is_bot=True,
        bot_id=app.bot_id,
        app_id=app.app_id,
        updated=state.seconds(),
    )


def reset(state: State, size: int | None, seed: int) -> None:
    """Begin anew with the cast, or with a crowd; team, tokens, manifest, settings and clock stay."""
    if size is not None and not 0 <= size <= MOST_MEMBERS:
        raise ControlError("invalid_members", f"members is a number up to {MOST_MEMBERS}")
    now = state.seconds()
    state.faults.clear()
    state.revoked = False
    fill(state, the_cast(state.ids, now) if size is None else a_crowd(state.ids, size, seed, now))


def use_manifest(state: State, manifest: Manifest) -> None:
    """Honour another manifest from now on."""
    state.manifest = manifest
    own = the_apps_user(state)
    state.members[own.id] = own
    state.changes.touch()


def new_member(state: State, name: str) -> Member:
    """Somebody new, in the channels that everyone is in, known to the app's direct messages."""
    dice = random.Random(name)  # noqa: S311 (a made-up time zone)
    tz, locale = dice.choice(
        (("Europe/London", "en-GB"), ("Europe/Berlin", "de-DE"), ("America/New_York", "en-US"))
    )
    member = Member(
        state.ids.make("U"), name, name.title(), tz, locale, email_of(name), updated=state.seconds()
    )
    state.members[member.id] = member
    for channel in state.channels.values():
        if channel.is_general:
            channel.members.append(member.id)
    with_app(state, member.id)
    return member
