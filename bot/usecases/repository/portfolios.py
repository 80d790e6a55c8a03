"""Portfolios: chosen by whoever learns, read from their own rows, and handed over to them alone."""

from dataclasses import dataclass
from datetime import date

from bot.domain.cadence import local_date
from bot.domain.competencies import Competency
from bot.domain.errors import ChoiceMissing
from bot.domain.ids import ExperimentId, MemberId, PortfolioId
from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.outgoing import Priority
from bot.domain.portfolios import (
    Material,
    NothingToTell,
    NumberTold,
    Part,
    Portfolio,
    Shape,
    StepTold,
    Story,
    chosen_parts,
    told,
)
from bot.domain.shown import Shown, begun
from bot.ports import Tx
from bot.usecases.loop.quotes import words_agreed
from bot.usecases.loop.readings import series_of
from bot.usecases.loop.two_lines_views import with_names
from bot.usecases.outgoing import Message, enqueue_post


@dataclass(frozen=True)
class PortfolioForm:
    """What the form begins with: what was chosen the last time, or the preset."""

    portfolio: Portfolio


@dataclass(frozen=True)
class PortfolioMade:
    """A portfolio with what it tells now; `today` is its owner's day."""

    portfolio: Portfolio
    story: Story
    name: str
    today: date


def open_portfolio_form(tx: Tx) -> PortfolioForm:
    """Raises NothingToTell for somebody who has written nothing that could stand in one."""
    _require_something(tx)
    last = tx.portfolios.first(member_id=tx.me, order="-id")
    return PortfolioForm(last or Portfolio(tx.members.get(tx.me).workspace_id, tx.me, tx.now))


def make_portfolio(tx: Tx, shown: Shown) -> PortfolioId:
    """Keep what is wanted, and hand the file over to its owner. Raises ChoiceMissing, NothingToTell."""
    _require_something(tx)
    workspace = tx.members.get(tx.me).workspace_id
    wanted = begun(Portfolio, shown, workspace_id=workspace, member_id=tx.me, created_at=tx.now)
    if wanted.shape is Shape.WHOLE and not chosen_parts(wanted.parts):
        raise ChoiceMissing(field="parts")
    kept = tx.portfolios.insert(wanted)
    enqueue_post(tx, tx.me, MADE, kept.id)
    return kept.id


def load_portfolio(tx: Tx, portfolio_id: int) -> PortfolioMade:
    """What it tells now; NotFound for everybody but its owner."""
    portfolio = tx.portfolios.get(portfolio_id)
    me = tx.members.get(portfolio.member_id)
    return PortfolioMade(
        portfolio, told(_material(tx, portfolio, me.user_id), portfolio), me.name, local_date(tx.now, me.tz)
    )


def _require_something(tx: Tx) -> None:
    stores = (tx.goals, tx.experiments, tx.results, tx.insights, tx.evidence)
    if not any(store.count(member_id=tx.me) for store in stores):
        raise NothingToTell


def _material(tx: Tx, portfolio: Portfolio, user_id: str) -> Material:
    me = portfolio.member_id
    goals, experiments = tx.goals.find(member_id=me), tx.experiments.find(member_id=me)
    occasions = {one.id: one.coin.occasions for one in experiments}
    indicators = [
        *(tx.indicators.find(goal_id=[goal.id for goal in goals]) if goals else []),
        *(tx.indicators.find(experiment_id=list(occasions)) if occasions else []),
    ]
    series = series_of(tx, indicators).values()
    return Material(
        me,
        user_id,
        goals,
        experiments,
        tx.results.find(member_id=me),
        [
            NumberTold(
                one.indicator, one.readings, occasions.get(one.indicator.experiment_id or ExperimentId(0), 0)
            )
            for one in series
        ],
        tx.insights.find(member_id=me),
        tx.evidence.find(member_id=me),
        tx.energies.find(member_id=me) if Part.ENERGY in chosen_parts(portfolio.parts) else (),
        with_names(tx, tx.two_lines.find(to_id=me)),
        words_agreed(tx, me) if Part.WORDS in chosen_parts(portfolio.parts) else (),
        _steps_read(tx, me),
    )


def _steps_read(tx: Tx, me: MemberId) -> list[StepTold]:
    milestones = tx.milestones.find(member_id=me, state=MilestoneState.CONFIRMED)
    ids = {one.competency_id for one in milestones if one.competency_id}
    known = {one.id: one for one in tx.competencies.find(id=ids)} if ids else {}
    return [
        _step_told_by(one, known.get(one.competency_id) if one.competency_id else None) for one in milestones
    ]


def _step_told_by(milestone: Milestone, competency: Competency | None) -> StepTold:
    if competency is None:
        return StepTold(milestone)
    return StepTold(milestone, competency.name, competency.line_of(milestone.level or 1))


MADE = Message("portfolio.made", PortfolioMade, load_portfolio, of_use=None, priority=Priority.ACT)
