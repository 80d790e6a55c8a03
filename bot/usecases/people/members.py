"""Members as Slack describes them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.ids import WorkspaceId
from bot.domain.members import Member
from bot.ports import Profile, Tx


def names_of(tx: Tx, user_ids: Sequence[str]) -> dict[str, str]:
    """The display names of those whom we know, by Slack id."""
    return {person.user_id: person.name for person in tx.members.find(user_id=user_ids)}


def add_member(tx: Tx, workspace: WorkspaceId, profile: Profile) -> Member:
    """Keep somebody whom Slack describes for the first time."""
    member = Member(
        workspace_id=workspace,
        user_id=profile.user_id,
        name=profile.name,
        tz=profile.tz,
        locale=profile.locale,
        refreshed_at=tx.now,
        is_bot=profile.is_bot,
        is_guest=profile.is_guest,
        is_deleted=profile.is_deleted,
        is_foreign=profile.is_foreign,
        is_admin=profile.user_id in tx.policy.admins,
        full_name=profile.full_name,
    )
    return tx.members.insert(member)


def change_member(tx: Tx, known: Member, profile: Profile) -> Member:
    """Keep what Slack says now of somebody whom we know."""
    # Of a closed account Slack tells no time zone and no language, so the last ones stay.
    gone = profile.is_deleted
    return tx.members.update(
        replace(
            known,
            name=profile.name,
            tz=known.tz if gone else profile.tz,
            locale=known.locale if gone else profile.locale,
            refreshed_at=tx.now,
            is_bot=profile.is_bot,
            is_guest=profile.is_guest,
            is_deleted=gone,
            is_foreign=profile.is_foreign,
            is_admin=known.is_admin or known.user_id in tx.policy.admins,
            full_name=profile.full_name,
        )
    )
