"""What Slack calls, and who answers: the table of contents of everything that a person can do."""

from collections.abc import Callable
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.ports import Deps
from bot.slack import goals as goal_ids
from bot.slack import insights as insight_ids
from bot.slack import result_cards as card_ids
from bot.slack import results as result_ids
from handlers import commands, errors, goals, insights, responses, results
from handlers.calls import Listener
from handlers.entrance import BoltListener, entrance

COMMANDS: dict[str, Listener] = {
    "/loop": commands.run_command,
}

VIEWS: dict[str, Listener] = {
    goal_ids.SET: goals.submit_goal,
    result_ids.TELL: results.submit_result,
    card_ids.SEND: responses.submit_response,
    insight_ids.KEEP: insights.submit_insight,
    insight_ids.WHO_SAVE: insights.submit_visibility,
}

ACTIONS: dict[str, Listener] = {
    errors.AGAIN: commands.run_again,
    goal_ids.OPEN: goals.open_goal,
    goal_ids.MORE: goals.show_more,
    result_ids.HAPPENED: results.ask_result,
    result_ids.DID: results.press_did,
    result_ids.PARTLY: results.press_partly,
    result_ids.DIDNT: results.press_didnt,
    result_ids.LET_GO: results.press_let_go,
    result_ids.MORE: results.show_more,
    result_ids.CHANGE: results.change_result,
    card_ids.OPEN: responses.open_response,
    card_ids.MORE: responses.show_more,
    card_ids.SEEN: responses.press_seen,
    card_ids.TO_INSIGHT: insights.open_from_result,
    insight_ids.OPEN: insights.open_insight,
    insight_ids.CHANGE: insights.change_insight,
    insight_ids.WHO: insights.open_visibility,
    insight_ids.AGREE: insights.press_agree,
    insight_ids.DECLINE: insights.press_decline,
}

SHORTCUTS: dict[str, Listener] = {
    "result.shortcut": results.ask_results,
    insight_ids.SHORTCUT: insights.open_from_message,
}


def register(app: AsyncApp, deps: Deps) -> None:
    """Hang every listener on the app."""
    enter: Callable[[Listener], BoltListener] = partial(entrance, deps)
    for name, listener in COMMANDS.items():
        app.command(name)(enter(listener))
    for callback_id, listener in VIEWS.items():
        app.view(callback_id)(enter(listener))
    for action_id, listener in ACTIONS.items():
        app.action(action_id)(enter(listener))
    for callback_id, listener in SHORTCUTS.items():
        app.shortcut(callback_id)(enter(listener))
