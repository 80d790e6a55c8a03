"""The one number that a check-in asks for."""

from datetime import UTC, datetime
from decimal import Decimal

from bot.domain.experiments import ExperimentState
from bot.domain.goals import GoalState
from bot.domain.ids import IndicatorId
from bot.domain.indicators import require_fitting
from bot.domain.readings import NumberNoted, Source
from bot.domain.texts import sane
from bot.ports import Tx
from bot.usecases.loop.readings import ReadSeries, series_of
from bot.usecases.loop.readings_noting import keep_reading, my_number, show_number
from bot.usecases.people.memberships import PairMembership

NEVER = datetime.min.replace(tzinfo=UTC)


def read_longest_ago(tx: Tx, membership: PairMembership) -> ReadSeries | None:
    """Of what this member tries and wants in this pair now, the number that was noted longest ago."""
    tries = tx.experiments.find(**membership.mine, state=ExperimentState.OPEN)
    goals = tx.goals.find(**membership.mine, state=GoalState.OPEN)
    found = [
        *tx.indicators.find(experiment_id=[one.id for one in tries]),
        *tx.indicators.find(goal_id=[one.id for one in goals]),
    ]
    return min(series_of(tx, found).values(), key=_last_noted, default=None)


def note_with_check_in(tx: Tx, indicator: IndicatorId, value: Decimal) -> None:
    """Keep what the check-in says of a number today. Raises InvalidInput, NotFound, NotAllowed, AlreadySettled."""
    mine = my_number(tx, indicator, lock=True)
    sane(value, "number")
    require_fitting(mine.indicator.kind, value, "number")
    keep_reading(tx, mine, NumberNoted(value), Source.CHECKIN)
    show_number(tx, mine)


def _last_noted(series: ReadSeries) -> tuple[datetime, int]:
    return max((one.at for one in series.readings), default=NEVER), series.indicator.id
