"""More about an insight, as Slack calls us."""

from collections.abc import Mapping

from bot.domain.ids import InsightId
from bot.slack.repository import insights, insights_curating
from bot.slack.repository.insights_curating import (
    history_panel,
    merge_form,
    other_form,
    parse_merge,
    parse_other,
)
from bot.usecases.repository.insights_curating import (
    load_history,
    mark_outdated,
    merge_insights,
    open_merge_form,
    open_other_form,
    take_apart,
)
from handlers.calls import Call, Listener


async def open_history(call: Call) -> None:
    history = await call.read(load_history, InsightId(call.subject))
    await call.open(history_panel(history, call.words))


async def press_outdated(call: Call) -> None:
    await call.write(mark_outdated, InsightId(call.subject), outdated=True)
    await _show_history(call)


async def press_holds(call: Call) -> None:
    await call.write(mark_outdated, InsightId(call.subject), outdated=False)
    await _show_history(call)


async def press_apart(call: Call) -> None:
    await call.write(take_apart, InsightId(call.subject))
    await _show_history(call)


async def open_merge(call: Call) -> None:
    data = await call.read(open_other_form, InsightId(call.subject))
    await call.open(other_form(data, call.words))


async def choose_other(call: Call) -> None:
    """The next step: the words for both."""
    data = await call.read(open_merge_form, *parse_other(call.values))
    await call.change(merge_form(data, call.words))


async def submit_merge(call: Call) -> None:
    await call.write(merge_insights, parse_merge(call.values))
    await call.done()


async def _show_history(call: Call) -> None:
    """The same window, as it stands now."""
    history = await call.read(load_history, InsightId(call.subject))
    await call.turn_to(history_panel(history, call.words))


PRESSES: Mapping[str, Listener] = {
    insights.MORE: open_history,
    insights_curating.OUTDATED: press_outdated,
    insights_curating.HOLDS: press_holds,
    insights_curating.MERGE: open_merge,
    insights_curating.APART: press_apart,
}
FORMS: Mapping[str, Listener] = {
    insights_curating.MERGE_NEXT: choose_other,
    insights_curating.MERGE_KEEP: submit_merge,
}
