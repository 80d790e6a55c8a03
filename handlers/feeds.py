"""A cohort's project calendar, as Slack calls us."""

from functools import partial

from bot.slack.programme.feeds import feed_form, feed_kept, parse_feed
from bot.usecases.maintenance import read_feed
from bot.usecases.programme.feeds import open_feed_form, see_feed, set_feed
from handlers.calls import Call


async def open_feed(call: Call) -> None:
    await call.open(feed_form(await call.read(open_feed_form, call.subject), call.words))


async def submit_feed(call: Call) -> None:
    cohort = await call.write(set_feed, parse_feed(call.values))
    view = await call.read(see_feed, cohort)
    if view is not None:
        call.afterwards.soon(
            f"reading the calendar of cohort {cohort}", partial(read_feed, call.deps, cohort)
        )
    await call.reply(feed_kept(view, call.words), call.words.t("Project calendar"))
