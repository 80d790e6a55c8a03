"""Two workspaces with pairs in them, written straight into the stores: what storage tests look at."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from bot.domain.checkins import CheckIn, CheckInSource, Energy
from bot.domain.cohorts import Cohort
from bot.domain.goals import Goal
from bot.domain.insights import FIRST_EDITION, Insight, SharedInsight, Visibility, shared_copy
from bot.domain.members import Member, Workspace
from bot.domain.nudges import Occurrence, Ritual
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.privacy import SYSTEM, Viewer
from bot.ports import Tx
from storage.database import SqlDatabase

NOW = datetime(2026, 11, 23, 8, 0, 0, 123456, tzinfo=UTC)


@dataclass(frozen=True)
class TwoWorkspaces:
    """Mira mentors Tom, Yuki mentors Priya, both in Spring, led by Lea; Ada is the admin, Sam is in no pair.

    Eve is the admin of another workspace.
    """

    workspace: Workspace
    spring: Cohort
    ours: Pair
    theirs: Pair
    goal: Goal
    insight: Insight
    people: dict[str, Member]

    def viewer(self, name: str) -> Viewer:
        member = self.people[name]
        return Viewer(member.workspace_id, member.id)


async def two_workspaces(database: SqlDatabase) -> TwoWorkspaces:
    return await database.write(SYSTEM, _build)


def _build(tx: Tx) -> TwoWorkspaces:
    workspace = tx.workspaces.insert(Workspace("T1", "Acme", "UBOT", NOW))
    other = tx.workspaces.insert(Workspace("T2", "Other", "UBOT2", NOW))
    names = ("Mira", "Tom", "Yuki", "Priya", "Lea", "Ada", "Sam")
    people = {name: _member(tx, workspace, name, admin=name == "Ada") for name in names}
    people["Eve"] = _member(tx, other, "Eve", admin=True)
    spring = tx.cohorts.insert(
        Cohort(workspace.id, "Spring", 2, 1, time(10), date(2026, 11, 24), NOW, lead_id=people["Lea"].id)
    )
    ours = a_pair(tx, spring, people["Mira"], people["Tom"])
    theirs = a_pair(tx, spring, people["Yuki"], people["Priya"])
    goal = tx.goals.insert(
        Goal(workspace.id, ours.id, people["Tom"].id, "Speak up", NOW, NOW, horizon=date(2027, 3, 1))
    )
    insight = tx.insights.insert(an_insight(ours, people["Tom"]))
    _check_in_with_energy(tx, ours, people["Tom"])
    return TwoWorkspaces(workspace, spring, ours, theirs, goal, insight, people)


def a_pair(tx: Tx, cohort: Cohort, mentor: Member, mentee: Member) -> Pair:
    pair = tx.pairs.insert(
        Pair(cohort.workspace_id, cohort.id, NOW, state=PairState.ACTIVE, active_since=NOW)
    )
    for member, role in ((mentor, Role.MENTOR), (mentee, Role.MENTEE)):
        tx.memberships.insert(Membership(cohort.workspace_id, pair.id, member.id, role, Consent.YES))
    return pair


def an_insight(pair: Pair, author: Member, visibility: Visibility = Visibility.PAIR) -> Insight:
    return Insight(
        pair.workspace_id,
        pair.id,
        pair.cohort_id,
        author.id,
        situation="a review begins",
        behaviour="ask the quietest first",
        outcome="everyone spoke",
        created_at=NOW,
        updated_at=NOW,
        tags=("meetings", "größe"),
        visibility=visibility,
        agreed=0 if visibility is Visibility.PAIR else FIRST_EDITION,
    )


def share(tx: Tx, insight: Insight) -> SharedInsight:
    """Keep it, and what others read of it."""
    copy = shared_copy(tx.insights.insert(insight), None)
    assert copy is not None
    return tx.shared_insights.insert(copy)


def _member(tx: Tx, workspace: Workspace, name: str, *, admin: bool) -> Member:
    return tx.members.insert(
        Member(workspace.id, f"U{name.upper()}", name, "Europe/Berlin", "de-DE", NOW, is_admin=admin)
    )


def _check_in_with_energy(tx: Tx, pair: Pair, member: Member) -> None:
    occurrence = tx.occurrences.insert(
        Occurrence(pair.workspace_id, pair.id, Ritual.CHECK_IN, 0, "2026-11-24", date(2026, 11, 24))
    )
    check_in = tx.check_ins.insert(
        CheckIn(pair.workspace_id, pair.id, member.id, occurrence.id, CheckInSource.FORM, NOW, NOW)
    )
    tx.energies.insert(Energy(pair.workspace_id, member.id, check_in.id, 2, NOW))
