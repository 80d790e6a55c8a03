"""Results: the question whether it happened, the form and its parser."""

from collections.abc import Sequence
from decimal import Decimal

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.experiments import Experiment
from bot.domain.ids import ExperimentId, IndicatorId
from bot.domain.indicators import NumberKind
from bot.domain.numbers import number_text
from bot.domain.results import (
    Adherence,
    HowOften,
    MayReuse,
    NextStep,
    ObstacleMet,
    OtherChange,
    Result,
    Without,
)
from bot.slack.blocks import Message, actions, button, note, section
from bot.slack.fields import FieldList, OneOf, SomeOf, Story
from bot.slack.forms import Values, field, form, text_box
from bot.slack.home.commands import run_button
from bot.slack.loop.experiments import MOVE, SHRINK, promised
from bot.slack.payloads import id_in
from bot.slack.privacy import seen_by_you_and
from bot.usecases.loop.results import Change, ResultForm, ResultQuestion, TellResult
from bot.words import Words

SHORTCUT = "result.shortcut"
HAPPENED = "result.happened"
DID = "result.did"
PARTLY = "result.partly"
DIDNT = "result.didnt"
LET_GO = "result.let_go"
TELL = "result.tell"
MORE = "result.more"
CHANGE = "result.change"
READING = "reading_"
NUMBER_LIMIT = 40
ASKED_AT_ONCE = 8

FORM = FieldList(
    Result,
    (
        Story("what_happened", lambda w: w.t("What happened?"), card=lambda w: w.t("What happened")),
        OneOf(
            "next_step",
            lambda w: w.t("What next?"),
            NextStep,
            lambda w: [
                (w.t("Keep it"), NextStep.ADOPT),
                (w.t("Change it"), NextStep.ADAPT),
                (w.t("Let it go"), NextStep.DROP),
                (w.t("Try another way"), NextStep.REFRAME),
            ],
            required=True,
            card=lambda w: w.t("What next?"),
            says=lambda w: [
                (w.t("keep it"), NextStep.ADOPT),
                (w.t("change it"), NextStep.ADAPT),
                (w.t("let it go"), NextStep.DROP),
                (w.t("try another way"), NextStep.REFRAME),
            ],
        ),
        Story("why", lambda w: w.t("Why do you think so?"), more=True, card=lambda w: w.t("Why")),
        SomeOf(
            "other_changes",
            lambda w: w.t("What else changed?"),
            OtherChange,
            lambda w: [
                (w.t("The timing"), OtherChange.TIMING),
                (w.t("The surroundings"), OtherChange.ENVIRONMENT),
                (w.t("Other people"), OtherChange.PEOPLE),
                (w.t("The workload"), OtherChange.WORKLOAD),
                (w.t("Nothing I know of"), OtherChange.NOTHING),
            ],
            more=True,
            card=lambda w: w.t("What else changed"),
            says=lambda w: [
                (w.t("the timing"), OtherChange.TIMING),
                (w.t("the surroundings"), OtherChange.ENVIRONMENT),
                (w.t("other people"), OtherChange.PEOPLE),
                (w.t("the workload"), OtherChange.WORKLOAD),
                (w.t("nothing known"), OtherChange.NOTHING),
            ],
        ),
        OneOf(
            "how_often",
            lambda w: w.t("How often did you do it?"),
            HowOften,
            lambda w: [
                (w.t("Once"), HowOften.ONCE),
                (w.t("A few times"), HowOften.FEW),
                (w.t("Many times"), HowOften.MANY),
            ],
            more=True,
        ),
        OneOf(
            "without",
            lambda w: w.t("Did it also go well without it?"),
            Without,
            lambda w: [
                (w.t("Yes, it went well without it too"), Without.WENT_WELL),
                (w.t("No, it went worse without it"), Without.WENT_WORSE),
                (w.t("I don't know"), Without.UNKNOWN),
            ],
            more=True,
        ),
        OneOf(
            "obstacle_met",
            lambda w: w.t("Did it get in the way?"),
            ObstacleMet,
            lambda w: [
                (w.t("Yes, plan B helped"), ObstacleMet.HELPED),
                (w.t("Yes, and it stopped me"), ObstacleMet.STOPPED),
                (w.t("No"), ObstacleMet.NO),
            ],
            more=True,
            card=lambda w: w.t("Did it get in the way?"),
            says=lambda w: [
                (w.t("yes, and plan B helped"), ObstacleMet.HELPED),
                (w.t("yes, and it stopped the try"), ObstacleMet.STOPPED),
                (w.t("no"), ObstacleMet.NO),
            ],
        ),
        OneOf(
            "may_reuse",
            lambda w: w.t("May others meet this without names?"),
            MayReuse,
            lambda w: [
                (w.t("No"), MayReuse.NO),
                (w.t("Yes, what I tried"), MayReuse.YES),
                (w.t("Yes, and what could get in the way"), MayReuse.WITH_OBSTACLE),
            ],
            more=True,
            hint=lambda w: w.t(
                "Never what happened, and only among words that several people of several pairs used. Take it back "
                "here at any time: from the next day on nobody meets your words."
            ),
        ),
    ),
    besides=("experiment_id", "adherence", "told_at", "grade", "stick_on", "stuck"),
)


