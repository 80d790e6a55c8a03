"""How it goes: figures of a cohort that are made once a month, and read by whoever leads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from bot.domain.audit import AuditEntry
from bot.domain.cadence import local_date, to_utc
from bot.domain.closings import Closing, MayQuote
from bot.domain.closings_quotes import without_names
from bot.domain.cohorts import Cohort
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.figures import CohortFigure, newest
from bot.domain.ids import CohortId
from bot.domain.members import Workspace
from bot.domain.outgoing import Priority
from bot.domain.privacy import FEWEST_PAIRS, FEWEST_PEOPLE
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_post
from bot.usecases.programme.cohorts_led import led_by_me
from bot.usecases.programme.figures_competence import names_of_competencies
from bot.usecases.programme.figures_gathering import tell_anew
from bot.usecases.rhythm.pulses_settling import settle_pulses

GATHERED = "figures.gathered"


@dataclass(frozen=True)
class HowItGoes:
    """A cohort in figures, as they were published last, and earlier ones for what is drawn over time.

    Args:
        figures: those that hold.
        earlier: all that were ever published, the oldest first.
        competencies: what each is called now, by the part of its figure.
        stories: what people say has changed, where they agreed to be quoted; no name stands in them.
        today: of whoever reads it.
    """

    cohort: Cohort
    figures: tuple[CohortFigure, ...]
    earlier: tuple[CohortFigure, ...]
    stories: tuple[str, ...]
    today: date
    competencies: Mapping[str, str] = field(default_factory=dict)


def gather_figures(tx: Tx, workspace: Workspace) -> int:
    """Tell anew what may be told anew: once a month, whoever asks, and the pulses once their quarter is over.

    Returns how many figures are new.
    """
    system = tx.as_system()
    # First of all, so that of two at once the second finds what the first did, and blurs no pulse once more.
    system.workspaces.get(workspace.id, lock=True)
    settle_pulses(tx, workspace.id)
    month = to_utc(tx.now.date().replace(day=1), time(), "UTC")
    if system.audit.count(workspace_id=workspace.id, action=GATHERED, at__since=month):
        return 0
    system.audit.insert(AuditEntry(workspace.id, GATHERED, workspace.id, tx.now))
    return sum(len(tell_anew(tx, cohort.id)) for cohort in system.cohorts.find(workspace_id=workspace.id))


def ask_how_it_goes(tx: Tx, cohort_id: int) -> CohortId:
    """What whoever leads a cohort reads next is of this month. Raises NotFound, NotAllowed."""
    cohort = led_by_me(tx, cohort_id)
    gather_figures(tx, tx.workspaces.get(cohort.workspace_id))
    return cohort.id


def see_how_it_goes(tx: Tx, cohort_id: int) -> HowItGoes:
    """Raises NotFound, and NotAllowed for who does not lead it."""
    return how_it_goes(tx, led_by_me(tx, cohort_id), local_date(tx.now, tx.members.get(tx.me).tz))


def how_it_goes(tx: Tx, cohort: Cohort, today: date) -> HowItGoes:
    """The same for whoever may read the cohort's figures."""
    published = tx.cohort_figures.find(cohort_id=cohort.id, order="id")
    names = names_of_competencies(tx, cohort.id)
    return HowItGoes(cohort, tuple(newest(published)), tuple(published), _stories(tx, cohort), today, names)


def send_charts(tx: Tx, cohort_id: int) -> None:
    """Post the figures with their charts to whoever asks. Raises NotFound, NotAllowed."""
    cohort = led_by_me(tx, cohort_id)
    enqueue_post(tx, tx.me, CHARTS, cohort.id, key=f"{CHARTS}:{cohort.id}:{tx.me}:{tx.key}")


def _stories(tx: Tx, cohort: Cohort) -> tuple[str, ...]:
    """As their writers agreed, from enough of them, in no order that says when, without the names of people here."""
    system = tx.as_system()
    pairs = [pair.id for pair in system.pairs.find(cohort_id=cohort.id)]
    said = system.closings.find(pair_id=pairs, may_quote=MayQuote.YES) if pairs else []
    told = [one for one in said if one.changed]
    if not _are_enough_writers(told):
        return ()
    names = [one.name for one in system.members.find(workspace_id=cohort.workspace_id)]
    return tuple(sorted(without_names(one.changed, names) for one in told))


def _are_enough_writers(said: Sequence[Closing]) -> bool:
    """Of fewer, whoever leads would know whose words they are."""
    people, pairs = {one.member_id for one in said}, {one.pair_id for one in said}
    return len(people) >= FEWEST_PEOPLE and len(pairs) >= FEWEST_PAIRS


def load_charts(tx: Tx, cohort_id: int) -> HowItGoes:
    """NotFound for who does not lead it (any more)."""
    try:
        return see_how_it_goes(tx, cohort_id)
    except NotAllowed as error:
        raise NotFound("cohort") from error


CHARTS = Message("figure.charts", HowItGoes, load_charts, of_use=None, priority=Priority.ACT)
