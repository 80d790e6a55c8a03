"""Keeping an insight, and agreeing on who may find it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.audit import AuditEntry
from bot.domain.entries import EntryKind
from bot.domain.errors import ChoiceMissing, NoPair, NotAllowed
from bot.domain.ids import InsightId, MemberId, PairId, ResultId
from bot.domain.insights import Insight, Visibility, parse_tags, with_answer, with_choice
from bot.domain.privacy import Viewer, insight_token
from bot.domain.results import Grade, require_tried
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT, clean, required
from bot.ports import Deps, Repositories
from bot.usecases.entries import index
from bot.usecases.outgoing import refresh, tell
from bot.usecases.pairs import Place, place_in, places_of

CARD = "insight.card"
CONSENT = "insight.consent"


@dataclass(frozen=True)
class KeepInsight:
    """What the insight form sends. `insight_id` names the one that is changed, None keeps a new one."""

    pair_id: PairId
    situation: str
    behaviour: str
    outcome: str
    tags: str
    visibility: Visibility | None
    result_id: ResultId | None = None
    insight_id: InsightId | None = None


@dataclass(frozen=True)
class InsightForm:
    """What the form opens with; without `insight_id` it is a draft that was never kept.

    `mine` is False for one that the partner wrote: its words are theirs to change.
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


@dataclass(frozen=True)
class InsightCard:
    """An insight as one of the pair reads it."""

    insight: Insight
    author: str
    partners: tuple[str, ...]
    mine: bool
    asked_by: str  # who wishes a wider circle, "" if nobody does
    my_wish: bool


@dataclass(frozen=True)
class InsightWish:
    """Somebody wishes a wider circle, or did: the card tells how it stands."""

    card: InsightCard


async def open_insight_form(
    deps: Deps,
    viewer: Viewer,
    member: MemberId,
    *,
    result: ResultId | None = None,
    insight: InsightId | None = None,
    words: str = "",
) -> InsightForm:
    """The form: drafted from a result, from the insight that is changed, or from somebody's words.

    Raises NoPair, NotFound, NothingTried for a result of something that was not done.
    """
    return await deps.db.read(viewer, lambda r: _form(r, member, result, insight, words))


async def keep_insight(
    deps: Deps, viewer: Viewer, member: MemberId, command: KeepInsight, *, key: str
) -> InsightId:
    """Keep it for the pair at once; a wider circle waits for the partner's yes.

    Raises InvalidInput, NotFound, NotAllowed, NothingTried.
    """
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _keep(r, member, command, now), once=key)


async def change_visibility(
    deps: Deps, viewer: Viewer, member: MemberId, insight: InsightId, wanted: Visibility | None, *, key: str
) -> InsightId:
    """Narrow at once, alone; widen only when the partner agrees. Raises NotFound, ChoiceMissing."""
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _change(r, member, insight, wanted, now), once=key)


async def answer_wish(
    deps: Deps,
    viewer: Viewer,
    member: MemberId,
    insight: InsightId,
    asked: Visibility,
    *,
    agree: bool,
    key: str,
) -> InsightId:
    """The partner's answer to the question whether `asked` is fine.

    Raises AlreadySettled, NotAllowed for one's own wish, Stale for a wish that is another by now, NotFound.
    """
    now = deps.clock.now()
    return await deps.db.write(
        viewer, lambda r: _answer(r, member, insight, asked, now, agree=agree), once=key
    )


async def see_insight(deps: Deps, viewer: Viewer, member: MemberId, insight: InsightId) -> InsightCard:
    """The insight as one of the pair reads it. Raises NotFound."""
    return await deps.db.read(viewer, lambda r: load_card(r, insight, member))


def load_card(repositories: Repositories, insight_id: int, reader: MemberId) -> InsightCard:
    """The insight as a member of its pair sees it; NotFound for everybody else."""
    insight = repositories.insights.get(insight_id)
    place = place_in(repositories, insight.pair_id, reader)
    people = repositories.members.find(id={insight.member_id, *(p.id for p in place.partners)})
    names = {member.id: member.name for member in people}
    return InsightCard(
        insight,
        author=names.get(insight.member_id, ""),
        partners=place.partner_names,
        mine=insight.member_id == reader,
        asked_by=names.get(insight.wished_by, "") if insight.wished_by else "",
        my_wish=insight.wished_by == reader,
    )


def load_wish(repositories: Repositories, insight_id: int, reader: MemberId) -> InsightWish:
    """The question to the partner who may find it."""
    return InsightWish(load_card(repositories, insight_id, reader))


def _form(
    repositories: Repositories,
    member: MemberId,
    result_id: ResultId | None,
    insight_id: InsightId | None,
    words: str,
) -> InsightForm:
    if insight_id is not None:
        return _form_of(repositories, repositories.insights.get(insight_id), member)
    if result_id is not None:
        return _form_from(repositories, result_id, member)
    places = places_of(repositories, member)
    if not places:
        raise NoPair
    return InsightForm(places[-1].pair.id, places[-1].partner_names, outcome=words[:STORY_LIMIT])


def _form_of(repositories: Repositories, insight: Insight, member: MemberId) -> InsightForm:
    place = place_in(repositories, insight.pair_id, member)
    return InsightForm(
        insight.pair_id,
        place.partner_names,
        insight.situation,
        insight.behaviour,
        insight.outcome,
        insight.tags,
        insight.wished if insight.wished and insight.wished_by == member else insight.visibility,
        insight.result_id,
        insight.id,
        mine=insight.member_id == member,
    )


