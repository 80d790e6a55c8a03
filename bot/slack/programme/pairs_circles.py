"""*Add a mentee*: the form that brings somebody to a mentor who has one."""

from slack_sdk.models.blocks import ButtonElement
from slack_sdk.models.views import View

from bot.domain.ids import PairId
from bot.domain.pairs import REASON_LIMIT
from bot.domain.pairs_circles import MOST_MENTEES
from bot.slack.blocks import button, note, section
from bot.slack.forms import Values, field, form, person_picker, text_box
from bot.slack.payloads import id_in
from bot.usecases.programme.pairs_circles import AddMentee, MenteeForm
from bot.words import Words

ADD = "pair.add_mentee"
CHECK = "pair.check_mentee"


def add_button(pair: PairId, words: Words) -> ButtonElement:
    """For whoever looks after the pair."""
    return button(words.t("Add a mentee"), ADD, pair)


def mentee_form(data: MenteeForm, words: Words) -> View:
    """The mentor is known; who comes, and in a line why."""
    own = words.t(
        "Whoever you pick becomes a pair of their own with {mentor}, beside those that are there. Mentees of one "
        "mentor read nothing of each other.",
        mentor=data.mentor,
    )
    return form(
        CHECK,
        words.t("Add a mentee"),
        [
            section(own),
            field("mentee", words.t("Who wants to learn?"), person_picker(), required=True),
            field(
                "reason",
                words.t("Why these two?"),
                text_box(limit=REASON_LIMIT),
                hint=words.t(
                    "One line. Both read it in the question; the cohort's lead and the admins may see it too."
                ),
            ),
            note(words.t("Next you see what both will be asked. Nothing is sent before that.")),
            note(words.t("One mentor has {most} mentees at most.", most=words.number(MOST_MENTEES))),
        ],
        submit=words.t("Next"),
        close=words.t("Cancel"),
        metadata={"pair_id": data.pair_id},
    )


def parse_mentee(values: Values) -> AddMentee:
    pair = PairId(id_in(values.metadata["pair_id"]))
    return AddMentee(pair, values.person("mentee"), values.text("reason"))
