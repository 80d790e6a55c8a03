"""A cohort's questions from a file: all of them or none, and nothing where the file says what stands already."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.domain.audit import AuditEntry
from bot.domain.cohorts import Cohort, CohortState
from bot.domain.errors import CohortNotRunning, NotAllowed
from bot.domain.ids import CohortId, MemberId
from bot.domain.packs import AskedIn, AskedOf
from bot.domain.questions import (
    CohortQuestion,
    QuestionLanguage,
    QuestionState,
    is_own,
    listed_of,
    require_enough,
    require_room,
)
from bot.packs import mentors_pack, pack_of
from bot.ports import Tx
from bot.usecases.rhythm.questions import questions_of

AUDITED = "questions.imported"


@dataclass(frozen=True)
class OwnQuestion:
    """One of the cohort's own, as a file has it."""

    text: str
    language: QuestionLanguage = QuestionLanguage.EVERYBODY
    asked_in: AskedIn = AskedIn.CHECK_IN
    asked_of: AskedOf = AskedOf.EVERYBODY
    state: QuestionState = QuestionState.ON


@dataclass(frozen=True)
class QuestionsFile:
    """What a file says: whose questions are asked, which of them are off, and the cohort's own in their order."""

    pack: str
    off: frozenset[str]
    own: tuple[OwnQuestion, ...]


def import_questions(tx: Tx, cohort_id: CohortId, file: QuestionsFile) -> int:
    """Make the cohort's list what the file says; returns how many questions came, went or were turned.

    Raises TooFewQuestions, TooManyQuestions, CohortNotRunning, NotAllowed where nobody leads it, NotFound.
    """
    cohort = tx.cohorts.get(cohort_id, lock=True)
    if cohort.state is CohortState.ENDED:
        raise CohortNotRunning
    kept = tx.cohort_questions.find(cohort_id=cohort.id)
    changes = int(cohort.pack != file.pack)
    if changes:
        cohort = tx.cohorts.update(replace(cohort, pack=file.pack))
    changes += _mark_off(tx, cohort, [one for one in kept if one.of_pack], file.off)
    changes += _keep_own(tx, cohort, [one for one in kept if is_own(one)], file.own)
    after = questions_of(tx, cohort)
    require_enough(listed_of((pack_of(cohort.pack), mentors_pack()), ()), after)
    require_room(after, 0)
    tx.audit.insert(AuditEntry(cohort.workspace_id, AUDITED, cohort.id, tx.now))
    return changes


def _mark_off(tx: Tx, cohort: Cohort, marks: Collection[CohortQuestion], off: Collection[str]) -> int:
    gone = [mark for mark in marks if mark.of_pack not in off]
    new = set(off) - {mark.of_pack for mark in marks}
    for mark in gone:
        tx.cohort_questions.delete(mark)
    for key in sorted(new):
        own = (cohort.workspace_id, cohort.id, _whoever_leads(tx, cohort), tx.now)
        tx.cohort_questions.insert(CohortQuestion(*own, text="", state=QuestionState.OFF, of_pack=key))
    return len(gone) + len(new)


def _keep_own(tx: Tx, cohort: Cohort, known: Sequence[CohortQuestion], wanted: Sequence[OwnQuestion]) -> int:
    """Keep what is wanted and drop the rest; what stands already keeps its row, so that its answers stay its own."""
    by_words = {_as_wanted(one): one for one in known}
    stays = [by_words.get(replace(one, state=QuestionState.ON)) for one in wanted]
    gone = [one for one in known if one not in stays]
    for dropped in gone:
        tx.cohort_questions.update(replace(dropped, state=QuestionState.DROPPED))
    in_order = [one for one in sorted(known, key=lambda one: (one.place, one.id)) if one in stays]
    moved = in_order != stays
    turned = [
        _keep_one(tx, cohort, one, old, place if moved else None)
        for place, (one, old) in enumerate(zip(wanted, stays, strict=True), 1)
    ]
    return len(gone) + (sum(turned) or int(moved and not gone))


def _keep_one(
    tx: Tx, cohort: Cohort, one: OwnQuestion, old: CohortQuestion | None, place: int | None
) -> bool:
    """Whether it is new or was turned; `place` is None where all stay where they are."""
    if old is None:
        own = (cohort.workspace_id, cohort.id, _whoever_leads(tx, cohort), tx.now)
        tx.cohort_questions.insert(CohortQuestion(*own, **vars(one), place=place or 0))
        return True
    if place is not None or old.state is not one.state:
        tx.cohort_questions.update(replace(old, state=one.state, place=place or old.place))
    return old.state is not one.state


def _as_wanted(one: CohortQuestion) -> OwnQuestion:
    return OwnQuestion(one.text, one.language, one.asked_in, one.asked_of)


def _whoever_leads(tx: Tx, cohort: Cohort) -> MemberId:
    """In whose name the command line keeps them: the lead's, else an admin's."""
    if cohort.lead_id is not None:
        return cohort.lead_id
    admin = tx.members.first(workspace_id=cohort.workspace_id, is_admin=True, order="id")
    if admin is None:
        raise NotAllowed("lead")
    return admin.id
