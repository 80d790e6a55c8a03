"""What a cohort is asked: the questions of its packs, those that its lead turned off, and its own."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import product
from typing import Annotated

from bot.domain.errors import Conflict, InvalidInput
from bot.domain.goals_guidance import GuidanceStage
from bot.domain.ids import CohortId, CohortQuestionId, MemberId, WorkspaceId
from bot.domain.languages import LANGUAGES
from bot.domain.packs import AskedIn, AskedOf, Learner, Pack, Question
from bot.domain.stored import Audience, Erased, Stored
from bot.domain.texts import TEXT_LIMIT, Text, as_meant

FEWEST = 3  # that stay on wherever questions are drawn, so that they do not come again at once
MOST = 60  # of a cohort's own
OWN = "own."


class QuestionLanguage(StrEnum):
    """Who is asked a question that is written in one language."""

    EVERYBODY = "all"
    ENGLISH = "en"
    GERMAN = "de"

    @property
    def readers(self) -> tuple[str, ...]:
        """The languages whose readers are asked."""
        return LANGUAGES if self is QuestionLanguage.EVERYBODY else (self.value,)


class QuestionState(StrEnum):
    ON = "on"
    OFF = "off"
    DROPPED = "dropped"  # or changed: another one stands in its place; this one stays for the answers to it


@dataclass(frozen=True)
class CohortQuestion:
    """A question of a cohort's own, or the mark that one of a pack is off.

    Args:
        text: the words that people read; they never change, so that what stands at an answer is what was asked.
        of_pack: which question of a pack is off, "" for one of the cohort's own; a mark has no text.
        place: in the order of the list: the id of the first of those that stood in this place.
    """

    workspace_id: WorkspaceId
    cohort_id: CohortId
    member_id: MemberId
    created_at: datetime
    text: Annotated[str, Text(TEXT_LIMIT, required=True)]
    language: QuestionLanguage = QuestionLanguage.EVERYBODY
    asked_in: AskedIn = AskedIn.CHECK_IN
    asked_of: AskedOf = AskedOf.EVERYBODY
    state: QuestionState = QuestionState.ON
    of_pack: str = ""
    place: int = 0
    id: CohortQuestionId = CohortQuestionId(0)
    version: int = 1

    @property
    def key(self) -> str:
        """By which answers remember one of the cohort's own."""
        return f"{OWN}{self.id}"


# Whoever is in the cohort is asked it; it is the programme's words, and nobody's about anybody.
QUESTIONS = Stored(
    CohortQuestion, "cohort_question", Audience.WORKSPACE, Erased.BLANKED, exported=False, earlier=None, found=None,
    indexed=("cohort_id",),
)  # fmt: skip


class TooFewQuestions(Conflict):
    """Fewer than FEWEST would stay on where they are drawn: `asked_in`, of `learner`, in `language`."""

    def __init__(self, draw: "Draw", language: str) -> None:
        super().__init__(draw, language)
        self.draw = draw
        self.language = language


class QuestionThere(InvalidInput):
    """The same words stand on the list already."""


class QuestionGone(Conflict):
    """It was changed or dropped since it was shown."""


class TooManyQuestions(Conflict):
    """The cohort has MOST of its own."""


@dataclass(frozen=True)
class Draw:
    """Where questions are drawn.

    Args:
        learner: None for whoever mentors.
        stage: of the mentee's goal, to which these questions belong; None for those that belong to none.
    """

    asked_in: AskedIn
    learner: Learner | None
    stage: GuidanceStage | None = None


CHECK_INS = {learner: Draw(AskedIn.CHECK_IN, learner) for learner in Learner}
BRIEFS = Draw(AskedIn.BRIEF, None)
BRIEFS_IN = {stage: Draw(AskedIn.BRIEF, None, stage) for stage in GuidanceStage}
DRAWS = (*CHECK_INS.values(), BRIEFS, *BRIEFS_IN.values())


