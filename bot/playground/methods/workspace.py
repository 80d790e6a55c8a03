"""auth.*, api.test, team.info, bots.info and apps.connections.open: who is asking, and where?"""

from bot.playground.errors import SlackError
from bot.playground.services import Services
from bot.playground.wire import Arguments, Json
from bot.playground.workspace.state import State


async def auth_test(services: Services, _args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/auth.test."""
    state = services.state
    app = state.app
    return {
        "url": f"{state.url}/",
        "team": app.team_name,
        "user": state.members[app.bot_user_id].name,
        "team_id": app.team_id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


async def auth_revoke(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/auth.revoke; a reset of the workspace installs the app again."""
    state = services.state
    if args.flag("test"):
        return {"revoked": False}
    state.revoked = True
    event = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [state.app.bot_user_id]}}
    state.start(services.events.tell("tokens_revoked", event))
    return {"revoked": True}


async def api_test(_services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/api.test."""
    if args.has("error"):
        raise SlackError(args.text("error"), args=args.values)
    return {"args": args.values}


async def team_info(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/team.info."""
    app = services.state.app
    if args.has("team") and args.text("team") != app.team_id:
        raise SlackError("team_not_found")
    return {
        "team": {
            "id": app.team_id,
            "name": app.team_name,
            "url": f"{services.state.url}/",
            "domain": app.team_domain,
            "email_domain": "playground.example",
            "icon": {"image_default": True},
            "avatar_base_url": f"{services.state.url}/",
            "is_verified": False,
        }
    }


async def bots_info(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/bots.info."""
    state = services.state
    wanted = args.text("bot")
    member = next((each for each in state.members.values() if wanted and each.bot_id == wanted), None)
    if member is None:
        raise SlackError("bot_not_found")
    return {
        "bot": {
            "id": member.bot_id,
            "deleted": member.deleted,
            "name": member.real_name,
            "updated": member.updated,
            "app_id": member.app_id,
            "user_id": member.id,
            "icons": {},
        }
    }


def bot_profile(state: State) -> Json:
    """The app as it stands beside its messages."""
    app = state.app
    return {
        "id": app.bot_id,
        "app_id": app.app_id,
        "user_id": app.bot_user_id,
        "name": state.manifest.app_name,
        "icons": {},
        "deleted": False,
        "updated": state.members[app.bot_user_id].updated,
        "team_id": app.team_id,
    }


async def connections_open(services: Services, _args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/apps.connections.open."""
    if services.state.settings.delivery != "socket":
        raise SlackError("forbidden_team")
    ticket = services.sockets.issue_ticket()
    address = services.state.url.replace("http://", "ws://", 1)
    return {"url": f"{address}/link?ticket={ticket}&app_id={services.state.app.app_id}"}
