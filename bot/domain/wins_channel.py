"""A small win on its way into a channel: in words that stay, agreed to by everybody who is named."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated

from bot.domain.errors import Conflict, InvalidInput
from bot.domain.ids import (
    ChannelWinId,
    CohortId,
    MemberId,
    PairId,
    WinConsentId,
    WinPostId,
    WorkspaceId,
)
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import TEXT_LIMIT, Text
from bot.domain.wins_sharing import WinOf

LASTS = timedelta(
    days=28
)  # from the day on which it was shared; what is not told by then is asked about no more
MOST_NAMED = 5
MOST_TOLD = 40  # in one message, of which Slack takes fifty blocks; the others are told a week later
A_WEEK = timedelta(days=7)


class NoChannel(InvalidInput):
    """The cohort has no channel for small wins, or not any more."""


class NotOfCohort(InvalidInput):
    """Somebody is named who takes no part in this cohort."""

    def __init__(self, name: str, *, field: str | None = None) -> None:
        super().__init__(field=field)
        self.name = name


class ConsentOver(Conflict):
    """These words are asked about no more: they were changed, taken back, or waited too long."""


class ChannelWinState(StrEnum):
    WAITING = "waiting"  # for whoever is named
    AGREED = "agreed"
    POSTED = "posted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


ON_ITS_WAY = (ChannelWinState.WAITING, ChannelWinState.AGREED)
ALIVE = (*ON_ITS_WAY, ChannelWinState.POSTED)


class Answer(StrEnum):
    OPEN = "open"
    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class ChannelWin:
    """Words that never change: other words are another one of these, and asked about anew.

    Args:
        named: how many people are named, each of whom has to agree.
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    cohort_id: CohortId
    member_id: MemberId
    source: WinOf
    source_id: int
    text: Annotated[str, Text(TEXT_LIMIT, required=True)]
    named: int
    created_at: datetime
    expires_at: datetime
    state: ChannelWinState = ChannelWinState.WAITING
    win_post_id: WinPostId | None = None
    id: ChannelWinId = ChannelWinId(0)
    version: int = 1


@dataclass(frozen=True)
class WinConsent:
    """What one who is named says to exactly these words; nobody else reads it."""

    workspace_id: WorkspaceId
    channel_win_id: ChannelWinId
    member_id: MemberId
    text: Annotated[str, Text(TEXT_LIMIT)]
    created_at: datetime
    answer: Answer = Answer.OPEN
    id: WinConsentId = WinConsentId(0)
    version: int = 1


@dataclass(frozen=True)
class WinPost:
    """What is told in a cohort's channel in one week; which of them it tells, they say themselves."""

    workspace_id: WorkspaceId
    cohort_id: CohortId
    member_id: MemberId
    day: date
    created_at: datetime
    id: WinPostId = WinPostId(0)
    version: int = 1


# Others read its words where they are asked, in the consent, or where all may read them, in the channel.
CHANNEL_WINS = Stored(
    ChannelWin, "channel_win", Audience.OWNER, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    indexed=("win_post_id",),
    indexes={"cohort": ("cohort_id", "state"), "source": ("member_id", "source", "source_id")},
)  # fmt: skip
WIN_CONSENTS = Stored(
    WinConsent, "win_consent", Audience.OWNER, Erased.WITH_ITS_THING, exported=True, earlier=None, found=None,
    unique=(("channel_win_id", "member_id"),),
)  # fmt: skip
WIN_POSTS = Stored(
    WinPost, "win_post", Audience.LEADS, Erased.STAYS, exported=False, earlier=None, found=None,
    unique=(("cohort_id", "day"),),
)  # fmt: skip


def settled(win: ChannelWin, answers: Collection[Answer]) -> ChannelWin:
    """The win after one of those who are named answered; every one of them has to have said yes.

    Raises ConsentOver for what is asked about no more.
    """
    if win.state not in ALIVE:
        raise ConsentOver
    if Answer.NO in answers:
        return replace(win, state=ChannelWinState.DECLINED)
    agreed = list(answers).count(Answer.YES) == win.named
    if win.state is ChannelWinState.WAITING and agreed:
        return replace(win, state=ChannelWinState.AGREED)
    return win


def is_over(win: ChannelWin, now: datetime) -> bool:
    """Whether its time has passed before it was told."""
    return win.state in ON_ITS_WAY and win.expires_at <= now


def first_day(last: date | None, today: date) -> date:
    """The first day on which a channel may be told again: never twice in seven days, and never today."""
    tomorrow = today + timedelta(days=1)
    return tomorrow if last is None else max(tomorrow, last + A_WEEK)
