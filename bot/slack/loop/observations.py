"""Observations: the form to say what one saw, its parser, and what each of the two reads."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.errors import NotOurs
from bot.domain.ids import MemberId, ObservationId, PairId
from bot.domain.observations import Observation, ObservationKind
from bot.domain.stored import EntryKind
from bot.domain.thanks import ThanksFor
from bot.slack.blocks import Message, actions, button, clip, header, note, section
from bot.slack.fields import NOTHING, FieldList, OneOf, Story, Typed
from bot.slack.forms import Values, field, form, select
from bot.slack.home.commands import run_button
from bot.slack.loop.next_steps import discuss_button, said_so_far, thanks_button
from bot.slack.payloads import id_in
from bot.slack.wording import (
    HEARD,
    SecondThoughts,
    changed_lines,
    person_thought,
    sent_message,
    submit_label,
    taken_back_message,
)
from bot.usecases.loop.observations import ObservationCard, ObservationForm, ObservationSent, Observe, Partner
from bot.words import Words

SEND = "observation.send"
CHANGE = "observation.change"
TAKE_BACK = "observation.take_back"
THANK = "observation.thank"
DISCUSS = "observation.discuss"
UNDISCUSS = "observation.undiscuss"
TO_TRY = "observation.try"
WHOM = "whom"
TITLE = 100  # of what was seen, in a line
PEOPLE_SHOWN = 100  # of the options of a select

FORM = FieldList(
    Observation,
    (
        Story("situation", lambda w: w.t("The situation"), card=lambda w: w.t("The situation")),
        Story(
            "behaviour",
            lambda w: w.t("What they did or said"),
            hint=lambda w: w.t("As a camera would have seen it."),
            card=lambda w: w.t("What was done or said"),
        ),
        Story("impact", lambda w: w.t("What it led to"), card=lambda w: w.t("What it led to")),
        OneOf(
            "kind",
            lambda w: w.t("What is it?"),
            ObservationKind,
            lambda w: [
                (w.t("A strength"), ObservationKind.STRENGTH),
                (w.t("Something to grow"), ObservationKind.GROWTH),
            ],
        ),
        Story("question", lambda w: w.t("A question"), card=lambda w: w.t("A question")),
    ),
    besides=("to_id", "changed_at", "taken_back_at"),
)


def observation_form(
    data: ObservationForm, words: Words, typed: Typed = NOTHING, *, thought: str = "", heard: bool = False
) -> View:
    """Two required fields: the situation, and what they did or said.

    Args:
        typed: what stands in it so far; without it what is changed.
        thought: the field whose words are about the person.
        heard: such a thought was told already.
    """
    changes = data.observation
    filled = typed or (FORM.draft(changes, words) if changes else {})
    told = heard or bool(thought)
    before = {"kind": _strength_first(data, words)} | person_thought(thought, words)
    return form(
        SEND,
        words.t("What you saw"),
        [
            *_whom(data, filled, words),
            *FORM.inputs({"kind": ObservationKind.STRENGTH, **filled}, words, before=before),
            note(_observation_seen_by(data, words)),
        ],
        submit=submit_label(words.t("Save") if changes else words.t("Send"), words, heard=told),
        close=words.t("Cancel"),
        metadata={
            "whom": _whose_value(data.partners[0]),
            "observation_id": changes.id if changes else None,
            HEARD: told,
        },
    )


def parse_observation(values: Values) -> Observe:
    """The form's fields, and whom they are about. Raises NotOurs."""
    pair, _, member = chosen_whom(values).partition(":")
    return Observe(PairId(id_in(pair)), MemberId(id_in(member)), FORM.read(values))


def chosen_whom(values: Values) -> str:
    """The pair and the member that are chosen in the form, or the only ones."""
    found = values.option(WHOM) or values.metadata["whom"]
    if not isinstance(found, str):
        raise NotOurs("whom")
    return found


