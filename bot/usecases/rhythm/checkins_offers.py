"""What a mentee says to the tries that an answered check-in offers."""

from bot.domain.errors import NotFound
from bot.domain.ids import CheckInId, GoalId
from bot.domain.offers import OfferKind
from bot.ports import Tx
from bot.usecases.loop.experiments import ExperimentForm, open_experiment_form
from bot.usecases.people.offers import never_again, not_now, take_offer
from bot.usecases.rhythm.checkin_cards import load_ask
from bot.usecases.rhythm.checkins_discussed import touch_check_in


def put_shelf_off(tx: Tx, check_in_id: CheckInId, *, for_good: bool) -> CheckInId:
    """Offer it no more for 90 days, or never again. Raises NotFound for anybody but the one who answered."""
    check_in = tx.check_ins.get(check_in_id, lock=True)
    if check_in.member_id != tx.me:
        raise NotFound("check_in")
    shown = load_ask(tx, check_in.occurrence_id).shelf
    if shown is not None:
        settle = never_again if for_good else not_now
        settle(tx, tx.me, OfferKind.SHELF_TRIES, shown.goal.id)
        touch_check_in(tx, check_in)
    return check_in.id


def take_from_shelf(tx: Tx, goal_id: GoalId) -> GoalId:
    """One of them becomes the beginning of a try; no more are offered for this goal. Raises NotFound."""
    goal = tx.goals.get(goal_id)
    if goal.member_id != tx.me:
        raise NotFound("goal")
    take_offer(tx, tx.me, OfferKind.SHELF_TRIES, goal.id)
    return goal.id


def open_shelf_try(tx: Tx, goal_id: GoalId) -> ExperimentForm:
    """The form in the pair of the goal. Raises NotFound, NoPair, NotAllowed."""
    return open_experiment_form(tx, pair_id=tx.goals.get(goal_id).pair_id)
