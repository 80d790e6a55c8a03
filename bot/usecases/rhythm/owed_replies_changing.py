"""A reply that is waited for: its member names another day, or whoever waits takes it back."""

from dataclasses import dataclass
from datetime import date

from bot.domain.cadence import local_date
from bot.domain.errors import ChoiceMissing, NotAllowed, NotFound
from bot.domain.ids import AskId, OwedReplyId, ResultId
from bot.domain.owed_replies import OwedKind, OwedReply, OwedState, require_near, workday_at
from bot.ports import Tx
from bot.usecases.loop import milestones, responses
from bot.usecases.loop.results_discussed import discuss_result
from bot.usecases.rhythm import asks
from bot.usecases.rhythm.owed_replies import close, open_replies, pay, promise
from bot.usecases.rhythm.owed_replies_messages import RepliesWaiting, load_reminder


@dataclass(frozen=True)
class AnotherDay:
    """What the form sends: when everything is answered that the reminder lists which begins with `lead`."""

    lead: OwedReplyId
    day: date | None = None


@dataclass(frozen=True)
class AnotherDayForm:
    """What the form needs to open: what is put off, and the day to begin with."""

    waiting: RepliesWaiting
    preset: date


def open_another_day(tx: Tx, lead: OwedReplyId) -> AnotherDayForm:
    """The form behind *Another day*. Raises NotFound, also where nothing waits any more."""
    waiting = load_reminder(tx, lead)
    if not waiting.lines:
        raise NotFound("owed_reply")
    me = tx.members.get(tx.me)
    at = tx.cohorts.get(tx.pairs.get(waiting.lines[0].owed.pair_id).cohort_id).at
    return AnotherDayForm(waiting, local_date(workday_at(tx.now, 1, at, me.tz), me.tz))


def name_another_day(tx: Tx, command: AnotherDay) -> OwedReplyId:
    """Everything that the reminder lists is answered on this day. Raises NotFound, InvalidInput for the day."""
    lines = load_reminder(tx, command.lead).lines
    if command.day is None:
        raise ChoiceMissing(field="day")
    require_near(command.day, local_date(tx.now, tx.members.get(tx.me).tz))
    for line in lines:
        promise(tx, line.owed.kind, line.owed.subject_id, command.day)
        show_subject(tx, line.owed)
    return command.lead


def talk_instead(tx: Tx, owed_id: OwedReplyId) -> OwedReplyId:
    """Whoever waits, or whose reply it is, wants to talk about it next time. Raises NotFound, NotAllowed for others."""
    owed = tx.owed_replies.get(owed_id)
    if tx.me not in (owed.waits_id, owed.member_id):
        raise NotAllowed("partner")
    if owed.kind is OwedKind.ASK:
        asks.discuss_ask(tx, AskId(owed.subject_id), wanted=True)
    elif owed.kind is OwedKind.VOTE:
        pay(tx, owed.kind, owed.subject_id)  # it stays to be said, and nobody is reminded of it
    else:
        discuss_result(tx, ResultId(owed.subject_id), wanted=True)
        pay(tx, owed.kind, owed.subject_id)
    show_subject(tx, owed)
    return owed_id


def withdraw(tx: Tx, owed_id: OwedReplyId) -> OwedReplyId:
    """I need no reply any more; a second time changes nothing. Raises NotFound, NotAllowed for anybody else."""
    owed = tx.owed_replies.get(owed_id)
    if owed.waits_id != tx.me:
        raise NotAllowed("author")
    for each in open_replies(tx, owed.kind, owed.subject_id):
        close(tx, each.id, OwedState.WITHDRAWN)
    show_subject(tx, owed)
    return owed_id


def show_subject(tx: Tx, owed: OwedReply) -> None:
    """The cards of what waits say how it stands now."""
    if owed.kind is OwedKind.ASK:
        asks.touch(tx, tx.asks.get(AskId(owed.subject_id)))
    elif owed.kind is OwedKind.VOTE:
        milestones.touch_milestone(tx, tx.milestones.get(owed.subject_id))
    else:
        responses.touch(tx, tx.results.get(ResultId(owed.subject_id)))
