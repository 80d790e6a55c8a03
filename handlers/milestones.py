"""Milestones, as Slack calls us."""

from bot.domain.ids import GoalId, MilestoneId
from bot.slack.loop import milestones as ids
from bot.usecases.loop import milestones
from handlers.calls import Call, Listener


async def add_milestone(call: Call) -> None:
    data = await call.read(milestones.open_milestone_form, GoalId(call.subject))
    await call.open(ids.milestone_form(data, call.words))


async def change_milestone(call: Call) -> None:
    milestone = MilestoneId(call.subject)
    data = await call.read(milestones.open_milestone_form, milestone_id=milestone)
    await call.open(ids.milestone_form(data, call.words))


async def submit_milestone(call: Call) -> None:
    await call.write(milestones.keep_milestone, ids.parse_milestone(call.values))
    await call.done()


async def press_drop(call: Call) -> None:
    await call.write(milestones.drop_milestone, MilestoneId(call.subject))
    await call.done()


async def open_claim(call: Call) -> None:
    data = await call.read(milestones.open_claim, MilestoneId(call.subject))
    await call.open(ids.claim_form(data, call.words))


async def submit_claim(call: Call) -> None:
    await call.write(milestones.claim_milestone, *ids.parse_claim(call.values))
    await call.done()


async def see_milestone(call: Call) -> None:
    """From what waits: the card, with its two buttons."""
    card = await call.read(milestones.load_milestone, MilestoneId(call.subject))
    await call.turn(ids.milestone_card(card, call.words))


async def press_confirm(call: Call) -> None:
    await call.write(milestones.confirm, *ids.parse_confirm(call.value))
    await call.done()


async def open_missing(call: Call) -> None:
    card = await call.read(milestones.open_vote, MilestoneId(call.subject))
    await call.turn_to(ids.missing_form(card, call.words))


async def submit_missing(call: Call) -> None:
    await call.write(milestones.vote, *ids.parse_missing(call.values))
    await call.done()


FORMS: dict[str, Listener] = {
    ids.SAVE: submit_milestone,
    ids.CLAIM: submit_claim,
    ids.MISSING: submit_missing,
}
PRESSES: dict[str, Listener] = {
    ids.ADD: add_milestone,
    ids.CHANGE: change_milestone,
    ids.DROP: press_drop,
    ids.REACHED: open_claim,
    ids.SEE: see_milestone,
    ids.CONFIRM: press_confirm,
    ids.NOT_YET: open_missing,
}
