"""A thing that was found, in full: a window to read, with the way on to what belongs to it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.checkins import CheckIn
from bot.domain.closings import Closing
from bot.domain.entries import SHOWN_KINDS
from bot.domain.evidence import Evidence
from bot.domain.experiments import Experiment, Hint
from bot.domain.goals import Goal
from bot.domain.insights import Insight, SharedInsight, Visibility
from bot.domain.milestones import Milestone
from bot.domain.observations import Observation
from bot.domain.replies import Reply
from bot.domain.results import Response, Result
from bot.domain.sessions import Answer, Ask, Session
from bot.domain.suggestions import Suggestion
from bot.domain.things import THINGS
from bot.domain.two_lines import TwoLines
from bot.slack.blocks import actions, button, divider, header, link, note, person, rich, say, section, strong
from bot.slack.forms import panel
from bot.slack.loop.evidence import FORM as EVIDENCE
from bot.slack.loop.experiments import FORM as EXPERIMENT
from bot.slack.loop.experiments import Draft
from bot.slack.loop.goals import FORM as GOAL
from bot.slack.loop.goals import for_others, goal_told
from bot.slack.loop.milestones import FORM as MILESTONE
from bot.slack.loop.milestones import milestone_state_text
from bot.slack.loop.observations import FORM as OBSERVATION
from bot.slack.loop.replies import FORM as REPLY
from bot.slack.loop.responses import FORM as RESPONSE
from bot.slack.loop.result_cards import grade_text
from bot.slack.loop.results import FORM as RESULT
from bot.slack.loop.results import adherence, reading_text
from bot.slack.loop.suggestions import FORM as SUGGESTION
from bot.slack.loop.two_lines_answers import FORM as TWO_LINES
from bot.slack.repository.closings import FORM as CLOSING
from bot.slack.repository.insights import FORM as INSIGHT
from bot.slack.repository.insights import MORE, how_sure, outdated_text
from bot.slack.repository.search import kind_text, open_button, whose_text
from bot.slack.rhythm.asks import ANSWERING
from bot.slack.rhythm.asks import FORM as ASK
from bot.slack.rhythm.checkins import FORM as CHECK_IN
from bot.slack.rhythm.checkins_two_ways import ways_title
from bot.slack.rhythm.sessions import FORM as SESSION
from bot.usecases.repository.search_things import Link, Thing
from bot.words import Words

TRY = "insight.try"
LINKS_SHOWN = 20
PART = 2_900  # characters of a long text that one block holds

Rows = Iterator[tuple[str, str]]


def thing_panel(thing: Thing, words: Words, *, above: bool = False) -> View:
    """The thing as the reader may see it.

    Args:
        above: whether there is a window below, to go back to.
    """
    rows = [(name, text) for name, text in ROWS[type(thing.subject)](thing.subject, thing, words) if text]
    shown = [block for name, text in rows for block in _thing_row(name, text)]
    return panel(
        kind_text(thing.kind, words),
        [
            *shown,
            *_source(thing, words),
            note(_about(thing, words)),
            note(_shared(thing, words)),
            *_holds_no_more(thing, words),
            *_curating(thing, words),
            *_try_this(thing, words),
            *_links(thing, words),
        ],
        close=words.t("Back") if above else words.t("Close"),
    )


def draft_from(thing: Thing, draft: Draft) -> Draft:
    """The draft with an insight's words in it, as its reader may see them, and with nothing else of it."""
    insight = thing.subject
    if not isinstance(insight, Insight | SharedInsight):
        return draft
    return replace(
        draft, typed={**draft.typed, "behaviour": insight.behaviour, "situation": insight.situation}
    )


def _goal_rows(goal: Goal, thing: Thing, words: Words) -> Rows:
    yield words.t("To be able to"), goal.text
    asked = for_others(GOAL).saying("baseline", card=lambda w: w.t("At the start"))
    yield from goal_told(goal, thing.number, words, asked)


