"""What the two want to discuss next time: put on the agenda and taken off it by either."""

from datetime import datetime

from bot.domain.ids import ExperimentId, MemberId, PairId
from bot.domain.privacy import Viewer
from bot.domain.sessions import AgendaItem, AgendaSource
from bot.ports import Deps, Repositories
from bot.usecases.loop.experiments import touch


async def discuss_experiment(
    deps: Deps, viewer: Viewer, member: MemberId, experiment: ExperimentId, *, wanted: bool, key: str
) -> ExperimentId:
    """Put an experiment on the agenda, or take it off; nothing changes if it is so already. Raises NotFound."""
    now = deps.clock.now()

    def discuss(repositories: Repositories) -> ExperimentId:
        found = repositories.experiments.get(experiment, lock=True)
        there = is_on_agenda(repositories, found.pair_id, AgendaSource.EXPERIMENT, found.id)
        if wanted and not there:
            put_on_agenda(repositories, found.pair_id, member, AgendaSource.EXPERIMENT, found.id, now)
        if there and not wanted:
            take_off_agenda(repositories, found.pair_id, AgendaSource.EXPERIMENT, found.id)
        if there is not wanted:
            touch(repositories, found, now)
        return found.id

    return await deps.db.write(viewer, discuss, idempotency_key=key)


def agenda_of(repositories: Repositories, pair: PairId) -> list[AgendaItem]:
    """What waits for the next talk, the oldest first."""
    return repositories.agenda.find(pair_id=pair, session_id=None)


def is_on_agenda(repositories: Repositories, pair: PairId, source: AgendaSource, source_id: int) -> bool:
    found = repositories.agenda.count(pair_id=pair, source=source, source_id=source_id, session_id=None)
    return found > 0


def put_on_agenda(
    repositories: Repositories,
    pair: PairId,
    member: MemberId,
    source: AgendaSource,
    source_id: int,
    now: datetime,
) -> None:
    """Put it there once, however often it is asked for. Hold a lock on the source before."""
    if is_on_agenda(repositories, pair, source, source_id):
        return
    workspace = repositories.pairs.get(pair).workspace_id
    repositories.agenda.insert(AgendaItem(workspace, pair, member, source, source_id, now))


def take_off_agenda(repositories: Repositories, pair: PairId, source: AgendaSource, source_id: int) -> None:
    for item in repositories.agenda.find(pair_id=pair, source=source, source_id=source_id, session_id=None):
        repositories.agenda.delete(item)
