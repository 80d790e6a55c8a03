"""Joining a cohort: the form, the lists that may be joined, and what is said before and after."""

from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.competencies import Competency
from bot.domain.errors import ChoiceMissing
from bot.domain.ids import CohortId
from bot.domain.profiles import (
    LANGUAGES,
    MOST_CHOSEN,
    MOST_NOT_WITH,
    MOST_PLACES,
    CohortProfile,
    Critique,
    Deciding,
    Likes,
    ProfileState,
    Value,
)
from bot.slack.blocks import Message, actions, button, header, note, section
from bot.slack.fields import NOTHING, FieldList, Line, OneOf, SomeInOrder
from bot.slack.forms import Values, field, form, people_picker, person_picker, select, several
from bot.usecases.programme.profiles_joining import Invitation, Join, JoinForm, ListChoice, Listed
from bot.words import Words

JOIN = "profile.join"
SAVE = "profile.save"
LEAVE = "profile.leave"

NONE = "none"
LISTS_SHOWN = 40  # of the fifty blocks of a message


def likes(words: Words) -> list[tuple[str, Likes]]:
    return [
        (words.t("At once, while it is fresh"), Likes.AT_ONCE),
        (words.t("In our talk, with time for it"), Likes.IN_THE_TALK),
        (words.t("Written, to read it in peace"), Likes.WRITTEN),
    ]


def _taking(words: Words) -> list[tuple[str, Critique]]:
    return [
        (words.t("“This is wrong, and here is why.”"), Critique.STRAIGHT),
        (words.t("“Most of it works; this part does not yet.”"), Critique.KINDLY),
        (words.t("“What would happen if …?”"), Critique.ASKING),
    ]


def _giving(words: Words) -> list[tuple[str, Critique]]:
    return [
        (words.t("I name the gap straight out"), Critique.STRAIGHT),
        (words.t("I say what works first, then the gap"), Critique.KINDLY),
        (words.t("I ask until they see it themselves"), Critique.ASKING),
    ]


def _deciding(words: Words) -> list[tuple[str, Deciding]]:
    return [
        (words.t("We put the facts side by side, and they decide"), Deciding.FACTS),
        (words.t("We talk until both can live with it"), Deciding.TALK),
        (words.t("We try one way, and look again soon"), Deciding.TRY),
    ]


def value_names(words: Words) -> list[tuple[str, Value]]:
    return [
        (words.t("Honesty"), Value.HONESTY),
        (words.t("Curiosity"), Value.CURIOSITY),
        (words.t("Reliability"), Value.RELIABILITY),
        (words.t("Courage"), Value.COURAGE),
        (words.t("Fairness"), Value.FAIRNESS),
        (words.t("Freedom"), Value.FREEDOM),
        (words.t("Care for others"), Value.CARE),
        (words.t("Humour"), Value.HUMOUR),
        (words.t("Clarity"), Value.CLARITY),
        (words.t("Creativity"), Value.CREATIVITY),
        (words.t("Calm"), Value.CALM),
        (words.t("Achievement"), Value.ACHIEVEMENT),
    ]


FORM = FieldList(
    CohortProfile,
    (
        OneOf("likes", lambda w: w.t("How do you like feedback?"), Likes, likes),
        OneOf(
            "takes",
            lambda w: w.t("Your draft has a mistake. What would you like to hear?"),
            Critique,
            _taking,
        ),
        OneOf("gives", lambda w: w.t("A colleague's plan has a gap. What do you do?"), Critique, _giving),
        OneOf(
            "decides",
            lambda w: w.t("Two of you want different things, and it is due tomorrow. How do you decide?"),
            Deciding,
            _deciding,
        ),
        SomeInOrder("values", lambda w: w.t("What matters to you? Pick up to three."), Value, value_names),
        Line(
            "place",
            lambda w: w.t("Your location"),
            hint=lambda w: w.t(
                "This, the next and the language that you use Slack in are for counts of the programme by place, "
                "language and group, never shown of few people. In the matching, this and the next play no part. "
                "May stay empty."
            ),
        ),
        Line(
            "group",
            lambda w: w.t("A group that you count yourself to"),
            hint=lambda w: w.t(
                "In your own word, so that the programme can see whether it reaches everybody."
            ),
        ),
    ),
    besides=("cohort_id", "state", "wants", "cans", "capacity", "languages", "manager_id", "level"),
)


