"""What the calendar says is due: check-ins, nudges, replies to remind of, consents, what was held back, suggestions.

`Counts.due` names the same moments. A row that fails is logged and put off, and stops nobody else.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.domain.budget import Held, Reason, Unasked
from bot.domain.cadence import A_DAY
from bot.domain.cohorts import CohortState
from bot.domain.errors import StoreUnavailable
from bot.domain.nudges import (
    NEAR,
    RULES,
    About,
    Nudge,
    NudgeState,
    Occurrence,
    OccurrenceState,
    Ritual,
    reminder_at,
    subject_of,
    unasked,
)
from bot.domain.outgoing import Outgoing, OutgoingState
from bot.domain.pairs import Pair, PairState
from bot.domain.pauses import BACK_BY, Pause, PauseState
from bot.domain.privacy import SYSTEM
from bot.domain.stored import Entity
from bot.domain.suggestions import SuggestionState
from bot.domain.two_lines import LinesState
from bot.ports import Deps, Store, Tx
from bot.usecases.home.greetings import WELCOME_BACK
from bot.usecases.loop.goals_beginning import show_ways
from bot.usecases.loop.patterns import look_back
from bot.usecases.loop.suggestions import expire_suggestion
from bot.usecases.loop.two_lines_waiting import expire_lines, remind_of_lines
from bot.usecases.loop.wins_posting import post_wins
from bot.usecases.messages import QUESTIONS
from bot.usecases.outgoing import born, enqueue_post, enqueue_update
from bot.usecases.programme.pairs_consent import follow_up_consent
from bot.usecases.programme.pairs_until import ask_about_end
from bot.usecases.rhythm.digests_sending import send_digest
from bot.usecases.rhythm.ledger import Wish, note_held, note_sent, note_skipped
from bot.usecases.rhythm.nudges import ask, settle
from bot.usecases.rhythm.nudges_gate import forecast, is_asked_for, may_go, post_within_hours, wish_of
from bot.usecases.rhythm.nudges_heads_up import send_heads_up
from bot.usecases.rhythm.nudges_pauses import come_back, hold_back
from bot.usecases.rhythm.nudges_planning import plan_check_ins
from bot.usecases.rhythm.nudges_together import check_in_near, check_in_until, pace_of, take_along
from bot.usecases.rhythm.owed_replies_reminding import offer, remind
from bot.usecases.rhythm.reviews_planning import in_its_place

BATCH = 25  # small enough that a form sent meanwhile does not wait long for the database
PLANNED_AT_ONCE = 200  # takes no longer than BATCH of the others
PUT_OFF = timedelta(hours=1)

E = TypeVar("E", bound=Entity)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sweep(Generic[E]):
    """One kind of rows that fall due.

    Args:
        store: the name of the store that has them.
        due: the field that says when one is due.
        act: deals with these, so that they are not due any more.
        state: only those in this state; None for all.
        until: the field that says how long one is of use, which it is at least until it is due.
        batch: how many are dealt with in one transaction.
    """

    store: str
    due: str
    act: Callable[[Tx, Sequence[E]], object]
    state: StrEnum | None = None
    until: str = ""
    batch: int = BATCH

    @property
    def name(self) -> str:
        """As `Counts.due` calls what it deals with."""
        return f"{self.store}.{self.due}"

    def _rows(self, tx: Tx) -> Store[E]:
        rows: Store[E] = getattr(tx, self.store)
        return rows

    def find(self, tx: Tx) -> list[E]:
        """A batch of those that are due, for this transaction alone."""
        where: dict[str, Any] = {f"{self.due}__upto": tx.now, **({"state": self.state} if self.state else {})}
        return self._rows(tx).find(order=self.due, limit=self.batch, claim=True, **where)

    def put_off(self, tx: Tx, row: E) -> None:
        """Make one that failed due again at a later moment."""
        later = tx.now + PUT_OFF
        lasts = {self.until: max(getattr(row, self.until), later)} if self.until else {}
        self._rows(tx).update(replace(row, **{self.due: later}, **lasts))  # type: ignore[type-var]  # a dataclass, like every entity


def each(act: Callable[[Tx, E], object]) -> Callable[[Tx, Sequence[E]], object]:
    """Deal with rows one after the other."""

    def act_on(tx: Tx, rows: Sequence[E]) -> None:
        for row in rows:
            act(tx, row)

    return act_on


async def tick(deps: Deps) -> None:
    """Plan, send and close what the calendar says is due."""
    due = await _due(deps)
    for sweep in SWEEPS:
        if sweep.name in due and await deal_with(deps, sweep):
            due = await _due(deps)  # what was done may have made something else due


async def _due(deps: Deps) -> set[str]:
    """The names of the sweeps that have something to do; to find out is cheaper than a write of each."""
    earliest = await deps.db.read(SYSTEM, lambda tx: tx.counts.due())
    return {name for name, moment in earliest.items() if moment <= deps.clock.now()}


async def deal_with(deps: Deps, sweep: Sweep[E]) -> int:
    """All rows of this kind that are due, batch by batch, so that others may write between them; returns how many."""
    total, dealt = 0, sweep.batch
    while dealt == sweep.batch:
        try:
            dealt = await deps.db.write(SYSTEM, lambda tx: _together(tx, sweep))
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("a batch of due rows failed and is dealt with one by one")
            dealt = await _one_by_one(deps, sweep)
        total += dealt
    return total


def _together(tx: Tx, sweep: Sweep[E]) -> int:
    rows = sweep.find(tx)
    sweep.act(tx, rows)
    return len(rows)


async def _one_by_one(deps: Deps, sweep: Sweep[E]) -> int:
    # Claimed rows are passed over by a write only.
    rows = await deps.db.write(SYSTEM, sweep.find)
    for row in rows:
        await _alone(deps, sweep, row)
    return len(rows)


async def _alone(deps: Deps, sweep: Sweep[E], row: E) -> None:
    try:
        await deps.db.write(SYSTEM, lambda tx: sweep.act(tx, [row]))
    except StoreUnavailable:
        raise
    except Exception:
        log.exception("%s %s failed and is put off", type(row).__name__, row.id)
        await deps.db.write(SYSTEM, lambda tx: sweep.put_off(tx, row))


def _send(tx: Tx, row: Nudge) -> None:
    """Tell the member, in the transaction that notes it; or note why not, or when instead."""
    nudge = tx.nudges.get(row.id)  # it may stand in the message of another one by now
    if nudge.state is not NudgeState.PLANNED or nudge.due_at > tx.now:
        return
    occurrence = tx.occurrences.get(nudge.occurrence_id)
    if nudge.expires_at <= tx.now:
        _expire(tx, nudge, Reason.LATE)
    elif occurrence.state is not OccurrenceState.OPEN or not _still_wanted(tx, occurrence, nudge):
        _leave_out(tx, occurrence, nudge, Reason.RESTS)
    elif held := hold_back(tx, nudge, occurrence):
        _say_how_it_stands(tx, held)
    elif occurrence.ritual is Ritual.FOLLOW_UP and (check_in := check_in_near(tx, nudge)) is not None:
        _send_with(tx, nudge, check_in)
    else:
        _ask_or_wait(tx, occurrence, nudge)


def _send_with(tx: Tx, nudge: Nudge, check_in: Nudge) -> None:
    """It stands in the message of the check-in: it waits for that, or that is sent now."""
    if check_in.due_at > tx.now:
        _wait_until(tx, nudge, check_in.due_at)
    else:
        _send(tx, check_in)
        _send(tx, nudge)  # alone after all, where the check-in was not asked


def _ask_or_wait(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> None:
    """Ask, unless it is asked less by now, or has to wait; a moment that they chose themselves stands."""
    pace = pace_of(tx, occurrence, nudge)
    nudge = replace(nudge, repair=pace.repair if pace.asks else 0)
    wish = wish_of(tx, nudge, occurrence)
    if not pace.asks:
        _expire(tx, nudge, Reason.SECOND_ROUND)
    elif not is_asked_for(occurrence, nudge) and (held := may_go(tx, wish)) is not None:
        _hold(tx, occurrence, nudge, held)
    else:
        nudge, wish = in_its_place(tx, occurrence, nudge, wish)
        posted = _post(tx, occurrence, nudge)
        note_sent(tx, wish, posted)
        if occurrence.ritual is Ritual.CHECK_IN and not nudge.repair:
            take_along(tx, nudge, posted)
        _plan_reminder(tx, occurrence, nudge, wish, reminds=pace.reminds)


def _hold(tx: Tx, occurrence: Occurrence, nudge: Nudge, held: Held) -> None:
    """It comes with the next check-in or on another day; where that is too late, it is left out."""
    latest = nudge.expires_at if held.until is None else min(held.until + NEAR, nudge.expires_at)
    together = check_in_until(tx, nudge, latest) if occurrence.ritual is Ritual.FOLLOW_UP else None
    if together is not None:
        note_held(tx, wish_of(tx, nudge, occurrence), Held(Reason.TOGETHER, together.due_at))
        _wait_until(tx, nudge, together.due_at)
    elif held.until is not None:
        _wait_until(tx, nudge, held.until)
    elif nudge.step or held.reason is Reason.SILENCE:
        _expire(tx, nudge, held.reason)  # they were asked, or would have been if they had answered anything
    else:
        _leave_out(tx, occurrence, nudge, held.reason)


def _wait_until(tx: Tx, nudge: Nudge, due: datetime) -> None:
    """It comes then; when it was to come at first stays known, since a copy of the database may be put back."""
    tx.nudges.update(replace(nudge, due_at=due, first_due_at=nudge.first_due_at or nudge.due_at))


def _leave_out(tx: Tx, occurrence: Occurrence, nudge: Nudge, reason: Reason) -> None:
    """It is not asked, and nobody has missed anything."""
    note_skipped(tx, wish_of(tx, nudge, occurrence), reason)
    tx.nudges.update(replace(nudge, state=NudgeState.SKIPPED))
    settle(tx, occurrence)


def _post(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> str:
    """Post it, and return its dedupe key. Who is asked late has a day all the same, unless they chose the moment."""
    question, subject = QUESTIONS[occurrence.ritual], subject_of(occurrence)
    message = question.message_of(nudge)
    key, since = _key(tx, occurrence, nudge), _first_due(tx, nudge)
    asks_as_usual = not (nudge.step or nudge.snoozed or nudge.repair)
    if question.prepare is not None and asks_as_usual:
        question.prepare(tx, occurrence, nudge)
    enqueue_post(tx, nudge.member_id, message, subject, key=key, nudge=nudge.id, since=since)
    lasts = nudge.expires_at if is_asked_for(occurrence, nudge) else max(nudge.expires_at, tx.now + A_DAY)
    tx.nudges.update(replace(nudge, state=NudgeState.SENT, sent_at=tx.now, expires_at=lasts))
    return key


def _key(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> str:
    """The same in every copy of the database, for the question that is asked of this person on this occasion."""
    source = QUESTIONS[occurrence.ritual].source(tx, occurrence)
    person = tx.members.get(nudge.member_id).user_id
    return f"nudge:{occurrence.ritual}:{source}:{occurrence.key}:{person}:{nudge.step}:{nudge.snoozed}"


def _first_due(tx: Tx, nudge: Nudge) -> datetime:
    """When the occasion came. In a time that was lost, its reminder may have been sent as well."""
    nudges = tx.nudges.find(occurrence_id=nudge.occurrence_id, member_id=nudge.member_id)
    return min(each.first_due_at or each.due_at for each in nudges)


def _still_wanted(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> bool:
    """Whether the pair and its cohort run, and the member is still one of those in it who are asked."""
    pair = tx.pairs.get(nudge.pair_id)
    cohort = tx.cohorts.get(pair.cohort_id)
    membership = tx.memberships.first(pair_id=pair.id, member_id=nudge.member_id, left_at=None)
    return (
        (pair.state is PairState.ACTIVE or _goes_on_alone(tx, pair, occurrence))
        and cohort.state is CohortState.ACTIVE
        and membership is not None
        and RULES[occurrence.ritual].asks(membership.role)
        and not tx.members.get(nudge.member_id).is_deleted
    )


def _goes_on_alone(tx: Tx, pair: Pair, occurrence: Occurrence) -> bool:
    """Whether it is about what they do for themselves, or did not show a new mentor and goes on for them alone."""
    if RULES[occurrence.ritual].about is not About.SOURCE:
        return False
    return pair.state is PairState.OWN or tx.pairs.count(replaces=pair.id, state=PairState.ACTIVE) > 0


def _plan_reminder(tx: Tx, occurrence: Occurrence, nudge: Nudge, wish: Wish, *, reminds: bool) -> None:
    """The one reminder, the day after; none for somebody who let the last rounds pass."""
    if QUESTIONS[occurrence.ritual].reminder is None or nudge.step or nudge.review_id:
        return
    if reminds:
        ask(tx, occurrence, nudge.member_id, reminder_at(nudge.due_at, tx.now, wish.member.tz), step=1)
        _fit_reminder(tx, occurrence, nudge)
    else:
        reminder = replace(wish, key=f"{wish.key}:reminder", kind=unasked(occurrence.ritual, 1))
        note_skipped(tx, reminder, Reason.NO_REMINDER)


def _fit_reminder(tx: Tx, occurrence: Occurrence, nudge: Nudge) -> None:
    """Where there will be no room for the reminder, the question says already that it is not asked again."""
    of_member = tx.nudges.find(occurrence_id=occurrence.id, member_id=nudge.member_id, step=1)
    for reminder in (each for each in of_member if each.state is NudgeState.PLANNED):
        held = forecast(tx, wish_of(tx, reminder, occurrence), reminder.due_at)
        if held is not None and held.until is None:
            _expire(tx, reminder, held.reason)
        elif held is not None and held.until is not None:
            _wait_until(tx, reminder, held.until)


def _expire(tx: Tx, nudge: Nudge, reason: Reason | None = None) -> None:
    """Nobody waits for it any more; its messages say so. Whoever is away by then has missed nothing.

    Args:
        reason: why it was never asked.
    """
    occurrence = tx.occurrences.get(nudge.occurrence_id)
    held = hold_back(tx, nudge, occurrence)
    if held is None:
        tx.nudges.update(replace(nudge, state=NudgeState.EXPIRED))
        if reason is not None:
            note_skipped(tx, wish_of(tx, nudge, occurrence), reason)
    _say_how_it_stands(tx, held or settle(tx, occurrence))


def _say_how_it_stands(tx: Tx, occurrence: Occurrence) -> None:
    """Where nobody is asked any more, the messages about it say so."""
    over = occurrence.state in (OccurrenceState.MISSED, OccurrenceState.SKIPPED)
    if RULES[occurrence.ritual].passes_aloud and over:
        for message in QUESTIONS[occurrence.ritual].messages:
            enqueue_update(tx, message, occurrence.id, version=occurrence.version)


def _welcome_back(tx: Tx, pause: Pause) -> None:
    """The pause ends by itself, with one line about what comes next."""
    come_back(tx, pause)
    key = f"{WELCOME_BACK}:{born(pause.id, pause.created_at)}"
    wish = Wish(tx.members.get(pause.member_id), Unasked.WELCOME_BACK, key, None, BACK_BY)
    post_within_hours(tx, wish, WELCOME_BACK, pause.id, since=pause.created_at)


def _release(tx: Tx, row: Outgoing) -> None:
    """The dispatcher takes it from here."""
    tx.outgoing.update(replace(row, state=OutgoingState.PLANNED))


RETURNING = Sweep("pauses", "ends_at", each(_welcome_back), PauseState.OPEN)
PLANNING = Sweep("pairs", "plan_at", plan_check_ins, batch=PLANNED_AT_ONCE)
SENDING = Sweep("nudges", "due_at", each(_send), NudgeState.PLANNED, until="expires_at")
ANNOUNCING = Sweep("nudges", "heads_up_at", each(send_heads_up), NudgeState.PLANNED)
EXPIRING = Sweep("nudges", "expires_at", each(_expire), NudgeState.SENT)
DIGESTING = Sweep("digests", "due_at", each(send_digest))
REMINDING = Sweep("owed_replies", "remind_at", each(remind))
BEGINNING = Sweep("memberships", "begin_at", each(show_ways))
LOOKING_BACK = Sweep("memberships", "look_back_at", each(look_back))
OFFERING = Sweep("owed_replies", "offer_at", each(offer))
CONSENTS = Sweep("pairs", "follow_up_at", each(follow_up_consent))
ENDINGS = Sweep("pairs", "end_asked_at", each(ask_about_end))
TELLING_WINS = Sweep("cohort_channels", "post_at", each(post_wins))
RELEASING = Sweep("outgoing", "due_at", each(_release), OutgoingState.HELD)
PASSING = Sweep("suggestions", "expires_at", each(expire_suggestion), SuggestionState.OFFERED)
PASSING_LINES = Sweep("stakeholder_asks", "expires_at", each(expire_lines), LinesState.ASKED)
REMINDING_LINES = Sweep(
    "stakeholder_asks", "remind_at", each(remind_of_lines), LinesState.ASKED, until="expires_at"
)

# In this order, since what comes back or is planned may be due at once.
SWEEPS: tuple[Sweep[Any], ...] = (
    RETURNING,
    PLANNING,
    EXPIRING,  # before the next round, which is asked less where the last one passed
    SENDING,
    ANNOUNCING,  # after what is asked, which goes first where there is room for one
    DIGESTING,  # before the reminders that it takes the place of
    REMINDING,
    OFFERING,
    BEGINNING,
    LOOKING_BACK,
    CONSENTS,
    ENDINGS,
    TELLING_WINS,
    RELEASING,
    PASSING,
    PASSING_LINES,  # of no use any more once their time is over
    REMINDING_LINES,
)
