"""Knowing the workspace, and who may set it up: the one-time code makes the first admin."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime

from bot.domain.audit import AuditEntry
from bot.domain.claims import ALPHABET, LENGTH, PAUSE, bare, grouped, paused_until
from bot.domain.errors import ClaimClosed, ClaimPaused, CodeRefused
from bot.domain.ids import MemberId, WorkspaceId
from bot.domain.members import Member, Workspace
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Deps, Repositories, Team

REFUSED = "admin.claim_refused"


async def open_workspace(deps: Deps) -> tuple[Workspace, str]:
    """The workspace of the bot's token, and a fresh claim code as long as there is no admin ("" otherwise)."""
    team = await deps.directory.team()
    now = deps.clock.now()
    return await deps.db.write(SYSTEM, lambda r: _open(r, team, deps.admins, now))


async def claim(deps: Deps, viewer: Viewer, member: MemberId, code: str, *, key: str) -> MemberId:
    """Make this member an admin.

    Raises CodeRefused, ClaimPaused after a few wrong codes of this member, ClaimClosed once there is an admin.
    """
    now = deps.clock.now()
    # Pairloop itself looks at the trail, which only it keeps.
    everything = Viewer(viewer.workspace_id)
    if not await deps.db.write(everything, lambda r: _claim(r, member, code, now), idempotency_key=key):
        raise CodeRefused
    return member


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
    code = grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))
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


def _claim(repositories: Repositories, member: MemberId, code: str, now: datetime) -> bool:
    """Whether the code fits. A wrong one is kept in the trail, so that nobody guesses on, also after a restart."""
    me: Member = repositories.members.get(member, lock=True)
    workspace = repositories.workspaces.get(me.workspace_id, lock=True)
    if not workspace.claim_code:
        raise ClaimClosed
    if until := paused_until(_refused(repositories, member, now), now):
        raise ClaimPaused(until)
    if not secrets.compare_digest(workspace.claim_code, _digest(code)):
        repositories.audit.insert(AuditEntry(me.workspace_id, REFUSED, member, now, member))
        return False
    repositories.workspaces.update(replace(workspace, claim_code=""))
    repositories.members.update(replace(me, is_admin=True))
    repositories.audit.insert(AuditEntry(me.workspace_id, "admin.claimed", member, now, member))
    return True


def _refused(repositories: Repositories, member: MemberId, now: datetime) -> list[datetime]:
    """When codes of this member did not fit lately."""
    found = repositories.audit.find(action=REFUSED, subject_id=member, at__since=now - PAUSE)
    return [entry.at for entry in found]


def _digest(code: str) -> str:
    return hashlib.sha256(bare(code).encode()).hexdigest()