def _form_from(repositories: Repositories, result_id: ResultId, member: MemberId) -> InsightForm:
    """A draft from a result; if its insight is there already, that one is opened."""
    known = repositories.insights.first(result_id=result_id)
    if known is not None:
        return _form_of(repositories, known, member)
    result = repositories.results.get(result_id)
    require_tried(result)
    experiment = repositories.experiments.get(result.experiment_id)
    place = place_in(repositories, result.pair_id, member)
    return InsightForm(
        result.pair_id,
        place.partner_names,
        experiment.situation,
        experiment.behaviour,
        result.what_happened,
        result_id=result.id,
    )


def _keep(repositories: Repositories, member: MemberId, command: KeepInsight, now: datetime) -> InsightId:
    if command.visibility is None:
        raise ChoiceMissing(field="visibility")
    place = place_in(repositories, command.pair_id, member)
    draft = _draft(repositories, place, command, now)
    known = _known(repositories, command)
    if known is None:
        insight = repositories.insights.insert(draft)
    elif known.member_id != member:
        raise NotAllowed("author")
    else:
        insight = repositories.insights.update(_changed(known, draft))
    chosen = _choose(repositories, insight, member, command.visibility)
    _publish(repositories, chosen, place, now, before=known)
    return chosen.id


def _known(repositories: Repositories, command: KeepInsight) -> Insight | None:
    if command.insight_id is not None:
        return repositories.insights.get(command.insight_id, lock=True)
    if command.result_id is None:
        return None
    result = repositories.results.get(command.result_id, lock=True)
    known = repositories.insights.first(result_id=command.result_id)
    if known is None:
        require_tried(result)
    return known


def _draft(repositories: Repositories, place: Place, command: KeepInsight, now: datetime) -> Insight:
    result = repositories.results.get(command.result_id) if command.result_id else None
    return Insight(
        workspace_id=place.pair.workspace_id,
        pair_id=place.pair.id,
        cohort_id=place.pair.cohort_id,
        member_id=place.me.id,
        situation=clean(command.situation, TEXT_LIMIT, "situation"),
        behaviour=required(command.behaviour, TEXT_LIMIT, "behaviour"),
        outcome=required(command.outcome, STORY_LIMIT, "outcome"),
        created_at=now,
        updated_at=now,
        tags=parse_tags(command.tags, field="tags"),
        grade=result.grade if result else Grade.HUNCH,
        experiment_id=result.experiment_id if result else None,
        result_id=result.id if result else None,
    )


def _changed(known: Insight, draft: Insight) -> Insight:
    return replace(
        known,
        situation=draft.situation,
        behaviour=draft.behaviour,
        outcome=draft.outcome,
        tags=draft.tags,
        grade=draft.grade if known.result_id else known.grade,
        updated_at=draft.updated_at,
    )


def _choose(repositories: Repositories, insight: Insight, member: MemberId, wanted: Visibility) -> Insight:
    changed = with_choice(insight, member, wanted)
    return insight if changed == insight else repositories.insights.update(changed)


def _publish(
    repositories: Repositories, insight: Insight, place: Place, now: datetime, *, before: Insight | None
) -> None:
    """Both have the card, a new wish is asked about, and the index knows who may find it."""
    everyone = (place.me, *place.partners)
    for reader in everyone:
        tell(repositories, reader.id, CARD, insight.id, now=now)
    refresh(repositories, CARD, insight.id, now=now, version=insight.version)
    if insight.wished is not None and (before is None or insight.wished is not before.wished):
        for reader in everyone:
            if reader.id != insight.wished_by:
                key = f"{CONSENT}:{insight.id}:{reader.id}:{insight.version}"
                tell(repositories, reader.id, CONSENT, insight.id, now=now, key=key)
    refresh(repositories, CONSENT, insight.id, now=now, version=insight.version)
    _make_findable(repositories, insight, now)
    repositories.audit.insert(
        AuditEntry(insight.workspace_id, f"insight.{insight.visibility}", insight.id, now, place.me.id)
    )


def _make_findable(repositories: Repositories, insight: Insight, now: datetime) -> None:
    index(
        repositories,
        EntryKind.INSIGHT,
        insight,
        access=insight_token(insight),
        title=" – ".join(filter(None, (insight.behaviour, insight.situation))),
        body=insight.outcome,
        locale=repositories.members.get(insight.member_id).locale,
        now=now,
        tags=insight.tags,
    )


def _change(
    repositories: Repositories,
    member: MemberId,
    insight_id: InsightId,
    wanted: Visibility | None,
    now: datetime,
) -> InsightId:
    if wanted is None:
        raise ChoiceMissing(field="visibility")
    insight = repositories.insights.get(insight_id, lock=True)
    place = place_in(repositories, insight.pair_id, member)
    _publish(repositories, _choose(repositories, insight, member, wanted), place, now, before=insight)
    return insight.id


def _answer(
    repositories: Repositories,
    member: MemberId,
    insight_id: InsightId,
    asked: Visibility,
    now: datetime,
    *,
    agree: bool,
) -> InsightId:
    insight = repositories.insights.get(insight_id, lock=True)
    place = place_in(repositories, insight.pair_id, member)
    settled = with_answer(insight, member, asked, agree=agree)
    _publish(repositories, repositories.insights.update(settled), place, now, before=insight)
    return insight.id
