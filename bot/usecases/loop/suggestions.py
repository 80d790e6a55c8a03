"""Suggesting a try to a partner, and what they make of it."""

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.errors import (
    AlreadySettled,
    InvalidInput,
    NoPair,
    NotAllowed,
    NotFound,
    NotYourPartner,
    SuggestionExpired,
    TextMissing,
)
from bot.domain.experiments import ExperimentState
from bot.domain.ids import AskId, ExperimentId, MemberId, PairId, ResultId, SuggestionId
from bot.domain.members import Member
from bot.domain.results import Adherence
from bot.domain.sessions import AgendaSource
from bot.domain.shown import Shown, begun
from bot.domain.suggestions import (
    LASTS,
    QUICK,
    ROWS_LIMIT,
    SuggestedAfter,
    Suggestion,
    SuggestionState,
    may_suggest,
    require_room,
    taken_as,
)
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.experiments import (
    Commit,
    ExperimentForm,
    commit_to_experiment,
    my_experiment,
    open_experiment_form,
)
from bot.usecases.loop.goals import open_goal
from bot.usecases.loop.results import close_in_a_tap, tap
from bot.usecases.loop.suggestion_cards import CARD, origin_of
from bot.usecases.outgoing import enqueue_post, enqueue_update, gather
from bot.usecases.people.memberships import PairMembership, membership_in, my_membership, my_memberships
from bot.usecases.rhythm.agenda import move_on_agenda
from bot.usecases.rhythm.digests import TAKEN


@dataclass(frozen=True)
class After:
    """What somebody had before them when they thought of it; `id` is 0 for nothing in particular."""

    kind: SuggestedAfter = SuggestedAfter.NOTHING
    id: int = 0


@dataclass(frozen=True)
class Row:
    """One suggestion of a form; `number` is where it stands there, from 1."""

    number: int
    shown: Shown
    shelf_id: str = ""


@dataclass(frozen=True)
class Suggest:
    """What the form sends: up to three suggestions to one person in one pair."""

    pair_id: PairId
    to_id: MemberId
    rows: tuple[Row, ...]
    quick: bool = False
    after: After = After()


@dataclass(frozen=True)
class SuggestForm:
    """What the form needs to open.

    Args:
        goal: what the shelf is asked for, "" without an open goal.
        open_now: what waits for an answer already, the oldest first.
    """

    pair_id: PairId
    to: Member
    goal: str
    open_now: tuple[Suggestion, ...]
    after: After = After()


@dataclass(frozen=True)
class WhichPartner:
    """Several people could be meant."""

    partners: tuple[Member, ...]


@dataclass(frozen=True)
class TakeForm:
    """The form in which a suggestion becomes a try.

    Args:
        until: the day that it begins with; None for the form's own.
    """

    suggestion: Suggestion
    giver: str
    form: ExperimentForm
    until: date | None


def open_suggest_form(tx: Tx, to_user: str = "") -> SuggestForm | WhichPartner:
    """The form for a partner by Slack user id; without one, for the only one, or the question for whom.

    Raises NoPair, NotAllowed for somebody with no partner who learns from them, NotYourPartner for anybody else.
    """
    people = _my_learners(tx)
    if to_user:
        people = [one for one in people if one[1].user_id == to_user]
    if not people:
        raise NotYourPartner
    if len(people) > 1 and not to_user:
        return WhichPartner(tuple(dict.fromkeys(partner for _, partner in people)))
    membership, partner = people[-1]
    return _suggest_form(tx, membership.pair.id, partner, After())


def open_suggest_after(tx: Tx, after: After) -> SuggestForm:
    """The form for whoever told a result or asked. Raises NotFound, NotYourPartner, TooManySuggestions."""
    pair, member = _whose(tx, after)
    _, partner = _learner(tx, pair, member)
    return _suggest_form(tx, pair, partner, after)


def open_suggest_again(tx: Tx, pair: PairId, to: MemberId, after: After) -> SuggestForm:
    """The same form once more, for what was typed in it. Raises NotFound, NotYourPartner."""
    _, partner = _learner(tx, pair, to)
    return _suggest_form(tx, pair, partner, after, full=True)