def typed_observation(values: Values) -> dict[str, object]:
    """What stands in the form now."""
    return {**FORM.typed(values), WHOM: chosen_whom(values)}


def changed_observation(values: Values) -> ObservationId | None:
    """The observation that the form changes; None where it sends a new one."""
    found = values.metadata.get("observation_id")
    return ObservationId(found) if found else None


def observation_card(card: ObservationCard, words: Words) -> Message:
    """What a partner saw, as the one reads it whom it is about."""
    seen = card.observation
    if seen.taken_back_at is not None:
        return taken_back_message(
            words.t("{name} took back what they saw.", name=card.writer), _seen_by_both(card.writer, words)
        )
    title = (
        words.t("{name} saw a strength of yours", name=card.writer)
        if seen.kind is ObservationKind.STRENGTH
        else words.t("{name} saw where you could grow", name=card.writer)
    )
    lines = [
        *changed_lines(seen.changed_at, words),
        *said_so_far(card.thanked, words, on_agenda=card.on_agenda),
        _seen_by_both(card.writer, words),
    ]
    return Message(
        f"{title}: {clip(seen.behaviour, TITLE)}",
        [
            header(title),
            *FORM.stories(seen, words),
            actions(*_reader_buttons(card, words)),
            note("\n".join(lines)),
        ],
    )


def observation_sent(card: ObservationSent, words: Words) -> Message:
    """What I saw, as I keep it myself, with what became of it."""
    seen = card.observation
    told = [] if seen.taken_back_at else FORM.stories(seen, words)
    lines = [
        *changed_lines(seen.changed_at, words),
        *said_so_far(card.thanked, words, on_agenda=card.on_agenda),
        _seen_by_both(card.reader, words),
    ]
    return sent_message(
        words.t("You told {name} what you saw", name=card.reader),
        told,
        "\n".join(lines),
        SecondThoughts(CHANGE, TAKE_BACK, EntryKind.OBSERVATION, seen.id, card.until),
        words,
    )


def observe_button(user_id: str, words: Words) -> ButtonElement:
    """Opens the form about this person."""
    return run_button(words.t("Observe"), f"observe <@{user_id}>")


def _reader_buttons(card: ObservationCard, words: Words) -> Iterator[ButtonElement]:
    """At most three: there is room to ask about it once thanks were said, or where nothing is tried."""
    seen = card.observation
    thanks = thanks_button(card.thanked, THANK, ThanksFor.OBSERVATION, seen.id, words)
    if not (card.learns and card.thanked.mine):
        yield from thanks
    yield discuss_button(DISCUSS, UNDISCUSS, seen.id, words, there=card.on_agenda)
    if card.learns:
        yield button(words.t("Make it a try"), TO_TRY, seen.id)
    if card.learns and card.thanked.mine:
        yield run_button(words.t("Ask about it"), f"ask {seen.situation}")


def _strength_first(data: ObservationForm, words: Words) -> list[Block]:
    if not data.strength_missing:
        return []
    return [section(words.t("Is there something that worked to say first?"))]


def _whom(data: ObservationForm, filled: Typed, words: Words) -> list[Block]:
    """Whom it is about, where there is a choice."""
    if len(data.partners) == 1:
        return []
    options = [(one.member.name, _whose_value(one)) for one in data.partners[:PEOPLE_SHOWN]]
    chosen = str(filled.get(WHOM) or options[0][1])
    return [field(WHOM, words.t("Whom did you see?"), select(options, chosen))]


def _whose_value(partner: Partner) -> str:
    return f"{partner.pair_id}:{partner.member.id}"


def _observation_seen_by(data: ObservationForm, words: Words) -> str:
    if len(data.partners) > 1:
        return words.t("Seen by: the one you choose and you.")
    return words.t("Seen by: {name} and you.", name=data.partners[0].member.name)


def _seen_by_both(name: str, words: Words) -> str:
    return words.t("Seen by: {name} and you.", name=name)
