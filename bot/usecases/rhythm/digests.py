"""What people read in a digest: what waits for them, what is new, and what comes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.cadence import A_DAY, local_date, to_utc
from bot.domain.digests import AHEAD, Digest, DigestLine
from bot.domain.errors import NotFound
from bot.domain.experiments import ExperimentState
from bot.domain.ids import MemberId, NudgeId, ReuseReportId
from bot.domain.outgoing import OutgoingState, Priority
from bot.domain.owed_replies import OwedReply, OwedState
from bot.domain.talks import TalkState
from bot.ports import Tx
from bot.usecases.loop.reuse_reports import report_told
from bot.usecases.loop.wins import SHARED, is_still_one
from bot.usecases.outgoing import Message, as_long_as
from bot.usecases.people.memberships import PairMembership, memberships_from
from bot.usecases.rhythm.owed_replies_messages import WaitingLine, waiting_lines
from bot.usecases.rhythm.saved_searches import SearchLine, search_lines

WAITING_SHOWN = 8
NEWS_SHOWN = 10
TRY, TAKEN = "experiment.card", "suggestion.taken"


class NewsKind(StrEnum):
    """What somebody did."""

    TRY = "try"
    CHECK_IN = "check_in"
    SKIPPED = "skipped"
    GOAL = "goal"
    SETBACK = "setback"
    SUGGESTION = "suggestion"  # made theirs
    MILESTONE = "milestone"
    WIN = "win"  # a small one that is shared


@dataclass(frozen=True)
class NewsLine:
    """What somebody did, in one line; `text` are their own words."""

    kind: NewsKind
    name: str
    text: str


class ComingKind(StrEnum):
    TALK = "talk"
    TRY_ENDS = "try_ends"


@dataclass(frozen=True)
class ComingLine:
    """What comes on a day of its reader's own calendar.

    Args:
        at: when a talk begins, None for what has no hour.
        text: what is tried.
        planned: when it was written down.
    """

    kind: ComingKind
    day: date
    names: tuple[str, ...]
    at: datetime | None
    text: str
    planned: datetime


@dataclass(frozen=True)
class DigestView:
    """A digest as its reader finds it; what was answered since waits no more.

    Args:
        waiting: the longest first, WAITING_SHOWN at most; `more_waiting` says how many besides.
        news: in the order in which it came, NEWS_SHOWN at most; `more_news` says how many besides.
        coming: within AHEAD of the day of the digest, the next first.
        report: what helped here, where it is told of.
        saved: what was new for what its reader saved to look for.
    """

    waiting: tuple[WaitingLine, ...]
    more_waiting: int
    news: tuple[NewsLine, ...]
    more_news: int
    coming: tuple[ComingLine, ...]
    saved: tuple[SearchLine, ...] = ()
    report: ReuseReportId | None = None


def load_digest(tx: Tx, digest_id: int) -> DigestView:
    """A digest; NotFound where it is somebody else's, and where nothing is in it before anybody has read it."""
    digest = tx.digests.get(digest_id)
    waiting, news = waiting_for(tx, digest), news_of(tx, digest)
    coming = coming_to(tx, digest.member_id, digest.day)
    saved = search_lines(tx, digest=digest.id)
    report = report_told(tx, digest=digest.id)
    if not (waiting or news or coming or saved or report) and not _was_read(tx, digest):
        raise NotFound("digest")
    lines = waiting_lines(tx, waiting[:WAITING_SHOWN], lambda owed: owed.waits_id)
    return DigestView(
        waiting=lines,
        more_waiting=len(waiting) - len(lines),
        news=tuple(news[:NEWS_SHOWN]),
        more_news=len(news[NEWS_SHOWN:]),
        coming=tuple(coming),
        saved=saved,
        report=report,
    )


def waiting_for(tx: Tx, digest: Digest) -> list[OwedReply]:
    """What waited for its reader when the digest was sent, or waits now, and has no answer yet; the longest first."""
    upto = digest.sent_at or tx.now
    pairs = [one.pair.id for one in _pairs_of_reader(tx, digest.member_id)]
    return tx.owed_replies.find(
        member_id=digest.member_id,
        pair_id=pairs,
        state=OwedState.OPEN,
        created_at__upto=upto,
        order="created_at",
    )


def coming_to(tx: Tx, member: MemberId, day: date) -> list[ComingLine]:
    """The talks of this member, and the ends of what their mentees try, from this day on; the next first."""
    mine = _pairs_of_reader(tx, member)
    lines = [*_talks_near(tx, mine, day), *_tries_that_end(tx, mine, day)]
    return sorted(lines, key=lambda line: (line.day, line.at is None, line.at or line.planned))


def _pairs_of_reader(tx: Tx, member: MemberId) -> list[PairMembership]:
    return memberships_from(tx.rosters.of(member), member)


