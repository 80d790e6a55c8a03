"""What does the playground hold at this moment?"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.app.activity import Activity
from bot.playground.app.faults import Faults
from bot.playground.app.journal import Journal
from bot.playground.app.limits import RateLimits
from bot.playground.app.response_urls import ResponseUrls
from bot.playground.app.triggers import Triggers
from bot.playground.control.clock import DemoClock
from bot.playground.wire import Json
from bot.playground.workspace.changes import Changes
from bot.playground.workspace.conversations import Channel
from bot.playground.workspace.files import File
from bot.playground.workspace.ids import Ids
from bot.playground.workspace.manifest import Manifest
from bot.playground.workspace.messages import Message
from bot.playground.workspace.users import Member
from bot.playground.workspace.views import Views


@dataclass(frozen=True)
class App:
    """The installed app: what stays over a reset."""

    team_id: str
    app_id: str
    bot_id: str
    bot_user_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    team_name: str = "Playground"
    team_domain: str = "playground"

    @property
    def identity(self) -> Json:
        """The ids that every view carries."""
        return {
            "team_id": self.team_id,
            "app_id": self.app_id,
            "app_installed_team_id": self.team_id,
            "bot_id": self.bot_id,
        }


@dataclass
class Settings:
    """What a tester can set; times in seconds. Slack gives charts to one workspace after the other."""

    rate_limits: bool = False
    trigger_ttl_s: float = 3.0
    ack_timeout_s: float = 3.0
    delivery: str = "socket"
    request_url: str = ""
    charts: bool = True


@dataclass
class Content:
    """What a reset replaces."""

    members: dict[str, Member] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    views: Views = field(default_factory=Views)
    triggers: Triggers = field(default_factory=Triggers)
    response_urls: ResponseUrls = field(default_factory=ResponseUrls)
    # the options that the app has offered for an external select, by view or message, block and action
    offered: dict[tuple[str, str, str], list[Json]] = field(default_factory=dict)
    # by id
    files: dict[str, File] = field(default_factory=dict)
    # messages that are gone, as (revision, channel, ts)
    deleted: list[tuple[int, str, str]] = field(default_factory=list)


async def _no_story(_name: str) -> str:
    return "nobody here tells stories"


@dataclass
class State:
    """Everything: the workspace's content and what stays over a reset."""

    app: App
    ids: Ids
    clock: DemoClock
    manifest: Manifest
    faults: Faults
    settings: Settings = field(default_factory=Settings)
    content: Content = field(default_factory=Content)
    journal: Journal = field(default_factory=Journal)
    activity: Activity = field(default_factory=Activity)
    changes: Changes = field(default_factory=Changes)
    limits: RateLimits = field(default_factory=RateLimits)
    url: str = ""
    # what whoever started the playground would like to be read first; "" for nothing
    advice: str = ""
    # what the workspace can be filled with, by what each is called, and who does it: "" or why it cannot be
    stories: Mapping[str, str] = field(default_factory=dict)
    tell_story: Callable[[str], Awaitable[str]] = field(default=_no_story)
    # whether the app gave its bot token up
    revoked: bool = False
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    @property
    def members(self) -> dict[str, Member]:
        """The members by id."""
        return self.content.members

    @property
    def channels(self) -> dict[str, Channel]:
        """The conversations by id."""
        return self.content.channels

    @property
    def views(self) -> Views:
        """The open modals and Home pages."""
        return self.content.views

    def ts(self) -> str:
        """The next timestamp of the workspace."""
        return self.ids.ts(self.clock.now())

    def seconds(self) -> int:
        """The calendar in whole seconds."""
        return int(self.clock.now().timestamp())

    def log(self, kind: str, **what: Any) -> int:
        """Write into the journal; returns the number of the entry."""
        return self.journal.write(self.clock.real_now(), kind, calendar=self.clock.now().isoformat(), **what)

    def touch_message(self, message: Message) -> None:
        """Note that a message is new or has changed."""
        channel = self.channels[message.channel]
        people = [message.visible_to] if message.visible_to else channel.members
        message.revision = self.changes.touch(people)

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Do something beside; it is kept until it is done, and cancelled when the playground closes."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task
