"""The goals of their own that mentors show somebody, on App Home."""

from collections.abc import Sequence

from bot.domain.goals import Goal
from bot.ports import Tx
from bot.usecases.loop.goals_showing import shown_to_me
from bot.usecases.people.memberships import PairMembership


def shown_goals(tx: Tx, learning: Sequence[PairMembership]) -> tuple[tuple[Goal, str], ...]:
    """Each with the name of its owner, as long as I learn from them."""
    mentors = {mentor.id: mentor.name for one in learning for mentor in one.mentors}
    found = shown_to_me(tx) if mentors else []
    return tuple((goal, mentors[goal.member_id]) for goal in found if goal.member_id in mentors)
