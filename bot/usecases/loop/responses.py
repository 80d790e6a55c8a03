"""The mentor's answer to a result, while it is fresh."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.cadence import local_date
from bot.domain.errors import NotFound
from bot.domain.ids import MemberId, ResponseId, ResultId
from bot.domain.privacy import Viewer
from bot.domain.results import Response, Result, Seen, answer_day
from bot.domain.shown import Shown
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT, clean, required
from bot.ports import Deps, Repositories
from bot.usecases.delivery.outgoing import enqueue_post, enqueue_update
from bot.usecases.loop.results import CARD as RESULT_CARD
from bot.usecases.loop.results import ResultCard, load_card
from bot.usecases.programme.pairs import PairMembership, membership_in, require_mentor

CARD = "response.card"
SEEN = "response.seen"


@dataclass(frozen=True)
class Respond:
    """What the response form sends; only the line is required."""

    result_id: ResultId
    shown: Shown


@dataclass(frozen=True)
class ResponseCard:
    """A response as the mentee reads it."""

    response: Response
    mentor: str
    behaviour: str


@dataclass(frozen=True)
class SeenNote:
    """The note that ‹mentor› has seen a result, and by when they answer."""

    seen: Seen
    mentor: str
    behaviour: str


async def open_response_form(deps: Deps, viewer: Viewer, member: MemberId, result: ResultId) -> ResultCard:
    """The result that is answered. Raises NotFound, NotAllowed for anybody but the mentor."""

    def read(repositories: Repositories) -> ResultCard:
        _mentored(repositories, result, member)
        return load_card(repositories, result, member)

    return await deps.db.read(viewer, read)


async def respond(deps: Deps, viewer: Viewer, member: MemberId, command: Respond, *, key: str) -> ResponseId:
    """Keep the response, and tell the mentee at once. Raises InvalidInput, NotFound, NotAllowed."""
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _respond(r, member, command, now), idempotency_key=key)


async def will_answer(
    deps: Deps, viewer: Viewer, member: MemberId, result: ResultId, *, key: str
) -> ResultId:
    """“Seen, will answer by that day”: one tap. A second one changes nothing. Raises NotFound, NotAllowed."""
    now = deps.clock.now()
    return await deps.db.write(viewer, lambda r: _will_answer(r, member, result, now), idempotency_key=key)


def load_response(repositories: Repositories, response_id: int, _reader: MemberId) -> ResponseCard:
    """The answer; also after the one who gave it left the pair."""
    response = repositories.responses.get(response_id)
    name = repositories.members.get(response.member_id).name
    return ResponseCard(response, name, _tried(repositories, response.result_id))


def load_seen(repositories: Repositories, seen_id: int, _reader: MemberId) -> SeenNote:
    """The note; also after the one who left it left the pair."""
    seen = repositories.seen.get(seen_id)
    name = repositories.members.get(seen.member_id).name
    return SeenNote(seen, name, _tried(repositories, seen.result_id))


def _tried(repositories: Repositories, result: ResultId) -> str:
    return repositories.experiments.get(repositories.results.get(result).experiment_id).behaviour


def _respond(repositories: Repositories, member: MemberId, command: Respond, now: datetime) -> ResponseId:
    result, _ = _mentored(repositories, command.result_id, member, lock=True)
    response = repositories.responses.insert(
        Response(
            result.workspace_id,
            result.pair_id,
            result.id,
            member,
            required(command.line, TEXT_LIMIT, "line"),
            now,
            situation=clean(command.situation, STORY_LIMIT, "situation"),
            behaviour=clean(command.behaviour, STORY_LIMIT, "behaviour"),
            impact=clean(command.impact, STORY_LIMIT, "impact"),
            question=clean(command.question, STORY_LIMIT, "question"),
        )
    )
    enqueue_post(repositories, result.member_id, CARD, response.id, now=now)
    _refresh(repositories, result, now)
    return response.id


def _will_answer(
    repositories: Repositories, member: MemberId, result_id: ResultId, now: datetime
) -> ResultId:
    result, membership = _mentored(repositories, result_id, member, lock=True)
    if repositories.seen.first(result_id=result.id, member_id=member) is None:
        seen = repositories.seen.insert(
            Seen(
                result.workspace_id,
                result.pair_id,
                result.id,
                member,
                answer_day(local_date(result.told_at or now, membership.me.tz)),
                now,
            )
        )
        enqueue_post(repositories, result.member_id, SEEN, seen.id, now=now)
        _refresh(repositories, result, now)
    return result.id


def _refresh(repositories: Repositories, result: Result, now: datetime) -> None:
    """A response is a change of the result's card, so the result takes a new version."""
    changed = repositories.results.update(replace(result))
    enqueue_update(repositories, RESULT_CARD, result.id, now=now, version=changed.version)


def _mentored(
    repositories: Repositories, result_id: ResultId, member: MemberId, *, lock: bool = False
) -> tuple[Result, PairMembership]:
    result = repositories.results.get(result_id, lock=lock)
    if result.told_at is None:
        raise NotFound("result")
    membership = membership_in(repositories, result.pair_id, member)
    require_mentor(membership)
    return result, membership
