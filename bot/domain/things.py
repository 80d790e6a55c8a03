"""All that is kept, by the name of its store in a transaction; what points at something else stands behind it."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping

from bot.domain.audit import AUDIT
from bot.domain.channels import COHORT_CHANNELS
from bot.domain.charters import CHARTERS, FEEDBACK_WISHES
from bot.domain.checkins import CHECK_INS, COMMITMENTS, ENERGIES
from bot.domain.closings import CLOSINGS
from bot.domain.cohorts import COHORTS
from bot.domain.competencies import COMPETENCIES
from bot.domain.digests import DIGEST_LINES, DIGESTS
from bot.domain.drifts import DRIFTS
from bot.domain.entries import ENTRIES
from bot.domain.evidence import EVIDENCE
from bot.domain.experiments import EXPERIMENTS, HINTS
from bot.domain.feeds import FEEDS
from bot.domain.figures import COHORT_FIGURES, COUNTED_SHARES
from bot.domain.goals import GOALS
from bot.domain.indicators import INDICATORS
from bot.domain.insights import INSIGHTS, SHARED_INSIGHTS
from bot.domain.insights_curating import INSIGHT_EDITIONS
from bot.domain.insights_import import INSIGHT_IMPORTS
from bot.domain.ladders import LADDER_ROUNDS, LADDER_SCORES, LADDERS
from bot.domain.ledger import LEDGER_LINES
from bot.domain.matching import MATCH_LINES, MATCH_RUNS
from bot.domain.members import MEMBERS, WORKSPACES
from bot.domain.milestones import MILESTONES
from bot.domain.nudges import NUDGES, OCCURRENCES
from bot.domain.objectives import OBJECTIVES
from bot.domain.observations import OBSERVATIONS
from bot.domain.offers import OFFERS
from bot.domain.outgoing import OUTGOING
from bot.domain.owed_replies import OWED_REPLIES
from bot.domain.pairs import MEMBERSHIPS, PAIRS
from bot.domain.patterns import PATTERNS
from bot.domain.pauses import PAUSES
from bot.domain.portfolios import PORTFOLIOS
from bot.domain.privacy import pair_access
from bot.domain.profiles import NOT_WITH, PROFILES
from bot.domain.pulses import PULSE_BOXES, PULSE_KEYS
from bot.domain.questions import QUESTIONS
from bot.domain.quotes import QUOTES
from bot.domain.readings import READINGS
from bot.domain.replies import REPLIES
from bot.domain.requests import HELP_REQUESTS
from bot.domain.resources import RESOURCES
from bot.domain.results import RESPONSES, RESULTS, SEEN
from bot.domain.reuse import COUNTED_TRIES, REUSABLE_TRIES
from bot.domain.reuse_reports import REUSE_REPORT_TELLINGS, REUSE_REPORTS
from bot.domain.reviews import RETRO_ITEMS, REVIEWS
from bot.domain.rhythms import RHYTHM_PROPOSALS
from bot.domain.saved_searches import SAVED_SEARCHES, SEARCH_NEWS
from bot.domain.sessions import AGENDA, ANSWERS, ASKS, SESSIONS
from bot.domain.setbacks import SETBACKS
from bot.domain.stored import Audience, Entity, EntryKind, Found, Stored
from bot.domain.suggestions import SUGGESTIONS
from bot.domain.talks import TALKS
from bot.domain.thanks import THANKS
from bot.domain.turns import TOSSES, TURNS
from bot.domain.two_lines import STAKEHOLDER_ASKS, TWO_LINES
from bot.domain.wins_channel import CHANNEL_WINS, WIN_CONSENTS, WIN_POSTS
from bot.domain.wins_sharing import SHARED_WINS
from bot.domain.working_life import COHORT_DAYS_OFF, DAYS_OFF

HIDING = {"told_at", "taken_back_at"}  # fields that say that others do not read it, or nobody does
OF_A_PAIR = (
    Audience.PAIR,
    Audience.PAIR_ONCE_TOLD,
    Audience.PAIR_AND_WRITER,
    Audience.PAIR_AND_SHOWN,  # to whom it is shown finds it where it is shown, and not in the search
    Audience.TOLD_AND_SHOWN,
)

THINGS: Mapping[str, Stored[Entity]] = {
    "workspaces": WORKSPACES,
    "members": MEMBERS,
    "cohorts": COHORTS,
    "feeds": FEEDS,
    "days_off": DAYS_OFF,
    "cohort_days_off": COHORT_DAYS_OFF,
    "pairs": PAIRS,
    "memberships": MEMBERSHIPS,
    "pauses": PAUSES,
    "charters": CHARTERS,
    "feedback_wishes": FEEDBACK_WISHES,
    "objectives": OBJECTIVES,
    "resources": RESOURCES,
    "competencies": COMPETENCIES,
    "cohort_questions": QUESTIONS,
    "profiles": PROFILES,
    "not_with": NOT_WITH,
    "match_runs": MATCH_RUNS,
    "match_lines": MATCH_LINES,
    "goals": GOALS,
    "ladders": LADDERS,
    "ladder_rounds": LADDER_ROUNDS,
    "ladder_scores": LADDER_SCORES,
    "experiments": EXPERIMENTS,
    "indicators": INDICATORS,
    "hints": HINTS,
    "suggestions": SUGGESTIONS,
    "results": RESULTS,
    "tosses": TOSSES,
    "turns": TURNS,
    "readings": READINGS,
    "responses": RESPONSES,
    "seen": SEEN,
    "observations": OBSERVATIONS,
    "setbacks": SETBACKS,
    "occurrences": OCCURRENCES,
    "reviews": REVIEWS,
    "retro_items": RETRO_ITEMS,
    "nudges": NUDGES,
    "check_ins": CHECK_INS,
    "drifts": DRIFTS,
    "energies": ENERGIES,
    "commitments": COMMITMENTS,
    "sessions": SESSIONS,
    "talks": TALKS,
    "rhythm_proposals": RHYTHM_PROPOSALS,
    "agenda": AGENDA,
    "asks": ASKS,
    "answers": ANSWERS,
    "owed_replies": OWED_REPLIES,
    "thanks": THANKS,
    "replies": REPLIES,
    "evidence": EVIDENCE,
    "milestones": MILESTONES,
    "shared_wins": SHARED_WINS,
    "cohort_channels": COHORT_CHANNELS,
    "win_posts": WIN_POSTS,
    "channel_wins": CHANNEL_WINS,
    "win_consents": WIN_CONSENTS,
    "stakeholder_asks": STAKEHOLDER_ASKS,
    "two_lines": TWO_LINES,
    "insight_imports": INSIGHT_IMPORTS,
    "insights": INSIGHTS,
    "insight_editions": INSIGHT_EDITIONS,
    "patterns": PATTERNS,
    "reusable_tries": REUSABLE_TRIES,
    "counted_tries": COUNTED_TRIES,
    "shared_insights": SHARED_INSIGHTS,
    "help_requests": HELP_REQUESTS,
    "offers": OFFERS,
    "closings": CLOSINGS,
    "portfolios": PORTFOLIOS,
    "pulse_keys": PULSE_KEYS,
    "pulses": PULSE_BOXES,
    "cohort_figures": COHORT_FIGURES,
    "counted_shares": COUNTED_SHARES,
    "entries": ENTRIES,
    "outgoing": OUTGOING,
    "ledger_lines": LEDGER_LINES,
    "digests": DIGESTS,
    "digest_lines": DIGEST_LINES,
    "quotes": QUOTES,
    "reuse_reports": REUSE_REPORTS,
    "reuse_report_tellings": REUSE_REPORT_TELLINGS,
    "saved_searches": SAVED_SEARCHES,
    "search_news": SEARCH_NEWS,
    "audit": AUDIT,
}


def described(entity: type[object]) -> Stored[Entity]:
    """The description of an entity. Raises LookupError for what is not kept."""
    for stored in THINGS.values():
        if stored.entity is entity:
            return stored
    raise LookupError(f"bot/domain/things.py does not list {entity.__name__}")


def found_as(kind: EntryKind) -> dict[str, Found[Entity]]:
    """How things that people know as this kind are found, by the name of their store."""
    return {
        name: stored.found
        for name, stored in THINGS.items()
        if stored.found is not None and stored.found.kind.shown is kind.shown
    }


def faults() -> Iterator[str]:
    """What the descriptions lack, or say twice; a sentence each."""
    found = Counter(stored.found.kind for stored in THINGS.values() if stored.found is not None)
    yield from (f"nothing is found as {kind}" for kind in EntryKind if kind not in found)
    named = Counter(name for stored in THINGS.values() for name in (stored.table, stored.entity.__name__))
    yield from (f"{name} is described twice" for name, times in (*found.items(), *named.items()) if times > 1)
    for name, stored in THINGS.items():
        if stored.found is not None and not _is_found_by_whom_it_is_for(stored):
            yield f"{name} would be found by others than those who see it ({stored.seen_by.name})"
        fields = {field.name for field in dataclasses.fields(stored.entity)}  # type: ignore[arg-type]  # each is a dataclass
        subject = [stored.found.subject] if stored.found is not None else []
        if stored.found is not None and stored.found.when is None and (hides := fields & HIDING):
            yield f"{name} would be found whatever stands in {', '.join(sorted(hides))}"
        if stored.earlier is not None and "pair_id" not in fields:
            yield f"{name} may be shown to a new mentor, and is of no pair"
        for missing in sorted({*stored.indexed, *subject} - fields):
            yield f"{name} is described by {missing}, which is no field of {stored.entity.__name__}"


def _is_found_by_whom_it_is_for(stored: Stored[Entity]) -> bool:
    """What a pair alone sees is opened by the pair's token; what less people see than a pair is not searched for."""
    opened_by: object = stored.found and stored.found.open_to
    return stored.seen_by is Audience.AS_AGREED or (opened_by is pair_access and stored.seen_by in OF_A_PAIR)
