"""All that is kept, by the name of its store in a transaction; what points at something else stands behind it."""

from collections.abc import Mapping

from bot.domain.audit import AUDIT
from bot.domain.checkins import CHECK_INS, COMMITMENTS, ENERGIES
from bot.domain.cohorts import COHORTS
from bot.domain.entries import ENTRIES
from bot.domain.evidence import EVIDENCE
from bot.domain.experiments import EXPERIMENTS, HINTS, INDICATORS
from bot.domain.goals import GOALS
from bot.domain.insights import INSIGHTS, SHARED_INSIGHTS
from bot.domain.members import MEMBERS, WORKSPACES
from bot.domain.nudges import NUDGES, OCCURRENCES
from bot.domain.outgoing import OUTGOING
from bot.domain.pairs import MEMBERSHIPS, PAIRS
from bot.domain.results import READINGS, RESPONSES, RESULTS, SEEN
from bot.domain.sessions import AGENDA, ANSWERS, ASKS, SESSIONS
from bot.domain.stored import Entity, Stored

THINGS: Mapping[str, Stored[Entity]] = {
    "workspaces": WORKSPACES,
    "members": MEMBERS,
    "cohorts": COHORTS,
    "pairs": PAIRS,
    "memberships": MEMBERSHIPS,
    "goals": GOALS,
    "experiments": EXPERIMENTS,
    "indicators": INDICATORS,
    "hints": HINTS,
    "results": RESULTS,
    "readings": READINGS,
    "responses": RESPONSES,
    "seen": SEEN,
    "occurrences": OCCURRENCES,
    "nudges": NUDGES,
    "check_ins": CHECK_INS,
    "energies": ENERGIES,
    "commitments": COMMITMENTS,
    "sessions": SESSIONS,
    "agenda": AGENDA,
    "asks": ASKS,
    "answers": ANSWERS,
    "evidence": EVIDENCE,
    "insights": INSIGHTS,
    "shared_insights": SHARED_INSIGHTS,
    "entries": ENTRIES,
    "outgoing": OUTGOING,
    "audit": AUDIT,
}
