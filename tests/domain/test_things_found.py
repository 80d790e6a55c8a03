"""Of everything that people write: what search finds, and why the rest is not found. A forgotten field fails here."""

import dataclasses
import typing

from bot.domain.stored import found_fields
from bot.domain.texts import Text
from bot.domain.things import THINGS

TITLE = "it is in the title by which its thing is found"
REASONS = {
    TITLE: """
        Ask.situation Experiment.behaviour Experiment.situation Goal.text Hint.text Insight.behaviour
        Insight.situation Milestone.can Observation.situation Reply.line Session.takeaway SharedInsight.behaviour
        SharedInsight.situation Suggestion.behaviour Suggestion.situation
    """,
    "it was said before, and others may have agreed to the newer words only": """
        InsightEdition.behaviour InsightEdition.outcome InsightEdition.situation
    """,
    "it is the step of a check-in, which is found by its own words": "Commitment.text",
    "the lines of a ladder and the notes on it are read with their goal, which is found": """
        Ladder.best Ladder.better Ladder.expected Ladder.less Ladder.today LadderScore.line LadderScore.note
    """,
    "a note beside a value is read with its number": "Reading.note",
    "it stands beside what the thanks are for, which is found": "Thanks.line",
    "an address, and no words": "Evidence.link Feed.address Resource.link",
    "it is about how the two meet, for the day on which it is said": """
        CohortDayOff.note DayOff.note Nudge.reason Pair.reason
    """,
    "whoever looks after the programme reads it, and not the pair": "Feed.title HelpRequest.text",
    "it is asked, and found with what was answered": "CohortQuestion.text StakeholderAsk.question",
    "it is chosen or said on joining, and no word of a pair": """
        CohortProfile.place CohortProfile.level CohortProfile.group Competency.name
    """,
    "a goal is found by the aim that it serves": "Objective.name Objective.owner",
    "a resource is offered with a try that it fits": "Resource.title Resource.aim",
    "what the two agreed on is read where it helps, in its newest edition alone": """
        Charter.expects Charter.missed Charter.often Charter.stays_between
    """,
    "whoever mentors says it of a step that is found by its owner's words": "Milestone.missing",
    "what they look back on is found by itself": """
        RetroItem.text Review.differently Review.next_try Review.next_try_too
    """,
    "what an admin approved, for those who wish it": "ReuseReport.text",
    "what somebody looks for, and nobody else's to know": "SavedSearch.text",
    "a line about what is found by itself, for whoever it is shared with": """
        ChannelWin.text SharedWin.text WinConsent.text
    """,
}
NOT_FOUND = {field: reason for reason, fields in REASONS.items() for field in fields.split()}


def texts_of(entity: type[object]) -> set[str]:
    hints = typing.get_type_hints(entity, include_extras=True)
    fields = {field.name for field in dataclasses.fields(entity)}  # type: ignore[arg-type]  # entities are dataclasses
    return {
        name for name in fields if any(isinstance(x, Text) for x in getattr(hints[name], "__metadata__", ()))
    }


def test_whatever_people_write_is_found_or_it_is_said_why_not() -> None:
    written = {f"{s.entity.__name__}.{name}" for s in THINGS.values() for name in texts_of(s.entity)}
    found = {
        f"{s.entity.__name__}.{name}" for s in THINGS.values() if s.found for name in found_fields(s.entity)
    }
    assert written - found == set(NOT_FOUND)


def test_only_what_is_found_has_a_title_to_be_found_by() -> None:
    found = {stored.entity.__name__ for stored in THINGS.values() if stored.found}
    titled = {field.partition(".")[0] for field, reason in NOT_FOUND.items() if reason is TITLE}
    assert titled <= found
