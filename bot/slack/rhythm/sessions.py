"""After a talk: the form, its parser, and the card for both."""

from slack_sdk.models.blocks import Block, InteractiveElement
from slack_sdk.models.views import View

from bot.domain.sessions import Session
from bot.domain.stored import EntryKind
from bot.domain.thanks import ThanksFor
from bot.slack.blocks import Message, actions, and_more, button, clip, header, note, section, titled
from bot.slack.fields import NOTHING, Day, FieldList, Line, Story
from bot.slack.forms import Values, form
from bot.slack.loop.experiments import experiment_form, first_draft
from bot.slack.loop.next_steps import said_so_far, thanks_button
from bot.slack.privacy import preview_menu
from bot.slack.programme.pairs import chosen_pair, pair_field
from bot.slack.rhythm.talks import plan_button
from bot.usecases.loop.experiments import ExperimentForm
from bot.usecases.rhythm.sessions import SessionCard, TalkedForm, TellSession
from bot.words import Words

TELL = "session.tell"
TRY = "session.try"
THANK = "session.thank"
GO_ON = "session.go_on"
RATHER = "session.rather"
LINE_SHOWN, LISTED = 150, 10

FORM = FieldList(
    Session,
    (
        Story("takeaway", lambda w: w.t("What do you take away?")),
        Line(
            "next_try",
            lambda w: w.t("What will be tried next?"),
            hint=lambda w: w.t("In a line. When and until when is asked in a moment."),
            card=lambda w: w.t("To try next"),
        ),
        Day("next_date", lambda w: w.t("When do you talk next?"), card=lambda w: w.t("Next time")),
    ),
)


def talked_form(data: TalkedForm, words: Words) -> View:
    """What do you take away? The rest is optional."""
    first = data.pairs[0]
    several = len(data.pairs) > 1
    seen_by = words.t("the one you talked with") if several else words.names(first.names)
    return form(
        TELL,
        words.t("After a talk"),
        [
            *pair_field(words.t("With whom?"), data.pairs, first.pair_id, words),
            *_agenda(data.agenda, words),
            *FORM.inputs(NOTHING, words),
            note(
                words.t("Seen by: you and {name}. It counts as this round's check-in for both.", name=seen_by)
            ),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"pair_id": first.pair_id},
    )


def parse_session(values: Values) -> TellSession:
    return TellSession(chosen_pair(values), FORM.read(values))


def try_after_talk(session: Session, data: ExperimentForm, words: Words) -> View:
    """The form of a try, with the line that was named in the talk."""
    given = {"behaviour": session.next_try} if session.next_try else {}
    return experiment_form(data, words, first_draft(data, words, **given))


def session_card(card: SessionCard, words: Words) -> Message:
    """What was taken away, with the way to the next try."""
    title = words.t("You talked") if card.mine else words.t("{name} told about your talk", name=card.teller)
    blocks: list[Block] = [header(title), section(card.session.takeaway)]
    if card.session.next_date is not None:
        blocks.append(section(words.t("Next talk: {day}", day=words.day(card.session.next_date))))
    blocks += FORM.saying("next_date", card=None).blocks(card.session, words)
    if buttons := _next_buttons(card, words):
        blocks.append(actions(*buttons))
    blocks += _going_on(card, words)
    done = words.t("This round is done for both of you. Seen by: you two.")
    said = "\n".join([*said_so_far(card.thanked, words), done])
    return Message(f"{title}: {card.session.takeaway}", [*blocks, note(said)])


def _next_buttons(card: SessionCard, words: Words) -> list[InteractiveElement]:
    named = card.session.next_try
    text = words.t("Make it something to try") if named else words.t("Try something")
    new = [button(text, TRY, card.session.id, style="primary")] if card.learns else []
    preview = [preview_menu(EntryKind.SESSION, card.session.id, words)] if card.mine else []
    thanks = thanks_button(card.thanked, THANK, ThanksFor.SESSION, card.session.id, words)
    return [*new, *thanks, plan_button(words), *preview]


def _going_on(card: SessionCard, words: Words) -> list[Block]:
    """Asked of each alone; what they say changes nothing on the card of the other."""
    if not card.goes_on:
        return []
    asked = words.t(
        "That was your first talk. Go on together? Each of you is asked alone, and {partner} never learns what you "
        "say. If you would rather have somebody else, no reason is needed.",
        partner=words.names(card.partners),
    )
    yes = button(words.t("Yes"), GO_ON, card.session.id)
    return [
        section(asked),
        actions(yes, button(words.t("Rather somebody else"), RATHER, card.session.pair_id)),
    ]


def _agenda(agenda: tuple[str, ...], words: Words) -> list[Block]:
    if not agenda:
        return []
    lines = [f"• {clip(line, LINE_SHOWN)}" for line in agenda[:LISTED]]
    lines += and_more(len(agenda) - LISTED, words)
    return [titled(words.t("On your agenda:"), "\n".join(lines))]
