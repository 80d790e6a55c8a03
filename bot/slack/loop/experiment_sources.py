"""What the form of an experiment may begin with besides one's own words: a suggestion, or what others tried."""

from dataclasses import replace

from bot.domain.reuse import ReusableTry
from bot.slack.loop.experiments import FORM, Draft, first_draft, with_more
from bot.slack.loop.shelf import FILLS, filling
from bot.usecases.loop.suggestions import TakeForm
from bot.words import Words


def taking_draft(data: TakeForm, words: Words) -> Draft:
    """What the form begins with where a suggestion is made one's own."""
    suggestion = data.suggestion
    given = {name: getattr(suggestion, name) for name in FILLS}
    typed = {"until": data.until or data.form.until, **given}
    draft = replace(first_draft(data.form, words), typed=typed, suggestion=suggestion.id)
    return with_more(draft) if FORM.has_more(typed) else draft


def with_written(draft: Draft, shelf_id: str, words: Words) -> Draft:
    """The same with a try from the shelf in the fields that it has words for."""
    return replace(draft, typed={**draft.typed, **filling(shelf_id, words)}, turn=draft.turn + 1)


def with_others(draft: Draft, met: ReusableTry) -> Draft:
    """The same with what others tried in the field of the behaviour; the rest is one's own."""
    return replace(draft, typed={**draft.typed, "behaviour": met.behaviour}, turn=draft.turn + 1)
