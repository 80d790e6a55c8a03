"""What people in a pair agree on about how they work: its form, and the card on which the others say yes."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.charters import (
    Charter,
    CharterState,
    FeedbackManner,
    FeedbackMoment,
    FeedbackTone,
    FeedbackWish,
)
from bot.domain.ids import CharterId, PairId
from bot.slack.blocks import Message, actions, button, divider, header, note, section
from bot.slack.fields import FarDay, FieldList, Line, OneOf, Story
from bot.slack.forms import Values, form
from bot.slack.payloads import id_in
from bot.usecases.people.memberships import PairChoice
from bot.usecases.programme.charters import CharterCard, CharterForm, ProposeCharter
from bot.words import Words

OPEN = "charter.open"
RENEW = "charter.renew"
CHANGE = "charter.change"
PROPOSE = "charter.propose"
AGREE = "charter.agree"

FORM = FieldList(
    Charter,
    (
        Line(
            "often",
            lambda w: w.t("How often and how long do we talk?"),
            hint=lambda w: w.t("Such as: every second Tuesday, 30 minutes."),
            card=lambda w: w.t("We talk"),
        ),
        Story(
            "expects",
            lambda w: w.t("What do we expect of each other?"),
            card=lambda w: w.t("We expect of each other"),
        ),
        Line(
            "missed",
            lambda w: w.t("If one of us cannot keep a promise, we …"),
            card=lambda w: w.t("If one of us cannot keep a promise, we …"),
        ),
        Story(
            "stays_between", lambda w: w.t("What stays between us?"), card=lambda w: w.t("Between us stays")
        ),
        FarDay(
            "ends_on",
            lambda w: w.t("Until which day?"),
            hint=lambda w: w.t("Nothing ends by itself: two weeks before, I ask whether to renew."),
            card=lambda w: w.t("Until"),
        ),
    ),
    besides=("said_yes", "state", "agreed_at"),
)
WISH = FieldList(
    FeedbackWish,
    (
        OneOf(
            "moment",
            lambda w: w.t("I like feedback …"),
            FeedbackMoment,
            lambda w: [
                (w.t("at once"), FeedbackMoment.AT_ONCE),
                (w.t("in the talk"), FeedbackMoment.IN_TALK),
            ],
        ),
        OneOf(
            "tone",
            lambda w: w.t("and rather …"),
            FeedbackTone,
            lambda w: [(w.t("direct"), FeedbackTone.DIRECT), (w.t("gently"), FeedbackTone.GENTLE)],
        ),
        OneOf(
            "manner",
            lambda w: w.t("and best …"),
            FeedbackManner,
            lambda w: [
                (w.t("written"), FeedbackManner.WRITTEN),
                (w.t("spoken"), FeedbackManner.SPOKEN),
            ],
        ),
    ),
)


def charter_button(pair: PairId, words: Words) -> ButtonElement:
    """The way to what stands, or to a first one."""
    return button(words.t("Agree on how you work"), OPEN, pair)


def charter_form(data: CharterForm, words: Words) -> View:
    """One line is needed; how each likes feedback is theirs alone to say."""
    promise = {"missed": words.t("say so before, and pick a new day")}
    draft = FORM.draft(data.standing, words) if data.standing else promise
    wish = WISH.draft(data.wish, words) if data.wish else {}
    names = words.names(data.partners)
    holds = words.t(
        "It holds once {names} has said yes to these words; until then nothing changes.", names=names
    )
    own = words.t("How you like feedback yourself. It holds at once; {names} says theirs.", names=names)
    sees = words.t(
        "Seen by: you and {names}. The programme sees whether you have agreed, and none of these words.",
        names=names,
    )
    return form(
        PROPOSE,
        words.t("How we work together"),
        [
            section(holds),
            *FORM.inputs({**draft, "ends_on": data.ends_on}, words),
            divider(),
            section(own),
            *WISH.inputs(wish, words),
            note(sees),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"pair_id": data.pair_id, "charter_id": data.standing.id if data.standing else None},
    )


def parse_charter(values: Values) -> ProposeCharter:
    """Raises InvalidInput."""
    read = values.metadata["charter_id"]
    return ProposeCharter(
        PairId(id_in(values.metadata["pair_id"])),
        CharterId(read) if read else None,
        FORM.read(values),
        WISH.read(values),
    )


def charter_card(card: CharterCard, words: Words) -> Message:
    """The words, how each likes feedback, and what one can do; an older edition says that it is one."""
    if not card.charter.stands:
        text = _became_of_it(card, words)
        ways = [actions(button(words.t("See what stands"), OPEN, card.charter.pair_id))] if card.newer else []
        return Message(text, [section(text), *ways])
    title = _title(card, words)
    blocks: list[Block] = [
        header(title),
        *FORM.blocks(replace(card.charter, ends_on=card.ends_on), words),
        *_likes(card, words),
        actions(*_buttons(card, words)),
        note("\n".join(_what_holds(card, words))),
    ]
    return Message(title, blocks)


def which_charter(pairs: Sequence[PairChoice], words: Words) -> Message:
    """A button for each pair that may be meant."""
    text = words.t("With whom?")
    rows = [section(words.names(one.names), button(words.t("Open"), OPEN, one.pair_id)) for one in pairs]
    return Message(text, [section(text), *rows])


def likes_text(wish: FeedbackWish | None, name: str, words: Words) -> str:
    """One line of how somebody likes feedback, for whoever is about to give some; "" where they said nothing."""
    said = WISH.texts(wish, words) if wish else []
    return words.t("{name} likes feedback {how}.", name=name, how=words.names(said)) if said else ""


def _title(card: CharterCard, words: Words) -> str:
    names = words.names(card.partners)
    if card.charter.state is CharterState.AGREED:
        return words.t("How you and {names} work together", names=names)
    if card.mine:
        return words.t("You proposed how you work together")
    return words.t("{name} proposes how you work together", name=card.writer)


def _became_of_it(card: CharterCard, words: Words) -> str:
    if card.charter.state is CharterState.REPLACED:
        return words.t("Newer words about how you work together took the place of these.")
    return words.t("Your pair has ended, and this with it.")


def _likes(card: CharterCard, words: Words) -> list[Block]:
    lines = [
        likes_text(wish, name, words)
        if name
        else words.t("You like feedback {how}.", how=words.names(WISH.texts(wish, words)))
        for name, wish in card.wishes
        if wish.says_something
    ]
    return [section("\n".join(lines))] if lines else []


def _buttons(card: CharterCard, words: Words) -> list[ButtonElement]:
    yes = button(words.t("Yes, that suits me"), AGREE, card.charter.id, style="primary")
    return [*([yes] if card.asked else []), button(words.t("Change it"), CHANGE, card.charter.pair_id)]


def _what_holds(card: CharterCard, words: Words) -> list[str]:
    seen = words.t("Seen by: {name} and you.", name=words.names(card.partners))
    if card.charter.state is CharterState.AGREED:
        newer = [words.t("Newer words wait for a yes; until then these hold.")] if card.newer else []
        return [*newer, words.t("Agreed. A change holds once everybody has said yes to it."), seen]
    waits = words.names(card.waited_for)
    lines = [words.t("It holds once {names} has said yes.", names=waits)] if waits else []
    return [*lines, words.t("Until everybody has said yes, nothing changes. No hurry."), seen]
