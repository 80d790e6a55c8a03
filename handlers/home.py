"""App Home and the panel, as Slack calls us; and showing Home anew after somebody changed something."""

import asyncio
import hashlib
import json
import logging

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.members import Member
from bot.domain.privacy import Viewer
from bot.ports import Deps
from bot.slack.home import everyone_message, home_view, panel_message
from bot.usecases.home import note_home, see_home
from bot.words import Words
from handlers.calls import Call

log = logging.getLogger(__name__)


async def open_home(call: Call) -> None:
    """Slack tells of every visit, also to the messages tab; only the Home tab asks for a page."""
    if call.body["event"].get("tab") == "home":
        await publish_home(call.deps, call.client, call.me)
    await call.done()


async def show_panel(call: Call, _words: str = "") -> None:
    home = await see_home(call.deps, call.viewer, call.me)
    await call.reply(panel_message(home, call.words))


async def show_everyone(call: Call) -> None:
    home = await see_home(call.deps, call.viewer, call.me)
    await call.reply(everyone_message(home, call.words))


async def publish_home(deps: Deps, client: AsyncWebClient, me: Member) -> None:
    """Show Home as it stands now; nothing is sent if it looks as it did."""
    viewer = Viewer(me.workspace_id, me.id)
    view = home_view(await see_home(deps, viewer, me), Words(me.locale, me.tz))
    digest = hashlib.sha256(json.dumps(view.to_dict(), sort_keys=True).encode()).hexdigest()
    if digest != me.home_hash:
        await client.views_publish(user_id=me.user_id, view=view)
        await note_home(deps, viewer, me.id, digest)


class HomeKeeper:
    """Shows somebody's Home anew after they changed something, outside of the three seconds that Slack waits."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._running: set[asyncio.Task[None]] = set()

    def refresh_soon(self, client: AsyncWebClient, me: Member) -> None:
        """Nothing happens for somebody who never opened their Home."""
        if me.home_hash:
            task = asyncio.create_task(self._refresh(client, me))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        """Wait for what is on its way."""
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _refresh(self, client: AsyncWebClient, me: Member) -> None:
        try:
            await publish_home(self._deps, client, me)
        except Exception:
            log.exception("Home could not be shown anew; it will be on the next visit")
