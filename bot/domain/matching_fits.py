"""How well two people suit each other: the rules that keep them apart, and what speaks for them, in points."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from bot.domain.cadence import A_DAY, to_utc
from bot.domain.ids import MemberId
from bot.domain.profiles import Critique, Deciding, Likes

COMPETENCE, FEEDBACK, VALUES, LANGUAGE, HOURS = 40, 20, 15, 15, 10  # of a hundred
LEAST_HOURS, FULL_HOURS = 2, 20  # a week in which both work
QUARTERS = 4  # of an hour
REASONS_SHOWN = 2


class Reason(StrEnum):
    """What speaks for two people."""

    COMPETENCE = "competence"
    FEEDBACK = "feedback"
    VALUES = "values"
    LANGUAGE = "language"
    HOURS = "hours"
    BY_HAND = "by_hand"  # whoever leads the cohort put them together


class Rule(StrEnum):
    """What rules two people out. PERSONAL is what only they themselves know of: hours in common, and *not with*.

    The two are one rule on purpose: whoever reads that nobody was left must not learn whom somebody would rather avoid.
    """

    SELF = "self"
    LANGUAGE = "language"
    LINE = "line"
    PAIR = "pair"
    PERSONAL = "personal"


@dataclass(frozen=True)
class Candidate:
    """Somebody on the list of a cohort as the solver sees them.

    Args:
        places: for how many mentees there is room now.
        hours: the quarters of a week in which they work, as bits.
        barred: with whom they would rather not be matched.
        with_now: with whom they are a pair in this cohort, or were, or were asked to be one; elsewhere it is barred.
        edition: of what they said.
    """

    id: MemberId
    wants: frozenset[str] = frozenset()
    cans: frozenset[str] = frozenset()
    places: int = 1
    languages: frozenset[str] = frozenset()
    likes: Likes | None = None
    takes: Critique | None = None
    gives: Critique | None = None
    decides: Deciding | None = None
    values: frozenset[str] = frozenset()
    hours: int = 0
    manager: MemberId | None = None
    barred: frozenset[MemberId] = frozenset()
    with_now: frozenset[MemberId] = frozenset()
    edition: int = 0


@dataclass(frozen=True)
class Fit:
    """How well two suit each other, of a hundred; what speaks for it with what it rests on, the strongest first."""

    score: int
    reasons: tuple[str, ...]


def week_hours(working_days: Collection[int], quiet: tuple[time, time] | None, tz: str, monday: date) -> int:
    """The quarters of the week from this Monday on (UTC, round its end) in which somebody works, as bits.

    Without quiet hours a working day is all of its hours.
    """
    bits = 0
    for day in sorted(working_days):
        for begin, end in _spans(quiet):
            bits |= _quarters(monday + day * A_DAY, begin, end, tz, monday)
    return bits


def _spans(quiet: tuple[time, time] | None) -> list[tuple[time, time]]:
    """From when to when a working day is open; midnight at the end is the next day's."""
    if quiet is None or quiet[0] == quiet[1]:
        return [(time(), time())]
    begin, end = quiet
    if begin > end:
        return [(end, begin)]
    return [span for span in ((time(), begin), (end, time())) if span != (time(), time())]


def _quarters(day: date, begin: time, end: time, tz: str, monday: date) -> int:
    week = 7 * 24 * QUARTERS
    start = to_utc(day, begin, tz)
    stop = to_utc(day if end > begin else day + A_DAY, end, tz)
    origin = to_utc(monday, time(), "UTC")
    first, last = (round((each - origin).total_seconds() / 900) for each in (start, stop))
    return sum(1 << number % week for number in range(first, last))


def hours_in_common(one: Candidate, other: Candidate) -> int:
    """Whole hours of a week in which both work."""
    return (one.hours & other.hours).bit_count() // QUARTERS


# What everybody may know of; whoever leads the cohort cannot put two together against these.
PUBLIC = (Rule.SELF, Rule.PAIR, Rule.LINE, Rule.LANGUAGE)


def fit_of(mentor: Candidate, mentee: Candidate) -> Fit | Rule:
    """How well they suit each other, or the first rule that forbids it."""
    return rule_of(mentor, mentee) or _fit_from([*_open_parts(mentor, mentee), _hours(mentor, mentee)])


