"""What the use cases need from outside: a transaction (`Tx`), and what the process has open (`Deps`)."""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import uuid4

from bot.domain.attention import Waiting
from bot.domain.audit import AuditEntry
from bot.domain.channels import CohortChannel
from bot.domain.charters import Charter, FeedbackWish
from bot.domain.checkins import CheckIn, Commitment, Energy
from bot.domain.closings import Closing
from bot.domain.cohorts import Cohort
from bot.domain.competencies import Competency
from bot.domain.digests import Digest, DigestLine
from bot.domain.drifts import GoalDrift
from bot.domain.entries import Entry, Filters
from bot.domain.errors import NotFound
from bot.domain.evidence import Evidence
from bot.domain.experiments import Experiment, Hint
from bot.domain.feeds import Feed, Feeds, NoFeeds
from bot.domain.figures import CohortFigure, CountedShare
from bot.domain.goals import Goal
from bot.domain.ids import EntryId, MemberId, PairId, WorkspaceId
from bot.domain.indicators import Indicator
from bot.domain.insights import Insight, SharedInsight
from bot.domain.insights_curating import InsightEdition
from bot.domain.insights_import import InsightImport
from bot.domain.ladders import Ladder, LadderRound, LadderScore
from bot.domain.ledger import LedgerLine
from bot.domain.matching import MatchLine, MatchRun
from bot.domain.members import Member, Workspace
from bot.domain.milestones import Milestone
from bot.domain.nudges import Nudge, Occurrence
from bot.domain.objectives import Objective
from bot.domain.observations import Observation
from bot.domain.offers import Offer
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.owed_replies import OwedReply
from bot.domain.pairs import Membership, Pair, PairState
from bot.domain.patterns import Pattern
from bot.domain.pauses import Pause
from bot.domain.portfolios import Portfolio
from bot.domain.privacy import Viewer
from bot.domain.profiles import CohortProfile, NotWith
from bot.domain.pulses import PulseBox, PulseKey
from bot.domain.questions import CohortQuestion
from bot.domain.quotes import Quote
from bot.domain.readings import Reading
from bot.domain.replies import Reply
from bot.domain.requests import HelpRequest
from bot.domain.resources import Resource
from bot.domain.results import Response, Result, Seen
from bot.domain.reuse import CountedTry, ReusableTry
from bot.domain.reuse_reports import ReuseReport, ReuseReportTelling
from bot.domain.reviews import RetroItem, Review
from bot.domain.rhythms import RhythmProposal
from bot.domain.saved_searches import SavedSearch, SearchNews
from bot.domain.search import Candidate, Near, QueryWord, TermStats
from bot.domain.sessions import AgendaItem, Answer, Ask, Session
from bot.domain.setbacks import Setback
from bot.domain.stored import Entity
from bot.domain.suggestions import Suggestion
from bot.domain.talks import NextTalk, Talk
from bot.domain.thanks import Thanks
from bot.domain.turns import Toss, Turn
from bot.domain.two_lines import StakeholderAsk, TwoLines
from bot.domain.wins_channel import ChannelWin, WinConsent, WinPost
from bot.domain.wins_sharing import SharedWin
from bot.domain.working_life import CohortDayOff, DayOff
from bot.ports_counts import Counts
from bot.ports_slack import Directory, Messenger

T = TypeVar("T")
E = TypeVar("E", bound=Entity)


class Store(Protocol[E]):
    """The things of one kind that one viewer may see.

    `where` names columns: a value means equal, a list one of, None nothing there; `name__upto` means at most,
    `name__since` at least.
    """

    def insert(self, entity: E) -> E:
        """Keep it, and return it with its id."""

    def insert_all(self, entities: Iterable[E]) -> list[E]:
        """Keep them all, and return them with their ids, in their order."""

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

    def update_all(self, entities: Iterable[E]) -> list[E]:
        """Keep all these changes, as `update` does; Stale if somebody else changed one of them since."""

    def delete(self, entity: E) -> None:
        """Forget it; nothing happens if it is gone."""


class EntrySearch(Protocol):
    """The index over all entries, for one viewer."""

    def candidates(self, words: Sequence[QueryWord], filters: Filters, limit: int) -> list[Candidate]:
        """The newest entries that hold all of the words (all entries if there are none) and fit the filters."""

    def candidates_any(self, words: Sequence[QueryWord], filters: Filters, limit: int) -> list[Candidate]:
        """The newest entries that hold at least one of the words, and fit the filters."""

    def newest_texts(self, limit: int) -> list[str]:
        """The titles, bodies and tags of the newest entries."""

    def statistics(self, terms: Sequence[str]) -> TermStats:
        """In how many entries each term stands (of too many, in the whole workspace); for ranking, never shown."""

    def nearest(self, text: str, filters: Filters, limit: int, among: Sequence[EntryId]) -> list[Near]:
        """Nearest in meaning, best first, of too many `among` these; none where meaning cannot be compared."""

    def keep_meaning(self, entries: Sequence[Entry]) -> None:
        """Keep what these entries mean now, instead of what they meant."""

    def refresh_meaning(self, limit: int) -> int:
        """Do that for `limit` entries of the viewer's workspace of which it is not known; how many it did."""

    def without_entry(self, store: str, after: int, limit: int) -> list[int]:
        """The lowest ids above `after` of things that the index lacks or keeps by an older rule or without its story.

        Some of them cannot be found as they are now, see `bot.usecases.entries.is_findable`.
        """

    def agrees(self) -> bool:
        """Whether the index holds just what the entries of all workspaces say; of any viewer the same."""

    def rebuild(self) -> None:
        """Make the index anew from the entries of all workspaces."""

    def refresh_statistics(self) -> None:
        """Count the terms of the viewer's workspace anew, or of every workspace for the clock; once a day is enough."""