def suggest(tx: Tx, command: Suggest) -> SuggestionId:
    """Keep the suggestions, and tell the partner in one message. Returns the first.

    Raises InvalidInput for the field at fault, TooManySuggestions, NotFound, NotYourPartner.
    """
    membership, partner = _learner(tx, command.pair_id, command.to_id)
    if command.after.kind is not SuggestedAfter.NOTHING and _whose(tx, command.after)[0] != command.pair_id:
        raise NotFound("suggestion")
    _one_at_a_time(tx, membership.pair.id, partner)
    rows = [
        _suggested(tx, membership, command, row)
        for row in command.rows[:ROWS_LIMIT]
        if not _says_nothing(row)
    ]
    if not rows:
        raise TextMissing(field="behaviour_1")
    require_room(open_suggestions(tx, membership.pair.id, partner.id), len(rows))
    first = tx.suggestions.insert(rows[0])
    make_findable(tx, first)
    for row in rows[1:]:
        make_findable(tx, tx.suggestions.insert(replace(row, first_id=first.id)))
    for reader in (partner, membership.me):
        enqueue_post(tx, reader.id, CARD, first.id)
    return first.id


def open_suggestions(tx: Tx, pair: PairId, to: MemberId) -> list[Suggestion]:
    """What waits for this person's answer in this pair, the oldest first."""
    offered = tx.suggestions.find(pair_id=pair, to_id=to, state=SuggestionState.OFFERED)
    return [one for one in offered if one.is_open(tx.now)]


def open_take_form(tx: Tx, suggestion_id: SuggestionId) -> TakeForm:
    """Raises NotFound, NotAllowed for anybody but whom it was suggested to, AlreadySettled, SuggestionExpired."""
    found = _offered_to_me(tx, suggestion_id)
    form = open_experiment_form(tx, pair_id=found.pair_id)
    until = form.today + QUICK if found.quick else None
    return TakeForm(found, tx.members.get(found.member_id).name, form, until)


def take_suggestion(tx: Tx, suggestion_id: SuggestionId, command: Commit) -> ExperimentId:
    """Make it one's own: a new try, in the pair in which it was suggested, whatever the form says.

    Raises like `open_take_form` and `commit_to_experiment`.
    """
    found = _offered_to_me(tx, suggestion_id, lock=True)
    new = replace(command, pair_id=found.pair_id, experiment_id=None, parent_id=None)
    experiment_id = commit_to_experiment(tx, new)
    state = taken_as(found, tx.experiments.get(experiment_id))
    taken = replace(found, state=state, experiment_id=experiment_id)
    _keep_suggestion(tx, taken)
    make_findable(tx, taken)
    gather(tx, found.member_id, TAKEN, found.id)
    return experiment_id


def decline_suggestion(tx: Tx, suggestion_id: SuggestionId) -> SuggestionId:
    """It is not for them, and no reason is asked. Raises like `open_take_form`."""
    found = _offered_to_me(tx, suggestion_id, lock=True)
    _keep_suggestion(tx, replace(found, state=SuggestionState.DECLINED))
    return found.id


def discuss_suggestion(tx: Tx, suggestion_id: SuggestionId, *, wanted: bool) -> SuggestionId:
    """Put it on the agenda of the next talk, or take it off; either of the pair. Raises NotFound."""
    found = tx.suggestions.get(suggestion_id, lock=True)
    my_membership(tx, found.pair_id)
    if move_on_agenda(tx, found.pair_id, AgendaSource.SUGGESTION, found.id, wanted=wanted):
        touch(tx, found)
    return found.id


def expire_suggestion(tx: Tx, suggestion: Suggestion) -> None:
    """Its three weeks are over. Nobody is told; where it was posted it says so."""
    _keep_suggestion(tx, replace(suggestion, state=SuggestionState.EXPIRED))


def is_quick_try(tx: Tx, experiment_id: ExperimentId) -> bool:
    """Whether *Did it* closes this one of mine without a form. Raises NotFound, NotAllowed."""
    experiment = my_experiment(tx, experiment_id)
    origin = origin_of(tx, experiment) if experiment.state is ExperimentState.OPEN else None
    return origin is not None and origin.quick


