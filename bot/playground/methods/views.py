"""views.*: showing forms and the Home page."""

from bot.playground.errors import SlackError, invalid_arguments
from bot.playground.services import Services
from bot.playground.wire import Arguments, Json
from bot.playground.workspace.forms import fresh_view
from bot.playground.workspace.views import View, checked_view, render_view


async def views_open(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/views.open: a trigger is used up only by a view that Slack takes."""
    state = services.state
    content = checked_view(args.parsed("view", "invalid_arguments"), "modal")
    state.views.check_external_id(content)
    user_id = state.content.triggers.use(args.required("trigger_id"))
    view = fresh_view(state, user_id, content)
    state.views.open(view)
    return answer(services, view)


async def views_push(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/views.push."""
    state = services.state
    content = checked_view(args.parsed("view", "invalid_arguments"), "modal")
    state.views.check_external_id(content)
    user_id = state.content.triggers.use(args.required("trigger_id"))
    view = fresh_view(state, user_id, content)
    state.views.push(view)
    return answer(services, view)


async def views_update(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/views.update."""
    state = services.state
    if not args.has("view_id") and not args.has("external_id"):
        raise invalid_arguments("[ERROR] missing required field: view_id")
    view = state.views.find(args.text("view_id"), args.text("external_id"))
    if view is None:
        raise SlackError("not_found")
    content = checked_view(args.parsed("view", "invalid_arguments"), view.content["type"])
    check_hash(view, args)
    state.views.check_external_id(content, besides=view)
    view.replace(content, state.ids.view_hash(state.clock.now()))
    return answer(services, view)


async def views_publish(services: Services, args: Arguments) -> Json:
    """https://docs.slack.dev/reference/methods/views.publish."""
    state = services.state
    user_id = args.required("user_id")
    member = state.members.get(user_id)
    if member is None or member.is_bot:
        raise invalid_arguments("[ERROR] user not found [json-pointer:/user_id]")
    content = checked_view(args.parsed("view", "invalid_arguments"), "home")
    if not state.manifest.home_tab:
        raise SlackError("not_enabled")
    home = state.views.homes.get(user_id)
    state.views.check_external_id(content, besides=home)
    if home is None:
        home = state.views.homes[user_id] = fresh_view(state, user_id, content)
    else:
        check_hash(home, args)
        home.replace(content, state.ids.view_hash(state.clock.now()))
    return answer(services, home)


def check_hash(view: View, args: Arguments) -> None:
    """Refuse a write that was meant for an older version of the view."""
    if args.has("hash") and args.text("hash") != view.hash:
        raise SlackError("hash_conflict")


def answer(services: Services, view: View) -> Json:
    """The view as it is now; its person sees it."""
    view.revision = services.state.changes.touch([view.user_id])
    return {"view": render_view(view, services.state.app.identity)}
