"""Suggestions, as Slack calls us."""

from collections.abc import Awaitable, Callable

from bot.domain.errors import NotOurs
from bot.domain.ids import SuggestionId
from bot.domain.suggestions import SuggestedAfter
from bot.slack.loop import suggestion_cards as cards
from bot.slack.loop import suggestions as forms
from bot.slack.loop.experiment_sources import taking_draft
from bot.slack.loop.experiments import experiment_form
from bot.slack.payloads import chosen_in
from bot.slack.programme.pairs import parse_pair_command
from bot.slack.typed import readable
from bot.usecases.loop.suggestions import (
    After,
    WhichPartner,
    decline_suggestion,
    discuss_suggestion,
    open_suggest_after,
    open_suggest_again,
    open_suggest_form,
    open_take_form,
    suggest,
)
from handlers.calls import Call


async def open_suggest(call: Call, words: str = "") -> None:
    """/loop suggest @somebody, and what it is, if it was typed behind."""
    people, rest = parse_pair_command(words)
    data = await call.read(open_suggest_form, people[0] if people else "")
    if isinstance(data, WhichPartner):
        await call.reply(forms.which_partner(data, call.words))
    else:
        draft = forms.Draft(({"behaviour": readable(rest)},))
        await call.open(forms.suggest_form(data, call.words, draft))


async def suggest_after_result(call: Call) -> None:
    await _open_after(call, SuggestedAfter.RESULT)


async def suggest_after_ask(call: Call) -> None:
    await _open_after(call, SuggestedAfter.ASK)


async def show_another(call: Call) -> None:
    await _suggest_again(call, forms.with_another(forms.read_draft(call.values)))


async def choose_from_shelf(call: Call) -> None:
    number = forms.chosen_row(str(call.action.get("block_id") or ""))
    draft = forms.filled(forms.read_draft(call.values), number, chosen_in(call.action), call.words)
    await _suggest_again(call, draft)


async def submit_suggestions(call: Call) -> None:
    await call.write(suggest, forms.parse_suggestions(call.values))
    await call.done()


async def make_mine(call: Call) -> None:
    data = await call.read(open_take_form, SuggestionId(call.subject))
    await call.open(experiment_form(data.form, call.words, taking_draft(data, call.words)))


async def decline(call: Call, suggestion: SuggestionId | None = None) -> None:
    await call.write(decline_suggestion, suggestion or SuggestionId(call.subject))
    if call.window:
        await call.change(cards.declined_panel(call.words))
    else:
        await call.done()


async def discuss(call: Call, suggestion: SuggestionId | None = None) -> None:
    await call.write(discuss_suggestion, suggestion or SuggestionId(call.subject), wanted=True)
    if call.window:
        await call.change(cards.agenda_panel(call.words))
    else:
        await call.done()


async def undiscuss(call: Call, suggestion: SuggestionId | None = None) -> None:
    await call.write(discuss_suggestion, suggestion or SuggestionId(call.subject), wanted=False)
    await call.done()


async def choose_from_menu(call: Call) -> None:
    action_id, suggestion = cards.parse_menu(call.action)
    if action_id not in MENU:
        raise NotOurs("menu")
    await MENU[action_id](call, suggestion)


MENU: dict[str, Callable[[Call, SuggestionId], Awaitable[None]]] = {
    cards.DECLINE: decline,
    cards.DISCUSS: discuss,
    cards.UNDISCUSS: undiscuss,
}


async def _open_after(call: Call, kind: SuggestedAfter) -> None:
    data = await call.read(open_suggest_after, After(kind, call.subject))
    await call.open(forms.suggest_form(data, call.words))


async def _suggest_again(call: Call, draft: forms.Draft) -> None:
    """The form in its place, with everything typed so far."""
    data = await call.read(open_suggest_again, *forms.whom(call.values))
    await call.change(forms.suggest_form(data, call.words, draft))
