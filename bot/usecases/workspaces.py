"""Knowing the workspace, and who may set it up: the one-time code makes the first admin."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime

from bot.domain.audit import AuditEntry
from bot.domain.errors import ClaimClosed, CodeRefused
from bot.domain.ids import MemberId, WorkspaceId
from bot.domain.members import Member, Workspace
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Deps, Repositories, Team


async def open_workspace(deps: Deps) -> tuple[Workspace, str]:
    """The workspace of the bot's token, and a fresh claim code as long as there is no admin ("" otherwise)."""
    team = await deps.directory.team()
    now = deps.clock.now()
    return await deps.db.write(SYSTEM, lambda r: _open(r, team, deps.admins, now))


async def claim(deps: Deps, viewer: Viewer, member: MemberId, code: str, *, key: str) -> MemberId:
    """Make this member an admin. Raises CodeRefused, or ClaimClosed once there is an admin."""
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _claim(r, member, code.strip(), now), once=key)


async def is_claimed(deps: Deps, viewer: Viewer, workspace: WorkspaceId) -> bool:
    """Whether somebody looks after the workspace, so that no code is waited for any more."""
    return not (await deps.db.read(viewer, lambda r: r.workspaces.get(workspace))).claim_code


def _open(
    repositories: Repositories, team: Team, admins: frozenset[str], now: datetime
) -> tuple[Workspace, str]:
    workspace = repositories.workspaces.first(team_id=team.team_id, enterprise_id=team.enterprise_id)
    if workspace is None:
        workspace = repositories.workspaces.insert(
            Workspace(team.team_id, team.name, team.bot_user_id, now, team.enterprise_id)
        )
    _name_admins(repositories, workspace, admins, now)
    if admins or repositories.members.count(workspace_id=workspace.id, is_admin=True, is_deleted=False):
        return _without_code(repositories, workspace), ""
    code = secrets.token_hex(4)
    return repositories.workspaces.update(replace(workspace, claim_code=_digest(code))), code


def _name_admins(
    repositories: Repositories, workspace: Workspace, admins: frozenset[str], now: datetime
) -> None:
    """Members whom the settings name become admins at once; the others do when they are first met."""
    for member in repositories.members.find(workspace_id=workspace.id, user_id=admins, is_admin=False):
        repositories.members.update(replace(member, is_admin=True))
        repositories.audit.insert(AuditEntry(workspace.id, "admin.named", member.id, now))


def _without_code(repositories: Repositories, workspace: Workspace) -> Workspace:
    """A code that was printed before there was an admin opens nothing any more."""
    if not workspace.claim_code:
        return workspace
    return repositories.workspaces.update(replace(workspace, claim_code=""))


def _claim(repositories: Repositories, member: MemberId, code: str, now: datetime) -> MemberId:
    me: Member = repositories.members.get(member, lock=True)
    workspace = repositories.workspaces.get(me.workspace_id, lock=True)
    if not workspace.claim_code:
        raise ClaimClosed
    if not secrets.compare_digest(workspace.claim_code, _digest(code)):
        raise CodeRefused
    repositories.workspaces.update(replace(workspace, claim_code=""))
    repositories.members.update(replace(me, is_admin=True))
    repositories.audit.insert(AuditEntry(me.workspace_id, "admin.claimed", member, now, member))
    return member


def _digest(code: str) -> str:
    return hashlib.sha256(code.lower().encode()).hexdigest()
