"""Who looks after a pair: the cohort's lead, or else whoever asked the two, or else the admins; and who helps it."""

from collections.abc import Collection

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
    return _admins(tx, pair, inside)


def contact_for(tx: Tx, pair: Pair) -> MemberId | None:
    """Who helps a pair: whom the cohort names, else who looks after it; nobody in the pair, None for nobody at all.

    Where the account of whom it names was closed an admin helps, since nobody has chosen anybody else yet.
    """
    inside = {one.member_id for one in tx.memberships.find(pair_id=pair.id, left_at=None)}
    chosen = tx.cohorts.get(pair.cohort_id).contact_id
    if chosen is None or chosen in inside:
        found = stewards(tx, pair)
    elif tx.members.get(chosen).is_deleted:
        found = _admins(tx, pair, inside) or stewards(tx, pair)
    else:
        found = [chosen]
    return found[0] if found else None


def _admins(tx: Tx, pair: Pair, inside: Collection[MemberId | None]) -> list[MemberId]:
    admins = tx.members.find(workspace_id=pair.workspace_id, is_admin=True, is_deleted=False)
    return [admin.id for admin in admins if admin.id not in inside]
