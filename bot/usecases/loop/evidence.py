"""Evidence: keeping what anyone of the pair can look at, with an experiment or with the goal alone."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import ChoiceMissing, NoPair, NotAllowed
from bot.domain.evidence import LINK_LIMIT, NOTE_LIMIT, WORDS_LIMIT, Evidence, headline, require_link
from bot.domain.experiments import Experiment, ExperimentState
from bot.domain.ids import EvidenceId, ExperimentId, MemberId, PairId
from bot.domain.privacy import Viewer, pair_token
from bot.domain.stored import EntryKind
from bot.domain.texts import clean, required
from bot.ports import Deps, Repositories
from bot.usecases.loop.experiments import touch
from bot.usecases.programme.pairs import PairMembership, membership_in, memberships_of
from bot.usecases.repository.entries import index


@dataclass(frozen=True)
class Target:
    """Where evidence may belong: an experiment, or without one the goal of a pair.

    Args:
        owner: the names of those whose experiment or goal it is; empty for the member's own.
        partners: who will see it besides the member.
    """

    pair_id: PairId
    partners: tuple[str, ...]
    owner: tuple[str, ...] = ()
    experiment: Experiment | None = None


@dataclass(frozen=True)
class EvidenceForm:
    """What the form needs to open; `names` are those of mentioned people, by Slack user id."""

    targets: tuple[Target, ...]
    names: dict[str, str]


@dataclass(frozen=True)
class SaveEvidence:
    """What the form sends. `said_by` is the Slack user who wrote the message, "" for words of one's own."""

    text: str
    pair_id: PairId | None
    experiment_id: ExperimentId | None = None
    note: str = ""
    link: str = ""
    said_by: str = ""


@dataclass(frozen=True)
class Piece:
    """One piece as a reader finds it; `mine` may be taken away again."""

    evidence: Evidence
    keeper: str
    mine: bool


@dataclass(frozen=True)
class EvidenceList:
    """What is kept with an experiment, the newest first."""

    experiment: Experiment
    partners: tuple[str, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Saved:
    """What was saved, for the answer: with which experiment, and who sees it."""

    partners: tuple[str, ...]
    experiment: Experiment | None


async def open_evidence_form(
    deps: Deps,
    viewer: Viewer,
    member: MemberId,
    *,
    mentioned: Collection[str] = (),
    experiment: ExperimentId | None = None,
) -> EvidenceForm:
    """The form with everything the evidence may belong to, or for one experiment. Raises NoPair, NotFound."""

    def read(repositories: Repositories) -> EvidenceForm:
        people = repositories.members.find(user_id=list(mentioned)) if mentioned else []
        names = {person.user_id: person.name for person in people}
        if experiment is None:
            return EvidenceForm(_targets(repositories, member), names)
        found = repositories.experiments.get(experiment)
        return EvidenceForm((_target(membership_in(repositories, found.pair_id, member), found),), names)

    return await deps.db.read(viewer, read)


async def save_evidence(
    deps: Deps, viewer: Viewer, member: MemberId, command: SaveEvidence, *, key: str
) -> EvidenceId:
    """Keep it for the pair and make it findable. Raises InvalidInput for the field at fault, NotFound."""
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _save(r, member, command, now), idempotency_key=key)


async def what_was_saved(deps: Deps, viewer: Viewer, member: MemberId, evidence: EvidenceId) -> Saved:
    """What to tell the one who saved it. Raises NotFound."""

    def read(repositories: Repositories) -> Saved:
        kept = repositories.evidence.get(evidence)
        partners = membership_in(repositories, kept.pair_id, member).partner_names
        return Saved(
            partners, repositories.experiments.get(kept.experiment_id) if kept.experiment_id else None
        )

    return await deps.db.read(viewer, read)


async def list_evidence(
    deps: Deps, viewer: Viewer, member: MemberId, experiment: ExperimentId
) -> EvidenceList:
    """Everything kept with this experiment. Raises NotFound."""

    def read(repositories: Repositories) -> EvidenceList:
        found = repositories.experiments.get(experiment)
        membership = membership_in(repositories, found.pair_id, member)
        kept = repositories.evidence.find(experiment_id=found.id, order="-id")
        people = repositories.members.find(id={piece.member_id for piece in kept})
        names = {person.id: person.name for person in people}
        pieces = [Piece(one, names.get(one.member_id, ""), one.member_id == member) for one in kept]
        return EvidenceList(found, membership.partner_names, tuple(pieces))

    return await deps.db.read(viewer, read)


