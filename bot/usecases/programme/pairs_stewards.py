"""Who looks after a pair: the cohort's lead, or else whoever asked the two, or else the admins."""

from bot.domain.cohorts import leads
from bot.domain.ids import MemberId
from bot.domain.pairs import Pair
from bot.ports import Tx


def stewards(tx: Tx, pair: Pair) -> list[MemberId]:
    """Whom to tell that a pair needs somebody; nobody who is in the pair, and nobody who has gone."""
    cohort = tx.cohorts.get(pair.cohort_id)
    memberships = tx.memberships.find(pair_id=pair.id, left_at=None)
    inside = {membership.member_id for membership in memberships}
    wanted = {cohort.lead_id, pair.asked_by} - inside - {None}
    near = [m for m in tx.members.find(id=wanted, is_deleted=False) if leads(m, cohort)]
    near.sort(key=lambda member: member.id != cohort.lead_id)
    if near:
        return [near[0].id]
    admins = tx.members.find(workspace_id=pair.workspace_id, is_admin=True, is_deleted=False)
    return [admin.id for admin in admins if admin.id not in inside]
