"""What keeps coming back, as Slack calls us."""

from collections.abc import Mapping

from bot.domain.ids import PatternId
from bot.slack.loop import patterns
from bot.slack.loop.patterns import (
    parse_pattern_id,
    pattern_insight,
    pattern_panel,
    pattern_wording,
)
from bot.slack.repository.insights import insight_form, parse_insight
from bot.usecases.loop.patterns import load_pattern
from bot.usecases.loop.patterns_settling import reject_pattern, see_pattern_too
from bot.usecases.repository.insights_patterns import keep_pattern, open_pattern_form
from handlers.calls import Call, Listener


async def open_pattern(call: Call) -> None:
    view = await call.read(load_pattern, PatternId(call.subject))
    await call.open(pattern_panel(view, call.words))


async def press_keep(call: Call) -> None:
    view = await call.read(load_pattern, PatternId(call.subject))
    command = pattern_insight(view, call.words)
    await call.write(keep_pattern, view.pattern.id, command, edited=False)
    await _show_pattern(call)


async def press_change(call: Call) -> None:
    view = await call.read(load_pattern, PatternId(call.subject))
    data = await call.read(open_pattern_form, view.pattern.id, pattern_wording(view, call.words))
    await call.turn_to(insight_form(data, call.words, sent_as=patterns.CHANGED, pattern_id=view.pattern.id))


async def submit_changed(call: Call) -> None:
    pattern = parse_pattern_id(call.values)
    await call.write(keep_pattern, pattern, parse_insight(call.values), edited=True)
    await call.done()


async def press_so(call: Call) -> None:
    await call.write(see_pattern_too, PatternId(call.subject))
    await _show_pattern(call)


async def press_not_so(call: Call) -> None:
    await call.write(reject_pattern, PatternId(call.subject))
    await _show_pattern(call)


async def _show_pattern(call: Call) -> None:
    view = await call.read(load_pattern, PatternId(call.subject))
    await call.turn_to(pattern_panel(view, call.words))


PRESSES: Mapping[str, Listener] = {
    patterns.SEE: open_pattern,
    patterns.KEEP: press_keep,
    patterns.CHANGE: press_change,
    patterns.SO: press_so,
    patterns.NOT_SO: press_not_so,
}
FORMS: Mapping[str, Listener] = {patterns.CHANGED: submit_changed}
