"""Keeping an insight, and what the two read of it; `insights_sharing` has what everybody else reads."""

from dataclasses import dataclass, replace

from bot.domain.errors import ChoiceMissing, NoPair, NotAllowed, NotFound
from bot.domain.ids import InsightId, PairId, ResultId
from bot.domain.insights import Insight, Visibility, Wording, parse_tags, wording_of
from bot.domain.insights_curating import require_apart, suggested_tags
from bot.domain.results import Grade, Result, require_tried
from bot.domain.shown import Shown, begun, changed
from bot.domain.texts import STORY_LIMIT
from bot.packs.shelf import aims_for
from bot.ports import Tx
from bot.usecases.people.memberships import PairChoice, PairMembership, my_membership, my_memberships
from bot.usecases.repository.insights_curating import grade_of, reword
from bot.usecases.repository.insights_sharing import choose, publish

NEWEST = 300  # insights of the pair whose tags are suggested


@dataclass(frozen=True)
class KeepInsight:
    """What the insight form sends. `insight_id` names the one that is changed, None keeps a new one.

    Args:
        grade: how far a new one carries that comes from no result.
    """

    pair_id: PairId
    shown: Shown
    result_id: ResultId | None = None
    insight_id: InsightId | None = None
    grade: Grade = Grade.HUNCH


@dataclass(frozen=True)
class InsightForm:
    """What the form opens with; without `insight_id` it is a draft that was never kept.

    Args:
        visibility: the preset choice.
        mine: False for one that the partner wrote; its words are theirs to change.
        found_by: who finds it now, `is_ahead` if in older words than these.
        suggested: tags to choose from, which it does not have.
        pairs: to choose from, where nothing says to which of several it belongs; no other may read it.
    """

    pair_id: PairId
    partners: tuple[str, ...]
    situation: str = ""
    behaviour: str = ""
    outcome: str = ""
    tags: tuple[str, ...] = ()
    visibility: Visibility = Visibility.PAIR
    result_id: ResultId | None = None
    insight_id: InsightId | None = None
    mine: bool = True
    grade: Grade = Grade.HUNCH
    edition: int = 0
    found_by: Visibility = Visibility.PAIR
    is_ahead: bool = False
    suggested: tuple[str, ...] = ()
    pairs: tuple[PairChoice, ...] = ()

    @property
    def wording(self) -> Wording:
        return Wording(self.situation, self.behaviour, self.outcome, self.tags, self.grade)


def open_insight_form(
    tx: Tx, *, result_id: ResultId | None = None, insight_id: InsightId | None = None, words: str = ""
) -> InsightForm:
    """The form: drafted from a result, from the insight that is changed, or from somebody's words.

    Raises NoPair, NotFound, NothingTried for a result of something that was not done.
    """
    return with_suggested(tx, _form_for(tx, insight_id, result_id, words))


def keep_insight(tx: Tx, command: KeepInsight) -> InsightId:
    """Keep it for the pair at once; a wider circle waits for the partner's yes.

    Raises InvalidInput, NotFound, NotAllowed, NothingTried, AlreadySettled for one that another stands for.
    """
    visibility = command.shown.get("visibility")
    if not isinstance(visibility, Visibility):
        raise ChoiceMissing(field="visibility")
    result = tx.results.get(command.result_id, lock=True) if command.result_id else None
    known = _known(tx, command)
    if known is not None:
        _require_changeable(tx, known)
    membership = my_membership(tx, known.pair_id if known else command.pair_id)
    if result is not None and result.pair_id != membership.pair.id:
        raise NotFound("result")
    if known is None and result is not None:
        require_tried(result)
    insight = _keep_insight(tx, command, known, membership, result)
    chosen = choose(tx, insight, visibility, insight.edition)
    publish(tx, chosen, membership, before=known)
    return chosen.id


def _form_for(tx: Tx, insight_id: InsightId | None, result_id: ResultId | None, words: str) -> InsightForm:
    if insight_id is not None:
        return _form_of(tx, tx.insights.get(insight_id))
    if result_id is not None:
        return _form_from(tx, result_id)
    memberships = my_memberships(tx)
    if not memberships:
        raise NoPair
    choices = tuple(PairChoice(one.pair.id, one.partner_names) for one in memberships[::-1])
    several = choices if len(choices) > 1 else ()
    return InsightForm(choices[0].pair_id, choices[0].names, outcome=words[:STORY_LIMIT], pairs=several)


