"""Half an hour before a talk: what each of the two may want to have in mind."""

from dataclasses import dataclass

from bot.domain.experiments import Experiment
from bot.domain.goals import Goal
from bot.domain.outgoing import Priority
from bot.ports import Tx
from bot.usecases.loop.experiments import open_experiments
from bot.usecases.loop.goals import open_goal
from bot.usecases.outgoing import Message
from bot.usecases.people.memberships import PairMembership, my_membership
from bot.usecases.rhythm.briefs import Brief, brief_in
from bot.usecases.rhythm.sessions import agenda_lines
from bot.usecases.rhythm.talks import TalkCard, load_talk


@dataclass(frozen=True)
class TalkBrief:
    """What one of the two reads before a talk.

    Args:
        agenda: what waits for it, the oldest first.
        goal: the reader's own, where they learn in this pair.
        open_now: what they try.
        briefs: on each whom they mentor in it.
    """

    card: TalkCard
    agenda: tuple[str, ...]
    goal: Goal | None
    open_now: tuple[Experiment, ...]
    briefs: tuple[Brief, ...]


def load_brief(tx: Tx, talk_id: int) -> TalkBrief:
    """The brief for this reader; NotFound for who is not in the pair."""
    card = load_talk(tx, talk_id)
    membership = my_membership(tx, card.talk.pair_id)
    learns = membership.role.learns
    return TalkBrief(
        card,
        agenda=agenda_lines(tx, card.talk.pair_id),
        goal=open_goal(tx, membership) if learns else None,
        open_now=tuple(open_experiments(tx, membership)) if learns else (),
        briefs=_briefs(tx, membership),
    )


def _briefs(tx: Tx, membership: PairMembership) -> tuple[Brief, ...]:
    if not membership.role.mentors:
        return ()
    return tuple(brief_in(tx, membership, mentee) for mentee in membership.mentees)


BRIEF = Message("talk.brief", TalkBrief, load_brief, of_use=None, priority=Priority.ESCALATION)
