"""What the use cases need from outside: a transaction (`Tx`), and what the process has open (`Deps`)."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from uuid import uuid4

from bot.domain.attention import Waiting
from bot.domain.audit import AuditEntry
from bot.domain.checkins import CheckIn, Commitment, Energy
from bot.domain.closings import Closing
from bot.domain.cohorts import Cohort
from bot.domain.drifts import GoalDrift
from bot.domain.entries import Entry, Filters
from bot.domain.errors import NotFound
from bot.domain.evidence import Evidence
from bot.domain.experiments import Experiment, Hint
from bot.domain.funnels import Funnel
from bot.domain.goals import Goal
from bot.domain.ids import CohortId, MemberId, PairId
from bot.domain.indicators import Indicator
from bot.domain.insights import Insight, SharedInsight
from bot.domain.ladders import Ladder, LadderRound, LadderScore
from bot.domain.members import Member, Workspace
from bot.domain.nudges import Nudge, Occurrence
from bot.domain.observations import Observation
from bot.domain.offers import Offer
from bot.domain.outgoing import Outgoing
from bot.domain.owed_replies import OwedReply, ReplyCounts
from bot.domain.pairs import Membership, Pair, PairState
from bot.domain.pauses import Pause
from bot.domain.privacy import Viewer
from bot.domain.readings import Reading
from bot.domain.replies import Reply
from bot.domain.requests import HelpRequest
from bot.domain.results import Response, Result, Seen
from bot.domain.search import Candidate, QueryWord, TermStats
from bot.domain.sessions import AgendaItem, Answer, Ask, Session
from bot.domain.setbacks import Setback
from bot.domain.stored import Entity
from bot.domain.suggestions import Suggestion
from bot.domain.talks import NextTalk, Talk
from bot.domain.thanks import Thanks
from bot.domain.turns import Toss, Turn

T = TypeVar("T")
E = TypeVar("E", bound=Entity)


class Store(Protocol[E]):
    """The things of one kind that one viewer may see.

    `where` names columns: a value means equal, a list one of, None nothing there; `name__upto` means at most,
    `name__since` at least.
    """

    def insert(self, entity: E) -> E:
        """Keep it, and return it with its id."""

    def get(self, id: int, *, lock: bool = False) -> E:  # noqa: A002 - the field's own name
        """The thing with this id, or NotFound. `lock` makes other writers wait until this transaction ends."""

    def find(
        self, *, order: str = "id", limit: int | None = None, claim: bool = False, **where: Any
    ) -> list[E]:
        """All that fit, by `order` ("-id": newest first). `claim` skips rows that another process works on."""

    def first(self, *, order: str = "id", **where: Any) -> E | None:
        """The first that fits, or None."""

    def count(self, **where: Any) -> int:
        """How many fit."""

    def update(self, entity: E) -> E:
        """Keep the change and return it with its new version; Stale if somebody else changed it since."""

    def delete(self, entity: E) -> None:
        """Forget it; nothing happens if it is gone."""


class EntrySearch(Protocol):
    """The index over all entries, for one viewer."""

    def candidates(self, words: Sequence[QueryWord], filters: Filters, limit: int) -> list[Candidate]:
        """The newest entries that hold all of the words (all entries if there are none) and fit the filters."""

    def candidates_any(self, words: Sequence[QueryWord], filters: Filters, limit: int) -> list[Candidate]:
        """The newest entries that hold at least one of the words, and fit the filters."""

    def statistics(self, terms: Sequence[str]) -> TermStats:
        """In how many entries each index term stands; for ranking only, and never to be shown.

        Where the workspace is too large to count what the viewer may see, all its entries were counted before.
        """

    def refresh_statistics(self) -> None:
        """Count the terms of the viewer's workspace anew, or of every workspace for the clock; once a day is enough."""


@dataclass(frozen=True)
class Standing:
    """How many pairs of a cohort are in which state, and how the replies in it came. Counts only."""

    pairs: dict[str, int] = field(default_factory=dict)
    replies: ReplyCounts = field(default_factory=ReplyCounts)


class Counts(Protocol):
    """Figures that need no one's words."""

    def funnels(self, cohorts: Sequence[CohortId]) -> list[Funnel]:
        """One funnel for each of these cohorts."""

    def pair_states(self, cohorts: Sequence[CohortId]) -> dict[CohortId, dict[str, int]]:
        """How many pairs of each cohort are in which state."""

    def standings(self, cohorts: Sequence[CohortId], now: datetime) -> dict[CohortId, Standing]:
        """The pairs of each of these cohorts by state, and the replies that were due in it, in one query."""

    def next_due(self) -> datetime | None:
        """The earliest moment at which anything falls due, over all workspaces; for a clock that is moved."""


Participant = tuple[Membership, Member]


class Rosters(Protocol):
    """Who is with whom, in one query however many pairs there are."""

    def of(
        self, member: MemberId, states: Collection[PairState] = (PairState.ACTIVE,)
    ) -> list[tuple[Pair, list[Participant]]]:
        """The pairs of a member in these states, the oldest first, each with everyone who is in it now."""

    def waiting(self, pairs: Sequence[PairId], member: MemberId) -> dict[PairId, Waiting]:
        """What others of these pairs wrote that this member has not answered."""

    def occasions(self, member: MemberId) -> list[tuple[Nudge, Occurrence]]:
        """This member's nudges that are planned or sent, in pairs and cohorts that run, the next first."""

    def talks(self, pairs: Sequence[PairId], now: datetime) -> dict[PairId, NextTalk]:
        """The next talk of each pair: the first that is planned and to come.

        Where none is, the day that the newest talk named for the next one, whether it has passed or not.
        """


