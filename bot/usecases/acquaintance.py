"""Knowing people: asked from Slack when first met, and again when they changed."""

from datetime import datetime, timedelta

from bot.domain.errors import NotFound, PersonUnfit
from bot.domain.ids import WorkspaceId
from bot.domain.members import Member, Workspace, require_fit
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Deps, Tx
from bot.ports_slack import Profile
from bot.usecases.programme.profiles import keep_profile

FRESH = timedelta(days=1)  # Slack's events may be lost, so everyone is read anew once a day when met
# For one unknown person, while a form waits for its answer: it may name two, and Slack gives it three seconds in all.
KNOW_WITHIN_S = 0.8


async def meet(deps: Deps, team_id: str, user_id: str) -> Member:
    """The member behind a Slack user: as we know them, and asked from Slack only if they are new.

    Calls that name no workspace of ours (those of an organisation do not) are taken as made in the one of our token:
    there Slack only tells of people it shows us.

    Raises NotFound for a workspace or user that is not known, SlackTrouble if Slack would not say in time; asked
    again, it has had the time.
    """
    here = (await deps.directory.team()).team_id
    workspace, known = await deps.db.read(SYSTEM, lambda tx: _look_up(tx, team_id, here, user_id))
    if known is not None:
        return known
    profile = await deps.directory.profile(user_id, within_s=KNOW_WITHIN_S)
    if profile is None:
        raise NotFound("member")
    return await _refresh(deps, workspace.id, profile)


def is_stale(member: Member, now: datetime) -> bool:
    """Whether this member was not read for a day."""
    return now - member.refreshed_at >= FRESH


async def read_anew(deps: Deps, member: Member) -> None:
    """Keep what Slack says now of somebody whom we know. Raises SlackTrouble."""
    profile = await deps.directory.profile(member.user_id)
    if profile is not None:
        await _refresh(deps, member.workspace_id, profile)


async def meet_here(deps: Deps, viewer: Viewer, user_id: str, *, field: str | None = None) -> Member:
    """Somebody of the viewer's workspace by their Slack id, fit to take part.

    Raises PersonUnfit (with `field`) for somebody who is not there or cannot take part, SlackTrouble.
    """
    if not user_id:
        raise PersonUnfit("unknown", field=field)
    workspace = await deps.db.read(viewer, lambda tx: tx.workspaces.get(_workspace_of(viewer)))
    try:
        member = await meet(deps, workspace.team_id, user_id)
    except NotFound as error:
        raise PersonUnfit("unknown", field=field) from error
    require_fit(member, field)
    return member


def _workspace_of(viewer: Viewer) -> WorkspaceId:
    if viewer.workspace_id is None:
        raise NotFound("workspace")
    return viewer.workspace_id


async def notice_change(deps: Deps, team_id: str, user_id: str) -> None:
    """Slack says that somebody changed: read those whom we know anew. Raises SlackTrouble."""
    here = (await deps.directory.team()).team_id
    _, known = await deps.db.read(SYSTEM, lambda tx: _look_up(tx, team_id, here, user_id))
    if known is not None:
        await read_anew(deps, known)


async def _refresh(deps: Deps, workspace: WorkspaceId, profile: Profile) -> Member:
    return await deps.db.write(Viewer(workspace), lambda tx: keep_profile(tx, workspace, profile))


def _look_up(tx: Tx, team_id: str, here: str, user_id: str) -> tuple[Workspace, Member | None]:
    named = tx.workspaces.first(team_id=team_id)
    workspace = named or tx.workspaces.first(team_id=here)
    if workspace is None:
        raise NotFound("workspace")
    return workspace, tx.members.first(workspace_id=workspace.id, user_id=user_id)
