"""How does a tester move the clock, and how does an app follow it?"""

import math
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.playground.control.asking import body_of
from bot.playground.control.followers import LONGEST_WAIT_S
from bot.playground.errors import ClockCannotGoBackError, ControlError
from bot.playground.person.acting import settle_ms
from bot.playground.services import Services
from bot.playground.wire import Json

LONGEST_SETTLE_S = 30.0
LONGEST_STEP_S = 10 * 365 * 24 * 3600


async def show_clock(services: Services, _request: web.Request) -> Json:
    """GET clock."""
    clock = services.state.clock
    return {"now": clock.now().isoformat(), "real_now": clock.real_now().isoformat()}


async def move_clock(services: Services, request: web.Request) -> Json:
    """POST clock; answers when what fell due is done and settled."""
    body = await body_of(request)
    state = services.state
    quiet_s = settle_ms(body) / 1000
    try:
        await state.clock.advance_to(target_of(body, state.clock.now()))
    except ClockCannotGoBackError as error:
        raise ControlError("clock_cannot_go_back", str(error)) from error
    services.followers.call_everyone()
    state.changes.touch()
    settled = await state.activity.settle(quiet_s, LONGEST_SETTLE_S)
    return {"settled": settled, **await show_clock(services, request)}


def target_of(body: Json, now: datetime) -> datetime:
    """The time that a tester wants it to be."""
    seconds = body.get("advance_s")
    if isinstance(seconds, int | float) and math.isfinite(seconds) and seconds <= LONGEST_STEP_S:
        return now + timedelta(seconds=seconds)
    target = moment_of(body.get("to"))
    if target is None or target > now + timedelta(seconds=LONGEST_STEP_S):
        hint = 'give {"advance_s": 3600} or {"to": "2026-12-01T10:00:00+01:00"}, at most ten years ahead'
        raise ControlError("invalid_clock", hint)
    return target


def moment_of(text: Any) -> datetime | None:
    """An ISO moment with an offset, or None for anything else."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


async def follow_clock(services: Services, request: web.Request) -> Json:
    """POST clock/follow: for an app in a process of its own."""
    body = await body_of(request)
    name, due, wait_s = body.get("follower"), body.get("next_due"), body.get("wait_s", LONGEST_WAIT_S)
    if not isinstance(name, str) or not name:
        raise ControlError("no_follower", "follower is a name of your choice, the same at each call")
    if due is not None and moment_of(due) is None:
        raise ControlError("invalid_clock", "next_due is an ISO time with an offset, or null")
    if not isinstance(wait_s, int | float) or not 0 <= wait_s <= LONGEST_WAIT_S:
        raise ControlError("invalid_wait", f"wait_s is between 0 and {LONGEST_WAIT_S}")
    await services.followers.ask(name, moment_of(due), wait_s)
    return await show_clock(services, request)