def _talks_near(tx: Tx, mine: Iterable[PairMembership], day: date) -> list[ComingLine]:
    of = {one.pair.id: one for one in mine}
    if not of:
        return []
    tz = next(iter(of.values())).me.tz
    begins, ends = (to_utc(each, time(), tz) for each in (day, day + AHEAD + A_DAY))
    found = tx.talks.find(
        pair_id=list(of), state=TalkState.PLANNED, starts_at__since=begins, starts_at__upto=ends
    )
    return [
        ComingLine(
            ComingKind.TALK,
            local_date(talk.starts_at, tz),
            of[talk.pair_id].partner_names,
            talk.starts_at,
            "",
            talk.created_at,
        )
        for talk in found
        if talk.starts_at < ends
    ]


def _tries_that_end(tx: Tx, mine: Iterable[PairMembership], day: date) -> list[ComingLine]:
    names = {
        (one.pair.id, mentee.id): mentee.name for one in mine if one.role.mentors for mentee in one.mentees
    }
    found = tx.experiments.find(
        pair_id={pair for pair, _ in names},
        state=ExperimentState.OPEN,
        until__since=day,
        until__upto=day + AHEAD,
    )
    return [
        ComingLine(
            ComingKind.TRY_ENDS,
            each.until,
            (names[each.pair_id, each.member_id],),
            None,
            each.behaviour,
            each.created_at,
        )
        for each in found
        if (each.pair_id, each.member_id) in names
    ]


def news_of(tx: Tx, digest: Digest) -> list[NewsLine]:
    """What is new in it, in the order in which it came."""
    lines = tx.digest_lines.find(digest_id=digest.id, order="id")
    taken = _made_of_suggestions(tx, lines)
    told = [line for line in lines if (line.kind, line.subject_id) not in taken]
    return [news for line in told if (news := _line_of(tx, line)) is not None]


def _made_of_suggestions(tx: Tx, lines: Iterable[DigestLine]) -> set[tuple[str, int]]:
    """The tries of which the digest says already that they were suggested."""
    found = tx.suggestions.find(id=[line.subject_id for line in lines if line.kind == TAKEN])
    return {(TRY, one.experiment_id) for one in found if one.experiment_id}


def _line_of(tx: Tx, line: DigestLine) -> NewsLine | None:
    """What it says; None for what waits for a reply and stands there, and for what its reader sees no more."""
    tells = NEWS[line.kind]
    if tells is None:
        return None
    try:
        kind, member, text = tells(tx, line.subject_id)
        return NewsLine(kind, tx.members.get(member).name, text)
    except NotFound:
        return None


Told = tuple[NewsKind, MemberId, str]


def _of_a_try(tx: Tx, id_: int) -> Told:
    found = tx.experiments.get(id_)
    return NewsKind.TRY, found.member_id, found.behaviour


def _of_a_check_in(tx: Tx, id_: int) -> Told:
    found = tx.check_ins.get(id_)
    said = (found.went_well, found.was_hard, found.question_answer, found.next_step)
    return NewsKind.CHECK_IN, found.member_id, next(filter(None, said), "")


def _of_a_skipped_one(tx: Tx, id_: int) -> Told:
    found = tx.nudges.get(NudgeId(id_))
    return NewsKind.SKIPPED, found.member_id, found.reason


def _of_a_goal(tx: Tx, id_: int) -> Told:
    found = tx.goals.get(id_)
    return NewsKind.GOAL, found.member_id, found.text


def _of_a_milestone(tx: Tx, id_: int) -> Told:
    found = tx.milestones.get(id_)
    return NewsKind.MILESTONE, found.member_id, found.can


def _of_a_win(tx: Tx, id_: int) -> Told:
    found = tx.shared_wins.get(id_)
    if not is_still_one(tx, found.source, found.source_id):
        raise NotFound("win")
    return NewsKind.WIN, found.member_id, found.text


def _of_a_setback(tx: Tx, id_: int) -> Told:
    found = tx.setbacks.get(id_)
    return NewsKind.SETBACK, found.member_id, tx.experiments.get(found.experiment_id).behaviour


def _of_a_suggestion(tx: Tx, id_: int) -> Told:
    found = tx.suggestions.get(id_)
    return NewsKind.SUGGESTION, found.to_id, found.behaviour


# By the name of every message that is gathered, and of what is told here alone; None for what stands among what waits.
NEWS: dict[str, Callable[[Tx, int], Told] | None] = {
    TRY: _of_a_try,
    TAKEN: _of_a_suggestion,
    "checkin.card": _of_a_check_in,
    "checkin.skipped": _of_a_skipped_one,
    "goal.card": _of_a_goal,
    "milestone.card": _of_a_milestone,
    "setback.news": _of_a_setback,
    SHARED: _of_a_win,
    "ask.card": None,
    "result.card": None,
}


def _was_read(tx: Tx, digest: Digest) -> bool:
    return tx.outgoing.count(kind=DIGEST.name, subject_id=digest.id, updates="", state=OutgoingState.SENT) > 0


DIGEST = Message(
    "digest", DigestView, load_digest, as_long_as(lambda view: bool(view.waiting)), priority=Priority.DIGEST
)
