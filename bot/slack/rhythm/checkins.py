"""The check-in: its form and the small one behind *Later*, the parsers of both, and their ids."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block, InteractiveElement
from slack_sdk.models.views import View

from bot.domain.cadence import to_local
from bot.domain.checkins import CheckIn, Commitment, Fate, Later, fate_of
from bot.domain.errors import ChoiceMissing, NotOurs
from bot.domain.ids import CommitmentId, IndicatorId, OccurrenceId, PairId
from bot.domain.shown import begun
from bot.slack.blocks import actions, button, note, overflow, section
from bot.slack.fields import NOTHING, Day, FieldList, Line, OneOf, Story, Time
from bot.slack.forms import Values, field, form, panel, radio
from bot.slack.loop.readings import number_field
from bot.slack.payloads import chosen_in, id_in
from bot.slack.privacy import programme_in_short
from bot.slack.rhythm.checkins_two_ways import ways_label
from bot.usecases.rhythm.checkin_later import LaterForm, PutOff
from bot.usecases.rhythm.checkins import LEVELS, AnswerCheckIn, CheckInForm
from bot.words import Words

ANSWER = "checkin.answer"
NOTHING_NEW = "checkin.nothing_new"
LATER = "checkin.later"
SEND = "checkin.send"
PUT_OFF = "checkin.put_off"
HOUR = "checkin.hour"
TOMORROW = "checkin.tomorrow"
MENU = "checkin.menu"
DISCUSS = "checkin.discuss"
UNDISCUSS = "checkin.undiscuss"

AT_ONCE = {HOUR: Later.HOUR, TOMORROW: Later.TOMORROW}  # what a button of its own does, without the form

FATE = "fate:"
NUMBER = "number"

# The pack's question takes the place of what was hard, and says itself what it asks.
FORM = FieldList(
    CheckIn,
    (
        Story("went_well", lambda w: w.t("What went well?"), card=lambda w: w.t("Went well")),
        Story("was_hard", lambda w: w.t("What was hard?"), card=lambda w: w.t("Was hard")),
        Story("question_answer", lambda _: "…"),
        Line(
            "next_step",
            lambda w: w.t("One next step"),
            hint=lambda w: w.t("It stays on your list until you say that it is done."),
            card=lambda w: w.t("Next step"),
        ),
    ),
    besides=("occurrence_id", "source", "question"),
)
PUTTING_OFF = FieldList(
    PutOff,
    (
        OneOf(
            "later",
            lambda w: w.t("Or:"),
            Later,
            lambda w: [
                (w.t("On the day and at the time below"), Later.PICK),
                (w.t("Skip this one"), Later.SKIP),
            ],
            elsewhere=AT_ONCE.values(),
        ),
        Day("day", lambda w: w.t("A day of your own")),
        Time("at", lambda w: w.t("A time of your own")),
        Line("reason", lambda w: w.t("If you skip it: why?")),
    ),
    besides=("occurrence_id",),
)


def check_in_form(data: CheckInForm, words: Words) -> View:
    """The form of a check-in: nothing in it is required, and sent empty it says that nothing is new."""
    return form(
        SEND,
        words.t("Check-in"),
        [
            section(
                words.t(
                    "For {day}. Two minutes; leave out what you like.", day=words.day(data.occurrence.day)
                )
            ),
            *(_commitment(commitment, words) for commitment in data.commitments),
            *([note(_not_listed(data.more, words))] if data.more else []),
            *_questions(data, words),
            note(_seen_by(data, words)),
        ],
        submit=words.t("Send"),
        close=words.t("Cancel"),
        metadata={
            "occurrence_id": data.occurrence.id,
            "pair_id": data.occurrence.pair_id,
            "question": data.ways or (data.question.id if data.question else ""),
            "indicator_id": data.number.indicator.id if data.number else None,
        },
    )


def parse_check_in(values: Values, locale: str = "") -> AnswerCheckIn:
    """The form's fields; ChoiceMissing for a choice that is none, NumberNotUnderstood for a number in words."""
    indicator, pair = values.metadata.get("indicator_id"), values.metadata.get("pair_id")
    listed = [name for name in values.shown if name.startswith(FATE)]
    fates = {CommitmentId(id_in(id_.removeprefix(FATE))): values.choice(id_, Fate) for id_ in listed}
    question = str(values.metadata["question"])
    return AnswerCheckIn(
        occurrence_id=OccurrenceId(values.metadata["occurrence_id"]),
        shown=FORM.read(values) | ({"question": question} if question else {}),
        energy=_level(values.option("energy")),
        fates={commitment: fate for commitment, fate in fates.items() if fate is not None},
        indicator_id=IndicatorId(indicator) if indicator else None,
        number=values.number(NUMBER, locale) if indicator else None,
        pair_id=PairId(pair) if pair else None,
    )


