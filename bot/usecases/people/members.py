"""Members as Slack describes them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.ids import WorkspaceId
from bot.domain.members import Member
from bot.ports import Tx
from bot.ports_slack import Profile


def names_of(tx: Tx, user_ids: Sequence[str]) -> dict[str, str]:
    """The display names of those whom we know, by Slack id."""
    return {person.user_id: person.name for person in tx.members.find(user_id=user_ids)}


def add_member(tx: Tx, workspace: WorkspaceId, profile: Profile) -> Member:
    """Keep somebody whom Slack describes for the first time."""
    is_admin = profile.user_id in tx.policy.admins
    member = Member(workspace_id=workspace, refreshed_at=tx.now, is_admin=is_admin, **vars(profile))
    return tx.members.insert(member)


def change_member(tx: Tx, known: Member, profile: Profile) -> Member:
    """Keep what Slack says now of somebody whom we know."""
    # Of a closed account Slack tells no time zone and no language, so the last ones stay.
    last = {"tz": known.tz, "locale": known.locale} if profile.is_deleted else {}
    is_admin = known.is_admin or known.user_id in tx.policy.admins
    told = {**vars(profile), **last, "refreshed_at": tx.now, "is_admin": is_admin}
    return tx.members.update(replace(known, **told))
