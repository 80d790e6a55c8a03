"""Matching a cohort, as Slack calls us."""

from functools import partial

from bot.slack.programme.matching import (
    ADD,
    ASK,
    EARLIER,
    EXCHANGE,
    FURTHER,
    INVITE,
    INVITE_SEND,
    JOINED,
    LINE,
    MAKE,
    NEW_LINE,
    OPEN,
    TAKE_OFF,
    invite_form,
    line_form,
    matching_view,
    new_line_form,
    page_in,
    parse_exchange,
    parse_invite,
    parse_new_line,
    reasons_text,
)
from bot.slack.programme.profiles_reading import (
    JOINED_EARLIER,
    JOINED_FURTHER,
    READ,
    joined_view,
    profile_view,
)
from bot.usecases.acquaintance import meet_here
from bot.usecases.programme.matching import cohort_to_match, make_matches, see_matching, see_matching_of
from bot.usecases.programme.matching_asking import ask_matches
from bot.usecases.programme.matching_editing import (
    add_match,
    exchange_mentor,
    open_line,
    open_new_line,
    take_off,
)
from bot.usecases.programme.profiles_joining import invite
from bot.usecases.programme.profiles_reading import read_profile, see_joined
from handlers.calls import Call
from handlers.profiles import meet_all


async def match_command(call: Call, name: str) -> None:
    """`/loop cohort match`, with the cohort's name where there are several."""
    await _turn_to(call, await call.read(cohort_to_match, name))


async def open_matching(call: Call) -> None:
    await _turn_to(call, call.subject)


async def turn_page(call: Call) -> None:
    cohort, page = page_in(call.value)
    await _turn_to(call, cohort, page)


async def press_make(call: Call) -> None:
    await _turn_to(call, await call.write(make_matches, call.subject))


async def press_ask(call: Call) -> None:
    page = await call.read(see_matching_of, call.subject)
    says = partial(reasons_text, competencies=page.competencies, words=call.words)
    await _turn_to(call, await call.write(ask_matches, call.subject, says))


async def change_line(call: Call) -> None:
    await call.turn_to(line_form(await call.read(open_line, call.subject), call.words))


async def submit_exchange(call: Call) -> None:
    line, mentor = parse_exchange(call.values)
    await call.read(open_line, line)
    await meet_here(call.deps, call.viewer, mentor, field="mentor")
    await _show_again_matching(call, await call.write(exchange_mentor, line, mentor))


async def press_take_off(call: Call) -> None:
    await _show_again_matching(call, await call.write(take_off, call.subject))


async def add_line(call: Call) -> None:
    await call.turn_to(new_line_form(await call.read(open_new_line, call.subject), call.words))


async def submit_new_line(call: Call) -> None:
    run, mentor, mentee = parse_new_line(call.values)
    await call.read(open_new_line, run)
    await meet_here(call.deps, call.viewer, mentor, field="mentor")
    await meet_here(call.deps, call.viewer, mentee, field="mentee")
    await _show_again_matching(call, await call.write(add_match, run, mentor, mentee))


async def open_joined(call: Call) -> None:
    await call.turn_to(joined_view(await call.read(see_joined, call.subject), call.words))


async def turn_joined(call: Call) -> None:
    cohort, page = page_in(call.value)
    await call.turn_to(joined_view(await call.read(see_joined, cohort), call.words, page))


async def press_read_profile(call: Call) -> None:
    await call.open(profile_view(await call.read(read_profile, call.subject), call.words))


async def open_invite(call: Call) -> None:
    cohort = (await call.read(see_matching, call.subject)).cohort
    await call.turn_to(invite_form(cohort.id, call.words))


async def submit_invite(call: Call) -> None:
    cohort, people = parse_invite(call.values)
    await call.read(see_matching, cohort)
    members = [one.id for one in await meet_all(call, people, "people")]
    await _show_again_matching(call, await call.write(invite, cohort, members))


async def _turn_to(call: Call, cohort: int, page: int = 0) -> None:
    await call.turn_to(matching_view(await call.read(see_matching, cohort), call.words, page))


async def _show_again_matching(call: Call, cohort: int) -> None:
    await call.change(matching_view(await call.read(see_matching, cohort), call.words))


FORMS = {EXCHANGE: submit_exchange, ADD: submit_new_line, INVITE_SEND: submit_invite}
PRESSES = {
    OPEN: open_matching,
    **dict.fromkeys((EARLIER, FURTHER), turn_page),
    MAKE: press_make,
    ASK: press_ask,
    LINE: change_line,
    TAKE_OFF: press_take_off,
    NEW_LINE: add_line,
    JOINED: open_joined,
    **dict.fromkeys((JOINED_EARLIER, JOINED_FURTHER), turn_joined),
    READ: press_read_profile,
    INVITE: open_invite,
}
