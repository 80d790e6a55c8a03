"""A new mentor in the place of another: the lead's form, what the mentee picks, and what the former mentor reads."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.ids import PairId
from bot.domain.pairs import REASON_LIMIT, PairState
from bot.domain.pairs_replacing import EarlierKind, picked
from bot.domain.stored import Earlier
from bot.slack.blocks import Message, header, note, section
from bot.slack.forms import Values, checkboxes, field, form, person_picker, text_box
from bot.slack.payloads import id_in
from bot.usecases.programme.pairs_consent import ConsentAsk
from bot.usecases.programme.pairs_replaced import MentorReplaced
from bot.usecases.programme.pairs_replacing import EarlierForm, ReplaceForm, ReplaceMentor, ShowEarlier
from bot.words import Words

SEND = "pair.send_replace"
SHOW = "pair.show_earlier"


def replace_form(data: ReplaceForm, words: Words) -> View:
    """Who it is to be, and in a line why."""
    begins = words.t(
        "{mentee} is asked first, then whom you name here. Until both have said yes, the pair goes on as it is, and "
        "{mentor} hears nothing.",
        mentee=data.mentee,
        mentor=data.mentor,
    )
    return form(
        SEND,
        words.t("Another mentor"),
        [
            section(begins),
            field("mentor", words.t("Who is the new mentor?"), person_picker(), required=True),
            field(
                "reason",
                words.t("Why these two?"),
                text_box(limit=REASON_LIMIT),
                hint=words.t(
                    "One line. Both read it in the question; the cohort's lead and the admins may see it too."
                ),
            ),
            note(words.t("{mentee} picks what the new mentor sees from before.", mentee=data.mentee)),
        ],
        submit=words.t("Send the question"),
        close=words.t("Cancel"),
        metadata={"pair_id": data.pair_id},
    )


def parse_replace(values: Values) -> tuple[ReplaceMentor, str]:
    """The command, and the Slack id of the new mentor."""
    pair = PairId(id_in(values.metadata["pair_id"]))
    return ReplaceMentor(pair, values.text("reason")), values.person("mentor")


def mentee_asked(words: Words) -> Message:
    """The answer when the mentee has been asked."""
    title = words.t("Asked")
    text = words.t("With a yes, the new mentor is asked. As soon as both have said yes, you hear from me.")
    left = words.t("Without an answer I ask once more after three working days, and then leave it.")
    return Message(title, [header(title), section(text), note(left)])


def earlier_form(data: EarlierForm, words: Words) -> View:
    """What the new mentor may see, kind by kind; with it goes the yes where they are still to be asked."""
    return form(
        SHOW,
        words.t("From the time before"),
        [*_what_is_picked(data, words), note(_who_sees(data, words))],
        submit=words.t("Say yes") if data.asks else words.t("Let them see it"),
        close=words.t("Cancel"),
        metadata={"pair_id": data.pair_id, "read": list(picked(tuple(Earlier), data.kinds))},
    )


def parse_earlier(values: Values) -> ShowEarlier:
    """Raises ChoiceMissing for a kind that there is not."""
    pair, read = PairId(id_in(values.metadata["pair_id"])), values.metadata.get("read", [])
    return ShowEarlier(pair, values.choices("kinds", Earlier), tuple(str(one) for one in read))


def earlier_shown(ask: ConsentAsk, words: Words) -> Message:
    """The answer to the form."""
    name = words.names(partner.name for partner in ask.partners)
    match ask.state:
        case PairState.ASKED:
            text = words.t(
                "Thank you. {name} is asked now; as soon as they say yes too, it begins.", name=name
            )
        case PairState.ACTIVE | PairState.PAUSED:
            text = words.t("{name} sees what you picked. The rest stays with you.", name=name)
        case _:
            text = words.t("This pair does not start for now. There is nothing for you to do.")
    return Message(text, [section(text)])


def mentor_replaced(data: MentorReplaced, words: Words) -> Message:
    """What the former mentor reads: that it is over, with thanks, and no reason."""
    name = words.names(data.mentees)
    title = words.t("{name} goes on with another mentor", name=name)
    text = words.t("Your pair with {name} ends here. Thank you for the time you gave.", name=name)
    seen = words.t(
        "Here you no longer see what you two wrote; what stands in your messages stays there. {name} keeps it all, and "
        "picks what the next mentor sees of it.",
        name=name,
    )
    return Message(title, [header(title), section(text), note(seen)])


def _what_is_picked(data: EarlierForm, words: Words) -> Sequence[Block]:
    if not data.kinds:
        text = words.t("There is nothing from before that {name} does not see.", name=data.mentor)
        return [section(text)]
    options = [(_kind_text(one, words), str(one.kind)) for one in data.kinds]
    return [
        field(
            "kinds",
            words.t("What may {name} see from before?", name=data.mentor),
            checkboxes(options, data.chosen),
            hint=words.t("Of each, all that is there, with what your mentor of that time wrote to it."),
        )
    ]


def _kind_text(one: EarlierKind, words: Words) -> str:
    told = {
        Earlier.GOALS: words.t("Goals"),
        Earlier.TRIES: words.t("Tries and what came of them"),
        Earlier.CHECK_INS: words.t("Check-ins"),
        Earlier.ASKS: words.t("What you asked, and the answers"),
        Earlier.TALKS: words.t("What you told after talks"),
        Earlier.OBSERVATIONS: words.t("Observations"),
        Earlier.MESSAGES: words.t("Messages that you kept"),
        Earlier.INSIGHTS: words.t("Insights"),
    }
    return words.t("{what} ({count})", what=told[one.kind], count=one.count)


def _who_sees(data: EarlierForm, words: Words) -> str:
    rest = words.t("What you leave out stays with you alone; you find it with /loop find.")
    if not data.asks:
        return words.t("Seen by: you and {name}, from now on.", name=data.mentor) + " " + rest
    seen = words.t(
        "Seen by: you and {name}, once both have said yes. What changes until then I leave out; you can show it later.",
        name=data.mentor,
    )
    return f"{seen} {rest}"
