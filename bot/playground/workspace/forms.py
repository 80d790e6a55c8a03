"""How is a form made, and what becomes of it?"""

from bot.playground.blocks.elements import state_of
from bot.playground.wire import Json
from bot.playground.workspace.state import State
from bot.playground.workspace.views import View


def fresh_view(state: State, user_id: str, content: Json) -> View:
    """A new modal or Home page of a person, its own root."""
    view_id = state.ids.make("V")
    return View(
        id=view_id,
        user_id=user_id,
        content=content,
        hash=state.ids.view_hash(state.clock.now()),
        root_view_id=view_id,
        values=state_of(content["blocks"], {}),
        revision=state.changes.touch([user_id]),
    )