class Queue(Protocol):
    """What waits in `outgoing`, at a price that does not grow with what does not wait."""

    def workspaces(self, state: OutgoingState) -> Iterator[WorkspaceId]:
        """The workspaces in which something is in this state."""

    def planned(self, workspace: WorkspaceId, limit: int) -> list[Outgoing]:
        """What may be sent now, the most urgent first, then the oldest; of nobody to whom anything is unsettled."""

    def unknown(self, workspace: WorkspaceId, limit: int) -> list[Outgoing]:
        """What is to be looked for now, the most urgent first, then what has waited longest."""


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
    feeds: Store[Feed]
    days_off: Store[DayOff]
    cohort_days_off: Store[CohortDayOff]
    pairs: Store[Pair]
    memberships: Store[Membership]
    pauses: Store[Pause]
    charters: Store[Charter]
    feedback_wishes: Store[FeedbackWish]
    objectives: Store[Objective]
    resources: Store[Resource]
    competencies: Store[Competency]
    cohort_questions: Store[CohortQuestion]
    profiles: Store[CohortProfile]
    not_with: Store[NotWith]
    match_runs: Store[MatchRun]
    match_lines: Store[MatchLine]
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
    reviews: Store[Review]
    retro_items: Store[RetroItem]
    nudges: Store[Nudge]
    check_ins: Store[CheckIn]
    drifts: Store[GoalDrift]
    energies: Store[Energy]
    commitments: Store[Commitment]
    sessions: Store[Session]
    talks: Store[Talk]
    rhythm_proposals: Store[RhythmProposal]
    agenda: Store[AgendaItem]
    asks: Store[Ask]
    answers: Store[Answer]
    owed_replies: Store[OwedReply]
    thanks: Store[Thanks]
    replies: Store[Reply]
    evidence: Store[Evidence]
    milestones: Store[Milestone]
    shared_wins: Store[SharedWin]
    cohort_channels: Store[CohortChannel]
    win_posts: Store[WinPost]
    channel_wins: Store[ChannelWin]
    win_consents: Store[WinConsent]
    stakeholder_asks: Store[StakeholderAsk]
    two_lines: Store[TwoLines]
    insight_imports: Store[InsightImport]
    insights: Store[Insight]
    insight_editions: Store[InsightEdition]
    patterns: Store[Pattern]
    reusable_tries: Store[ReusableTry]
    counted_tries: Store[CountedTry]
    shared_insights: Store[SharedInsight]
    help_requests: Store[HelpRequest]
    offers: Store[Offer]
    closings: Store[Closing]
    portfolios: Store[Portfolio]
    pulse_keys: Store[PulseKey]
    pulses: Store[PulseBox]
    cohort_figures: Store[CohortFigure]
    counted_shares: Store[CountedShare]
    entries: Store[Entry]
    outgoing: Store[Outgoing]
    ledger_lines: Store[LedgerLine]
    digests: Store[Digest]
    digest_lines: Store[DigestLine]
    quotes: Store[Quote]
    reuse_reports: Store[ReuseReport]
    reuse_report_tellings: Store[ReuseReportTelling]
    saved_searches: Store[SavedSearch]
    search_news: Store[SearchNews]
    audit: Store[AuditEntry]
    rosters: Rosters
    search: EntrySearch
    counts: Counts
    queue: Queue

    _as_system: Callable[[], "Tx"]
    _as_member: Callable[[Member], "Tx"]

    @property
    def me(self) -> MemberId:
        """The member who acts or reads. Raises NotFound where nobody but Pairloop does."""
        if self.actor is None:
            raise NotFound("member")
        return self.actor

    def as_system(self) -> "Tx":
        """The same transaction as Pairloop itself sees it, for work that touches what the viewer may not read."""
        return self._as_system()

    def as_member(self, member: Member) -> "Tx":
        """The same transaction as this member sees it, for what Pairloop is to tell nobody but them."""
        return self._as_member(member)


class Database(Protocol):
    """Transactions, each opened for one viewer. Nothing is awaited inside `work`; it runs in a thread."""

    async def read(self, viewer: Viewer, work: Callable[[Tx], T]) -> T:
        """Run `work` without the means to change anything. Raises StoreUnavailable."""

    async def write(
        self, viewer: Viewer, work: Callable[[Tx], T], *, idempotency_key: str | None = None
    ) -> T:
        """Begin, work, commit, return. Raises StoreUnavailable.

        With `idempotency_key`, a second call with the same key changes nothing and returns what the first returned,
        which must then be something that JSON can hold.
        """

    async def forget_calls(self, before: datetime) -> int:
        """Forget the `idempotency_key` keys taken before this real time; returns how many. Raises StoreUnavailable."""


class Clock(Protocol):
    """Two times: the calendar that people read, and the real time that leases and retries run on."""

    def now(self) -> datetime:
        """The calendar: aware, UTC. A demo moves it forward."""

    def real_now(self) -> datetime:
        """Real time: aware, UTC."""


@dataclass
class Sender:
    """This process among those that post: one at a time sends for a workspace, and within it one round at a time."""

    name: str = field(default_factory=lambda: uuid4().hex)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    stopping: bool = False
    waiting: "set[asyncio.Task[Any] | None]" = field(default_factory=set)  # may be let go of
    unanswered: "Counter[WorkspaceId]" = field(default_factory=Counter)  # posts in a row, each after a rest


@dataclass(frozen=True)
class Deps:
    """What a process has open: where things are kept, the time, and Slack."""

    db: Database
    clock: Clock
    directory: Directory
    messenger: Messenger
    feeds: Feeds = field(default_factory=NoFeeds)
    sender: Sender = field(default_factory=Sender)
