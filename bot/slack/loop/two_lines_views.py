"""Three views of a goal side by side, in words and with their days; and two lines on the card of a try."""

from collections.abc import Iterable, Iterator

from slack_sdk.models.blocks import Block

from bot.domain.ladders import LadderScore
from bot.domain.results import Result
from bot.domain.two_lines_views import LinesFrom, ThreeViews, told_when
from bot.slack.blocks import clip, fields
from bot.slack.loop.ladders import rung_text
from bot.slack.loop.results import adherence
from bot.words import Words

VIEW = 300  # characters; the whole of it stands on its own message

Rows = Iterator[tuple[str, str]]


def views_blocks(
    views: ThreeViews, owner: str, words: Words, *, mine: bool, results: bool = True
) -> list[Block]:
    """What there is of each view; nothing where there is none.

    Args:
        owner: the name of whoever learns.
        results: whether what was told of a try stands here; False where it stands beside it.
    """
    rows = [*_own_view(views, owner, words, mine=mine, results=results), *_mentors_view(views, words)]
    rows += lines_rows(views.others, words)
    return [fields(*rows)] if rows else []


def lines_rows(lines: Iterable[LinesFrom], words: Words) -> Rows:
    """Two lines each, with who wrote them and when."""
    for one in lines:
        day = words.day(words.today(one.lines.created_at))
        said = "\n".join(filter(None, (one.lines.helped, _more(one.lines.helps_more, words))))
        yield words.t("{name} wrote, {day}", name=one.name, day=day), clip(said, VIEW)


def _own_view(views: ThreeViews, owner: str, words: Words, *, mine: bool, results: bool) -> Rows:
    if views.own is None or (isinstance(views.own, Result) and not results):
        return
    day = words.day(words.today(told_when(views.own)))
    name = words.t("You said, {day}", day=day) if mine else words.t("{name} said, {day}", name=owner, day=day)
    yield name, clip(_said_of_oneself(views.own, words), VIEW)


def _said_of_oneself(own: LadderScore | Result, words: Words) -> str:
    if isinstance(own, Result):
        return ". ".join(filter(None, (adherence(own.adherence, words), own.what_happened)))
    return ": ".join(filter(None, (rung_text(own.rung, words), own.line)))


def _mentors_view(views: ThreeViews, words: Words) -> Rows:
    if views.mentor is not None:
        name, seen = views.mentor
        day = words.day(words.today(seen.created_at))
        yield words.t("{name} saw, {day}", name=name, day=day), clip(seen.behaviour, VIEW)


def _more(helps_more: str, words: Words) -> str:
    return words.t("More would have helped: {what}", what=helps_more) if helps_more else ""