def result_question(question: ResultQuestion, words: Words) -> Message:
    """The question “did it happen?”, with one tap that is saved at once; once a result is told, what was told."""
    experiment, result = question.experiment, question.result
    asked = words.t("You wanted to try this. Did it happen?")
    text, told = f"{asked} {experiment.behaviour}", [section(asked), promised(experiment, words)]
    if result is not None and result.told_at is not None:
        return Message(text, [*told, note(words.t("Told. Thank you; the card has it."))])
    blocks: list[Block] = [
        *told,
        happened_buttons(experiment.id, words, style="primary"),
    ]
    if result is not None:
        blocks.append(
            note(
                words.t(
                    "Noted: {answer}. You can still change it.", answer=adherence(result.adherence, words)
                )
            )
        )
    else:
        blocks.append(note(_no_is_fine(experiment, words)))
    return Message(text, blocks)


def _no_is_fine(experiment: Experiment, words: Words) -> str:
    """What may always be said; the day is spoken of once it is there, and not to whoever came before it."""
    if words.now is not None and words.today(words.now) < experiment.until:
        return words.t("“Didn't” is an answer too.")
    return words.t("You set this day when you promised it. “Didn't” is an answer too.")


def happened_buttons(experiment: ExperimentId, words: Words, *, style: str | None = None) -> Block:
    """The tap that is saved at once; in a message that asks for something else first it leads with no style."""
    return actions(
        button(words.t("Did it"), DID, experiment, style=style),
        button(words.t("Partly"), PARTLY, experiment),
        button(words.t("Didn't"), DIDNT, experiment),
    )


def questions_message(questions: Sequence[ResultQuestion], words: Words) -> Message:
    """The question for each open experiment, or what to do when none is open."""
    if not questions:
        text = words.t("Nothing is open right now. Type /loop try to promise something small.")
        something = run_button(words.t("Try something"), "try", style="primary")
        return Message(text, [section(text), actions(something)])
    first = sorted(questions, key=lambda question: question.experiment.until)[:ASKED_AT_ONCE]
    messages = [result_question(question, words) for question in first]
    blocks = [block for message in messages for block in message.blocks]
    if rest := len(questions) - len(first):
        blocks.append(note(words.n("{count} more after these.", "{count} more after these.", rest)))
    return Message(messages[0].text, blocks)


def didnt_message(result: Result, words: Words) -> Message:
    """No typing, no penalty: shrink it, move it, or let it go."""
    text = words.t("Fine. Shrink it, move it, or let it go?")
    buttons = actions(
        button(words.t("Shrink it"), SHRINK, result.experiment_id, style="primary"),
        button(words.t("Move it"), MOVE, result.experiment_id),
        button(words.t("Let it go"), LET_GO, result.experiment_id),
    )
    return Message(text, [section(text), buttons])


