"""A cohort's questions: the list that its lead keeps, and the form of one."""

from dataclasses import dataclass

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.goals_guidance import GuidanceStage
from bot.domain.ids import MemberId
from bot.domain.packs import AskedIn, AskedOf, Learner
from bot.domain.questions import FEWEST, CohortQuestion, Draw, Listed, QuestionLanguage
from bot.slack.blocks import actions, button, confirm, header, note, section
from bot.slack.fields import NOTHING, FieldList, OneOf, Story
from bot.slack.forms import Values, form, panel
from bot.slack.loop.goals_guidance import stage_text
from bot.slack.paging import turning_buttons
from bot.slack.payloads import id_in
from bot.usecases.rhythm.questions import CohortQuestions, KeepQuestion, QuestionForm
from bot.words import Words

OPEN = "question.open"
PAGE = "question.page"
EARLIER = "question.earlier"
NEW = "question.new"
SAVE = "question.save"
CHANGE = "question.change"
DROP = "question.drop"
OFF = "question.off"
ON = "question.on"

SHOWN = 20  # questions on a page: one of the cohort's own takes two of a hundred blocks

FORM = FieldList(
    CohortQuestion,
    (
        Story(
            "text",
            lambda w: w.t("What do you want to ask?"),
            hint=lambda w: w.t("One question, as short as it can be."),
        ),
        OneOf(
            "asked_in",
            lambda w: w.t("Where is it asked?"),
            AskedIn,
            lambda w: [
                (w.t("In the check-in"), AskedIn.CHECK_IN),
                (w.t("In the brief of whoever mentors, before a talk"), AskedIn.BRIEF),
            ],
        ),
        OneOf(
            "asked_of",
            lambda w: w.t("Who is asked in the check-in?"),
            AskedOf,
            lambda w: [
                (w.t("Everybody who learns"), AskedOf.EVERYBODY),
                (w.t("Mentees"), AskedOf.MENTEE),
                (w.t("Peers"), AskedOf.PEER),
            ],
        ),
        OneOf(
            "language",
            lambda w: w.t("Who is asked, by language?"),
            QuestionLanguage,
            lambda w: [
                (w.t("Everybody, in these words"), QuestionLanguage.EVERYBODY),
                (w.t("Whoever reads English"), QuestionLanguage.ENGLISH),
                (w.t("Whoever reads German"), QuestionLanguage.GERMAN),
            ],
        ),
    ),
    besides=("cohort_id", "state", "of_pack", "place"),
)


@dataclass(frozen=True)
class OnList:
    """What a button of the list carries: the cohort, the page's first number, and a question's key or ""."""

    cohort_id: int
    start: int
    key: str = ""

    def __str__(self) -> str:
        return f"{self.cohort_id}:{self.start}:{self.key}"


def parse_on_list(value: str) -> OnList:
    """Raises NotOurs."""
    cohort, _, rest = value.partition(":")
    start, _, key = rest.partition(":")
    return OnList(id_in(cohort), id_in(start), key)


def questions_view(data: CohortQuestions, me: MemberId, words: Words, start: int = 0) -> View:
    """A page of the list, from number `start` on."""
    start = start if start < len(data.listed) else 0
    page = data.listed[start : start + SHOWN]
    blocks: list[Block] = [header(data.cohort.name), section(_about_list(data, words))]
    blocks += [note(_short_line(draw, words)) for draw in dict.fromkeys(draw for draw, _ in data.short)]
    blocks += [
        block
        for one in page
        for block in _question_blocks(one, OnList(data.cohort.id, start, one.key), me, words)
    ]
    blocks.append(actions(*_below(data, start, words)))
    blocks.append(note(words.t("What people answer is read by their pair alone; you see the questions.")))
    return panel(words.t("Questions"), blocks, close=words.t("Close"))


