"""What follows for the pairs of somebody who moved, or whose account was closed."""

from bot.domain.ids import WorkspaceId
from bot.domain.members import Member
from bot.ports import Tx
from bot.ports_slack import Profile
from bot.usecases.people.members import add_member, change_member
from bot.usecases.people.pauses import move_pause
from bot.usecases.programme.pairs_ending import let_go
from bot.usecases.rhythm.nudges_planning import replan_member


def keep_profile(tx: Tx, workspace: WorkspaceId, profile: Profile) -> Member:
    """Insert or update the member whom this profile describes, with what follows from a move or a farewell."""
    known = tx.members.first(user_id=profile.user_id)
    if known is None:
        return add_member(tx, workspace, profile)
    member = change_member(tx, known, profile)
    if member.is_deleted and not known.is_deleted:
        let_go(tx, member)
    elif member.tz != known.tz:
        replan_member(tx, member)
        move_pause(tx, member)
    return member
