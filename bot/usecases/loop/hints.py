"""A mentor's hint on a card."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import AlreadySettled, NotAllowed
from bot.domain.experiments import LINE_LIMIT, Experiment, ExperimentState, Hint
from bot.domain.ids import ExperimentId, HintId, MemberId
from bot.domain.privacy import Viewer
from bot.domain.texts import required
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import enqueue_post
from bot.usecases.loop.experiments import touch
from bot.usecases.programme.pairs import PairMembership, membership_in

ADDED = "hint.added"


@dataclass(frozen=True)
class HintForm:
    """What the form needs to open: which experiment, and whose."""

    experiment: Experiment
    owner: str


@dataclass(frozen=True)
class HintAdded:
    """What the mentee is told."""

    experiment: Experiment
    mentor: str
    text: str


async def open_hint_form(deps: Deps, viewer: Viewer, member: MemberId, experiment: ExperimentId) -> HintForm:
    """Raises NotFound, NotAllowed unless the member mentors the one who tries it, AlreadySettled."""

    def read(repositories: Repositories) -> HintForm:
        found, membership = _mentored(repositories, repositories.experiments.get(experiment), member)
        return HintForm(found, membership.me.name)

    return await deps.db.read(viewer, read)


async def add_hint(
    deps: Deps, viewer: Viewer, member: MemberId, experiment: ExperimentId, text: str, *, key: str
) -> HintId:
    """Keep the hint, show it on both cards, and tell the mentee. Raises like `open_hint_form`, and InvalidInput."""
    now = deps.clock.now()
    return await deps.db.write(
        viewer, lambda r: _add_hint(r, member, experiment, text, now), idempotency_key=key
    )


def load_hint(repositories: Repositories, hint_id: int, _reader: MemberId) -> HintAdded:
    """The hint for the one who tries it; NotFound if it is gone."""
    hint = repositories.hints.get(hint_id)
    mentor = repositories.members.get(hint.member_id)
    return HintAdded(repositories.experiments.get(hint.experiment_id), mentor.name, hint.text)


def _add_hint(
    repositories: Repositories, member: MemberId, experiment: ExperimentId, text: str, now: datetime
) -> HintId:
    found, _ = _mentored(repositories, repositories.experiments.get(experiment, lock=True), member)
    hint = repositories.hints.insert(
        Hint(
            workspace_id=found.workspace_id,
            pair_id=found.pair_id,
            experiment_id=found.id,
            member_id=member,
            text=required(text, LINE_LIMIT, "hint"),
            created_at=now,
        )
    )
    touch(repositories, found, now)
    enqueue_post(repositories, found.member_id, ADDED, hint.id, now=now)
    return hint.id


def _mentored(
    repositories: Repositories, experiment: Experiment, member: MemberId
) -> tuple[Experiment, PairMembership]:
    """The experiment, and the place of the one who tries it."""
    membership = membership_in(repositories, experiment.pair_id, experiment.member_id)
    if member not in {mentor.id for mentor in membership.mentors}:
        raise NotAllowed("mentor")
    if experiment.state is not ExperimentState.OPEN:
        raise AlreadySettled
    return experiment, membership
