"""What is done once a day without anybody asking: people read and words counted anew, old keys and lines forgotten."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.ids import WorkspaceId
from bot.domain.ledger import KEPT
from bot.domain.members import Workspace
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Deps, Profile, Tx
from bot.usecases.programme.profiles import keep_profile

BATCH = 100
NOTICED = ("name", "tz", "locale", "is_deleted", "is_guest", "is_foreign")
# Slack delivers an event again for a day at most (docs.slack.dev/apis/events-api, "Delayed Events").
CALLS_KEPT = timedelta(days=7)


async def refresh_members(deps: Deps) -> int:
    """Keep what Slack says now of everybody whom we know, because its events may be lost.

    Returns how many have changed. Raises SlackTrouble.
    """
    team = await deps.directory.team()
    workspace = await deps.db.read(
        SYSTEM, lambda tx: tx.workspaces.first(team_id=team.team_id, enterprise_id=team.enterprise_id)
    )
    if workspace is None:
        return 0
    people = await deps.directory.people()
    changed = await deps.db.read(Viewer(workspace.id), lambda tx: _changed(tx, people))
    for start in range(0, len(changed), BATCH):
        await _keep_profiles(deps, workspace.id, changed[start : start + BATCH])
    return len(changed)


async def refresh_statistics(deps: Deps) -> None:
    """Count the words of each workspace anew, for the ranking of what is found."""
    workspaces: list[Workspace] = await deps.db.read(SYSTEM, lambda tx: tx.workspaces.find())
    for workspace in workspaces:
        await deps.db.write(Viewer(workspace.id), lambda tx: tx.search.refresh_statistics())


async def forget_old_calls(deps: Deps) -> int:
    """Forget which calls were dealt with, once Slack cannot deliver them again. Returns how many."""
    return await deps.db.forget_calls(deps.clock.real_now() - CALLS_KEPT)


async def forget_old_lines(deps: Deps) -> int:
    """Forget what came by itself, and why, once it is too long ago to be asked about. Returns how many lines."""
    forgotten, batch = 0, BATCH
    while batch == BATCH:
        batch = await deps.db.write(SYSTEM, _forget_lines)
        forgotten += batch
    return forgotten


def _forget_lines(tx: Tx) -> int:
    old = tx.ledger_lines.find(at__upto=tx.now - KEPT, order="at", limit=BATCH)
    for line in old:
        tx.ledger_lines.delete(line)
    return len(old)


def _changed(tx: Tx, people: Sequence[Profile]) -> list[Profile]:
    """Those whom we know otherwise than Slack describes them now."""
    known = {member.user_id: member for member in tx.members.find()}
    return [
        profile
        for profile in people
        if (member := known.get(profile.user_id)) is not None
        and any(getattr(member, name) != getattr(profile, name) for name in NOTICED)
    ]


async def _keep_profiles(deps: Deps, workspace: WorkspaceId, profiles: Sequence[Profile]) -> None:
    def keep(tx: Tx) -> None:
        for profile in profiles:
            keep_profile(tx, workspace, profile)

    await deps.db.write(Viewer(workspace), keep)