def question_form(data: QuestionForm, words: Words) -> View:
    """One field is required."""
    known = data.question
    told = [words.t("Asked in {name}; its answers are read by their pair alone.", name=data.cohort.name)]
    if known is not None:
        told.append(words.t("Answers that were given keep the words that were read."))
    return form(
        SAVE,
        words.t("A question"),
        [*FORM.inputs(FORM.draft(known, words) if known else NOTHING, words), note(" ".join(told))],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"cohort_id": data.cohort.id, "question_id": known.id if known else None},
    )


def parse_question(values: Values) -> KeepQuestion:
    """Raises InvalidInput for the field at fault."""
    metadata = values.metadata
    return KeepQuestion(metadata["cohort_id"], metadata["question_id"], FORM.read(values))


def draw_in_words(draw: Draw, words: Words) -> str:
    """Where questions are drawn."""
    if draw.learner is None:
        return _in_a_brief(draw.stage, words)
    return {
        Learner.MENTEE: words.t("in check-ins of mentees"),
        Learner.PEER: words.t("in check-ins of peers"),
    }[draw.learner]


def _in_a_brief(stage: GuidanceStage | None, words: Words) -> str:
    if stage is None:
        return words.t("in the brief of whoever mentors")
    said = stage_text(stage, words)
    return words.t("in the brief of whoever mentors, where the mentee says “{stage}”", stage=said)


def _about_list(data: CohortQuestions, words: Words) -> str:
    pack = data.pack.name(words.language)
    came = words.t(
        "A question takes a place in every second check-in; each comes once before one comes again."
    )
    if data.pack_gone:
        gone = words.t(
            "The questions that this cohort had chosen are no longer there, so these are of {pack}.",
            pack=pack,
        )
        return f"{gone} {came}"
    mine = words.t("Of “{pack}”, and your own.", pack=pack)
    return f"{mine} {came}"


def _short_line(draw: Draw, words: Words) -> str:
    return words.t(
        "Fewer than {fewest} are on {draw}, so all of them are asked there. Turn some on, or add your own.",
        fewest=words.number(FEWEST),
        draw=draw_in_words(draw, words),
    )


def _below(data: CohortQuestions, start: int, words: Words) -> list[ButtonElement]:
    turns = turning_buttons(
        len(data.listed), start, SHOWN, (EARLIER, PAGE), lambda number: OnList(data.cohort.id, number), words
    )
    return [button(words.t("Add a question"), NEW, OnList(data.cohort.id, start), style="primary"), *turns]


def _question_blocks(one: Listed, here: OnList, me: MemberId, words: Words) -> list[Block]:
    text = one.texts.get(words.language) or next(iter(one.texts.values()))
    told = f"{text}\n{' · '.join(_marks(one, me, words))}"
    turn = (
        button(words.t("Turn off"), OFF, here)
        if one.on
        else button(words.t("Turn on"), ON, here, style="primary")
    )
    if one.own is None:
        return [section(told, turn)]
    sure = confirm(
        words, words.t("Drop this question? Answers to it stay, with its words."), words.t("Drop it")
    )
    change = button(words.t("Change"), CHANGE, here)
    return [section(told), actions(turn, change, button(words.t("Drop"), DROP, here, confirm=sure))]


def _marks(one: Listed, me: MemberId, words: Words) -> list[str]:
    """Whose it is, whether it is on, and who is asked it where."""
    marks = [] if one.on else [words.t("off")]
    if one.own is not None:
        marks.append(words.t("mine") if one.own.member_id == me else words.t("ours"))
    marks.append(_where_asked(one, words))
    if len(one.texts) == 1:
        marks.append(
            {"en": words.t("whoever reads English"), "de": words.t("whoever reads German")}[
                next(iter(one.texts))
            ]
        )
    return marks


def _where_asked(one: Listed, words: Words) -> str:
    if one.asked_in is AskedIn.BRIEF:
        return _in_a_brief(one.stage, words)
    return {
        AskedOf.EVERYBODY: words.t("in check-ins"),
        AskedOf.MENTEE: words.t("in check-ins of mentees"),
        AskedOf.PEER: words.t("in check-ins of peers"),
    }[one.asked_of]
