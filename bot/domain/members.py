"""Who somebody is: a Slack user known to Pairloop, and the workspace they belong to."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from bot.domain.budget import HeadsUp, Intensity
from bot.domain.digests import DigestWish
from bot.domain.errors import PersonUnfit
from bot.domain.ids import MemberId, WorkspaceId
from bot.domain.regions import NOWHERE
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.working_life import QUIET_FROM, QUIET_TO, WORKING_WEEK


class WhatHelped(StrEnum):
    """Whether somebody wishes to read, once a quarter, what helped here."""

    NO = "no"
    YES = "yes"


@dataclass(frozen=True)
class Workspace:
    """One Slack team where the app is installed."""

    team_id: str
    name: str
    bot_user_id: str
    created_at: datetime
    enterprise_id: str = ""
    claim_code: str = ""  # SHA-256 of the one-time code; empty once it was used
    sender: str = ""  # the process that posts here, until `sender_until`
    sender_until: datetime | None = None  # real time, like `paused_until`
    paused_until: datetime | None = None  # Slack asked for a pause
    restored_at: datetime | None = None  # when a copy of the database was put back, by the calendar
    restored_ts: str = ""  # Slack's time stamp of the last message that this copy knew of
    id: WorkspaceId = WorkspaceId(0)
    version: int = 1


WORKSPACES = Stored(
    Workspace, "workspace", Audience.WORKSPACE, Erased.STAYS, exported=False, earlier=None, found=None,
    unique=(("enterprise_id", "team_id"),),
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """A Slack user as Slack last described them. `tz` is an IANA name, `locale` like "de-DE"."""

    workspace_id: WorkspaceId
    user_id: str
    name: str
    tz: str
    locale: str
    refreshed_at: datetime
    is_bot: bool = False
    is_guest: bool = False
    is_deleted: bool = False
    is_foreign: bool = False
    is_admin: bool = False  # of Pairloop, not of Slack
    full_name: str = ""
    dm_channel: str = ""
    home_hash: str = ""
    # When they work: whose holidays, which days, and between which hours nothing comes by itself; both None for none.
    region: str = NOWHERE
    working_days: tuple[str, ...] = WORKING_WEEK
    quiet_from: time | None = QUIET_FROM
    quiet_to: time | None = QUIET_TO
    intensity: Intensity = Intensity.NORMAL  # how much comes by itself
    digest: DigestWish = DigestWish.AUTO
    heads_up: HeadsUp = HeadsUp.NONE
    what_helped: WhatHelped = WhatHelped.NO
    id: MemberId = MemberId(0)
    version: int = 1

    @property
    def in_full(self) -> str:
        """The name for whoever meets them for the first time: a display name may be a first name or a nickname."""
        return self.full_name or self.name


MEMBERS = Stored(
    Member, "member", Audience.WORKSPACE, Erased.BLANKED, exported=False, earlier=None, found=None,
    unique=(("workspace_id", "user_id"),),
)  # fmt: skip


def unfit_reason(member: Member) -> str:
    """Why this member cannot be a partner ("bot", "deactivated", "foreign", "guest"), or "" if they can."""
    if member.is_bot:
        return "bot"
    if member.is_deleted:
        return "deactivated"
    if member.is_foreign:
        return "foreign"
    if member.is_guest:
        return "guest"
    return ""


def require_fit(member: Member, field: str | None = None) -> None:
    """Raise PersonUnfit if the member cannot be half of a pair."""
    if reason := unfit_reason(member):
        raise PersonUnfit(reason, member.name, field=field)
