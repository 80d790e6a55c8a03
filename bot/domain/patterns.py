"""Patterns: what keeps coming back in somebody's tries, found by two rules that stand below."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from math import comb

from bot.domain.errors import AlreadySettled
from bot.domain.ids import (
    CheckInId,
    ExperimentId,
    InsightId,
    MemberId,
    PairId,
    PatternId,
    ResultId,
    ReviewId,
    WorkspaceId,
)
from bot.domain.results import NextStep
from bot.domain.stored import Audience, Erased, Stored, Unlimited
from bot.domain.tokens import stem, telling_words

ENOUGH = 3  # results that say the same
CLEAR = 0.6  # NAP from which a number was better since
APART = Fraction(1, 2)  # between the shares of a condition among what stayed undone and what was done
CHANCE = Fraction(1, 10)  # Fisher's exact p, up to which chance is left aside
LOW_ENERGY = 2


class PatternRule(StrEnum):
    BEHAVIOUR = "behaviour"  # what was done in much the same way turned out in the same way
    CONDITION = "condition"  # something stood beside what stayed undone, and seldom beside the rest


class PatternDirection(StrEnum):
    HELPED = "helped"
    DID_NOT_HELP = "did_not_help"
    UNDONE = "undone"


class PatternState(StrEnum):
    FOUND = "found"
    OFFERED = "offered"  # said once, with a check-in
    ACCEPTED = "accepted"
    EDITED = "edited"  # kept in other words
    REJECTED = "rejected"


class Condition(StrEnum):
    """Of what kind a condition is; some name a value behind a colon, see `condition_of`."""

    CHANGE = "change"  # what else changed, see `bot.domain.results.OtherChange`
    OBSTACLE = "obstacle"  # what could get in the way did
    WEEKDAY = "weekday"  # of its last day, 0 for Monday
    ENERGY = "energy"  # LOW_ENERGY or less around it: for nobody's eyes but the member's own


@dataclass(frozen=True)
class Pattern:
    """What keeps coming back in one member's tries of one pair, for that member alone until they keep it.

    Args:
        subject: by rule, the stems or the thread that the results share, or the condition.
        fingerprint: the same for the same finding.
        n, of_n: how many say it, of how many that could.
        result_ids: the results that say it, the oldest first.
        others, of_others: of a condition, beside how many it stood of those that were done.
        check_in_id: the answer with which it was offered.
        insight_id: as what it was kept.
    """

    workspace_id: WorkspaceId
    pair_id: PairId
    member_id: MemberId
    rule: PatternRule
    direction: PatternDirection
    subject: Unlimited
    fingerprint: Unlimited
    n: int
    of_n: int
    created_at: datetime
    result_ids: tuple[str, ...] = ()
    others: int = 0
    of_others: int = 0
    state: PatternState = PatternState.FOUND
    check_in_id: CheckInId | None = None
    review_id: ReviewId | None = None  # with which it was offered, where that was no check-in
    insight_id: InsightId | None = None
    id: PatternId = PatternId(0)
    version: int = 1

    @property
    def results(self) -> tuple[ResultId, ...]:
        return tuple(ResultId(int(one)) for one in self.result_ids)

    @property
    def is_private(self) -> bool:
        """Whether it says something of its member's energy, which appears in no message and in no insight."""
        return self.subject == Condition.ENERGY


PATTERNS = Stored(
    Pattern, "pattern", Audience.OWNER, Erased.WITH_MEMBER, exported=True, earlier=None, found=None,
    unique=(("pair_id", "member_id", "fingerprint"),), indexed=("check_in_id",),
)  # fmt: skip


@dataclass(frozen=True)
class ToldTry:
    """One told result, as far as the rules look at it.

    Args:
        thread: the first try of those that were reframed into this one.
        overlap: NAP of its number, 0 to 1; None without readings on both sides.
        conditions: what stood beside it, as `condition_of` writes it.
    """

    result_id: ResultId
    thread: ExperimentId
    behaviour: str
    done: bool
    next_step: NextStep | None = None
    overlap: float | None = None
    conditions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """What a rule found; the fields are those of `Pattern`."""

    rule: PatternRule
    direction: PatternDirection
    subject: str
    results: tuple[ResultId, ...]
    of_n: int
    others: int = 0
    of_others: int = 0

    @property
    def n(self) -> int:
        return len(self.results)

    @property
    def fingerprint(self) -> str:
        return f"{self.rule}:{self.direction}:{self.subject}"


def condition_of(kind: Condition, value: object = "") -> str:
    return f"{kind}:{value}" if value != "" else str(kind)


def behaviour_stems(text: str) -> frozenset[str]:
    """The stems of the words that say something, each in its shortest form."""
    return frozenset(stem(word) for word in telling_words(text))


def find_patterns(told: Sequence[ToldTry]) -> list[Finding]:
    """What keeps coming back in these, the oldest first; by both rules, what is said most often first.

    1. ENOUGH of them whose behaviours share two stems, or that are of one thread, turned out in the same way: kept, and
       where there are readings CLEAR; or let go or reframed. More than half of those that were done say so.
    2. A condition stood beside ENOUGH of those that stayed undone; its share among them is APART from its share among
       those that were done, and chance would hardly do that (CHANCE).
    """
    found = [*_of_behaviour(told), *_of_conditions(told)]
    return sorted(found, key=lambda one: (-one.n, one.fingerprint))


