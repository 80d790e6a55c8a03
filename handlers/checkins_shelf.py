"""The tries below an answered check-in, as Slack calls us."""

from dataclasses import replace

from bot.domain.errors import NotFound
from bot.domain.ids import CheckInId
from bot.packs.shelf import shelf_try
from bot.slack.loop.experiments import experiment_form, first_draft, with_more
from bot.slack.rhythm.checkins_shelf import parse_shelf
from bot.usecases.rhythm.checkins_offers import open_shelf_try, put_shelf_off, take_from_shelf
from handlers.calls import Call


async def press_take(call: Call) -> None:
    goal, shelf_id = parse_shelf(call.value)
    written = shelf_try(shelf_id, call.me.locale)
    if written is None:
        raise NotFound("shelf")
    data = await call.read(open_shelf_try, goal)
    given = {name: getattr(written, name) for name in ("behaviour", "situation", "sign", "steps")}
    draft = with_more(replace(first_draft(data, call.words, **given), goal=str(goal)))
    await call.write(take_from_shelf, goal)
    await call.open(experiment_form(data, call.words, draft))


async def press_not_now(call: Call) -> None:
    await call.write(put_shelf_off, CheckInId(call.subject), for_good=False)
    await call.done()


async def press_never(call: Call) -> None:
    await call.write(put_shelf_off, CheckInId(call.subject), for_good=True)
    await call.done()
