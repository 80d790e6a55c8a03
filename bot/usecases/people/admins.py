"""Who else may set things up: admins add each other, and may step back as long as one is left."""

from dataclasses import dataclass, replace

from bot.domain.audit import AuditEntry
from bot.domain.cohorts import require_admin
from bot.domain.errors import LastAdmin, NotFound
from bot.domain.ids import MemberId
from bot.domain.members import Member, require_fit
from bot.domain.outgoing import Priority
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_post


@dataclass(frozen=True)
class AdminRow:
    """One admin; `fixed` are those whom the settings name, as they would come back with the next start."""

    member: Member
    fixed: bool


@dataclass(frozen=True)
class AdminList:
    """All admins; `may_remove` is False while there is only one."""

    rows: tuple[AdminRow, ...]

    @property
    def may_remove(self) -> bool:
        return len(self.rows) > 1


@dataclass(frozen=True)
class AdminAdded:
    """What somebody reads who became an admin."""

    by: str


def see_admins(tx: Tx) -> AdminList:
    """Raises NotAllowed for who is no admin."""
    require_admin(tx.members.get(tx.me))
    admins = _admins(tx)
    return AdminList(tuple(AdminRow(admin, admin.user_id in tx.policy.admins) for admin in admins))


def add_admin(tx: Tx, person: MemberId) -> MemberId:
    """Make somebody an admin, and tell them. Raises PersonUnfit, NotAllowed, NotFound."""
    me = tx.members.get(tx.me)
    require_admin(me)
    found = tx.members.get(person, lock=True)
    require_fit(found, "person")
    if not found.is_admin:
        tx.members.update(replace(found, is_admin=True))
        tx.audit.insert(AuditEntry(me.workspace_id, "admin.added", person, tx.now, tx.me))
        enqueue_post(tx, person, ADDED, tx.me, key=f"{ADDED}:{person}:{tx.key}")
    return person


def remove_admin(tx: Tx, admin: int) -> None:
    """Take the rights back, also one's own. Raises LastAdmin, NotAllowed."""
    me = tx.members.get(tx.me)
    require_admin(me)
    # The workspace is locked, so that the last two cannot remove each other at once.
    tx.workspaces.get(me.workspace_id, lock=True)
    found = tx.members.get(admin)
    if not found.is_admin:
        return
    if len(_admins(tx)) == 1:
        raise LastAdmin
    tx.members.update(replace(found, is_admin=False))
    tx.audit.insert(AuditEntry(me.workspace_id, "admin.removed", found.id, tx.now, tx.me))


def load_added(tx: Tx, by: int) -> AdminAdded:
    """NotFound once the reader is no admin any more."""
    if not tx.members.get(tx.me).is_admin:
        raise NotFound("admin")
    return AdminAdded(tx.members.get(by).name)


def _admins(tx: Tx) -> list[Member]:
    return tx.members.find(is_admin=True, is_deleted=False)


ADDED = Message("admin.added", AdminAdded, load_added, of_use=None, priority=Priority.ACT)
