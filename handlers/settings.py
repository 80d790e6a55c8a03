"""What members set for themselves, as Slack calls us."""

from bot.domain.ids import DayOffId
from bot.slack.home import settings as ids
from bot.slack.home.settings import (
    days_off_form,
    parse_days_off,
    parse_settings,
    region_kept,
    settings_form,
    settings_kept,
)
from bot.slack.payloads import chosen_in
from bot.usecases.home.settings import (
    add_days_off,
    change_settings,
    choose_region,
    my_days_off,
    open_settings,
    remove_days_off,
)
from handlers.calls import Call


async def open_settings_form(call: Call, _words: str = "") -> None:
    await call.open(settings_form(await call.read(open_settings), call.words))


async def submit_settings(call: Call) -> None:
    await call.write(change_settings, parse_settings(call.values))
    kept = await call.read(open_settings)
    await call.reply(settings_kept(kept.settings, call.words), call.words.t("Your settings"))


async def press_region(call: Call) -> None:
    region = chosen_in(call.action)
    await call.write(choose_region, region)
    await call.reply(region_kept(region, call.words))


async def open_days_off(call: Call) -> None:
    await call.open(days_off_form(await call.read(my_days_off), call.words))


async def submit_days_off(call: Call) -> None:
    await call.write(add_days_off, parse_days_off(call.values))
    await call.change(days_off_form(await call.read(my_days_off), call.words))


async def press_remove_days(call: Call) -> None:
    await call.write(remove_days_off, DayOffId(call.subject))
    await call.change(days_off_form(await call.read(my_days_off), call.words))


FORMS = {ids.SAVE: submit_settings, ids.ADD_DAYS: submit_days_off}
PRESSES = {ids.REGION: press_region, ids.DAYS_OFF: open_days_off, ids.REMOVE_DAYS: press_remove_days}