@dataclass(frozen=True)
class Policy:
    """What whoever runs Pairloop has set for everybody.

    Args:
        admins: Slack user ids from PAIRLOOP_ADMINS.
        open_pairing: whether any two may pair by mutual consent.
    """

    admins: frozenset[str] = frozenset()
    open_pairing: bool = False


@dataclass(frozen=True)
class Tx:
    """One transaction, opened for one viewer: nothing that the viewer may not see comes out of it.

    Args:
        actor: who acts or reads, also where the transaction is seen as Pairloop sees it.
        now: the calendar when it began, `real_now` real time; see `Clock`.
        key: by which a second delivery of what caused it is known, "" where nothing can come twice.
    """

    viewer: Viewer
    actor: MemberId | None
    now: datetime
    real_now: datetime
    policy: Policy
    key: str
    workspaces: Store[Workspace]
    members: Store[Member]
    cohorts: Store[Cohort]
    pairs: Store[Pair]
    memberships: Store[Membership]
    pauses: Store[Pause]
    goals: Store[Goal]
    ladders: Store[Ladder]
    ladder_rounds: Store[LadderRound]
    ladder_scores: Store[LadderScore]
    experiments: Store[Experiment]
    indicators: Store[Indicator]
    hints: Store[Hint]
    suggestions: Store[Suggestion]
    results: Store[Result]
    tosses: Store[Toss]
    turns: Store[Turn]
    readings: Store[Reading]
    responses: Store[Response]
    seen: Store[Seen]
    observations: Store[Observation]
    setbacks: Store[Setback]
    occurrences: Store[Occurrence]
    nudges: Store[Nudge]
    check_ins: Store[CheckIn]
    drifts: Store[GoalDrift]
    energies: Store[Energy]
    commitments: Store[Commitment]
    sessions: Store[Session]
    talks: Store[Talk]
    agenda: Store[AgendaItem]
    asks: Store[Ask]
    answers: Store[Answer]
    owed_replies: Store[OwedReply]
    thanks: Store[Thanks]
    replies: Store[Reply]
    evidence: Store[Evidence]
    insights: Store[Insight]
    shared_insights: Store[SharedInsight]
    help_requests: Store[HelpRequest]
    offers: Store[Offer]
    closings: Store[Closing]
    entries: Store[Entry]
    outgoing: Store[Outgoing]
    audit: Store[AuditEntry]
    rosters: Rosters
    search: EntrySearch
    counts: Counts

    _as_system: Callable[[], "Tx"]

    @property
    def me(self) -> MemberId:
        """The member who acts or reads. Raises NotFound where nobody but Pairloop does."""
        if self.actor is None:
            raise NotFound("member")
        return self.actor

    def as_system(self) -> "Tx":
        """The same transaction as Pairloop itself sees it, for work that touches what the viewer may not read."""
        return self._as_system()


class Database(Protocol):
    """Transactions, each opened for one viewer. Nothing is awaited inside `work`; it runs in a thread."""

    async def read(self, viewer: Viewer, work: Callable[[Tx], T]) -> T:
        """Run `work` without the means to change anything. Raises StoreUnavailable."""

    async def write(
        self, viewer: Viewer, work: Callable[[Tx], T], *, idempotency_key: str | None = None
    ) -> T:
        """Begin, work, commit, return.

        With `idempotency_key`, a second call with the same key changes nothing and returns what the first returned; the
        result must then be something that JSON can hold (an id, a text, None). Raises StoreUnavailable.
        """

    async def forget_calls(self, before: datetime) -> int:
        """Forget the `idempotency_key` keys taken before this real time; returns how many. Raises StoreUnavailable."""


class Clock(Protocol):
    """Two times: the calendar that people read, and the real time that leases and retries run on."""

    def now(self) -> datetime:
        """The calendar: aware, UTC. A demo moves it forward."""

    def real_now(self) -> datetime:
        """Real time: aware, UTC."""


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


class Messenger(Protocol):
    """Puts things into words and posts them. It never retries a post: only the dispatcher does."""

    async def post(self, address: Address, content: object, nonce: str) -> Delivery:
        """Post `content`, a view dataclass that `bot.slack.delivery.messages` knows, as a direct message."""

    async def update(self, address: Address, ts: str, content: object, nonce: str) -> Delivery:
        """Replace what the message at `ts` shows."""

    async def find(self, address: Address, nonce: str, after: str) -> Delivery:
        """Look for a posted message by its nonce: SENT if it is there, REJECTED if not.

        Otherwise Slack does not say (UNKNOWN), not now (THROTTLED, CLOSED), or not to us (BARRED, GONE).

        Args:
            after: the ts of an earlier message to the same person, "" to look through everything.
        """


@dataclass
class Sender:
    """This process among those that post: one at a time sends for a workspace, and within it one round at a time."""

    name: str = field(default_factory=lambda: uuid4().hex)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    stopping: bool = False


@dataclass(frozen=True)
class Deps:
    """What a process has open: where things are kept, the time, and Slack."""

    db: Database
    clock: Clock
    directory: Directory
    messenger: Messenger
    sender: Sender = field(default_factory=Sender)
