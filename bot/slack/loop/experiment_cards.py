"""The card of an experiment, and the menu on it."""

from collections.abc import Mapping
from typing import Any, Protocol

from slack_sdk.models.blocks import Block, ButtonElement, InteractiveElement

from bot.domain.experiments import AskWhen, Experiment, ExperimentState
from bot.domain.ids import ExperimentId
from bot.slack.blocks import Message, actions, button, fields, header, note, overflow, section, titled
from bot.slack.loop.experiment_wording import sharpen_blocks
from bot.slack.loop.experiments import CHANGE, DROP, EVIDENCE, FORM, MOVE, PREVIEW, SHRINK
from bot.slack.loop.hints import OPEN as HINT
from bot.slack.loop.readings import number_line, number_text
from bot.slack.loop.results import DID, HAPPENED
from bot.slack.loop.series import turns_text
from bot.slack.loop.setbacks import say_button, setback_line
from bot.slack.loop.turns import COMES_UP, arm_text, takes_turns
from bot.slack.loop.two_lines_views import lines_rows
from bot.slack.payloads import chosen_in, id_in
from bot.slack.privacy import or_whom_you_show
from bot.usecases.loop.experiment_cards import ExperimentCard
from bot.words import Words

MENU = "experiment.menu"
DISCUSS = "experiment.discuss"
UNDISCUSS = "experiment.undiscuss"
HINTS_SHOWN = 10


class OfAPair(Protocol):
    """What a card tells of its people: whose it is, who mentors them, and whether its reader is the owner."""

    @property
    def owner(self) -> str: ...
    @property
    def mentors(self) -> tuple[str, ...]: ...
    @property
    def mine(self) -> bool: ...


def experiment_card(card: ExperimentCard, words: Words) -> Message:
    """The card as both of the pair find it in their messages."""
    title = words.t("What you try") if card.mine else words.t("What {name} tries", name=card.owner)
    blocks: list[Block] = [header(title), fields(*_card_rows(card, words))]
    if card.notes:
        blocks += [number_line(one, words) for one in card.numbers]
    blocks += [*FORM.stories(card.experiment, words), *_hint_blocks(card, words)]
    blocks += [titled(name, said) for name, said in lines_rows(card.lines, words)]
    if card.mine and card.experiment.state is ExperimentState.OPEN:
        blocks += sharpen_blocks(card.experiment, words)
    if buttons := _card_buttons(card, words):
        blocks.append(actions(*buttons))
    blocks += _when_asked(card, words)
    blocks.append(note("\n".join(_notes(card, words))))
    return Message(f"{title}: {card.experiment.behaviour}", blocks)


def parse_menu(action: Mapping[str, Any]) -> tuple[str, ExperimentId]:
    """What was chosen in the menu: the action_id of a button that does the same, and for which experiment."""
    action_id, _, experiment = chosen_in(action).rpartition(":")
    return action_id, ExperimentId(id_in(experiment))


def _card_rows(card: ExperimentCard, words: Words) -> list[tuple[str, str]]:
    experiment = card.experiment
    promise = words.t("I will") if card.mine else words.t("{name} will", name=card.owner)
    rows = [
        (promise, experiment.behaviour),
        *FORM.lines(experiment, words),
        *((one.indicator.name, number_text(one, words)) for one in ([] if card.notes else card.numbers)),
        *_turn_rows(card, words),
        (words.t("Serves the goal"), card.goal),
        (words.t("Another way, after"), card.parent),
        (words.t("Suggested by"), card.origin.giver if card.origin else ""),
    ]
    return [(name, value) for name, value in rows if value]


def _turn_rows(card: ExperimentCard, words: Words) -> list[tuple[str, str]]:
    """What the coin said for the occasions that came; what it says of those to come is known to nobody."""
    if card.turns is None:
        return []
    number, turns = card.turns
    told = turns_text(turns, words, mine=card.mine, unit=number.unit)
    tossed = words.t("A coin decides each of the {count} times.", count=words.number(turns.occasions))
    return [(words.t("Taking turns"), " ".join(filter(None, (told or tossed, _this_time(card, words)))))]


def _this_time(card: ExperimentCard, words: Words) -> str:
    return arm_text(card.turn, words) if card.turn else ""


def _hint_blocks(card: ExperimentCard, words: Words) -> list[Block]:
    """The newest hints; a card holds fifty blocks at most."""
    shown = card.hints[-HINTS_SHOWN:]
    blocks = [titled(words.t("Hint from {name}", name=hint.name), hint.text) for hint in shown]
    if earlier := len(card.hints) - len(shown):
        told = words.n(
            "{count} earlier hint is not shown here.", "{count} earlier hints are not shown here.", earlier
        )
        blocks.append(note(told))
    return blocks


