"""Goals, as Slack calls us."""

from bot.domain.errors import NotOurs
from bot.domain.goals import GoalState
from bot.domain.ids import GoalId
from bot.domain.stored import EntryKind
from bot.slack.loop import goals as forms
from bot.slack.loop.goals import goal_form, goals_message, parse_goal
from bot.slack.loop.ladders import OPEN as LADDER
from bot.slack.loop.two_lines import ASK_GOAL
from bot.slack.programme.pairs import chosen_pair
from bot.usecases.loop.goals import (
    list_open_goals,
    load_goal_card,
    move_goal,
    open_goal_form,
    set_goal,
)
from bot.usecases.loop.two_lines import About
from handlers import two_lines
from handlers.calls import Call
from handlers.ladders import show_ladder
from handlers.previews import show_preview

ENDINGS = {forms.REACHED: GoalState.REACHED, forms.DROP: GoalState.DROPPED}


async def open_goals(call: Call, words: str = "") -> None:
    """`/loop goal`: the open goal, several to choose from, or a new one; words after it begin a new one."""
    if words:
        await new_goal(call, "" if words.lower() == "new" else words)
        return
    found = await call.read(list_open_goals)
    if found.a_choice:
        await call.reply(goals_message(found.cards, call.words))
        return
    goal = found.cards[0].goal.id if found.cards else None
    data = await call.read(open_goal_form, goal=goal)
    await call.open(goal_form(data, call.words))


async def open_goal(call: Call, *, focus: str = "") -> None:
    """A button that names its goal; one that names none means the open goal."""
    if not call.action.get("value"):
        await open_goals(call)
        return
    data = await call.read(open_goal_form, goal=GoalId(call.subject))
    await call.open(goal_form(data, call.words, focus=focus))


async def sharpen_situation(call: Call) -> None:
    await open_goal(call, focus="text")


async def sharpen_sign(call: Call) -> None:
    await open_goal(call, focus="signs")


async def choose_new_day(call: Call) -> None:
    await open_goal(call, focus="horizon")


async def new_goal(call: Call, text: str = "") -> None:
    data = await call.read(open_goal_form)
    await call.open(goal_form(data, call.words, {"text": text}))


async def show_more(call: Call) -> None:
    await _show_again(call, more=True)


async def choose_pair(call: Call) -> None:
    await _show_again(call, more=bool(call.values.metadata["more"]))


async def submit_goal(call: Call) -> None:
    await call.write(set_goal, parse_goal(call.values, call.me.locale))
    await call.done()


async def choose_from_menu(call: Call) -> None:
    action_id, goal = forms.parse_goal_menu(call.action)
    if action_id == LADDER:
        await show_ladder(call, goal)
    elif action_id == forms.PREVIEW:
        await show_preview(call, goal, EntryKind.GOAL)
    elif action_id == ASK_GOAL:
        await two_lines.open_lines(call, About(goal_id=goal))
    elif action_id in ENDINGS:
        await _move(call, goal, ENDINGS[action_id])
    else:
        raise NotOurs("menu")


async def reach_goal(call: Call) -> None:
    await _move(call, GoalId(call.subject), GoalState.REACHED)


async def drop_goal(call: Call) -> None:
    await _move(call, GoalId(call.subject), GoalState.DROPPED)


async def reopen_goal(call: Call) -> None:
    await _move(call, GoalId(call.subject), GoalState.OPEN)


async def _move(call: Call, goal: GoalId, state: GoalState) -> None:
    await call.write(move_goal, goal, state)
    if call.window:
        card = await call.read(load_goal_card, goal)
        await call.change(forms.ended_panel(state, call.words, alone=card.alone))
    else:
        await call.done()


async def _show_again(call: Call, *, more: bool) -> None:
    """The form in its place; what was typed stays, since Slack keeps it where the fields stay."""
    goal, pair = forms.changed_goal(call.values), chosen_pair(call.values)
    data = await call.read(open_goal_form, goal=goal, pair_id=pair)
    await call.change(goal_form(data, call.words, forms.typed_goal(call.values), more=more))