def with_suggested(tx: Tx, data: InsightForm) -> InsightForm:
    """The form with tags to choose from: those of the pair's insights, and what the goal of the try is for."""
    if data.pairs:
        return data  # those of one pair are not for another
    earlier = [one.tags for one in tx.insights.find(pair_id=data.pair_id, order="-id", limit=NEWEST)]
    said = f"{data.situation} {data.behaviour} {data.outcome}"
    found = suggested_tags(earlier, _aims(tx, data.result_id), said, but=data.tags)
    return replace(data, suggested=tuple(found))


def _aims(tx: Tx, result_id: ResultId | None) -> list[str]:
    """What the goal is for that was served, in the reader's language."""
    result = tx.results.first(id=result_id) if result_id else None
    experiment = tx.experiments.get(result.experiment_id) if result else None
    if experiment is None or experiment.goal_id is None:
        return []
    goal = tx.goals.get(experiment.goal_id)
    return [aim.name(tx.members.get(tx.me).locale) for aim in aims_for(goal.text)]


def _require_changeable(tx: Tx, known: Insight) -> None:
    """Raise NotAllowed for what the partner wrote, AlreadySettled for what another one stands for."""
    if known.member_id != tx.me:
        raise NotAllowed("author")
    require_apart(known)


def _form_of(tx: Tx, insight: Insight) -> InsightForm:
    """The form of it, or of the one that stands for it."""
    while insight.merged_into is not None:
        insight = tx.insights.get(insight.merged_into)
    membership = my_membership(tx, insight.pair_id)
    return InsightForm(
        insight.pair_id,
        membership.partner_names,
        insight.situation,
        insight.behaviour,
        insight.outcome,
        insight.tags,
        insight.wished if insight.wished and insight.wished_by == tx.me else insight.visibility,
        insight.result_id,
        insight.id,
        mine=insight.member_id == tx.me,
        grade=insight.grade,
        edition=insight.edition,
        found_by=insight.visibility,
        is_ahead=insight.is_ahead,
    )


def _form_from(tx: Tx, result_id: ResultId) -> InsightForm:
    """A draft from a result; if its insight is there already, that one is opened."""
    known = tx.insights.first(result_id=result_id)
    if known is not None:
        return _form_of(tx, known)
    result = tx.results.get(result_id)
    require_tried(result)
    experiment = tx.experiments.get(result.experiment_id)
    membership = my_membership(tx, result.pair_id)
    return InsightForm(
        result.pair_id,
        membership.partner_names,
        experiment.situation,
        experiment.behaviour,
        result.what_happened,
        result_id=result.id,
    )


def _known(tx: Tx, command: KeepInsight) -> Insight | None:
    """The one that is changed, locked; also where somebody made one of this result in the meantime."""
    if command.insight_id is not None:
        return tx.insights.get(command.insight_id, lock=True)
    if command.result_id is None:
        return None
    found = tx.insights.first(result_id=command.result_id)
    return tx.insights.get(found.id, lock=True) if found else None


def _keep_insight(
    tx: Tx, command: KeepInsight, known: Insight | None, membership: PairMembership, result: Result | None
) -> Insight:
    """Keep the words; others go on reading what they read."""
    words = {name: value for name, value in command.shown.items() if name != "visibility"}
    if "tags" in words:
        words["tags"] = parse_tags(str(words["tags"]))
    of_result = (
        {"grade": result.grade, "experiment_id": result.experiment_id, "result_id": result.id}
        if result
        else {"grade": command.grade}
    )
    if known is None:
        own = {**membership.whose, **of_result, "cohort_id": membership.pair.cohort_id}
        return tx.insights.insert(begun(Insight, words, **own, created_at=tx.now, updated_at=tx.now))
    grade = {"grade": grade_of(tx, known, result)} if result else {}
    return reword(tx, known, wording_of(changed(known, {**words, **grade})))
