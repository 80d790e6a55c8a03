"""Whether it stuck: asked once, four weeks after *Keep it*, where the mentee wishes so; both read the answer."""

from dataclasses import dataclass, replace

from bot.domain.cadence import local_date
from bot.domain.errors import AlreadySettled, NotFound
from bot.domain.experiments import Experiment
from bot.domain.ids import ResultId
from bot.domain.nudges import NudgeState, OccurrenceState, Ritual, follow_up_at
from bot.domain.outgoing import Priority
from bot.domain.results import Result, Stuck, may_stick, stick_day
from bot.domain.rhythms import rhythm_of
from bot.ports import Tx
from bot.usecases.loop.results import CARD
from bot.usecases.outgoing import Message, as_long_as, enqueue_update
from bot.usecases.people.authors import my_own
from bot.usecases.people.memberships import my_membership
from bot.usecases.people.working_life import open_from
from bot.usecases.rhythm.nudges import ask, move, occasion, take_back


@dataclass(frozen=True)
class StickQuestion:
    """“You kept this. Do you still do it?”, or what was answered."""

    experiment: Experiment
    result: Result


def ask_in_four_weeks(tx: Tx, result_id: ResultId) -> ResultId:
    """Plan the question, at the time of the pair's rhythm. A second tap changes nothing.

    Raises NotFound, NotAllowed for the partner's, AlreadySettled where it is not kept, or was asked about.
    """
    result = my_own(tx, tx.results, result_id)
    if result.stick_on is not None and result.stuck is None:
        return result.id
    if not may_stick(result):
        raise AlreadySettled
    membership = my_membership(tx, result.pair_id)
    day = stick_day(local_date(tx.now, membership.me.tz))
    at = rhythm_of(membership.pair, tx.cohorts.get(membership.pair.cohort_id)).at
    due = open_from(tx, tx.me, follow_up_at(day, at, membership.me.tz, tx.now))
    occurrence = occasion(tx, membership.pair, Ritual.STICK, day.isoformat(), day, source=result.id)
    if occurrence.state is OccurrenceState.OPEN:
        ask(tx, occurrence, tx.me, due)
    else:  # it was taken back earlier today
        move(tx, occurrence, due)
    return _keep_result(tx, replace(result, stick_on=day))


def ask_no_more(tx: Tx, result_id: ResultId) -> ResultId:
    """Take the wish back; nothing happens where there is none. Raises NotFound, NotAllowed."""
    result = my_own(tx, tx.results, result_id)
    if result.stick_on is None or result.stuck is not None:
        return result.id
    take_back(tx, result.pair_id, Ritual.STICK, result.id, NudgeState.SKIPPED)
    return _keep_result(tx, replace(result, stick_on=None))


def tell_stuck(tx: Tx, result_id: ResultId, stuck: Stuck) -> ResultId:
    """Keep the answer, also a later one, for both to read. Raises NotFound, NotAllowed, AlreadySettled if unasked."""
    result = my_own(tx, tx.results, result_id)
    if result.stick_on is None:
        raise AlreadySettled
    take_back(tx, result.pair_id, Ritual.STICK, result.id, NudgeState.ANSWERED)
    return _keep_result(tx, replace(result, stuck=stuck))


def load_stick(tx: Tx, result_id: int) -> StickQuestion:
    """The question; NotFound for everybody but the one who tried it, and where it is not wished for any more."""
    result = tx.results.get(result_id)
    if result.member_id != tx.me or result.stick_on is None:
        raise NotFound("result")
    return StickQuestion(tx.experiments.get(result.experiment_id), result)


def _keep_result(tx: Tx, result: Result) -> ResultId:
    """The card and the question follow."""
    kept = tx.results.update(result)
    for message in (CARD, ASK):
        enqueue_update(tx, message, kept.id, version=kept.version)
    return kept.id


ASK = Message(
    "result.stick",
    StickQuestion,
    load_stick,
    as_long_as(lambda one: one.result.stuck is None),
    priority=Priority.FOLLOW_UP,
)
