"""Pairs, as Slack calls us."""

from bot.domain.errors import CommandNotUnderstood
from bot.domain.ids import PairId
from bot.domain.pairs import Consent
from bot.slack.programme.pairs import (
    both_asked,
    pair_form,
    pair_list,
    parse_pair,
    parse_pair_command,
    parse_proposal,
    proposal_message,
    proposal_view,
    proposed_people,
)
from bot.slack.programme.pairs_consent import how_it_works
from bot.usecases.acquaintance import meet_here
from bot.usecases.programme.pairs_asking import Proposal, ProposePair, ask_pair, open_pair_form, propose_pair
from bot.usecases.programme.pairs_consent import answer_consent
from bot.usecases.programme.pairs_ending import end_pair, resume_pair
from bot.usecases.programme.pairs_standing import see_pairs
from bot.usecases.programme.pairs_writing import write_to_both
from handlers.calls import Call

TWO = 2


async def pair_command(call: Call, words: str) -> None:
    people, cohort = parse_pair_command(words)
    if len(people) > TWO:
        raise CommandNotUnderstood("pair")
    if len(people) == TWO:
        command = ProposePair(people[0], people[1], cohort)
        proposal = await propose(call, command)
        await call.reply(proposal_message(proposal, call.words))
    else:
        await _open(call, ProposePair(people[0] if people else "", call.me.user_id if people else ""))


async def open_pair(call: Call) -> None:
    await _open(call, ProposePair("", ""))


async def check_pair(call: Call) -> None:
    proposal = await propose(call, parse_pair(call.values))
    await call.change(proposal_view(proposal, call.words))


async def change_pair(call: Call) -> None:
    await _open(call, proposed_people(call.value))


async def back_to_form(call: Call) -> None:
    data = await call.read(open_pair_form, proposed_people(call.value))
    await call.change(pair_form(data, call.words))


async def press_ask(call: Call) -> None:
    """The proposal gives way to the answer, so that there is nothing left to press twice."""
    await _ask_both(call, call.value)
    await call.ack()
    message = both_asked(call.words)
    await call.respond(text=message.fallback, blocks=message.blocks, replace_original=True)


async def submit_ask(call: Call) -> None:
    await _ask_both(call, str(call.values.metadata["proposal"]))
    await call.reply(both_asked(call.words))


async def press_yes(call: Call) -> None:
    await call.write(answer_consent, call.subject, Consent.YES)
    await call.done()


async def press_no(call: Call) -> None:
    await call.write(answer_consent, call.subject, Consent.NO)
    await call.done()


async def show_how(call: Call) -> None:
    await call.reply(how_it_works(call.words))


async def open_list(call: Call) -> None:
    data = await call.read(see_pairs, call.subject)
    await call.open(pair_list(data, call.words))


async def turn_page(call: Call) -> None:
    data = await call.read(see_pairs, call.values.metadata["cohort_id"])
    await call.change(pair_list(data, call.words, call.subject))


async def press_end(call: Call) -> None:
    cohort = await call.write(end_pair, call.subject)
    data = await call.read(see_pairs, cohort)
    await call.change(pair_list(data, call.words))


async def press_write(call: Call) -> None:
    """*Write to both*, in the list or on Home."""
    cohort = await call.write(write_to_both, PairId(call.subject))
    if call.window:
        await call.change(pair_list(await call.read(see_pairs, cohort), call.words))
    else:
        await call.done()


async def press_resume(call: Call) -> None:
    cohort = await call.write(resume_pair, call.subject)
    data = await call.read(see_pairs, cohort)
    await call.change(pair_list(data, call.words))


async def _open(call: Call, given: ProposePair) -> None:
    data = await call.read(open_pair_form, given)
    await call.open(pair_form(data, call.words))


async def propose(call: Call, command: ProposePair) -> Proposal:
    """What both would be asked, with what Slack knows of them now."""
    mentor = await meet_here(call.deps, call.viewer, command.mentor, field="mentor")
    mentee = await meet_here(call.deps, call.viewer, command.mentee, field="mentee")
    return await call.read(propose_pair, command, mentor, mentee)


async def _ask_both(call: Call, proposal: str) -> None:
    await call.write(ask_pair, parse_proposal(proposal, call.words))