def later_form(data: LaterForm, words: Words) -> View:
    """The form behind *Later*: the common choices are one tap each, the others stand below."""
    id_ = data.occurrence.id
    tomorrow = words.t("Tomorrow: {moment}", moment=words.moment(data.tomorrow))
    local = to_local(data.tomorrow, words.tz)
    draft = {"later": Later.PICK, "day": local.date(), "at": local.time()}
    return form(
        PUT_OFF,
        words.t("Later"),
        [
            section(words.t("When shall I ask again?")),
            actions(
                button(words.t("In an hour"), HOUR, id_, style="primary"), button(tomorrow, TOMORROW, id_)
            ),
            *PUTTING_OFF.inputs(draft, words),
            note(_skipping(data, words)),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"occurrence_id": id_},
    )


def later_menu(occurrence: OccurrenceId, words: Words) -> InteractiveElement:
    """Beside *Later*: the common choices of its form, without the form."""
    choices = [(words.t("In an hour"), HOUR), (words.t("Tomorrow"), TOMORROW)]
    return overflow(MENU, [(text, f"{action_id}:{occurrence}") for text, action_id in choices])


def parse_later_menu(action: Mapping[str, Any]) -> tuple[OccurrenceId, Later]:
    """What was chosen in the menu. Raises NotOurs for what it never offers."""
    action_id, _, occurrence = chosen_in(action).rpartition(":")
    if action_id not in AT_ONCE:
        raise NotOurs("menu")
    return OccurrenceId(id_in(occurrence)), AT_ONCE[action_id]


def put_off_panel(later: Later, words: Words) -> View:
    """What the form turns into after one tap."""
    again = words.t("I ask again in an hour.") if later is Later.HOUR else words.t("I ask again tomorrow.")
    text = words.t("{again} You can answer at any time before.", again=again)
    return panel(words.t("Later"), [section(text)], close=words.t("Close"))


def parse_later(values: Values) -> PutOff:
    """The form's fields; ChoiceMissing if nothing is chosen."""
    return begun(
        PutOff, PUTTING_OFF.read(values), occurrence_id=OccurrenceId(values.metadata["occurrence_id"])
    )


def _skipping(data: LaterForm, words: Words) -> str:
    mentor = words.names(data.mentors)
    told = words.t("Skipping is fine. {mentor} reads about it only if you say why.", mentor=mentor)
    return f"{told} {programme_in_short(words)}"


def _commitment(commitment: Commitment, words: Words) -> Block:
    choices = [
        (words.t("Done"), Fate.DONE),
        (words.t("Continue"), Fate.CONTINUE),
        (words.t("Drop"), Fate.DROP),
    ]
    label = words.t("Your step: {text}", text=commitment.text)
    return field(f"{FATE}{commitment.id}", label, radio(choices, fate_of(commitment)))


def _questions(data: CheckInForm, words: Words) -> list[Block]:
    draft = FORM.draft(data.check_in, words) if data.check_in else NOTHING
    energy = words.t("Your energy (only you see this)")
    question = _asked_instead(data, words)
    asked = FORM.saying("question_answer", label=lambda _: question)
    middle = "question_answer" if question else "was_hard"
    number = {"next_step": [number_field(NUMBER, data.number, words)]} if data.number else {}
    return [
        *asked.inputs(draft, words, only=("went_well", middle, "next_step"), before=number),
        field("energy", energy, radio(_levels(words), str(data.energy) if data.energy else None)),
    ]


def _asked_instead(data: CheckInForm, words: Words) -> str:
    if data.ways:
        return ways_label(data.ways, data.mentors, words)
    return data.question.text if data.question else ""


def _levels(words: Words) -> list[tuple[str, str]]:
    ends = {LEVELS[0]: words.t("1, empty"), LEVELS[-1]: words.t("5, full of energy")}
    return [(ends.get(level, words.number(level)), str(level)) for level in LEVELS]


def _level(chosen: str) -> int | None:
    if chosen and chosen not in {str(level) for level in LEVELS}:
        raise ChoiceMissing(field="energy")
    return int(chosen) if chosen else None


def _not_listed(count: int, words: Words) -> str:
    return words.n(
        "One newer step is not listed here; it comes when others are closed.",
        "{count} newer steps are not listed here; they come when others are closed.",
        count,
    )


def _seen_by(data: CheckInForm, words: Words) -> str:
    seen_by = words.t(
        "Seen by: you and {mentor}; your energy by you alone.", mentor=words.names(data.mentors)
    )
    return f"{seen_by} {programme_in_short(words)}"
