"""What keeps coming back: one line below an answered check-in, and a window with what is behind it."""

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.ids import PatternId
from bot.domain.insights import Visibility, Wording
from bot.domain.patterns import Condition, Pattern, PatternDirection, PatternState
from bot.domain.results import Grade, OtherChange
from bot.domain.stored import EntryKind
from bot.domain.texts import STORY_LIMIT, TEXT_LIMIT
from bot.slack.blocks import actions, and_more, button, clip, divider, note, section
from bot.slack.forms import Values, panel
from bot.slack.payloads import id_in
from bot.slack.repository.search import open_button
from bot.usecases.loop.patterns import BehindIt, PatternView
from bot.usecases.repository.insights import KeepInsight
from bot.words import Words

SEE = "pattern.see"
KEEP = "pattern.keep"
CHANGE = "pattern.change"
CHANGED = "pattern.changed"
SO = "pattern.so"
NOT_SO = "pattern.not_so"
BEHIND_SHOWN = 10
BEHAVIOUR_SHOWN = 150
HAPPENED_SHOWN = 300


def pattern_blocks(view: PatternView | None, words: Words) -> list[Block]:
    """What a message says of it: nothing of what its member alone may see."""
    if view is None:
        return []
    pattern = view.pattern
    if pattern.state is not PatternState.OFFERED:
        return [section(_settled_text(pattern, words))]
    text = (
        words.t("Something keeps coming back that only you can see.")
        if pattern.is_private
        else words.t("This keeps coming back: {what}", what=pattern_text(view, words))
    )
    return [section(text, button(words.t("Look at it"), SEE, pattern.id))]


def pattern_panel(view: PatternView, words: Words) -> View:
    """What keeps coming back, the entries behind it, and what can be said to it."""
    shown = [block for one in view.behind[:BEHIND_SHOWN] for block in _behind(one, words)]
    rest = and_more(len(view.behind) - BEHIND_SHOWN, words)
    return panel(
        words.t("This keeps coming back"),
        [
            section(pattern_text(view, words)),
            *_what_to_say(view.pattern, words),
            divider(),
            *shown,
            *map(note, rest),
        ],
        close=words.t("Close"),
    )


def pattern_text(view: PatternView, words: Words) -> str:
    """What was found, in one or two sentences and with its figures."""
    pattern = view.pattern
    behaviour = clip(view.behind[0].experiment.behaviour, BEHAVIOUR_SHOWN) if view.behind else ""
    told = {"behaviour": behaviour, "count": words.number(pattern.n), "of": words.number(pattern.of_n)}
    match pattern.direction:
        case PatternDirection.HELPED:
            return words.t("“{behaviour}” and the like helped {count} of {of} times.", **told)
        case PatternDirection.DID_NOT_HELP:
            return words.t("“{behaviour}” and the like did not help {count} of {of} times.", **told)
        case PatternDirection.UNDONE:
            return f"{_condition_text(pattern, words)} {_others_text(pattern, words)}"


def pattern_wording(view: PatternView, words: Words) -> Wording:
    """The insight that it would be, in words to keep or to change."""
    if view.pattern.direction is PatternDirection.UNDONE:
        behaviour, situation = words.t("What I set out to do stays undone"), ""
    else:
        tried = view.behind[0].experiment if view.behind else None
        behaviour, situation = (tried.behaviour, tried.situation) if tried else ("", "")
    outcome = "\n".join(filter(None, (pattern_text(view, words), _newest_happened(view))))
    return Wording(
        clip(situation, TEXT_LIMIT),
        clip(behaviour, TEXT_LIMIT),
        clip(outcome, STORY_LIMIT),
        (),
        Grade.REPEATED,
    )


def pattern_insight(view: PatternView, words: Words) -> KeepInsight:
    """It as it stands, for the pair alone."""
    wording = pattern_wording(view, words)
    said = {"situation": wording.situation, "behaviour": wording.behaviour, "outcome": wording.outcome}
    return KeepInsight(view.pattern.pair_id, {**said, "visibility": Visibility.PAIR})


def parse_pattern_id(values: Values) -> PatternId:
    return PatternId(id_in(values.metadata["pattern_id"]))


def _what_to_say(pattern: Pattern, words: Words) -> list[Block]:
    if pattern.state is not PatternState.OFFERED:
        return [note(_settled_text(pattern, words))]
    not_so = button(words.t("Not so"), NOT_SO, pattern.id)
    if pattern.is_private:
        alone = words.t("Your energy is in this. Only you see it, here and nowhere else.")
        return [actions(button(words.t("I see it, too"), SO, pattern.id), not_so), note(alone)]
    keep = button(words.t("Keep as insight"), KEEP, pattern.id, style="primary")
    change = button(words.t("Change the words"), CHANGE, pattern.id)
    here = words.t("Only you see this. If you keep it, your partner reads the insight, too.")
    return [actions(keep, change, not_so), note(here)]


def _settled_text(pattern: Pattern, words: Words) -> str:
    if pattern.state is PatternState.REJECTED:
        return words.t("Fine, then it is not so. This comes back only if twice as many tries say it.")
    if pattern.is_private:
        return words.t("Noted. Nobody else sees it.")
    return words.t("Kept as an insight of you two.")


def _behind(one: BehindIt, words: Words) -> list[Block]:
    """One entry: what was tried, when it was told, and what happened."""
    result = one.result
    day = words.full_day(words.today(result.told_at or result.created_at))
    title = clip(one.experiment.behaviour, BEHAVIOUR_SHOWN)
    opening = open_button(EntryKind.RESULT, result.id, title, words)
    told = clip(result.what_happened, HAPPENED_SHOWN)
    return [section(title, opening), note(f"{day}. {told}" if told else day)]


def _newest_happened(view: PatternView) -> str:
    return next((one.result.what_happened for one in view.behind if one.result.what_happened), "")


def _condition_text(pattern: Pattern, words: Words) -> str:
    kind, _, value = pattern.subject.partition(":")
    told = {"count": words.number(pattern.n), "of": words.number(pattern.of_n)}
    match Condition(kind):
        case Condition.CHANGE:
            what = _change_text(OtherChange(value), words)
            return words.t(
                "Of {of} tries that stayed undone, {what} changed beside {count}.", what=what, **told
            )
        case Condition.OBSTACLE:
            return words.t(
                "Of {of} tries that stayed undone, what could get in the way did so {count} times.", **told
            )
        case Condition.WEEKDAY:
            day = words.weekday(int(value))
            return words.t(
                "Of {of} tries that stayed undone, {count} were meant for a {day}.", day=day, **told
            )
        case Condition.ENERGY:
            return words.t("Of {of} tries that stayed undone, {count} came when your energy was low.", **told)


def _others_text(pattern: Pattern, words: Words) -> str:
    return words.t(
        "Of {of} that were done it was {count}.",
        of=words.number(pattern.of_others),
        count=words.number(pattern.others),
    )


def _change_text(change: OtherChange, words: Words) -> str:
    return {
        OtherChange.TIMING: words.t("the timing"),
        OtherChange.ENVIRONMENT: words.t("the surroundings"),
        OtherChange.PEOPLE: words.t("other people"),
        OtherChange.WORKLOAD: words.t("the workload"),
        OtherChange.NOTHING: words.t("nothing known"),
    }[change]
