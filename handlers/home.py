"""App Home and the panel, as Slack calls us; and showing Home anew after somebody changed something."""

import hashlib
import json
from functools import partial

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.errors import FormGone, SlackTrouble
from bot.domain.members import Member
from bot.domain.privacy import Viewer
from bot.ports import Deps
from bot.slack.home.home import home_view, panel_message
from bot.slack.home.home_people import everyone_message
from bot.usecases.home.home import NOBODY_KNOWS, note_home, see_home
from bot.words import Words
from handlers.calls import Call, asking_slack


async def open_home(call: Call) -> None:
    """Slack tells of every visit, also to the messages tab; only the Home tab asks for a page."""
    await call.done()
    if call.body["event"].get("tab") == "home":
        _show_soon(call)


async def show_panel(call: Call, _words: str = "") -> None:
    home = await call.read(see_home)
    await call.reply(panel_message(home, call.words))


async def show_everyone(call: Call) -> None:
    home = await call.read(see_home)
    await call.turn(everyone_message(home.mentoring, call.subject, call.words))


async def publish_home(
    deps: Deps, client: AsyncWebClient, me: Member, notice: tuple[Block, ...] = ()
) -> None:
    """Show Home as it stands now; nothing is sent if it looks as it did."""
    viewer = Viewer(me.workspace_id, me.id)
    home = await deps.db.read(viewer, see_home)
    view = home_view(home, Words(me.locale, me.tz, home.now), notice)
    digest = hashlib.sha256(json.dumps(view.to_dict(), sort_keys=True).encode()).hexdigest()
    if digest != home.me.home_hash:
        await _publish(deps, client, me, view, digest)


async def _publish(deps: Deps, client: AsyncWebClient, me: Member, view: View, digest: str) -> None:
    viewer = Viewer(me.workspace_id, me.id)
    try:
        with asking_slack(client):
            await client.views_publish(user_id=me.user_id, view=view)
    except (SlackTrouble, FormGone):
        await deps.db.write(viewer, lambda tx: note_home(tx, NOBODY_KNOWS))
        raise
    await deps.db.write(viewer, lambda tx: note_home(tx, digest))


def refresh_home(call: Call) -> None:
    """Show Home anew after this call, for somebody who has opened it before."""
    if call.me.home_hash and call.kind != "block_suggestion":  # which comes with every letter
        _show_soon(call)


def _show_soon(call: Call) -> None:
    call.afterwards.soon(
        f"showing Home to {call.me.id}", partial(publish_home, call.deps, call.client, call.me)
    )
