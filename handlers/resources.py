"""Resources of a cohort, as Slack calls us."""

from slack_sdk.models.views import View

from bot.slack.programme.resources import (
    CHANGE,
    DROP,
    EARLIER,
    NEW,
    OPEN,
    PAGE,
    SAVE,
    parse_resource,
    parse_start,
    resource_form,
    resources_view,
)
from bot.usecases.programme.resources import (
    drop_resource,
    keep_resource,
    open_resource,
    open_resource_form,
    see_resources,
)
from handlers.calls import Call


async def open_resources(call: Call) -> None:
    await call.turn_to(await _resources_list(call, call.subject))


async def turn_page(call: Call) -> None:
    await call.change(await _resources_list(call, *parse_start(call.value)))


async def new_resource(call: Call) -> None:
    await call.turn_to(resource_form(await call.read(open_resource_form, call.subject), call.words))


async def change_resource(call: Call) -> None:
    await call.turn_to(resource_form(await call.read(open_resource, call.subject), call.words))


async def submit_resource(call: Call) -> None:
    cohort = await call.write(keep_resource, parse_resource(call.values, call.me.locale))
    await call.change(await _resources_list(call, cohort))


async def press_drop(call: Call) -> None:
    resource, start = parse_start(call.value)
    cohort = await call.write(drop_resource, resource)
    await call.change(await _resources_list(call, cohort, start))


async def _resources_list(call: Call, cohort: int, start: int = 0) -> View:
    return resources_view(await call.read(see_resources, cohort), call.words, start)


FORMS = {SAVE: submit_resource}
PRESSES = {
    OPEN: open_resources,
    **dict.fromkeys((PAGE, EARLIER), turn_page),
    NEW: new_resource,
    CHANGE: change_resource,
    DROP: press_drop,
}