def join_form(data: JoinForm, words: Words) -> View:
    """Two choices are required; who reads what stands above and at the private field."""
    known = data.profile
    typed = FORM.draft(known, words) if known else NOTHING
    cards = FORM.inputs(typed, words, only=("likes", "takes", "gives", "decides", "values"))
    figures = FORM.inputs(typed, words, only=("place", "group"))
    listed = known is not None and known.state is ProfileState.LISTED
    return form(
        SAVE,
        words.t("Join"),
        [
            section(words.t("{cohort}: so that you meet somebody who suits you.", cohort=data.cohort.name)),
            *([section(_what_is_drafted(words))] if known and known.state is ProfileState.DRAFT else []),
            note(_who_reads_it(data, words)),
            *_competence_fields(data, words),
            *_practical_fields(data, words),
            *cards,
            *_people_fields(data, words),
            *figures,
            *_way_out(data, words),
            note(
                words.t(
                    "Nothing happens before you say yes to somebody. /loop join changes this at any time."
                )
            ),
        ],
        submit=words.t("Save") if listed else words.t("Join"),
        close=words.t("Cancel"),
        metadata={"cohort_id": data.cohort.id},
    )


def _way_out(data: JoinForm, words: Words) -> list[Block]:
    """Off the list, or without what somebody else wrote down of them."""
    ways = {ProfileState.LISTED: words.t("Leave the list"), ProfileState.DRAFT: words.t("Not for me")}
    text = ways.get(data.profile.state) if data.profile else None
    return [actions(button(text, LEAVE, data.cohort.id))] if text else []


def parse_join(values: Values) -> Join:
    """Raises InvalidInput for the field at fault."""
    return Join(
        CohortId(values.metadata["cohort_id"]),
        wants=_chosen(values, "wants"),
        cans=_chosen(values, "cans"),
        capacity=_places(values),
        languages=values.options("languages"),
        manager=values.person("manager"),
        not_with=values.people("not_with"),
        shown=FORM.read(values),
    )


def lists_message(lists: tuple[ListChoice, ...], words: Words) -> Message:
    """What may be joined, each with its button."""
    title = words.t("Which one?")
    lines = [
        section(
            one.cohort.name,
            button(words.t("Change") if one.listed else words.t("Join"), JOIN, one.cohort.id),
        )
        for one in lists[:LISTS_SHOWN]
    ]
    return Message(title, [header(title), *lines])


def listed_message(data: Listed, words: Words) -> Message:
    """What follows from being on the list, or from leaving it."""
    name, change = data.cohort.name, button(words.t("Change"), JOIN, data.cohort.id)
    if data.state is not ProfileState.LISTED:
        title = words.t("You are not on the list of {cohort} any more", cohort=name)
        told = words.t("Your pairs stay as they are. What you wrote is kept for another time.")
        return Message(
            title, [header(title), section(told), actions(button(words.t("Join"), JOIN, data.cohort.id))]
        )
    title = words.t("You are on the list of {cohort}", cohort=name)
    who = data.lead or words.t("Whoever leads it")
    told = words.t(
        "{name} brings people together, and asks both first. Nothing happens before you say yes.", name=who
    )
    pause = [] if data.capacity else [section(words.t("You mentor nobody for now: that is what 0 means."))]
    leave = button(words.t("Leave the list"), LEAVE, data.cohort.id)
    return Message(title, [header(title), section(told), *pause, actions(change, leave)])