def told_message(experiment: ExperimentId, words: Words) -> Message:
    """For a tap on an old question: it was told already, and can still be changed."""
    text = words.t("You told this one already. If it turned out differently, change what you told.")
    return Message(text, [section(text), actions(button(words.t("Change what I told"), CHANGE, experiment))])


def done_message(experiment: ExperimentId, words: Words) -> Message:
    """For a quick one: told with a tap; whoever likes says more."""
    text = words.t("Noted: you did it. That is all; if you like, tell what happened.")
    return Message(text, [section(text), actions(button(words.t("Tell what happened"), CHANGE, experiment))])


def let_go_message(words: Words) -> Message:
    text = words.t(
        "Let go. What you learned about it stays in your record; type /loop try when something new calls."
    )
    return Message(text, [section(text)])


def result_form(data: ResultForm, words: Words, *, more: bool = False) -> View:
    """The form behind the tap: two required fields, two minutes. `more` adds why, what else, how often."""
    draft = FORM.draft(data.result, words)
    more = more or FORM.has_more(draft)
    readings = [_reading_field(change, words) for change in data.changes]
    return form(
        TELL,
        words.t("How did it go?"),
        [
            promised(data.experiment, words),
            *FORM.inputs(draft, words, more=more, only=_asked_of(data), before={"next_step": readings}),
            *([] if more else [actions(button(words.t("More"), MORE, data.experiment.id))]),
            note(seen_by_you_and(data.mentors, words)),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"experiment_id": data.experiment.id},
    )


def parse_result(values: Values, locale: str) -> TellResult:
    """The form's fields; NumberNotUnderstood or ChoiceMissing for the field at fault."""
    return TellResult(
        experiment_id=ExperimentId(values.metadata["experiment_id"]),
        shown=FORM.read(values, locale),
        readings={
            IndicatorId(id_in(block_id.removeprefix(READING))): value
            for block_id in values.blocks(READING)
            if (value := values.number(block_id, locale)) is not None
        },
    )


def adherence(chosen: Adherence, words: Words) -> str:
    """Whether it was done, in words."""
    match chosen:
        case Adherence.DID:
            return words.t("did it")
        case Adherence.PARTLY:
            return words.t("did it partly")
        case Adherence.DIDNT:
            return words.t("didn't this time")


def reading_text(change: Change, words: Words) -> str:
    """What one sign shows, in words: from its start to today, or all that was noted of it."""
    start, now = change.indicator.baseline, change.now
    unit = f" {change.indicator.unit}" if change.indicator.unit else ""
    if start is None or now is None:
        known = now if now is not None else start
        return words.t("no number yet") if known is None else f"{words.number(known)}{unit}"
    return words.t("from {start} to {now}{unit}", start=words.number(start), now=words.number(now), unit=unit)


def _asked_of(data: ResultForm) -> list[str]:
    """The fields of the form; whether it got in the way is asked where something was named that could.

    What somebody does for themselves nobody else meets.
    """
    left = {"obstacle_met": not data.experiment.obstacle, "may_reuse": data.alone}
    return [one.name for one in FORM.fields if not left.get(one.name)]


def _preset(change: Change) -> Decimal | None:
    """What was told already, else the last number that was noted; a count of another day is not one of today."""
    if change.now is not None or change.read is None or not change.is_told:
        return change.now
    return None if change.indicator.kind is NumberKind.COUNT else change.read.last


def _reading_field(change: Change, words: Words) -> Block:
    indicator = change.indicator
    label = words.t("{sign} today", sign=indicator.name)
    start = indicator.baseline
    unit = f" {indicator.unit}" if indicator.unit else ""
    hint = (
        words.t("It started at {start}{unit}.", start=words.number(start), unit=unit)
        if start is not None
        else ""
    )
    now = _preset(change)
    initial = "" if now is None else number_text(now, words.locale)
    return field(f"{READING}{indicator.id}", label, text_box(initial=initial, limit=NUMBER_LIMIT), hint=hint)
