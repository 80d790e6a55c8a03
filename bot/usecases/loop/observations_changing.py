"""Second thoughts about an observation: changing it, or taking it back."""

from dataclasses import replace

from bot.domain.ids import ObservationId
from bot.domain.quotes import QuoteKind
from bot.domain.sessions import AgendaSource
from bot.domain.shown import Shown, changed
from bot.domain.taking_back import change_seen, require_fresh, require_there
from bot.ports import Tx
from bot.usecases.entries import make_findable
from bot.usecases.loop.observations import ObservationForm, Partner, touch_observation
from bot.usecases.loop.quotes import touch_quotes
from bot.usecases.loop.two_lines_showing import show_on_goals_of
from bot.usecases.people.authors import my_own
from bot.usecases.rhythm.agenda import take_off_agenda


def open_observation_change(tx: Tx, observation: ObservationId) -> ObservationForm:
    """What was sent, to be changed. Raises NotFound, TakenBack, NotAllowed for anybody but the one who wrote it."""
    seen = my_own(tx, tx.observations, observation)
    require_there(seen)
    partner = Partner(seen.pair_id, tx.members.get(seen.to_id))
    return ObservationForm((partner,), strength_missing=False, observation=seen)


def change_observation(tx: Tx, observation: ObservationId, shown: Shown) -> ObservationId:
    """Keep the change; after ten minutes its reader is told that it was changed.

    Raises InvalidInput, NotFound, NotAllowed, TakenBack.
    """
    seen = my_own(tx, tx.observations, observation, lock=True)
    require_there(seen)
    new = replace(changed(seen, shown), changed_at=change_seen(seen, tx.now))
    touch_observation(tx, new)
    touch_quotes(tx, QuoteKind.OBSERVATION, new.id)
    show_on_goals_of(tx, new.pair_id, new.to_id)
    make_findable(tx, new)
    return seen.id


def take_back_observation(tx: Tx, observation: ObservationId) -> ObservationId:
    """Its words go, for everybody. Raises NotFound, NotAllowed, TakenBack, TooLateToTakeBack."""
    seen = my_own(tx, tx.observations, observation, lock=True)
    require_fresh(seen, tx.now)
    take_off_agenda(tx, seen.pair_id, AgendaSource.OBSERVATION, seen.id)
    gone = replace(seen, situation="", behaviour="", impact="", question="", taken_back_at=tx.now)
    touch_observation(tx, gone)
    touch_quotes(tx, QuoteKind.OBSERVATION, gone.id)
    show_on_goals_of(tx, gone.pair_id, gone.to_id)
    make_findable(tx, gone)
    return seen.id
