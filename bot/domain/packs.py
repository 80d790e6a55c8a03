"""A pack of questions, and which of them comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.goals_guidance import GuidanceStage
from bot.domain.languages import FALLBACK
from bot.domain.pairs import Role

STARTERS = 3  # of each part, in each language that the pack speaks


class Learner(StrEnum):
    """As what somebody learns in a pair."""

    MENTEE = "mentee"
    PEER = "peer"


class AskedIn(StrEnum):
    """Where a question is asked."""

    CHECK_IN = "check_in"
    BRIEF = "brief"  # of whoever mentors


class AskedOf(StrEnum):
    """Who is asked a question in a check-in."""

    EVERYBODY = "all"
    MENTEE = "mentee"
    PEER = "peer"


@dataclass(frozen=True)
class Question:
    """A question in one language; `id` is the same in all of them.

    Args:
        stage: asked only where the mentee's goal is in this stage; None wherever it may be.
    """

    id: str
    text: str
    asked_of: AskedOf = AskedOf.EVERYBODY
    stage: GuidanceStage | None = None


@dataclass(frozen=True)
class Pack:
    """Questions for check-ins. `names` and `questions` are by language ("en", "de").

    Args:
        starters: what a goal could be, by language and by the part in a pair.
    """

    id: str
    names: Mapping[str, str]
    questions: Mapping[str, tuple[Question, ...]]
    starters: Mapping[tuple[str, Learner], tuple[Question, ...]]
    asked_in: AskedIn = AskedIn.CHECK_IN

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names[FALLBACK]


def learner_of(role: Role) -> Learner:
    """As what whoever has this part in a pair learns."""
    return Learner.PEER if role is Role.BOTH else Learner.MENTEE


def starters_for(pack: Pack, role: Role, language: str) -> tuple[Question, ...]:
    """Three ways to begin for somebody with this part, in the reader's language; English where it is not spoken."""
    learner = learner_of(role)
    return pack.starters.get((language, learner)) or pack.starters[FALLBACK, learner]


def question_in(pack: Pack, question_id: str, language: str) -> Question | None:
    """The question with this id in the reader's language, None where the pack has it no more."""
    questions = pack.questions.get(language) or pack.questions.get(FALLBACK) or ()
    return next((question for question in questions if question.id == question_id), None)


def question_of_week(questions: Sequence[Question], day: date) -> Question | None:
    """The one of this week, one after another, so that nothing has to be kept; None where there is none."""
    return questions[day.toordinal() // 7 % len(questions)] if questions else None


def question_for(questions: Sequence[Question], asked: Sequence[str]) -> Question | None:
    """The next question: one never asked, in their order, or else the one asked longest ago.

    Args:
        questions: what may be asked.
        asked: ids of the questions this person was asked, the oldest first; ids of others do no harm.

    Returns:
        None where there is no question at all.
    """
    last_asked = {question: position for position, question in enumerate(asked)}
    return min(questions, key=lambda question: last_asked.get(question.id, -1), default=None)
