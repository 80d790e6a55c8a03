"""The ladder of a goal: its form, the question where somebody stands on it, and what both read once both have said."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.goals import Goal
from bot.domain.ids import GoalId
from bot.domain.ladders import Ladder, LadderScore, Rung
from bot.slack.blocks import Message, actions, button, header, note, section, titled
from bot.slack.fields import NOTHING, FieldList, Line, OneOf
from bot.slack.forms import Values, form
from bot.slack.privacy import seen_by_you_and
from bot.usecases.loop.ladders import LadderForm, MakeLadder, Rate, RatingForm, RoundCard
from bot.words import Words

OPEN = "ladder.open"
MAKE = "ladder.make"
RATE = "ladder.rate"
RATED = "ladder.rated"


def rung_text(rung: Rung, words: Words) -> str:
    """How people call a line of the ladder."""
    match rung:
        case Rung.LESS:
            return words.t("Less than today")
        case Rung.TODAY:
            return words.t("Today")
        case Rung.EXPECTED:
            return words.t("What we expect")
        case Rung.BETTER:
            return words.t("Better than expected")
        case Rung.BEST:
            return words.t("The best we could imagine")


FORM = FieldList(
    Ladder,
    (
        Line("less", lambda w: w.t("Less than today")),
        Line("today", lambda w: w.t("Today"), hint=lambda w: w.t("What somebody would see you do now.")),
        Line("expected", lambda w: w.t("What we expect"), hint=lambda w: w.t("If it goes as you hope.")),
        Line("better", lambda w: w.t("Better than expected")),
        Line("best", lambda w: w.t("The best we could imagine")),
    ),
    besides=("goal_id", "changed_at"),
)
RATING = FieldList(
    LadderScore,
    (
        OneOf(
            "rung",
            lambda w: w.t("Which line fits best right now?"),
            Rung,
            lambda w: [(rung_text(rung, w), rung) for rung in Rung],
        ),
        Line("note", lambda w: w.t("What did you see?")),
    ),
    besides=("round_id", "goal_id", "line", "told_at"),
)


def ladder_form(data: LadderForm, words: Words) -> View:
    """Five lines, of which two are needed; a first one begins with what the goal says of today and of its signs."""
    draft = FORM.draft(data.ladder, words) if data.ladder else _beginning(data.goal)
    return form(
        MAKE,
        words.t("Your ladder"),
        [
            section(data.goal.text),
            note(
                words.t("From today to the best you two can imagine; later each of you says where you stand.")
            ),
            *FORM.inputs(draft, words),
            note(seen_by_you_and(data.mentors, words)),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"goal_id": data.goal.id},
    )


def parse_ladder(values: Values) -> MakeLadder:
    return MakeLadder(GoalId(values.metadata["goal_id"]), FORM.read(values))


def rating_form(data: RatingForm, words: Words) -> View:
    """Where somebody sees the mentee: one tap on one of the five lines."""
    title = words.t("Where do you stand?") if data.is_mine else words.t("Where do you see it?")
    draft = RATING.draft(data.mine, words) if data.mine else NOTHING
    promise = words.t(
        "{names} reads it once you have both said yours, and you read theirs then.",
        names=words.names(data.others),
    )
    return form(
        RATED,
        title,
        [
            section(data.goal.text),
            *(titled(rung_text(rung, words), line) for rung in Rung if (line := data.ladder.line(rung))),
            *RATING.inputs(draft, words),
            note(promise),
        ],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"goal_id": data.goal.id},
    )


def parse_rating(values: Values) -> Rate:
    """What the form sends. Raises InvalidInput."""
    return Rate(GoalId(values.metadata["goal_id"]), RATING.read(values))


def round_card(card: RoundCard, words: Words) -> Message:
    """Where each of them sees the mentee, or whose turn it is."""
    title = words.t("Where you stand") if card.is_mine else words.t("Where {name} stands", name=card.owner)
    blocks: list[Block] = [header(title), section(card.goal.text), *_said(card, words)]
    if not card.told:
        asks = words.t("Change it") if card.mine else words.t("Say where I stand")
        blocks.append(actions(button(asks, RATE, card.goal.id, style=None if card.mine else "primary")))
    return Message(f"{title}: {card.goal.text}", [*blocks, note(_next(card, words))])


def _beginning(goal: Goal) -> dict[str, object]:
    """The goal's own words, as far as they fit in a line."""
    return {"today": " ".join(goal.baseline.split()), "expected": " ".join(goal.signs.split())}


def _said(card: RoundCard, words: Words) -> list[Block]:
    mine = [titled(words.t("You"), _score_text(card.mine, words))] if card.mine else []
    theirs = [titled(name, _score_text(score, words)) for name, score in card.others]
    apart = [section(words.t("You see it differently. What did each of you see?"))] if card.apart else []
    return [*mine, *theirs, *apart]


def _score_text(score: LadderScore, words: Words) -> str:
    named = rung_text(score.rung, words)
    said = f"{named}: {score.line}" if score.line else named
    return f"{said}\n{score.note}" if score.note else said


def _next(card: RoundCard, words: Words) -> str:
    names = words.names(card.waited_for)
    if card.told:
        return words.t("Seen by: {name} and you.", name=names)
    if card.mine:
        return words.t("{names} sees it once they have said theirs; then you both read both.", names=names)
    return words.t(
        "{names} has said theirs. You both read both once you have said yours. No hurry.", names=names
    )
