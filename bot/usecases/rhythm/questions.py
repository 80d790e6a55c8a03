"""What a cohort is asked: which question comes next for whom, and the list that its lead keeps."""

from dataclasses import dataclass, replace

from bot.domain.cohorts import Cohort, CohortState, require_lead
from bot.domain.errors import CohortNotRunning, NotFound
from bot.domain.goals_guidance import GuidanceStage
from bot.domain.ids import CohortId
from bot.domain.packs import Pack, Question, learner_of, question_in
from bot.domain.pairs import Role
from bot.domain.questions import (
    BRIEFS,
    BRIEFS_IN,
    CHECK_INS,
    OWN,
    CohortQuestion,
    Draw,
    Listed,
    QuestionGone,
    QuestionState,
    drawn,
    is_own,
    listed_of,
    require_enough,
    require_room,
    require_unlike,
    short_draws,
)
from bot.domain.shown import Shown, begun
from bot.packs import all_packs, mentors_pack, pack_of
from bot.ports import Tx


@dataclass(frozen=True)
class CohortQuestions:
    """A cohort's list as its lead reads it.

    Args:
        pack: whose questions it is asked; the default one where its own is not there any more (`pack_gone`).
        short: where too few are on, so that all are asked.
    """

    cohort: Cohort
    pack: Pack
    listed: tuple[Listed, ...]
    short: tuple[tuple[Draw, str], ...]

    @property
    def pack_gone(self) -> bool:
        return self.pack.id != self.cohort.pack


@dataclass(frozen=True)
class QuestionForm:
    """What the form needs to open; None for a new question."""

    cohort: Cohort
    question: CohortQuestion | None = None


@dataclass(frozen=True)
class KeepQuestion:
    """What the form sends; `question_id` None keeps a new one."""

    cohort_id: int
    question_id: int | None
    shown: Shown


def check_in_questions(tx: Tx, cohort_id: CohortId, role: Role, language: str) -> tuple[Question, ...]:
    """What may be asked in a check-in of somebody with this part."""
    return drawn(questions_of(tx, tx.cohorts.get(cohort_id)), CHECK_INS[learner_of(role)], language)


def brief_questions(
    tx: Tx, cohort_id: CohortId, stage: GuidanceStage | None, language: str
) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """What may stand in the brief of whoever mentors: whatever the goal's stage is, and of its stage."""
    listed = questions_of(tx, tx.cohorts.get(cohort_id))
    return drawn(listed, BRIEFS, language), drawn(listed, BRIEFS_IN[stage], language) if stage else ()


def question_asked(tx: Tx, cohort_id: CohortId, question_id: str, language: str) -> Question | None:
    """The question with this id, in the words that were read; None where nothing was asked, or it is gone."""
    if question_id.startswith(OWN):
        found = tx.cohort_questions.find(cohort_id=cohort_id)
        own = next((one for one in found if one.key == question_id and one.text), None)
        return Question(own.key, own.text) if own else None
    pack = pack_of(tx.cohorts.get(cohort_id).pack)
    others = (question_in(one, question_id, language) for one in (pack, *all_packs().values()))
    return next((one for one in others if one is not None), None)


def questions_of(tx: Tx, cohort: Cohort) -> tuple[Listed, ...]:
    """The cohort's list."""
    return _list_with(cohort, tx.cohort_questions.find(cohort_id=cohort.id))


def see_questions(tx: Tx, cohort_id: int) -> CohortQuestions:
    """Raises NotFound, and NotAllowed for who does not lead the cohort."""
    cohort = _led(tx, cohort_id)
    listed = questions_of(tx, cohort)
    return CohortQuestions(cohort, pack_of(cohort.pack), listed, tuple(short_draws(listed)))


def open_question_form(tx: Tx, cohort_id: int) -> QuestionForm:
    """The form for a new one. Raises NotFound, NotAllowed, CohortNotRunning."""
    return QuestionForm(_kept_by_me(tx, cohort_id))


def open_question(tx: Tx, cohort_id: int, key: str) -> QuestionForm:
    """The form for one of the cohort's own. Raises NotFound, QuestionGone, NotAllowed, CohortNotRunning."""
    cohort = _kept_by_me(tx, cohort_id)
    return QuestionForm(cohort, _own_question_called(tx, cohort, key))