def invitation_message(data: Invitation, words: Words) -> Message:
    """Somebody is asked to say what they want to learn or can help with."""
    title = words.t("Would you like to join {cohort}?", cohort=data.cohort.name)
    by = words.t("{name} invites you.", name=data.by) if data.by else words.t("You are invited.")
    what = words.t("You say in a minute what you would like to learn, or help others with.")
    known = [section(_what_is_drafted(words))] if data.drafted else []
    silence = words.t("No answer is fine; I do not ask again.")
    join = button(words.t("Join"), JOIN, data.cohort.id, style="primary")
    return Message(title, [header(title), section(f"{by} {what}"), *known, actions(join), note(silence)])


def _what_is_drafted(words: Words) -> str:
    return words.t(
        "What the programme knows of you stands in the form already. Change what is not right; nothing of it counts "
        "before you have sent it."
    )


def _who_reads_it(data: JoinForm, words: Words) -> str:
    who = words.t("Seen by: you, {name} and the admins.", name=data.lead) if data.lead else words.t(
        "Seen by: you and the admins."
    )  # fmt: skip
    match = words.t("Whoever you are matched with reads two reasons, such as what you share.")
    private = words.t("With whom you would rather not be matched, nobody reads but you.")
    return f"{who} {match} {private}"


def _competence_fields(data: JoinForm, words: Words) -> list[Block]:
    wants, cans = (data.profile.wants, data.profile.cans) if data.profile else ((), ())
    hint = words.t("Up to {count}.", count=words.number(MOST_CHOSEN))
    asked = (
        (
            "wants",
            words.t("What would you like to learn?"),
            words.t("Nothing for now; I'd like to help"),
            wants,
        ),
        (
            "cans",
            words.t("What can you help others with?"),
            words.t("Nothing for now; I'd like to learn"),
            cans,
        ),
    )
    return [
        field(
            name,
            label,
            several([*_competencies(data.competencies), (nothing, NONE)], _before(data, chosen)),
            required=True,
            hint=hint,
        )
        for name, label, nothing, chosen in asked
    ]


def _competencies(known: tuple[Competency, ...]) -> list[tuple[str, str]]:
    return [(one.name, str(one.id)) for one in known]


def _before(data: JoinForm, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Who has said only one of the two has said "nothing for now" to the other."""
    known = data.profile
    return chosen or ((NONE,) if known and (known.wants or known.cans) else ())


def _practical_fields(data: JoinForm, words: Words) -> list[Block]:
    known = data.profile
    places = [(words.number(number), str(number)) for number in range(MOST_PLACES + 1)]
    languages = sorted((words.language_name(code), code) for code in LANGUAGES)
    spoken = known.languages if known else (data.preset,)
    return [
        field(
            "capacity",
            words.t("How many people would you mentor?"),
            select(places, str(known.capacity if known else 1)),
            hint=words.t("0 is: not now. It counts only if you can help with something."),
        ),
        field(
            "languages",
            words.t("In which languages can you talk?"),
            several(languages, spoken),
            hint=words.t("You are matched only with somebody who shares one. Empty: I do not look at it."),
        ),
    ]


def _people_fields(data: JoinForm, words: Words) -> list[Block]:
    return [
        field(
            "manager",
            words.t("To whom do you report?"),
            person_picker(data.manager or None),
            hint=words.t("So that you are not matched with them, or with somebody who reports to them, too."),
        ),
        field(
            "not_with",
            words.t("With whom would you rather not be matched? (only you read this)"),
            people_picker(data.not_with, MOST_NOT_WITH),
            hint=words.t(
                "No reason needed. It holds in every cohort, and no lead and no admin ever sees it."
            ),
        ),
    ]


def _chosen(values: Values, name: str) -> tuple[str, ...]:
    return tuple(one for one in values.options(name) if one != NONE)


def _places(values: Values) -> int:
    written: Any = values.option("capacity") or "1"
    if not (written.isascii() and written.isdecimal()):
        raise ChoiceMissing(field="capacity")
    return int(written)
