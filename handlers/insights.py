"""Insights, as Slack calls us."""

from collections.abc import Mapping

from bot.domain.ids import InsightId, ResultId
from bot.slack.payloads import part_of
from bot.slack.posts import words_of
from bot.slack.repository import insights
from bot.slack.repository.insights import (
    insight_card,
    insight_form,
    parse_insight,
    parse_visibility,
    parse_wish,
    visibility_form,
)
from bot.slack.typed import mentioned, readable
from bot.usecases.people.members import names_of
from bot.usecases.repository.insight_cards import load_insight_card
from bot.usecases.repository.insights import keep_insight, open_insight_form
from bot.usecases.repository.insights_sharing import answer_wish, change_visibility
from handlers import insights_curating, patterns, reuse
from handlers.calls import Call, Listener


async def open_insight(call: Call, words: str = "") -> None:
    data = await call.read(open_insight_form, words=words)
    await call.open(insight_form(data, call.words))


async def open_from_message(call: Call) -> None:
    """The message shortcut: its words become the draft of what came of it."""
    text = words_of(part_of(call.body, "message"))
    names = await call.read(names_of, mentioned(text))
    await open_insight(call, readable(text, names))


async def open_from_result(call: Call) -> None:
    """The draft; where the partner kept this one already, their card instead, for its words are theirs."""
    data = await call.read(open_insight_form, result_id=ResultId(call.subject))
    if data.insight_id is None or data.mine:
        await call.open(insight_form(data, call.words))
        return
    card = await call.read(load_insight_card, data.insight_id)
    await call.reply(insight_card(card, call.words))


async def change_insight(call: Call) -> None:
    data = await call.read(open_insight_form, insight_id=InsightId(call.subject))
    await call.open(insight_form(data, call.words))


async def submit_insight(call: Call) -> None:
    await call.write(keep_insight, parse_insight(call.values))
    await call.done()


async def open_visibility(call: Call) -> None:
    data = await call.read(open_insight_form, insight_id=InsightId(call.subject))
    await call.open(visibility_form(data, call.words))


async def submit_visibility(call: Call) -> None:
    await call.write(change_visibility, *parse_visibility(call.values))
    await call.done()


async def press_agree(call: Call) -> None:
    await _answer_wish(call, agree=True)


async def press_decline(call: Call) -> None:
    await _answer_wish(call, agree=False)


async def _answer_wish(call: Call, *, agree: bool) -> None:
    await call.write(answer_wish, *parse_wish(call.value), agree=agree)
    await call.done()


# With what is curated, keeps coming back, and may be met without names: what people learned, as it goes on.
PRESSES: Mapping[str, Listener] = {
    insights.OPEN: open_insight,
    insights.CHANGE: change_insight,
    insights.WHO: open_visibility,
    insights.AGREE: press_agree,
    insights.DECLINE: press_decline,
    **insights_curating.PRESSES,
    **patterns.PRESSES,
    **reuse.PRESSES,
}
FORMS: Mapping[str, Listener] = {
    insights.KEEP: submit_insight,
    insights.WHO_SAVE: submit_visibility,
    **insights_curating.FORMS,
    **patterns.FORMS,
    **reuse.FORMS,
}
