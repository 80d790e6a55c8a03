"""Knowing the workspace, and who may set it up: the one-time code makes the first admin."""

import hashlib
import secrets
from dataclasses import replace
from datetime import datetime

from bot.domain.audit import AuditEntry
from bot.domain.claims import ALPHABET, LENGTH, PAUSE, bare, grouped, paused_until
from bot.domain.errors import ClaimClosed, ClaimPaused
from bot.domain.ids import MemberId
from bot.domain.members import Workspace
from bot.ports import Tx
from bot.ports_slack import Team

REFUSED = "admin.claim_refused"


def open_workspace(tx: Tx, team: Team) -> tuple[Workspace, str]:
    """The workspace of the bot's token, and a fresh claim code as long as there is no admin ("" otherwise)."""
    workspace = tx.workspaces.first(team_id=team.team_id, enterprise_id=team.enterprise_id)
    if workspace is None:
        workspace = tx.workspaces.insert(
            Workspace(team.team_id, team.name, team.bot_user_id, tx.now, team.enterprise_id)
        )
    # Another process may be sending here, and renews its right to.
    workspace = tx.workspaces.get(workspace.id, lock=True)
    _name_admins(tx, workspace)
    if tx.policy.admins or tx.members.count(workspace_id=workspace.id, is_admin=True, is_deleted=False):
        return _without_code(tx, workspace), ""
    code = grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))
    return tx.workspaces.update(replace(workspace, claim_code=_digest(code))), code


def claim(tx: Tx, code: str) -> bool:
    """Make this member an admin if the code fits; returns whether it does.

    A wrong one is kept in the trail, so that nobody guesses on, also after a restart. Raises ClaimPaused after a few
    wrong codes of this member, ClaimClosed once there is an admin.
    """
    system = tx.as_system()  # only Pairloop itself reads the trail
    me = tx.members.get(tx.me, lock=True)
    workspace = tx.workspaces.get(me.workspace_id, lock=True)
    if not workspace.claim_code:
        raise ClaimClosed
    if until := paused_until(_refused_codes(system, me.id), tx.now):
        raise ClaimPaused(until)
    if not secrets.compare_digest(workspace.claim_code, _digest(code)):
        system.audit.insert(AuditEntry(me.workspace_id, REFUSED, me.id, tx.now, me.id))
        return False
    tx.workspaces.update(replace(workspace, claim_code=""))
    tx.members.update(replace(me, is_admin=True))
    system.audit.insert(AuditEntry(me.workspace_id, "admin.claimed", me.id, tx.now, me.id))
    return True


def _name_admins(tx: Tx, workspace: Workspace) -> None:
    """Members whom the settings name become admins at once; the others do when they are first met."""
    for member in tx.members.find(workspace_id=workspace.id, user_id=tx.policy.admins, is_admin=False):
        tx.members.update(replace(member, is_admin=True))
        tx.audit.insert(AuditEntry(workspace.id, "admin.named", member.id, tx.now))


def _without_code(tx: Tx, workspace: Workspace) -> Workspace:
    """A code that was printed before there was an admin opens nothing any more."""
    if not workspace.claim_code:
        return workspace
    return tx.workspaces.update(replace(workspace, claim_code=""))


def _refused_codes(tx: Tx, member: MemberId) -> list[datetime]:
    """When codes of this member did not fit lately."""
    found = tx.audit.find(action=REFUSED, subject_id=member, at__since=tx.now - PAUSE)
    return [entry.at for entry in found]


def _digest(code: str) -> str:
    return hashlib.sha256(bare(code).encode()).hexdigest()
