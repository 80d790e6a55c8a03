"""What needs a hand, in one query however many pairs there are."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, literal, select, union_all
from sqlalchemy.sql.expression import null

from bot.domain.feeds import Feed, FeedTrouble
from bot.domain.hands import Hand
from bot.domain.ids import CohortId
from bot.domain.matching import LineState, MatchLine, MatchRun
from bot.domain.members import Member
from bot.domain.nudges import Nudge, NudgeState
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.owed_replies import OwedReply, OwedState
from bot.domain.paces import REPAIRS
from bot.domain.pairs import RUNNING, Membership, Pair, PairState
from bot.domain.requests import STANDING, HelpRequest
from bot.domain.reuse import ReusableTry
from bot.domain.wins_channel import WinPost
from storage.tables import table_of

FAILED_WITHIN = timedelta(days=4)  # a message is given up three days after it was written
_IN_CHANNEL = "win.post"
_OF_FAILURES = "delivery.failed"  # that an admin could not be told of one is not told again

_pairs, _members, _memberships, _feeds = map(table_of, (Pair, Member, Membership, Feed))
_lines, _runs, _nudges, _owed = map(table_of, (MatchLine, MatchRun, Nudge, OwedReply))
_outgoing, _requests, _reusable, _posts = map(table_of, (Outgoing, HelpRequest, ReusableTry, WinPost))


def hands_query(me: Member, cohorts: Sequence[CohortId], now: datetime) -> CompoundSelect[Any]:
    """Rows of hand, cohort, how many, and the first id."""
    newest = select(func.max(_runs.c.id)).where(_runs.c.cohort_id.in_(cohorts)).group_by(_runs.c.cohort_id)
    closed = (
        select(_memberships.c.pair_id)
        .join_from(_memberships, _members, _members.c.id == _memberships.c.member_id)
        .where(_memberships.c.left_at.is_(None), _members.c.is_deleted)
    )
    here = me.workspace_id
    learner = and_(_lines.c.state == LineState.LEFT, _lines.c.mentee_id.is_not(None))
    parts = [
        _by_cohort(Hand.GONE, _pairs, cohorts, _pairs.c.state.in_(RUNNING), _pairs.c.id.in_(closed)),
        _by_cohort(Hand.LEFT, _lines, cohorts, learner, _lines.c.match_run_id.in_(newest)),
        _by_cohort(
            Hand.ASKED, _pairs, cohorts, _pairs.c.state == PairState.ASKED, _pairs.c.reminded > 0
        ),
        _by_cohort(Hand.CHANNEL, _posts, cohorts, _posts.c.id.in_(_lost_posts())),
        _by_cohort(Hand.FEED, _feeds, cohorts, _feeds.c.trouble != FeedTrouble.NONE),
        _in_all(Hand.REQUEST, _requests, _requests.c.contact_id == me.id, _requests.c.state.in_(STANDING)),
        _in_all(
            Hand.SILENT, _nudges,
            _nudges.c.workspace_id == here, _nudges.c.state == NudgeState.EXPIRED, _nudges.c.repair >= REPAIRS,
        ),
        _in_all(
            Hand.SILENT, _owed,
            _owed.c.workspace_id == here, _owed.c.state == OwedState.OPEN, _owed.c.repair >= REPAIRS,
        ),
    ]  # fmt: skip
    if me.is_admin:
        parts += [
            _in_all(
                Hand.FAILED, _outgoing,
                _outgoing.c.workspace_id == here, _outgoing.c.state == OutgoingState.FAILED,
                _outgoing.c.created_at >= now - FAILED_WITHIN, _outgoing.c.kind != _OF_FAILURES,
                _outgoing.c.member_id.in_(select(_members.c.id).where(~_members.c.is_deleted)),
            ),
            _in_all(Hand.DRAFT, _reusable, _reusable.c.workspace_id == here),
        ]  # fmt: skip
    return union_all(*parts)


def _lost_posts() -> Select[Any]:
    """What Slack did not take for a channel."""
    return select(_outgoing.c.subject_id).where(
        _outgoing.c.kind == _IN_CHANNEL, _outgoing.c.updates == "", _outgoing.c.state == OutgoingState.FAILED
    )


def _by_cohort(
    hand: Hand, table: Any, cohorts: Sequence[CohortId], *conditions: ColumnElement[bool]
) -> Select[Any]:
    return (
        select(literal(hand.value), table.c.cohort_id, func.count(), func.min(table.c.id))
        .where(table.c.cohort_id.in_(cohorts), *conditions)
        .group_by(table.c.cohort_id)
    )


def _in_all(hand: Hand, table: Any, *conditions: ColumnElement[bool]) -> Select[Any]:
    return select(literal(hand.value), null(), func.count(), func.min(table.c.id)).where(*conditions)
