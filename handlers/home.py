"""App Home and the panel, as Slack calls us; and showing Home anew after somebody changed something."""

import asyncio
import hashlib
import json
import logging
from functools import partial

from slack_sdk.models.blocks import Block
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import SlackTrouble
from bot.domain.ids import MemberId
from bot.domain.members import Member
from bot.domain.privacy import Viewer
from bot.ports import Deps
from bot.slack.home import home_view, panel_message
from bot.slack.home_people import everyone_message
from bot.usecases.home import note_home, see_home
from bot.words import Words
from handlers.calls import Call, asking_slack

log = logging.getLogger(__name__)


async def open_home(call: Call) -> None:
    """Slack tells of every visit, also to the messages tab; only the Home tab asks for a page."""
    if call.body["event"].get("tab") == "home":
        await publish_home(call.deps, call.client, call.me)
    await call.done()


async def show_panel(call: Call, _words: str = "") -> None:
    home = await see_home(call.deps, call.viewer, call.me.id)
    await call.reply(panel_message(home, call.words))


async def show_everyone(call: Call) -> None:
    home = await see_home(call.deps, call.viewer, call.me.id)
    await call.turn(everyone_message(home.mentoring, call.subject, call.words))


async def publish_home(
    deps: Deps, client: AsyncWebClient, me: Member, notice: tuple[Block, ...] = ()
) -> None:
    """Show Home as it stands now; nothing is sent if it looks as it did."""
    viewer = Viewer(me.workspace_id, me.id)
    home = await see_home(deps, viewer, me.id)
    view = home_view(home, Words(me.locale, me.tz, home.now), notice)
    digest = hashlib.sha256(json.dumps(view.to_dict(), sort_keys=True).encode()).hexdigest()
    if digest != home.me.home_hash:
        with asking_slack(client):
            await client.views_publish(user_id=me.user_id, view=view)
        await note_home(deps, viewer, me.id, digest)


class HomeKeeper:
    """Shows somebody's Home anew after they changed something, outside of the three seconds that Slack waits.

    One at a time for each person, so that an older page never covers a newer one.
    """

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._wanted: dict[MemberId, tuple[AsyncWebClient, Member]] = {}
        self._running: dict[MemberId, asyncio.Task[None]] = {}

    def refresh_soon(self, client: AsyncWebClient, me: Member) -> None:
        """Nothing happens for somebody who never opened their Home."""
        if me.home_hash:
            self._wanted[me.id] = (client, me)
            self._start(me.id)

    async def close(self) -> None:
        """Wait for what is on its way."""
        while self._running:
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    def _start(self, member: MemberId) -> None:
        if member not in self._running:
            task = asyncio.create_task(self._refresh(member))
            self._running[member] = task
            task.add_done_callback(partial(self._ended, member))

    async def _refresh(self, member: MemberId) -> None:
        while wanted := self._wanted.pop(member, None):
            await publish_home(self._deps, *wanted)

    def _ended(self, member: MemberId, task: asyncio.Task[None]) -> None:
        del self._running[member]
        if not task.cancelled() and (error := task.exception()):
            ours = None if isinstance(error, SlackTrouble) else error
            log.error("Home could not be shown anew (%r); it will be on the next visit", error, exc_info=ours)
        if member in self._wanted and not task.cancelled():
            self._start(member)