def known_as(finding: Finding, known: Iterable[Pattern]) -> Pattern | None:
    """The pattern that says the same: with the same fingerprint, or by more than half the same results."""
    alike = [one for one in known if (one.rule, one.direction) == (finding.rule, finding.direction)]
    same = [one for one in alike if one.fingerprint == finding.fingerprint]
    return next(iter(same or [one for one in alike if _rests_on_the_same(finding, one)]), None)


def may_be_offered(finding: Finding, known: Pattern | None) -> bool:
    """Whether it is news: nobody was told of it; what was turned down comes again only where twice as many say it."""
    if known is None or known.state is PatternState.FOUND:
        return True
    return known.state is PatternState.REJECTED and finding.n >= 2 * known.n


def found_first(
    workspace: WorkspaceId, pair: PairId, member: MemberId, finding: Finding, now: datetime
) -> Pattern:
    """It waits to be offered."""
    return Pattern(
        workspace, pair, member, finding.rule, finding.direction, finding.subject, finding.fingerprint,
        result_ids=tuple(str(one) for one in finding.results), n=finding.n, of_n=finding.of_n,
        others=finding.others, of_others=finding.of_others, created_at=now,
    )  # fmt: skip


def found_again(known: Pattern, finding: Finding) -> Pattern:
    """With the figures of now it waits to be offered, also where it was turned down."""
    return replace(
        known, result_ids=tuple(str(one) for one in finding.results), n=finding.n, of_n=finding.of_n,
        others=finding.others, of_others=finding.of_others, state=PatternState.FOUND, check_in_id=None,
    )  # fmt: skip


def require_offered(pattern: Pattern) -> None:
    """Raise AlreadySettled unless it waits for what its member says."""
    if pattern.state is not PatternState.OFFERED:
        raise AlreadySettled


def fisher_p(hit: int, missed: int, other_hit: int, other_missed: int) -> Fraction:
    """Fisher's exact test of a table of two by two, both sides (the sum of all tables no likelier than this one).

    Exact, so that a limit that is met is met.
    """
    first, second, column = hit + missed, other_hit + other_missed, hit + other_hit
    weights = [
        comb(first, x) * comb(second, column - x)
        for x in range(max(0, column - second), min(first, column) + 1)
    ]
    this = comb(first, hit) * comb(second, other_hit)
    return Fraction(sum(weight for weight in weights if weight <= this), sum(weights))


def _of_behaviour(told: Sequence[ToldTry]) -> Iterator[Finding]:
    """Of several that rest on the same results, the one that the most say."""
    done = [one for one in told if one.done]
    found = sorted(_same_outcome(done), key=lambda one: (-one.n, -one.of_n, one.subject))
    kept: list[Finding] = []
    for one in found:
        if not any(one.direction is k.direction and set(one.results) <= set(k.results) for k in kept):
            kept.append(one)
    yield from kept


def _same_outcome(done: Sequence[ToldTry]) -> Iterator[Finding]:
    for subject, alike in _alike(done).items():
        for direction in (PatternDirection.HELPED, PatternDirection.DID_NOT_HELP):
            say = tuple(one.result_id for one in alike if _direction(one) is direction)
            if len(say) >= ENOUGH and 2 * len(say) > len(alike):
                yield Finding(PatternRule.BEHAVIOUR, direction, subject, say, len(alike))


def _alike(done: Sequence[ToldTry]) -> dict[str, list[ToldTry]]:
    """Those that are of one thread, or share two stems."""
    groups: dict[str, list[ToldTry]] = defaultdict(list)
    for one in done:
        groups[f"thread:{one.thread}"].append(one)
        for stems in combinations(sorted(behaviour_stems(one.behaviour)), 2):
            groups["+".join(stems)].append(one)
    return groups


def _direction(told: ToldTry) -> PatternDirection | None:
    if told.next_step is NextStep.ADOPT and (told.overlap is None or told.overlap >= CLEAR):
        return PatternDirection.HELPED
    if told.next_step in (NextStep.DROP, NextStep.REFRAME):
        return PatternDirection.DID_NOT_HELP
    return None


def _of_conditions(told: Sequence[ToldTry]) -> Iterator[Finding]:
    undone, done = [one for one in told if not one.done], [one for one in told if one.done]
    if not undone or not done:
        return
    for condition in sorted({condition for one in undone for condition in one.conditions}):
        beside = tuple(one.result_id for one in undone if condition in one.conditions)
        others = sum(condition in one.conditions for one in done)
        apart = Fraction(len(beside), len(undone)) - Fraction(others, len(done))
        chance = fisher_p(len(beside), len(undone) - len(beside), others, len(done) - others)
        if len(beside) >= ENOUGH and apart >= APART and chance <= CHANCE:
            yield Finding(
                PatternRule.CONDITION,
                PatternDirection.UNDONE,
                condition,
                beside,
                len(undone),
                others,
                len(done),
            )


def _rests_on_the_same(finding: Finding, known: Pattern) -> bool:
    """A condition is what it is called; of behaviours, the stems may change as more results come."""
    if finding.rule is PatternRule.CONDITION:
        return False
    shared = len(set(finding.results) & set(known.results))
    return 2 * shared > min(finding.n, len(known.results))
