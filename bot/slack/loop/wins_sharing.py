"""The form in which a small win is shared: its words as they will stand, and who reads them."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.errors import NotOurs
from bot.domain.texts import TEXT_LIMIT
from bot.domain.wins import Win
from bot.domain.wins_channel import MOST_NAMED
from bot.domain.wins_sharing import SharedWin, There, WinOf
from bot.slack.blocks import actions, button, clip, confirm, note, section
from bot.slack.fields import FieldList, Story
from bot.slack.forms import OPTION_LIMIT, Values, checkboxes, field, form, panel, people_picker
from bot.slack.payloads import id_in
from bot.usecases.loop.wins_channel import NAMED, PLACE
from bot.usecases.loop.wins_sharing import ShareWin, WinForm, WinStands
from bot.words import Words

IN_CHANNEL = "channel"
SEND = "win.send"
UNSHARE = "win.unshare"

FORM = FieldList(
    SharedWin,
    (
        Story(
            "text",
            lambda w: w.t("In which words?"),
            hint=lambda w: w.t("It stands exactly so. A name that you type is a word like any other."),
        ),
    ),
    besides=("source", "source_id", "there"),
)


def win_form(data: WinForm, words: Words) -> View:
    """Filled in from the win itself, so that nothing has to be typed."""
    draft = FORM.draft(data.shared, words) if data.shared else {"text": first_words(data.stands, words)}
    mentors = words.names(data.mentors)
    return form(
        SEND,
        words.t("Share a small win"),
        [
            *FORM.inputs(draft, words),
            *_channel_fields(data, words),
            note(
                words.t(
                    "Seen by: {mentor} and you, beside this card and before your next talk. "
                    "Only who is named for a channel is sent a message.",
                    mentor=mentors,
                )
            ),
            *([actions(unshare_button(_value_of(data), words))] if data.shared else []),
        ],
        submit=words.t("Share"),
        close=words.t("Cancel"),
        metadata={"win": _value_of(data)},
    )


def first_words(stands: WinStands, words: Words) -> str:
    """What the form begins with, in the first person; it fits."""
    about = clip(stands.about, TEXT_LIMIT // 2)
    return clip(_in_first_person(stands.win, about, words), TEXT_LIMIT)


def parse_win(value: object) -> tuple[WinOf, int]:
    """On which card it stands. Raises NotOurs for what none of our buttons carries."""
    source, _, id_ = str(value).partition(":")
    if source not in set(WinOf):
        raise NotOurs("win")
    return WinOf(source), id_in(id_)


def parse_sharing(values: Values) -> ShareWin:
    """Raises InvalidInput for the field at fault."""
    in_channel = IN_CHANNEL in values.options(PLACE)
    return ShareWin(*parse_win(values.metadata["win"]), FORM.read(values), in_channel, values.people(NAMED))


def unshare_button(value: str, words: Words) -> ButtonElement:
    """Also where the pair is over; `value` says on which card it stands."""
    sure = confirm(
        words, words.t("Nobody reads it any more then. The small win stays yours."), words.t("Take it back")
    )
    return button(words.t("Share it no more"), UNSHARE, value, confirm=sure)


def _channel_fields(data: WinForm, words: Words) -> list[Block]:
    """Where the cohort has a channel: whether it is to stand there, too, and who is named."""
    if not data.channel:
        return []
    there = data.shared is not None and data.shared.there in (There.ASKED, There.COMING, There.POSTED)
    option = (clip(words.t("In #{channel}, too", channel=data.channel), OPTION_LIMIT), IN_CHANNEL)
    return [
        field(
            PLACE,
            words.t("Where?"),
            checkboxes([option], [IN_CHANNEL] if there else []),
            hint=words.t(
                "With your name before it, once a week in the morning. Everybody there reads it; you can take it back, "
                "also then."
            ),
        ),
        field(
            NAMED,
            words.t("Whom does it name there?"),
            people_picker(data.named, MOST_NAMED),
            hint=words.t(
                "Each of them is asked first, with these words. Without their yes it is not told there."
            ),
        ),
    ]


def _value_of(data: WinForm) -> str:
    return f"{data.source}:{data.source_id}"


def _in_first_person(win: Win, about: str, words: Words) -> str:
    match win:
        case Win.TESTED:
            return words.t("I tried it and tested it: it was better when I did it. “{about}”", about=about)
        case Win.FIRST_BETTER:
            return words.t("I tried it, and for the first time a value was better. “{about}”", about=about)
        case Win.FIRST_LOOP:
            return words.t("I promised it, tried it, and told what came of it. “{about}”", about=about)
        case Win.MILESTONE:
            return words.t("A step that we both see: “{about}”", about=about)
        case Win.GOAL:
            return words.t("I set out to do this, and I did: “{about}”", about=about)


def unshared_panel(words: Words) -> View:
    """What the form turns into."""
    text = words.t("It is yours alone again. You can share it another time.")
    return panel(words.t("Share a small win"), [section(text)], close=words.t("Close"))