def _card_buttons(card: ExperimentCard, words: Words) -> list[InteractiveElement]:
    id_ = card.experiment.id
    if card.experiment.state is ExperimentState.DROPPED and card.mine:
        return [button(words.t("Take it up again"), CHANGE, id_)]
    if card.experiment.state is not ExperimentState.OPEN:
        return []
    discuss = [] if card.alone else [_discuss(card, words)]
    if card.mine:
        return [
            _tapped_first(card, words),
            button(words.t("Change"), CHANGE, id_),
            *discuss,
            _menu(card, words),
        ]
    evidence = button(words.t("Evidence"), EVIDENCE, id_)
    hint = [button(words.t("Add a hint"), HINT, id_, style="primary")] if card.may_hint else []
    return [*hint, *discuss, evidence]


def _tapped_first(card: ExperimentCard, words: Words) -> ButtonElement:
    """A quick one is closed by this tap; everything else is asked about."""
    if card.origin is not None and card.origin.quick:
        return button(words.t("Did it"), DID, card.experiment.id, style="primary")
    told = card.turns is not None and card.turns[1].complete
    return it_happened(card.experiment, words, told=told)


def it_happened(experiment: Experiment, words: Words, *, told: bool) -> ButtonElement:
    """What is tapped when the moment is there: before it where a coin decides, and else after it.

    Args:
        told: all occasions of a coin have come and have their numbers.
    """
    if takes_turns(experiment) and not told:
        return button(words.t("It comes up now"), COMES_UP, experiment.id, style="primary")
    return button(words.t("It happened"), HAPPENED, experiment.id, style="primary")


def _discuss(card: ExperimentCard, words: Words) -> InteractiveElement:
    if card.on_agenda:
        return button(words.t("Take off the agenda"), UNDISCUSS, card.experiment.id)
    return button(words.t("Discuss next time"), DISCUSS, card.experiment.id)


def _menu(card: ExperimentCard, words: Words) -> InteractiveElement:
    choices = [
        (words.t("Make it smaller"), SHRINK),
        (words.t("Move the date"), MOVE),
        (words.t("Let it go"), DROP),
        *([] if card.alone else [(words.t("Evidence"), EVIDENCE)]),
        (words.t("Preview as …"), PREVIEW),
    ]
    return overflow(MENU, [(text, f"{action_id}:{card.experiment.id}") for text, action_id in choices])


def _when_asked(card: ExperimentCard, words: Words) -> list[Block]:
    """When it is asked about, with the way to say before that it does not work."""
    if not card.mine:
        return []
    is_open = card.experiment.state is ExperimentState.OPEN
    early = say_button(card.experiment, words) if is_open else None
    return [section(_what_next(card, words), early)]


def _notes(card: ExperimentCard, words: Words) -> list[str]:
    lines = [setback_line(card.setback, card.owner, words, mine=card.mine)] if card.setback else []
    if card.experiment.state is ExperimentState.DROPPED and not card.mine:
        lines.append(words.t("Let go; that is always fine."))
    if card.begins_by is not None:
        first = words.t(
            "First its number is noted three times, as things are now. It begins then, or on {day} with what there is.",
            day=words.day(card.begins_by),
        )
        lines.append(first)
    if card.on_agenda:
        lines.append(words.t("On the agenda for your next talk."))
    if card.evidence:
        kept = words.n(
            "{count} piece of evidence kept with it.",
            "{count} pieces of evidence kept with it.",
            card.evidence,
        )
        lines.append(kept)
    lines.append(seen_by(card, words))
    return lines


def _what_next(card: ExperimentCard, words: Words) -> str:
    experiment = card.experiment
    if experiment.state is ExperimentState.DONE:
        return words.t("Done. What came of it stands in the result.")
    if experiment.state is ExperimentState.DROPPED:
        return words.t("Let go, and that is fine. You can take it up again.")
    return _asked_when(card, words.day(experiment.until), words)


def _asked_when(card: ExperimentCard, day: str, words: Words) -> str:
    experiment = card.experiment
    if card.origin is not None and card.origin.quick:
        return words.t("A quick one: “Did it” is all it asks for. I ask you on {day} how it went.", day=day)
    match experiment.ask_when:
        case AskWhen.MIDWAY:
            return words.t("I ask you half-way and on {day} how it went.", day=day)
        case AskWhen.EVENT if takes_turns(experiment):
            return words.t(
                "Tap “It comes up now” when it does, and I say which way this time; I ask you on {day} at the latest.",
                day=day,
            )
        case AskWhen.EVENT:
            return words.t("Tap “It happened” when it did; I ask you on {day} at the latest.", day=day)
    return words.t("I ask you on {day} how it went. Tap “It happened” if it did before.", day=day)


def seen_by(card: OfAPair, words: Words) -> str:
    """Who else reads this card, for whoever reads it."""
    if card.mine and not card.mentors:
        return or_whom_you_show(words)
    if card.mine:
        return words.t("Seen by: you and {mentor}.", mentor=words.names(card.mentors))
    return words.t("Seen by: {name} and you.", name=card.owner)
