"""What Slack calls, and who answers: the table of contents of everything that a person can do."""

from collections.abc import Callable
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.ports import Deps
from bot.slack import goals as goal_ids
from handlers import commands, errors, goals
from handlers.calls import Listener
from handlers.entrance import BoltListener, entrance

COMMANDS: dict[str, Listener] = {
    "/loop": commands.run_command,
}

VIEWS: dict[str, Listener] = {
    goal_ids.SET: goals.submit_goal,
}

ACTIONS: dict[str, Listener] = {
    errors.AGAIN: commands.run_again,
    goal_ids.OPEN: goals.open_goal,
    goal_ids.MORE: goals.show_more,
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