def _milestone(milestone: Milestone, thing: Thing, words: Words) -> Rows:
    yield (words.t("{name} can …", name=thing.name) if thing.name else words.t("I can …")), milestone.can
    yield from MILESTONE.told(milestone, words)
    yield words.t("What shows it"), milestone.shown_by
    yield words.t("What is missing?"), milestone.missing
    yield words.t("How it stands"), milestone_state_text(milestone.state, words)


def _experiment(experiment: Experiment, thing: Thing, words: Words) -> Rows:
    yield words.t("I will"), experiment.behaviour
    yield from EXPERIMENT.told(experiment, words)
    yield from ((change.indicator.name, reading_text(change, words)) for change in thing.changes)


def _result(result: Result, thing: Thing, words: Words) -> Rows:
    if thing.experiment is not None:
        yield words.t("Tried"), thing.experiment.behaviour
        yield words.t("When"), thing.experiment.situation
    yield words.t("Did it happen?"), adherence(result.adherence, words)
    changes = [(change.indicator.name, reading_text(change, words)) for change in thing.changes]
    sure = [(words.t("How sure is it?"), grade_text(result, words))]
    asked = RESULT.beginning("what_happened", "why").saying("next_step", card=lambda w: w.t("What next"))
    asked = asked.saying("other_changes", card=None)  # the line of how sure it is says that there were some
    yield from asked.told(result, words, before={"why": changes, "next_step": sure})
    for name, response in thing.responses:
        yield words.t("{name} answered", name=name), "\n".join(RESPONSE.texts(response, words))


def _evidence(evidence: Evidence, _thing: Thing, words: Words) -> Rows:
    yield words.t("What was said"), evidence.text
    yield from EVIDENCE.told(evidence, words)


def _session(session: Session, _thing: Thing, words: Words) -> Rows:
    yield words.t("Takeaway"), session.takeaway
    yield from SESSION.told(session, words)


def _observation(observation: Observation, _thing: Thing, words: Words) -> Rows:
    yield from OBSERVATION.told(observation, words)


def _check_in(check_in: CheckIn, thing: Thing, words: Words) -> Rows:
    title = ways_title(check_in.question, words) or thing.asked or words.t("A question")
    asked = CHECK_IN.saying("question_answer", card=lambda _: title)
    yield from asked.told(check_in, words)


def _response(response: Response, thing: Thing, words: Words) -> Rows:
    if thing.experiment is not None:
        yield words.t("Tried"), thing.experiment.behaviour
    yield words.t("Response"), response.line
    yield from RESPONSE.told(response, words)


def _ask(ask: Ask, thing: Thing, words: Words) -> Rows:
    yield words.t("The situation"), ask.situation
    yield from ASK.told(ask, words)
    for name, answer in thing.answers:
        yield words.t("{name} answered", name=name), answer.text


def _mentors_answer(answer: Answer, thing: Thing, words: Words) -> Rows:
    yield words.t("The situation"), thing.asked
    yield words.t("Mentor's answer"), answer.text
    yield from ANSWERING.told(answer, words)


def _suggestion(suggestion: Suggestion, _thing: Thing, words: Words) -> Rows:
    yield from SUGGESTION.told(suggestion, words)


def _two_lines(lines: TwoLines, _thing: Thing, words: Words) -> Rows:
    yield words.t("The question"), lines.question
    yield from TWO_LINES.told(lines, words)


def _insight(insight: Insight | SharedInsight, _thing: Thing, words: Words) -> Rows:
    yield from INSIGHT.told(insight, words, before={"tags": how_sure(insight.grade, words)})


def _hint_rows(hint: Hint, thing: Thing, words: Words) -> Rows:
    if thing.experiment is not None:
        yield words.t("Try"), thing.experiment.behaviour
    yield words.t("Hint"), hint.text


def _reply_rows(reply: Reply, _thing: Thing, words: Words) -> Rows:
    yield from REPLY.told(reply, words)


def _closing_rows(closing: Closing, _thing: Thing, words: Words) -> Rows:
    yield from CLOSING.told(closing, words)


