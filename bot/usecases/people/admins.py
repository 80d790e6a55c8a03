"""Who else may set things up: admins add each other, and may step back as long as one is left."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.audit import AuditEntry
from bot.domain.cohorts import require_admin
from bot.domain.errors import LastAdmin, NotFound, PersonUnfit
from bot.domain.ids import MemberId
from bot.domain.members import Member, require_fit
from bot.domain.privacy import Viewer
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import enqueue_post
from bot.usecases.people.members import meet_here

ADDED = "admin.added"


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


async def see_admins(deps: Deps, viewer: Viewer, member: MemberId) -> AdminList:
    """Raises NotAllowed for who is no admin."""

    def read(repositories: Repositories) -> AdminList:
        require_admin(repositories.members.get(member))
        admins = _admins(repositories)
        return AdminList(tuple(AdminRow(admin, admin.user_id in deps.admins) for admin in admins))

    return await deps.db.read(viewer, read)


async def add_admin(deps: Deps, viewer: Viewer, member: MemberId, user_id: str, *, key: str) -> MemberId:
    """Make somebody an admin, and tell them. Raises PersonUnfit, NotAllowed, SlackTrouble."""
    if not user_id:
        raise PersonUnfit("unknown", field="person")
    person = await meet_here(deps, viewer, user_id, field="person")
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _add(r, member, person.id, now, key), idempotency_key=key)


async def remove_admin(deps: Deps, viewer: Viewer, member: MemberId, admin: int, *, key: str) -> None:
    """Take the rights back, also one's own. Raises LastAdmin, NotAllowed."""
    now = deps.clock.now()
    await deps.db.write(viewer, lambda r: _remove(r, member, admin, now), idempotency_key=key)


def load_added(repositories: Repositories, by: int, reader: MemberId) -> AdminAdded:
    """NotFound once the reader is no admin any more."""
    if not repositories.members.get(reader).is_admin:
        raise NotFound("admin")
    return AdminAdded(repositories.members.get(by).name)


def _admins(repositories: Repositories) -> list[Member]:
    return repositories.members.find(is_admin=True, is_deleted=False)


def _add(repositories: Repositories, member: MemberId, person: MemberId, now: datetime, key: str) -> MemberId:
    me = repositories.members.get(member)
    require_admin(me)
    found = repositories.members.get(person, lock=True)
    require_fit(found, "person")
    if not found.is_admin:
        repositories.members.update(replace(found, is_admin=True))
        repositories.audit.insert(AuditEntry(me.workspace_id, "admin.added", person, now, member))
        enqueue_post(repositories, person, ADDED, member, now=now, key=f"{ADDED}:{person}:{key}")
    return person


def _remove(repositories: Repositories, member: MemberId, admin: int, now: datetime) -> None:
    me = repositories.members.get(member)
    require_admin(me)
    # The workspace is locked, so that the last two cannot remove each other at once.
    repositories.workspaces.get(me.workspace_id, lock=True)
    found = repositories.members.get(admin)
    if not found.is_admin:
        return
    if len(_admins(repositories)) == 1:
        raise LastAdmin
    repositories.members.update(replace(found, is_admin=False))
    repositories.audit.insert(AuditEntry(me.workspace_id, "admin.removed", found.id, now, member))