def fit_by_hand(mentor: Candidate, mentee: Candidate) -> Fit | Rule:
    """The same where somebody else puts them together: what only they themselves know of is not looked at.

    So it reads alike whether or not one of them would rather avoid the other.
    """
    rule = rule_of(mentor, mentee)
    if rule in PUBLIC:
        return rule
    fit = _fit_from(_open_parts(mentor, mentee))
    return replace(fit, reasons=(*fit.reasons, f"{Reason.BY_HAND}:"))


def _open_parts(mentor: Candidate, mentee: Candidate) -> list[tuple[int, str]]:
    asked = (_competence, _feedback, _values, _language)
    return [part(mentor, mentee) for part in asked]


def _fit_from(parts: Sequence[tuple[int, str]]) -> Fit:
    told = sorted((part for part in parts if part[1]), key=lambda part: -part[0])
    return Fit(sum(points for points, _ in parts), tuple(said for _, said in told))


def rule_of(mentor: Candidate, mentee: Candidate) -> Rule | None:
    """What forbids it; what only they themselves know of is looked at last."""
    if mentor.id == mentee.id:
        return Rule.SELF
    if mentee.id in mentor.with_now:
        return Rule.PAIR
    if _in_one_line(mentor, mentee):
        return Rule.LINE
    if mentor.languages and mentee.languages and not mentor.languages & mentee.languages:
        return Rule.LANGUAGE
    barred = mentee.id in mentor.barred or mentor.id in mentee.barred
    return Rule.PERSONAL if barred or hours_in_common(mentor, mentee) < LEAST_HOURS else None


def _in_one_line(one: Candidate, other: Candidate) -> bool:
    """One reports to the other, or both to the same."""
    same = one.manager is not None and one.manager == other.manager
    return same or one.manager == other.id or other.manager == one.id


def _competence(mentor: Candidate, mentee: Candidate) -> tuple[int, str]:
    shared = sorted(mentor.cans & mentee.wants, key=int)
    points = COMPETENCE * len(shared) // max(1, len(mentee.wants))
    return points, _said_fitting(Reason.COMPETENCE, shared)


def _feedback(mentor: Candidate, mentee: Candidate) -> tuple[int, str]:
    """A quarter for each of four; half of it where one of the two did not say."""
    asked: dict[str, tuple[StrEnum | None, StrEnum | None]] = {
        "takes": (mentee.takes, mentor.gives),
        "gives": (mentor.takes, mentee.gives),
        "likes": (mentee.likes, mentor.likes),
        "decides": (mentee.decides, mentor.decides),
    }
    met = [name for name, (one, other) in asked.items() if one is not None and one is other]
    open_ = sum(None in each for each in asked.values())
    return FEEDBACK * (2 * len(met) + open_) // (2 * len(asked)), _said_fitting(Reason.FEEDBACK, met)


def _values(mentor: Candidate, mentee: Candidate) -> tuple[int, str]:
    shared = sorted(mentor.values & mentee.values)
    return VALUES * min(len(shared), 3) // 3, _said_fitting(Reason.VALUES, shared)


def _language(mentor: Candidate, mentee: Candidate) -> tuple[int, str]:
    """Whoever names none is ruled out for none, and gets half."""
    shared = sorted(mentor.languages & mentee.languages)
    return (LANGUAGE if shared else LANGUAGE // 2), _said_fitting(Reason.LANGUAGE, shared)


def _hours(mentor: Candidate, mentee: Candidate) -> tuple[int, str]:
    hours = hours_in_common(mentor, mentee)
    return HOURS * min(hours, FULL_HOURS) // FULL_HOURS, _said_fitting(Reason.HOURS, [str(hours)])


def _said_fitting(reason: Reason, found: Sequence[str]) -> str:
    return f"{reason}:{','.join(found)}" if found else ""


def reason_in(said: str) -> tuple[Reason, tuple[str, ...]]:
    """A reason as it is kept, with what it rests on."""
    name, _, found = said.partition(":")
    return Reason(name), tuple(filter(None, found.split(",")))