@dataclass(frozen=True)
class Listed:
    """A question as it stands on a cohort's list.

    Args:
        key: by which the list names it: "classic.proud", "own.7".
        texts: by language, for those who are asked it.
        own: None for one of a pack.
    """

    key: str
    question_id: str
    texts: Mapping[str, str]
    asked_in: AskedIn
    asked_of: AskedOf = AskedOf.EVERYBODY
    stage: GuidanceStage | None = None
    on: bool = True
    own: CohortQuestion | None = field(default=None, compare=False)

    def fits(self, draw: Draw, language: str) -> bool:
        """Whether it can be drawn there for readers of this language."""
        of = draw.learner is None or self.asked_of in (AskedOf.EVERYBODY, AskedOf(draw.learner))
        here = self.asked_in is draw.asked_in and self.stage is draw.stage
        return here and of and language in self.texts


def listed_of(packs: Sequence[Pack], kept: Collection[CohortQuestion]) -> tuple[Listed, ...]:
    """A cohort's list: its own questions first, then those of its packs, in their order."""
    off = {one.of_pack for one in kept}
    own = sorted((one for one in kept if is_own(one)), key=lambda one: (one.place, one.id))
    return (*map(_listed_own, own), *(one for pack in packs for one in _of_pack(pack, off)))


def is_own(one: CohortQuestion) -> bool:
    """Whether it stands on the list as the cohort's own; what was blanked asks nothing."""
    return not one.of_pack and bool(one.text) and one.state is not QuestionState.DROPPED


def _listed_own(one: CohortQuestion) -> Listed:
    texts = dict.fromkeys(one.language.readers, one.text)
    on = one.state is QuestionState.ON
    return Listed(one.key, one.key, texts, one.asked_in, one.asked_of, on=on, own=one)


def _of_pack(pack: Pack, off: Collection[str]) -> Iterable[Listed]:
    by_id: dict[str, dict[str, str]] = {}
    for language, questions in pack.questions.items():
        for one in questions:
            by_id.setdefault(one.id, {})[language] = one.text
    first = {one.id: one for questions in pack.questions.values() for one in questions}
    for id_, texts in by_id.items():
        key = f"{pack.id}.{id_}"
        one = first[id_]
        yield Listed(key, id_, texts, pack.asked_in, one.asked_of, one.stage, on=key not in off)


def drawn(listed: Iterable[Listed], draw: Draw, language: str) -> tuple[Question, ...]:
    """What is asked there of readers of this language; where too few are on, all of them, so that it never runs dry."""
    fitting = [one for one in listed if one.fits(draw, language)]
    on = [one for one in fitting if one.on]
    return tuple(
        Question(one.question_id, one.texts[language]) for one in (on if len(on) >= FEWEST else fitting)
    )


def short_draws(listed: Collection[Listed]) -> list[tuple[Draw, str]]:
    """Where fewer than FEWEST are on, by language: after the packs changed, say."""
    return [
        (draw, language)
        for draw, language in product(DRAWS, LANGUAGES)
        if _on(listed, draw, language) < FEWEST
    ]


def require_enough(before: Collection[Listed], after: Collection[Listed]) -> None:
    """Raise TooFewQuestions where a change leaves too few on; it may stand on a list that had too few before."""
    for draw, language in short_draws(after):
        if _on(after, draw, language) < _on(before, draw, language):
            raise TooFewQuestions(draw, language)


def require_unlike(text: str, listed: Iterable[Listed], mine: str | None = None) -> None:
    """Raise QuestionThere if another one on the list says the same; case and surplus spaces do not count."""
    if any(as_meant(text) in map(as_meant, one.texts.values()) for one in listed if one.key != mine):
        raise QuestionThere(field="text")


def require_room(listed: Iterable[Listed], more: int = 1) -> None:
    """Raise TooManyQuestions where so many more of the cohort's own do not fit."""
    if sum(one.own is not None for one in listed) + more > MOST:
        raise TooManyQuestions


def _on(listed: Iterable[Listed], draw: Draw, language: str) -> int:
    return sum(one.on and one.fits(draw, language) for one in listed)