def keep_question(tx: Tx, command: KeepQuestion) -> int:
    """Keep a question; a change makes a new one in the place of the old. Returns the cohort's id.

    Raises InvalidInput for the field at fault, QuestionGone, TooFewQuestions, TooManyQuestions, NotFound, NotAllowed.
    """
    cohort = _kept_by_me(tx, command.cohort_id, lock=True)
    before = questions_of(tx, cohort)
    old = (
        None
        if command.question_id is None
        else _own_question_called(tx, cohort, f"{OWN}{command.question_id}")
    )
    own = {
        "workspace_id": cohort.workspace_id,
        "cohort_id": cohort.id,
        "member_id": tx.me,
        "created_at": tx.now,
    }
    new = begun(CohortQuestion, command.shown, **own)
    require_unlike(new.text, before, old.key if old else None)
    if old is None:
        require_room(before)
    else:
        tx.cohort_questions.update(replace(old, state=QuestionState.DROPPED))
        new = replace(new, place=old.place, state=old.state)
    kept = tx.cohort_questions.insert(new)
    if old is None:
        tx.cohort_questions.update(replace(kept, place=kept.id))
    require_enough(before, questions_of(tx, cohort))
    return cohort.id


def turn_off(tx: Tx, cohort_id: int, key: str) -> int:
    """Ask it no more. Raises TooFewQuestions, QuestionGone, NotFound, NotAllowed, CohortNotRunning."""
    return _turn(tx, cohort_id, key, on=False)


def turn_on(tx: Tx, cohort_id: int, key: str) -> int:
    """Ask it again. Raises QuestionGone, NotFound, NotAllowed, CohortNotRunning."""
    return _turn(tx, cohort_id, key, on=True)


def drop_question(tx: Tx, cohort_id: int, key: str) -> int:
    """Take one of the cohort's own off its list; answers to it keep their question. Raises as `turn_off`."""
    cohort = _kept_by_me(tx, cohort_id, lock=True)
    before = questions_of(tx, cohort)
    tx.cohort_questions.update(replace(_own_question_called(tx, cohort, key), state=QuestionState.DROPPED))
    require_enough(before, questions_of(tx, cohort))
    return cohort.id


def _turn(tx: Tx, cohort_id: int, key: str, *, on: bool) -> int:
    cohort = _kept_by_me(tx, cohort_id, lock=True)
    before = questions_of(tx, cohort)
    if key.startswith(OWN):
        state = QuestionState.ON if on else QuestionState.OFF
        tx.cohort_questions.update(replace(_own_question_called(tx, cohort, key), state=state))
    else:
        _mark(tx, cohort, next((one for one in before if one.key == key), None), on=on)
    require_enough(before, questions_of(tx, cohort))
    return cohort.id


def _mark(tx: Tx, cohort: Cohort, one: Listed | None, *, on: bool) -> None:
    """Note on a question of a pack whether it is off. Raises NotFound."""
    if one is None:
        raise NotFound("question")
    if on and not one.on:
        for mark in tx.cohort_questions.find(cohort_id=cohort.id, of_pack=one.key):
            tx.cohort_questions.delete(mark)
    if not on and one.on:
        own = (cohort.workspace_id, cohort.id, tx.me, tx.now)
        tx.cohort_questions.insert(CohortQuestion(*own, text="", state=QuestionState.OFF, of_pack=one.key))


def _own_question_called(tx: Tx, cohort: Cohort, key: str) -> CohortQuestion:
    """Raises NotFound for what is none of this cohort's, QuestionGone for what is off its list."""
    kept = tx.cohort_questions.find(cohort_id=cohort.id)
    found = next((one for one in kept if one.key == key and not one.of_pack), None)
    if found is None:
        raise NotFound("question")
    if not is_own(found):
        raise QuestionGone
    return found


def _led(tx: Tx, cohort_id: int, *, lock: bool = False) -> Cohort:
    cohort = tx.cohorts.get(cohort_id, lock=lock)
    require_lead(tx.members.get(tx.me), cohort)
    return cohort


def _kept_by_me(tx: Tx, cohort_id: int, *, lock: bool = False) -> Cohort:
    cohort = _led(tx, cohort_id, lock=lock)
    if cohort.state is CohortState.ENDED:
        raise CohortNotRunning
    return cohort


def _list_with(cohort: Cohort, kept: list[CohortQuestion]) -> tuple[Listed, ...]:
    return listed_of((pack_of(cohort.pack), mentors_pack()), kept)
