"""A use case as a listener runs it: in one transaction, for one viewer."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from bot.domain.errors import CodeRefused
from bot.domain.ids import MemberId
from bot.domain.members import Workspace
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Deps, Policy
from bot.usecases.acquaintance import meet_here
from bot.usecases.people.admins import add_admin
from bot.usecases.people.workspaces import claim, open_workspace
from bot.usecases.programme.cohorts import CohortPreview, SetUpCohort, preview_cohort
from bot.usecases.programme.pairs_asking import Proposal, ProposePair, propose_pair
from storage.database import SqlDatabase

T = TypeVar("T")


async def read_as(deps: Deps, viewer: Viewer, use_case: Callable[..., T], *args: Any, **named: Any) -> T:
    """What the use case finds for this viewer."""
    return await deps.db.read(viewer, lambda tx: use_case(tx, *args, **named))


async def write_as(
    deps: Deps, viewer: Viewer, use_case: Callable[..., T], *args: Any, key: str | None = None, **named: Any
) -> T:
    """What the use case returns; called again with the same key it changes nothing."""
    return await deps.db.write(viewer, lambda tx: use_case(tx, *args, **named), idempotency_key=key)


def under(deps: Deps, policy: Policy) -> Deps:
    """The same where whoever runs Pairloop has set something."""
    database = copy.copy(deps.db)
    assert isinstance(database, SqlDatabase)
    database._policy = policy
    return replace(deps, db=database)


async def open_as(deps: Deps) -> tuple[Workspace, str]:
    """The workspace as a start of the bot opens it."""
    team = await deps.directory.team()
    return await deps.db.write(SYSTEM, lambda tx: open_workspace(tx, team))


async def claim_as(deps: Deps, viewer: Viewer, code: str, *, key: str) -> None:
    """Raises CodeRefused, as the listener does."""
    if not await write_as(deps, viewer, claim, code, key=key):
        raise CodeRefused


async def add_admin_as(deps: Deps, viewer: Viewer, user_id: str, *, key: str) -> MemberId:
    person = await meet_here(deps, viewer, user_id, field="person")
    return await write_as(deps, viewer, add_admin, person.id, key=key)


async def preview_as(deps: Deps, viewer: Viewer, command: SetUpCohort) -> CohortPreview:
    if command.lead:
        await meet_here(deps, viewer, command.lead, field="lead")
    return await read_as(deps, viewer, preview_cohort, command)


async def propose_as(deps: Deps, viewer: Viewer, command: ProposePair) -> Proposal:
    mentor = await meet_here(deps, viewer, command.mentor, field="mentor")
    mentee = await meet_here(deps, viewer, command.mentee, field="mentee")
    return await read_as(deps, viewer, propose_pair, command, mentor, mentee)
