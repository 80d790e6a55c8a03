"""How to go on after a silence: the question with its choices, what partners read, and their ids."""

from slack_sdk.models.blocks import ButtonElement
from slack_sdk.models.views import View

from bot.domain.ids import OccurrenceId
from bot.domain.shown import Shown
from bot.slack.blocks import Message, actions, button, header, note, section
from bot.slack.forms import Values
from bot.slack.people.pauses import parse_pause, pause_form
from bot.usecases.people.pauses import PauseForm
from bot.usecases.rhythm.repairs_messages import KindNudge, RepairAsk
from bot.usecases.rhythm.repairs_rhythm import RarerRounds
from bot.words import Words

ELSEWHERE = "repair.elsewhere"
SMALLER = "repair.smaller"
PAUSE = "repair.pause"
KINDLY = "repair.kindly"
PAUSED = "repair.paused"
SET_BACK = "repair.set_back"


def repair_ask(ask: RepairAsk, words: Words) -> Message:
    """The question, or what comes next once something was chosen."""
    partners = words.names(ask.partners)
    if not ask.open:
        return _settled(ask, partners, words)
    title = words.t("How shall it go on with {names}?", names=partners)
    quiet = words.t("It has been quiet for a while, and that is fine. One tap is enough.")
    silent = words.t(
        "No answer is fine. Until I ask again, in four weeks at the earliest, I leave check-ins out."
    )
    return Message(
        title,
        [
            header(title),
            section(quiet),
            actions(*_choices(ask, partners, words)),
            *([note(_rarer(partners, words))] if ask.may_be_rarer else []),
            note(words.t("It comes in the place of your check-in, which you can answer with /loop checkin.")),
            note(f"{silent} {_who_reads_of_it(partners, words)}"),
        ],
    )


def repair_pause_form(data: PauseForm, occurrence: OccurrenceId, words: Words) -> View:
    """The form of every pause; sent, it answers the question as well."""
    return pause_form(data, words, PAUSED, {"occurrence_id": occurrence})


def parse_repair_pause(values: Values) -> tuple[OccurrenceId, Shown]:
    return OccurrenceId(values.metadata["occurrence_id"]), parse_pause(values)


def kind_nudge(nudge: KindNudge, words: Words) -> Message:
    text = words.t("{name} would like to go on; a line is enough.", name=nudge.name)
    asked = words.t("{name} asked me to pass this on, at most once a month.", name=nudge.name)
    return Message(text, [section(text), note(asked)])


def _choices(ask: RepairAsk, partners: str, words: Words) -> list[ButtonElement]:
    id_ = ask.occurrence.id
    smaller = [button(text, SMALLER, id_)] if (text := _smaller(ask, words)) else []
    return [
        button(words.t("We're fine, we talk elsewhere"), ELSEWHERE, id_, style="primary"),
        *smaller,
        button(words.t("Pause until …"), PAUSE, id_),
        *([] if ask.passed_on else [button(words.t("Nudge {names} kindly", names=partners), KINDLY, id_)]),
    ]


def _smaller(ask: RepairAsk, words: Words) -> str:
    """What would get smaller; "" for nothing."""
    if ask.experiment is not None:
        return words.t("Make my try smaller")
    return words.t("Only every four weeks") if ask.may_be_rarer else ""


def _rarer(partners: str, words: Words) -> str:
    """What the first choice changes."""
    return words.t(
        "If you talk elsewhere, check-ins come every four weeks, and {names} can set that back. "
        "A talk that one of you tells of counts as one.",
        names=partners,
    )


def rarer_message(rarer: RarerRounds, words: Words) -> Message:
    """What the others read; once it was set back, all."""
    if not rarer.holds:
        text = words.t("The two of you are back in the rhythm that you had.")
        return Message(text, [section(text)])
    text = words.t("{name} would like fewer check-ins: they come every four weeks now.", name=rarer.name)
    counts = words.t("A talk that one of you tells of counts as a check-in.")
    back = actions(button(words.t("Back to what we had"), SET_BACK, rarer.pair_id))
    return Message(text, [section(text), back, note(counts)])


def _passed_on(ask: RepairAsk, partners: str, words: Words) -> str:
    """Once a month is enough, and its reader knows when it was."""
    moment = words.moment(ask.passed_on) if ask.passed_on else ""
    return words.t("On {moment} I told {names} that you would like to go on.", moment=moment, names=partners)


def _settled(ask: RepairAsk, partners: str, words: Words) -> Message:
    text = words.t("Thank you, that counts as this check-in.")
    told = [section(_passed_on(ask, partners, words))] if ask.passed_on else []
    if ask.is_rare:
        told.append(
            section(
                words.t("Check-ins come every four weeks now, which {names} can set back.", names=partners)
            )
        )
    following = words.t("The next check-in is {moment}.", moment=words.moment(ask.next_at))
    return Message(text, [section(text), *told, note(following)])


def _who_reads_of_it(partners: str, words: Words) -> str:
    return words.t(
        "{names} reads only a pause, rarer check-ins, or a kind word that you send; your programme reads none of it.",
        names=partners,
    )
