"""What the use cases need from Slack: who is who, and somebody who puts things into words and posts them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True)
class Profile:
    """A Slack user as Slack describes them now."""

    user_id: str
    name: str
    tz: str
    locale: str
    is_bot: bool
    is_guest: bool
    is_deleted: bool
    is_foreign: bool
    full_name: str = ""


@dataclass(frozen=True)
class Team:
    """The workspace that the bot's token belongs to."""

    team_id: str
    enterprise_id: str
    name: str
    bot_user_id: str


@dataclass(frozen=True)
class ChannelInfo:
    """A conversation as Slack describes it now; `is_in` says whether the app was invited."""

    id: str
    name: str
    is_in: bool
    is_archived: bool
    is_shared: bool
    is_direct: bool


class Directory(Protocol):
    """Who is who, asked from Slack."""

    async def team(self) -> Team:
        """The bot's own workspace. Raises SlackTrouble."""

    async def profile(self, user_id: str, *, within_s: float | None = None) -> Profile | None:
        """The user, or None where Slack knows nobody by this id.

        Raises SlackTrouble, also where there is no answer within so many seconds; when it comes, it is kept for the
        next who asks.
        """

    async def people(self) -> list[Profile]:
        """Everybody in the workspace, also those who have left. Raises SlackTrouble."""

    async def channel(self, channel_id: str) -> ChannelInfo | None:
        """A conversation, or None where the app knows of none. Raises SlackTrouble."""


class Outcome(StrEnum):
    """What became of one post or update, or of the search for one."""

    SENT = "sent"
    REJECTED = "rejected"  # it did not arrive and never will
    MOVED = "moved"  # it did not arrive: the person's channel is another one by now
    GONE = "gone"  # it did not arrive: there is nobody there any more
    THROTTLED = "throttled"  # it did not arrive: Slack asks for a pause of `retry_after` seconds
    CLOSED = "closed"  # it did not arrive: Slack takes nothing from us, until somebody sees to the token
    SEALED = "sealed"  # an update that never will be made: the message is gone, or closed to changes
    BARRED = "barred"  # a search that Slack does not allow: nobody can say, and asking again does not help by itself
    LATE = "late"  # it did not arrive: when its turn came, it was not to begin any more
    UNKNOWN = "unknown"  # nobody can say


@dataclass(frozen=True)
class Delivery:
    """An outcome, with where the message is, or Slack's error code."""

    outcome: Outcome
    channel: str = ""
    ts: str = ""
    error: str = ""
    retry_after: float = 0.0


@dataclass(frozen=True)
class Address:
    """Where a message goes: the person, their direct-message channel once it is known, how they read, and when."""

    user_id: str
    channel: str
    locale: str
    tz: str
    now: datetime | None = None


Begin = Callable[[], bool]  # whether a call whose turn has come may still be made


class Messenger(Protocol):
    """Puts things into words and posts them. It never retries a post: only the dispatcher does.

    It waits for the turn of each call; where `begin` then says no, nothing is sent (LATE).
    """

    @property
    def takes_files(self) -> bool:
        """Whether Slack let us hand over the last file that there was; true before the first."""

    async def post(self, address: Address, content: object, nonce: str, begin: Begin) -> Delivery:
        """Post `content`, a view dataclass that `bot.slack.delivery.messages` knows, as a direct message."""

    async def update(self, address: Address, ts: str, content: object, nonce: str, begin: Begin) -> Delivery:
        """Replace what the message at `ts` shows."""

    async def find(self, address: Address, nonce: str, after: str) -> Delivery:
        """Look for a posted message by its nonce: SENT if it is there, REJECTED if not.

        Otherwise Slack does not say (UNKNOWN), not now (THROTTLED, CLOSED), or not to us (BARRED, GONE).

        Args:
            after: the ts of an earlier message to the same person, "" to look through everything.
        """
