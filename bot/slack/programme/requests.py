"""Help with a pair: what there is, the form with one line, and the card that the two read."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.errors import FormGone
from bot.domain.requests import HelpKind, HelpRequest, HelpState
from bot.slack.blocks import Message, actions, button, header, note, section, titled
from bot.slack.fields import NOTHING, FieldList, Line
from bot.slack.forms import Values, form
from bot.slack.home.commands import run_button
from bot.slack.programme.pairs import chosen_pair, pair_field, replace_button
from bot.usecases.programme.requests import AskForHelp, HelpCard, HelpForm
from bot.words import Words

PARTNER = "help.partner"
TALK = "help.talk"
SEND = "help.send"
TAKE = "help.take"
DONE = "help.done"
WAITING = "help.waiting"
KINDS = {PARTNER: HelpKind.PARTNER, TALK: HelpKind.TALK}

FORM = FieldList(
    HelpRequest,
    (
        Line(
            "text",
            lambda w: w.t("Is there something they should know?"),
            hint=lambda w: w.t("It may stay empty. No reason is needed."),
        ),
    ),
    besides=("contact_id", "kind", "state"),
)


def help_choices(words: Words) -> Message:
    """Three ways on, none of which reaches the partner unasked."""
    text = words.t("Something is not right with your pair? These ways are always open.")
    told = words.t("The first two go to whoever looks after your pair, never to your partner.")
    buttons = actions(
        button(words.t("Another partner"), PARTNER),
        button(words.t("Talk to a person"), TALK),
        run_button(words.t("End it well"), "leave"),
    )
    return Message(text, [section(text), buttons, note(told)])


def help_form(data: HelpForm, words: Words) -> View:
    """One line that may stay empty, and by name who will read it."""
    first = data.pairs[0]
    return form(
        SEND,
        _help_title(data.kind, words),
        [
            *pair_field(words.t("In which pair?"), data.pairs, first.pair_id, words),
            *FORM.inputs(NOTHING, words),
            note(_who_reads(data, words)),
        ],
        submit=words.t("Send"),
        close=words.t("Cancel"),
        metadata={"pair_id": first.pair_id, "kind": data.kind},
    )


def parse_help(values: Values) -> AskForHelp:
    """Raises FormGone for a form that names no such kind."""
    try:
        kind = HelpKind(values.metadata["kind"])
    except ValueError as error:
        raise FormGone("kind") from error
    return AskForHelp(chosen_pair(values), kind, FORM.read(values))


def help_card(card: HelpCard, words: Words) -> Message:
    """What is wished for, and how it stands; whoever was asked can take it and finish it."""
    title = _said_to_asker(card, words) if card.mine else _said_to_contact(card, words)
    blocks: list[Block] = [header(title)]
    if card.request.text:
        blocks.append(
            titled(words.t("They write") if not card.mine else words.t("You wrote"), card.request.text)
        )
    if buttons := _contact_buttons(card, words):
        blocks.append(actions(*buttons))
    return Message(title, [*blocks, note(_how_it_stands(card, words))])


def _help_title(kind: HelpKind, words: Words) -> str:
    return words.t("Another partner") if kind is HelpKind.PARTNER else words.t("Talk to a person")


def _who_reads(data: HelpForm, words: Words) -> str:
    """Of several pairs each may be looked after by somebody else."""
    if len(set(data.contacts)) == 1:
        return words.t("Seen by: you and {name}. Your partner does not read it.", name=data.contacts[0])
    pairs = [
        words.t("{contact} for your pair with {partner}", contact=contact, partner=words.names(pair.names))
        for pair, contact in zip(data.pairs, data.contacts, strict=True)
    ]
    return words.t(
        "Seen by: you and whoever looks after that pair ({people}). Your partner does not read it.",
        people=words.names(pairs),
    )


def _said_to_asker(card: HelpCard, words: Words) -> str:
    match card.request.state:
        case HelpState.OPEN:
            return words.t("{name} has your wish and will come back to you", name=card.contact)
        case HelpState.TAKEN:
            return words.t("{name} takes care of it", name=card.contact)
        case HelpState.DONE:
            return words.t("{name} says that it is done", name=card.contact)


def _said_to_contact(card: HelpCard, words: Words) -> str:
    people = words.names(card.people)
    if card.request.kind is HelpKind.PARTNER:
        return words.t("{name} would like another partner than {people}", name=card.asker, people=people)
    return words.t(
        "{name} would like to talk to you about the pair with {people}", name=card.asker, people=people
    )


def _contact_buttons(card: HelpCard, words: Words) -> list[ButtonElement]:
    if card.mine or card.request.state is HelpState.DONE:
        return []
    buttons = [button(words.t("Done"), DONE, card.request.id)]
    if card.may_replace:
        buttons.insert(0, replace_button(card.request.pair_id, words))
    if card.request.state is HelpState.OPEN:
        buttons.insert(0, button(words.t("I'll take it"), TAKE, card.request.id, style="primary"))
    return buttons


def _how_it_stands(card: HelpCard, words: Words) -> str:
    if card.mine:
        return words.t("Seen by: you and {name}. Your partner does not read it.", name=card.contact)
    seen = words.t("Seen by: {name} and you. Their partner does not read it.", name=card.asker)
    match card.request.state:
        case HelpState.OPEN:
            return words.t("{name} reads when you take it.", name=card.asker) + " " + seen
        case HelpState.TAKEN:
            return words.t("You have it, and {name} knows.", name=card.asker) + " " + seen
        case HelpState.DONE:
            return words.t("You said that it is done.") + " " + seen