def did_quick_try(tx: Tx, experiment_id: ExperimentId) -> ExperimentId:
    """*Did it*, and that is all. Raises NotFound, NotAllowed, AlreadySettled."""
    if not is_quick_try(tx, experiment_id):
        raise AlreadySettled
    tap(tx, experiment_id, Adherence.DID)
    close_in_a_tap(tx, experiment_id, None)
    return experiment_id


def touch(tx: Tx, suggestion: Suggestion) -> None:
    """Bring its message up to date after something beside it has changed."""
    _keep_suggestion(tx, suggestion)


def _my_learners(tx: Tx) -> list[tuple[PairMembership, Member]]:
    """Everyone to whom I may suggest something, the oldest pair first."""
    memberships = my_memberships(tx)
    if not memberships:
        raise NoPair
    people = [
        (one, partner) for one in memberships for role, partner in one.others if may_suggest(one.role, role)
    ]
    if not people:
        raise NotAllowed("mentor")
    return people


def _learner(tx: Tx, pair: PairId, member: MemberId) -> tuple[PairMembership, Member]:
    """My membership in this active pair, and this partner in it. Raises NotYourPartner for anybody else."""
    for membership, partner in _my_learners(tx):
        if (membership.pair.id, partner.id) == (pair, member):
            return membership, partner
    raise NotYourPartner


def _suggest_form(tx: Tx, pair: PairId, partner: Member, after: After, *, full: bool = False) -> SuggestForm:
    """The form, where there is room for one more at least; `full` opens it all the same."""
    open_now = tuple(open_suggestions(tx, pair, partner.id))
    if not full:
        require_room(open_now, 1)
    goal = open_goal(tx, membership_in(tx, pair, partner.id))
    return SuggestForm(pair, partner, goal.text if goal else "", open_now, after)


def _one_at_a_time(tx: Tx, pair: PairId, partner: Member) -> None:
    """Two forms for the same person that are sent at once wait for each other here."""
    theirs = tx.memberships.first(pair_id=pair, member_id=partner.id, left_at=None)
    if theirs is not None:
        tx.memberships.get(theirs.id, lock=True)


def _whose(tx: Tx, after: After) -> tuple[PairId, MemberId]:
    """Who told the result or asked, and in which pair. Raises NotFound."""
    if after.kind is SuggestedAfter.RESULT:
        result = tx.results.get(ResultId(after.id))
        return result.pair_id, result.member_id
    ask = tx.asks.get(AskId(after.id))
    return ask.pair_id, ask.member_id


def _says_nothing(row: Row) -> bool:
    return not any(str(text or "").strip() for text in row.shown.values())


def _suggested(tx: Tx, membership: PairMembership, command: Suggest, row: Row) -> Suggestion:
    """One suggestion as it is kept; what cannot be is named by its field and its number in the form."""
    try:
        return begun(
            Suggestion,
            row.shown,
            **membership.whose,
            to_id=command.to_id,
            created_at=tx.now,
            expires_at=tx.now + LASTS,
            quick=command.quick,
            source_kind=command.after.kind,
            source_id=command.after.id,
            shelf_id=row.shelf_id,
        )
    except InvalidInput as error:
        error.field = f"{error.field}_{row.number}"
        raise


def _offered_to_me(tx: Tx, suggestion_id: SuggestionId, *, lock: bool = False) -> Suggestion:
    found = tx.suggestions.get(suggestion_id, lock=lock)
    if found.to_id != tx.me:
        raise NotAllowed("partner")
    if found.is_open(tx.now):
        return found
    passed = found.state in (SuggestionState.OFFERED, SuggestionState.EXPIRED)
    raise SuggestionExpired if passed else AlreadySettled


def _keep_suggestion(tx: Tx, suggestion: Suggestion) -> None:
    """Keep it, and bring the message up to date that tells of it and of those from the same form."""
    kept = tx.suggestions.update(suggestion)
    if kept.first_id is not None:
        kept = tx.suggestions.update(tx.suggestions.get(kept.first_id, lock=True))
    enqueue_update(tx, CARD, kept.id, version=kept.version)
