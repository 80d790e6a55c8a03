"""What does the app's answer to a submitted form do?

https://docs.slack.dev/surfaces/modals/#response_actions.
"""

from dataclasses import dataclass, field

from bot.playground.blocks.elements import placed_elements
from bot.playground.errors import SlackError
from bot.playground.wire import Json
from bot.playground.workspace.forms import fresh_view
from bot.playground.workspace.state import State
from bot.playground.workspace.views import View, checked_view


@dataclass(frozen=True)
class Verdict:
    """Messages for the person by block_id, and what the app got wrong."""

    errors: dict[str, str] = field(default_factory=dict)
    app_errors: list[str] = field(default_factory=list)


def answer_submission(state: State, view: View, answer: Json) -> Verdict:
    """Close, clear, update or push as the app says, or show its errors."""
    action = answer.get("response_action")
    if action == "errors":
        return show_errors(view, answer)
    try:
        if action in ("update", "push"):
            replace_or_push(state, view, action, answer)
        elif action == "clear":
            state.views.clear(view.user_id)
        elif not answer:
            state.views.close(view)
        else:
            return Verdict(app_errors=[f"the answer is none that Slack knows: {answer!r}"])
    except SlackError as error:
        return Verdict(app_errors=app_errors_of(error))
    state.changes.touch([view.user_id])
    return Verdict()


def show_errors(view: View, answer: Json) -> Verdict:
    """Messages under inputs; a key that is no input's block_id is the app's mistake."""
    given = answer.get("errors")
    if not isinstance(given, dict) or not given:
        return Verdict(app_errors=["response_action errors needs an object errors, by block_id"])
    inputs = {placed.block_id for placed in placed_elements(view.content["blocks"]) if placed.is_input}
    known = {block_id: str(message) for block_id, message in given.items() if block_id in inputs}
    unknown = [
        f"errors names {block_id!r}, which is no input of this form"
        for block_id in given
        if block_id not in inputs
    ]
    return Verdict(known, unknown)


def replace_or_push(state: State, view: View, action: str, answer: Json) -> None:
    """Show the view that the app sent, in place of the form or over it."""
    content = checked_view(answer.get("view"), "modal")
    if action == "update":
        state.views.check_external_id(content, besides=view)
        view.replace(content, state.ids.view_hash(state.clock.now()))
        view.revision = state.changes.touch([view.user_id])
        return
    state.views.check_external_id(content)
    state.views.push(fresh_view(state, view.user_id, content))


def app_errors_of(error: SlackError) -> list[str]:
    """Why Slack would not take the app's view."""
    messages = error.extra.get("response_metadata", {}).get("messages", [])
    return [error.code, *messages]