ROWS: Mapping[type[object], Callable[[Any, Thing, Words], Rows]] = {
    Goal: _goal_rows,
    Milestone: _milestone,
    Experiment: _experiment,
    Result: _result,
    Evidence: _evidence,
    Session: _session,
    Observation: _observation,
    CheckIn: _check_in,
    Response: _response,
    Ask: _ask,
    Answer: _mentors_answer,
    Suggestion: _suggestion,
    TwoLines: _two_lines,
    Insight: _insight,
    SharedInsight: _insight,
    Hint: _hint_rows,
    Reply: _reply_rows,
    Closing: _closing_rows,
}


def require_shown() -> None:
    """Raise RuntimeError unless whatever can be found has a name for people, and something to read."""
    found = [stored.entity for stored in THINGS.values() if stored.found is not None]
    wrong = [
        f"bot/slack/repository/search_things.py does not show {e.__name__}" for e in found if e not in ROWS
    ]
    for kind in SHOWN_KINDS:
        try:
            kind_text(kind, Words())
        except KeyError:
            wrong.append(f"bot/slack/repository/search.py has no name for {kind}")
    if wrong:
        raise RuntimeError("; ".join(wrong))


def _thing_row(name: str, text: str) -> list[Block]:
    """The name over the text, which takes several blocks if it is long."""
    parts = [text[at : at + PART] for at in range(0, len(text), PART)]
    return [rich(strong(name), say("\n" + parts[0])), *(rich(say(part)) for part in parts[1:])]


def _source(thing: Thing, words: Words) -> list[Block]:
    """Who said it and where, for a message that was kept as evidence."""
    evidence = thing.subject
    if not isinstance(evidence, Evidence):
        return []
    said = [rich(say(words.t("Said by")), say(" "), person(evidence.said_by))] if evidence.said_by else []
    kept = [rich(link(words.t("The message in Slack"), evidence.link))] if evidence.link else []
    return [*said, *kept]


def _about(thing: Thing, words: Words) -> str:
    whose = whose_text(thing.whose, thing.name, words)
    day = words.full_day(words.today(thing.created_at))
    return words.t("{kind}, {whose}, {day}", kind=kind_text(thing.kind, words), whose=whose, day=day)


def _shared(thing: Thing, words: Words) -> str:
    if isinstance(thing.subject, Insight) and thing.subject.is_ahead:
        return words.t("Others find this in the words that you both agreed to earlier.")
    match thing.shared:
        case Visibility.PAIR:
            return words.t("Only the pair can see this.")
        case Visibility.COHORT:
            return words.t("Everyone in the cohort can find this.")
        case Visibility.WORKSPACE:
            return words.t("Everyone here can find this.")


def _holds_no_more(thing: Thing, words: Words) -> list[Block]:
    known = isinstance(thing.subject, Insight | SharedInsight) and outdated_text(thing.subject, words)
    return [note(known)] if known else []


def _curating(thing: Thing, words: Words) -> list[Block]:
    """What the two of its pair can do about an insight."""
    if not isinstance(thing.subject, Insight):
        return []
    return [actions(button(words.t("More about it"), MORE, thing.subject.id))]


def _try_this(thing: Thing, words: Words) -> list[Block]:
    if thing.try_in is None:
        return []
    return [actions(button(words.t("Try this"), TRY, thing.subject_id, style="primary"))]


def _links(thing: Thing, words: Words) -> list[Block]:
    if not thing.links:
        return []
    shown = [_link(belonging, words) for belonging in thing.links[:LINKS_SHOWN]]
    rest = len(thing.links) - LINKS_SHOWN
    more = (
        [note(words.n("{count} more belongs to it.", "{count} more belong to it.", rest))] if rest > 0 else []
    )
    return [divider(), header(words.t("What belongs to it")), *shown, *more]


def _link(belonging: Link, words: Words) -> Block:
    named = words.t("{kind}: {title}", kind=kind_text(belonging.kind, words), title=belonging.title)
    return section(named, open_button(belonging.kind, belonging.subject_id, belonging.title, words))
