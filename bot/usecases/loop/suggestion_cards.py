"""The message that tells of what was suggested in one form: what each of the two reads in it."""

from dataclasses import dataclass

from bot.domain.cadence import local_date
from bot.domain.errors import NotFound
from bot.domain.experiments import Experiment
from bot.domain.ids import AskId, ResultId
from bot.domain.outgoing import Priority
from bot.domain.sessions import AgendaSource
from bot.domain.suggestions import SuggestedAfter, Suggestion, is_quick
from bot.ports import Tx
from bot.usecases.loop.indicators import measures_of
from bot.usecases.outgoing import Message, as_long_as
from bot.usecases.rhythm.agenda import agenda_of


@dataclass(frozen=True)
class Offer:
    """One suggestion as it stands now."""

    suggestion: Suggestion
    is_open: bool
    on_agenda: bool


@dataclass(frozen=True)
class SuggestionCard:
    """What was suggested in one form.

    Args:
        mine: it was suggested to the reader; else the reader suggested it.
        about: what was told or asked before, "" for nothing in particular.
    """

    offers: tuple[Offer, ...]
    giver: str
    taker: str
    mine: bool
    about: str


@dataclass(frozen=True)
class Origin:
    """That a try came from a suggestion: who made that, and whether *Did it* is all that is asked about the try."""

    giver: str
    quick: bool


def origin_of(tx: Tx, experiment: Experiment) -> Origin | None:
    """The suggestion that became this try; None for one's own idea."""
    found = tx.suggestions.first(experiment_id=experiment.id)
    if found is None:
        return None
    began = local_date(experiment.created_at, tx.members.get(experiment.member_id).tz)
    quick = is_quick(found, began, experiment.until, len(measures_of(tx, experiment.id)))
    return Origin(tx.members.get(found.member_id).name, quick)


def load_suggestions(tx: Tx, first_id: int) -> SuggestionCard:
    """The suggestions of one form as this reader sees them; NotFound for whom they are not."""
    first = tx.suggestions.get(first_id)
    if tx.me not in (first.member_id, first.to_id):
        raise NotFound("suggestion")
    found = [first, *tx.suggestions.find(first_id=first.id)]
    agenda = agenda_of(tx, first.pair_id)
    talked_about = {item.source_id for item in agenda if item.source is AgendaSource.SUGGESTION}
    return SuggestionCard(
        offers=tuple(Offer(one, one.is_open(tx.now), one.id in talked_about) for one in found),
        giver=tx.members.get(first.member_id).name,
        taker=tx.members.get(first.to_id).name,
        mine=tx.me == first.to_id,
        about=_told_before(tx, first),
    )


def _told_before(tx: Tx, suggestion: Suggestion) -> str:
    match suggestion.source_kind:
        case SuggestedAfter.RESULT:
            result = tx.results.get(ResultId(suggestion.source_id))
            return tx.experiments.get(result.experiment_id).behaviour
        case SuggestedAfter.ASK:
            return tx.asks.get(AskId(suggestion.source_id)).situation
        case SuggestedAfter.NOTHING:
            return ""


CARD = Message(
    "suggestion.card",
    SuggestionCard,
    load_suggestions,
    as_long_as(lambda card: any(offer.is_open for offer in card.offers)),
    priority=Priority.ACT,
)
