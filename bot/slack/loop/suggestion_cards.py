"""What was suggested, as the two read it, and what may be done with it."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block, InteractiveElement
from slack_sdk.models.views import View

from bot.domain.ids import SuggestionId
from bot.domain.suggestions import ROWS_LIMIT, SuggestionState
from bot.slack.blocks import Message, actions, button, clip, divider, header, note, overflow, section
from bot.slack.forms import Values, panel
from bot.slack.loop.suggestions import FORM
from bot.slack.payloads import chosen_in, id_in
from bot.usecases.loop.suggestion_cards import Offer, SuggestionCard
from bot.words import Words

MAKE = "suggestion.make"
DECLINE = "suggestion.decline"
DISCUSS = "suggestion.discuss"
UNDISCUSS = "suggestion.undiscuss"
MENU = "suggestion.menu"
ABOUT = 300  # characters of what was told or asked before; its own message has the rest


def suggestion_card(card: SuggestionCard, words: Words) -> Message:
    """One message for one form: each suggestion with how it stands, and its buttons for whom it is."""
    title = (
        words.t("{name} suggests a try", name=card.giver)
        if card.mine
        else words.t("You suggested a try to {name}", name=card.taker)
    )
    first = words.t("About: {behaviour}", behaviour=clip(card.about, ABOUT))
    blocks: list[Block] = [header(title), *([note(first)] if card.about else [])]
    for number, offer in enumerate(card.offers[:ROWS_LIMIT]):  # a form has no more
        blocks += [*([divider()] if number else []), *_offer(offer, card, words)]
    behaviours = "; ".join(offer.suggestion.behaviour for offer in card.offers)
    return Message(f"{title}: {behaviours}", [*blocks, note(_ending(card, words))])


def parse_menu(action: Mapping[str, Any]) -> tuple[str, SuggestionId]:
    """What was chosen in the menu: the action_id of a button that does the same, and for which suggestion."""
    action_id, _, suggestion = chosen_in(action).rpartition(":")
    return action_id, SuggestionId(id_in(suggestion))


def suggestion_of(values: Values) -> SuggestionId | None:
    """What is made one's own by sending this form; nothing where it changes a try that is there."""
    found = values.metadata.get("suggestion_id")
    return SuggestionId(found) if found and not values.metadata.get("experiment_id") else None


def made_from(words: Words) -> Block:
    """What stands above the form in which a suggestion becomes a try."""
    text = words.t(
        "Suggested to you. Change the words until they are yours; nothing is kept before you send it."
    )
    return section(text)


def other_answers(suggestion: SuggestionId, words: Words) -> Block:
    """What stands below that form: the other ways to answer."""
    return actions(_not_for_me(suggestion, words), _discuss(suggestion, words))


def declined_panel(words: Words) -> View:
    """What the form turns into after *Not for me*."""
    text = words.t(
        "That is fine, and needs no reason. Your partner reads only that it is not for you this time."
    )
    return panel(words.t("Not for me"), [section(text)], close=words.t("Close"))


def agenda_panel(words: Words) -> View:
    """What the form turns into after *Discuss*."""
    text = words.t("On the agenda for your next talk. It stays open, so you can still make it yours.")
    return panel(words.t("Discuss"), [section(text)], close=words.t("Close"))


def _offer(offer: Offer, card: SuggestionCard, words: Words) -> list[Block]:
    suggestion = offer.suggestion
    blocks = FORM.blocks(suggestion, words)
    if told := "\n".join(_standing(offer, card, words)):
        blocks.append(note(told))
    if card.mine and offer.is_open:
        blocks.append(actions(*_answers(offer, card, words)))
    return blocks


def _answers(offer: Offer, card: SuggestionCard, words: Words) -> list[InteractiveElement]:
    """Three buttons; where several are open, one for each, and the form that it opens has the other two as well."""
    id_ = offer.suggestion.id
    make = button(words.t("Make it mine"), MAKE, id_, style="primary")
    if sum(one.is_open for one in card.offers) == 1:
        return [make, _not_for_me(id_, words), _discuss(id_, words, on_agenda=offer.on_agenda)]
    talk = UNDISCUSS if offer.on_agenda else DISCUSS
    says = words.t("Take off the agenda") if offer.on_agenda else words.t("Discuss")
    return [make, overflow(MENU, [(words.t("Not for me"), f"{DECLINE}:{id_}"), (says, f"{talk}:{id_}")])]


def _not_for_me(suggestion: SuggestionId, words: Words) -> InteractiveElement:
    return button(words.t("Not for me"), DECLINE, suggestion)


def _discuss(suggestion: SuggestionId, words: Words, *, on_agenda: bool = False) -> InteractiveElement:
    if on_agenda:
        return button(words.t("Take off the agenda"), UNDISCUSS, suggestion)
    return button(words.t("Discuss"), DISCUSS, suggestion)


def _standing(offer: Offer, card: SuggestionCard, words: Words) -> list[str]:
    """Where it is from, what is special about it, and how it stands."""
    suggestion, lines = offer.suggestion, []
    if suggestion.shelf_id:
        lines.append(words.t("From the shelf."))
    if suggestion.quick and offer.is_open:
        lines.append(words.t("A quick one: three days, and “Did it” is all the answer."))
    if offer.on_agenda:
        lines.append(words.t("On the agenda for your next talk."))
    if not offer.is_open:
        lines.append((_mine_now if card.mine else _theirs_now)(suggestion.state, card.taker, words))
    return lines


def _mine_now(state: SuggestionState, _name: str, words: Words) -> str:
    match state:
        case SuggestionState.TAKEN | SuggestionState.ADAPTED:
            return words.t("You made it yours; its card is in your messages.")
        case SuggestionState.DECLINED:
            return words.t("Not for you this time, and that is fine.")
    return words.t("It was open for three weeks and has passed; nothing is missed.")


def _theirs_now(state: SuggestionState, name: str, words: Words) -> str:
    match state:
        case SuggestionState.TAKEN:
            return words.t("{name} made it theirs.", name=name)
        case SuggestionState.ADAPTED:
            return words.t("{name} made it theirs, in words of their own.", name=name)
        case SuggestionState.DECLINED:
            return words.t("Not for {name} this time; that needs no reason.", name=name)
    return words.t("It was open for three weeks and has passed; nothing is missed.")


def _ending(card: SuggestionCard, words: Words) -> str:
    if not card.mine:
        return words.t("Seen by: {name} and you.", name=card.taker)
    seen = words.t("Seen by: you and {mentor}.", mentor=card.giver)
    if not any(offer.is_open for offer in card.offers):
        return seen
    day = words.day(words.today(card.offers[0].suggestion.expires_at))
    return words.t("No answer is fine, too: it passes by itself on {day}. {seen}", day=day, seen=seen)