async def remove_evidence(
    deps: Deps, viewer: Viewer, member: MemberId, evidence: EvidenceId, *, key: str
) -> ExperimentId | None:
    """Forget what the member kept; it is no longer found. Returns the experiment that it was kept with.

    Raises NotFound, NotAllowed for what the partner kept.
    """
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _remove(r, member, evidence, now), idempotency_key=key)


def _targets(repositories: Repositories, member: MemberId) -> tuple[Target, ...]:
    """Open experiments first, my own before others'; then the goal alone."""
    memberships = memberships_of(repositories, member)[::-1]
    if not memberships:
        raise NoPair
    tried = [target for membership in memberships for target in _tried_in(repositories, membership)]
    tried.sort(key=lambda target: bool(target.owner))
    return (*tried, *(target for membership in memberships for target in _goals_of(membership)))


def _tried_in(repositories: Repositories, membership: PairMembership) -> Iterator[Target]:
    for experiment in repositories.experiments.find(
        pair_id=membership.pair.id, state=ExperimentState.OPEN, order="-id"
    ):
        yield _target(membership, experiment)


def _target(membership: PairMembership, experiment: Experiment) -> Target:
    owners = [one.name for one in membership.partners if one.id == experiment.member_id]
    return Target(membership.pair.id, membership.partner_names, tuple(owners), experiment)


def _goals_of(membership: PairMembership) -> Iterator[Target]:
    partners = membership.partner_names
    if membership.role.learns:
        yield Target(membership.pair.id, partners)
    else:
        yield Target(membership.pair.id, partners, membership.mentee_names)


def _save(repositories: Repositories, member: MemberId, command: SaveEvidence, now: datetime) -> EvidenceId:
    if command.pair_id is None:
        raise ChoiceMissing(field="target")
    membership = membership_in(repositories, command.pair_id, member)
    experiment = _of_pair(repositories, command.experiment_id, membership)
    evidence = repositories.evidence.insert(
        Evidence(
            workspace_id=membership.pair.workspace_id,
            pair_id=membership.pair.id,
            member_id=member,
            text=required(command.text, WORDS_LIMIT, "text"),
            created_at=now,
            note=clean(command.note, NOTE_LIMIT, "note"),
            link=require_link(clean(command.link, LINK_LIMIT, "link")),
            said_by=command.said_by,
            experiment_id=experiment.id if experiment else None,
        )
    )
    _make_findable(repositories, evidence, membership, now)
    if experiment is not None:
        touch(repositories, experiment, now)
    return evidence.id


def _of_pair(
    repositories: Repositories, experiment: ExperimentId | None, membership: PairMembership
) -> Experiment | None:
    if experiment is None:
        return None
    found = repositories.experiments.get(experiment, lock=True)
    if found.pair_id != membership.pair.id:
        raise ChoiceMissing(field="target")
    return found


def _remove(
    repositories: Repositories, member: MemberId, evidence: EvidenceId, now: datetime
) -> ExperimentId | None:
    kept = repositories.evidence.get(evidence, lock=True)
    if kept.member_id != member:
        raise NotAllowed("author")
    for entry in repositories.entries.find(kind=EntryKind.EVIDENCE, subject_id=kept.id):
        repositories.entries.delete(entry)
    repositories.evidence.delete(kept)
    if kept.experiment_id is not None:
        touch(repositories, repositories.experiments.get(kept.experiment_id, lock=True), now)
    return kept.experiment_id


def _make_findable(
    repositories: Repositories, evidence: Evidence, membership: PairMembership, now: datetime
) -> None:
    """For the pair and nobody else, whatever becomes of the insights beside it: it may quote others."""
    title = headline(evidence.text)
    whole = "" if title == evidence.text else evidence.text
    index(
        repositories,
        EntryKind.EVIDENCE,
        evidence,
        access=pair_token(evidence.pair_id),
        title=title,
        body="\n".join(filter(None, (whole, evidence.note))),
        locale=membership.me.locale,
        now=now,
    )
