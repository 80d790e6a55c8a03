"""What each `do` of a story means: the use case behind the form or the button that a person would use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bot.domain.cadence import local_date
from bot.domain.checkins import CheckIn, Fate
from bot.domain.evidence import Evidence
from bot.domain.experiments import Experiment
from bot.domain.goals import Goal, GoalState
from bot.domain.ids import ExperimentId, GoalId, IndicatorId, MemberId, PairId, ResultId
from bot.domain.insights import Insight, Visibility
from bot.domain.ladders import Ladder, LadderScore
from bot.domain.observations import Observation
from bot.domain.pairs import Consent
from bot.domain.readings import NumberNoted
from bot.domain.results import Adherence, Response, Result
from bot.domain.sessions import Answer, Ask, Session
from bot.domain.shown import Shown, asked_by
from bot.ports import Tx
from bot.usecases.loop.evidence import SaveEvidence, save_evidence
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.loop.goals import SetGoal, move_goal, set_goal
from bot.usecases.loop.hints import add_hint
from bot.usecases.loop.indicators import Measure
from bot.usecases.loop.ladders import MakeLadder, Rate, make_ladder, rate
from bot.usecases.loop.observations import Observe, observe
from bot.usecases.loop.readings_noting import NoteNumber, note_number
from bot.usecases.loop.responses import Respond, respond, will_answer
from bot.usecases.loop.results import TellResult, tap, tell_result
from bot.usecases.programme.cohorts import SetUpCohort, set_up_cohort
from bot.usecases.programme.pairs_asking import AskPair, ask_pair
from bot.usecases.programme.pairs_consent import answer_consent
from bot.usecases.repository.insights import KeepInsight, keep_insight
from bot.usecases.repository.insights_sharing import answer_wish
from bot.usecases.rhythm.asks import answer_ask, ask_mentor, discuss_ask
from bot.usecases.rhythm.checkins import AnswerCheckIn, answer_check_in, nothing_new, open_check_in_form
from bot.usecases.rhythm.sessions import TellSession, tell_session


@dataclass
class Scene:
    """What is known while a story is told.

    Args:
        people: members by first name.
        made: what came of earlier events, by their names.
        pairs: the pair of each mentee and each mentor, by first name.
    """

    people: Mapping[str, MemberId]
    made: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, PairId] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """One event as its act reads it."""

    who: str
    given: Mapping[str, Any]
    scene: Scene

    @property
    def pair(self) -> PairId:
        return self.scene.pairs[self.who]

    def made(self, name: str) -> int:
        """What came of the earlier event that `given` names there."""
        return self.scene.made[self.given[name]]

    def shown(self, tx: Tx, kind: Callable[..., object]) -> Shown:
        """The fields of this kind of thing that are given, as its form reads them."""
        today = local_date(tx.now, tx.members.get(tx.me).tz)
        asked = asked_by(kind)
        return {
            name: _as_given(value, asked[name].kinds, today)
            for name, value in self.given.items()
            if name in asked
        }


def _as_given(value: Any, kinds: tuple[object, ...], today: date) -> object:
    """A choice by its value, a number, a day as so many days from today, several texts; else the text as it is."""
    if isinstance(value, list):
        return tuple(value)
    if date in kinds:
        return today + timedelta(days=value)
    if Decimal in kinds:
        return Decimal(str(value))
    choices = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, StrEnum)]
    return choices[0](value) if choices else value


def _do_cohort(tx: Tx, told: Told) -> int:
    given = told.given
    command = SetUpCohort(
        name=given["cohort"],
        lead=tx.members.get(told.scene.people[told.who]).user_id,
        every_weeks=given["every_weeks"],
        weekday=given["weekday"],
        at=time.fromisoformat(given["asks_at"]),
        pack=given["pack"],
    )
    return set_up_cohort(tx, command)


def _do_ask_pair(tx: Tx, told: Told) -> int:
    mentor, mentee = told.given["mentor"], told.given["mentee"]
    people, reason = told.scene.people, told.given.get("reason", "")
    cohort = tx.cohorts.get(told.made("cohort")).id
    pair = ask_pair(tx, AskPair(people[mentor], people[mentee], cohort, "", reason))
    told.scene.pairs |= {mentor: pair, mentee: pair}
    return pair


def _do_say_yes(tx: Tx, told: Told) -> None:
    answer_consent(tx, told.pair, Consent.YES)


def _do_set_goal(tx: Tx, told: Told) -> int:
    return set_goal(tx, SetGoal(told.shown(tx, Goal), told.pair))


def _do_ladder(tx: Tx, told: Told) -> int:
    return make_ladder(tx, MakeLadder(GoalId(told.made("goal")), told.shown(tx, Ladder)))


def _do_rate(tx: Tx, told: Told) -> int:
    return rate(tx, Rate(GoalId(told.made("goal")), told.shown(tx, LadderScore)))


def _do_observe(tx: Tx, told: Told) -> int:
    seen = told.scene.people[told.given["person"]]
    return observe(tx, Observe(told.pair, seen, told.shown(tx, Observation)))


def _do_reach_goal(tx: Tx, told: Told) -> None:
    move_goal(tx, tx.goals.get(told.made("goal")).id, GoalState.REACHED)


def _do_try(tx: Tx, told: Told) -> int:
    shown = dict(told.shown(tx, Experiment))
    if "goal" in told.given:
        shown["goal_id"] = told.made("goal")
    parent = ExperimentId(told.made("instead_of")) if "instead_of" in told.given else None
    numbers = tuple(_number_given(row, one) for row, one in enumerate(told.given.get("numbers", ()), 1))
    return commit_to_experiment(tx, Commit(shown, numbers or None, told.pair, parent_id=parent))


def _number_given(row: int, one: Mapping[str, Any]) -> Measure:
    number = {name: Decimal(str(one[name])) for name in ("today", "hoped") if name in one}
    return Measure(one["name"], one.get("unit", ""), number.get("today"), number.get("hoped"), row)


def _do_note_number(tx: Tx, told: Told) -> None:
    sign = tx.indicators.first(experiment_id=told.made("try"), name=told.given["number"])
    if sign is None:
        raise LookupError(f"no number of this try is called {told.given['number']}")
    note_number(tx, NoteNumber(sign.id, told.shown(tx, NumberNoted)))


def _do_hint(tx: Tx, told: Told) -> int:
    return add_hint(tx, ExperimentId(told.made("try")), told.given["text"])


def _do_check_in(tx: Tx, told: Told) -> int:
    """Answer what Pairloop asked; what was promised before is done where `done` says so."""
    form = open_check_in_form(tx)
    fates = {promised.id: Fate.DONE for promised in form.commitments if told.given.get("done")}
    command = AnswerCheckIn(form.occurrence.id, told.shown(tx, CheckIn), told.given.get("energy"), fates)
    return answer_check_in(tx, command)


def _do_nothing_new(tx: Tx, _told: Told) -> int:
    return nothing_new(tx, open_check_in_form(tx).occurrence.id)


def _do_result(tx: Tx, told: Told) -> int:
    tried = ExperimentId(told.made("try"))
    tap(tx, tried, Adherence(told.given.get("adherence", Adherence.DID)))
    numbers = told.given.get("numbers", {})
    signs = {sign.name: sign.id for sign in tx.indicators.find(experiment_id=tried)}
    readings = {IndicatorId(signs[name]): Decimal(str(value)) for name, value in numbers.items()}
    return tell_result(tx, TellResult(tried, told.shown(tx, Result), readings))


def _do_respond(tx: Tx, told: Told) -> int:
    return respond(tx, Respond(ResultId(told.made("result")), told.shown(tx, Response)))


def _do_seen(tx: Tx, told: Told) -> None:
    will_answer(tx, ResultId(told.made("result")))


def _do_ask(tx: Tx, told: Told) -> int:
    return ask_mentor(tx, told.shown(tx, Ask), told.pair)


def _do_answer(tx: Tx, told: Told) -> int:
    return answer_ask(tx, tx.asks.get(told.made("ask")).id, told.shown(tx, Answer))


def _do_discuss(tx: Tx, told: Told) -> None:
    discuss_ask(tx, tx.asks.get(told.made("ask")).id, wanted=True)


def _do_talked(tx: Tx, told: Told) -> int:
    return tell_session(tx, TellSession(told.pair, told.shown(tx, Session)))


def _do_evidence(tx: Tx, told: Told) -> int:
    tried = ExperimentId(told.made("try")) if "try" in told.given else None
    return save_evidence(tx, SaveEvidence(told.shown(tx, Evidence), told.pair, tried))[0]


def _do_insight(tx: Tx, told: Told) -> int:
    result = ResultId(told.made("result")) if "result" in told.given else None
    return keep_insight(tx, KeepInsight(told.pair, told.shown(tx, Insight), result))


def _do_agree(tx: Tx, told: Told) -> None:
    """Say yes to the circle that the partner wishes for an insight, in the words as they are."""
    insight = tx.insights.get(told.made("insight"))
    answer_wish(tx, insight.id, insight.wished or Visibility.PAIR, insight.edition, agree=True)


@dataclass(frozen=True)
class Act:
    """Something that people do.

    Args:
        does: the use case; it returns the id of what came of it.
        kind: whose fields an event may give.
        besides: what else it may give.
        of_lead: whether only those do it who look after pairs.
    """

    does: Callable[[Tx, Told], int | None]
    kind: Callable[..., object] | None = None
    besides: tuple[str, ...] = ()
    of_lead: bool = False

    @property
    def takes(self) -> frozenset[str]:
        return frozenset(self.besides) | (asked_by(self.kind).keys() if self.kind else frozenset())


ACTS: Mapping[str, Act] = {
    "set up the cohort": Act(
        _do_cohort, None, ("cohort", "every_weeks", "weekday", "asks_at", "pack"), of_lead=True
    ),
    "ask a pair": Act(_do_ask_pair, None, ("mentor", "mentee", "cohort", "reason"), of_lead=True),
    "say yes": Act(_do_say_yes),
    "set a goal": Act(_do_set_goal, Goal),
    "make a ladder": Act(_do_ladder, Ladder, ("goal",)),
    "rate": Act(_do_rate, LadderScore, ("goal",)),
    "observe": Act(_do_observe, Observation, ("person",)),
    "reach the goal": Act(_do_reach_goal, None, ("goal",)),
    "try": Act(_do_try, Experiment, ("goal", "instead_of", "numbers")),
    "note a number": Act(_do_note_number, NumberNoted, ("try", "number")),
    "add a hint": Act(_do_hint, None, ("try", "text")),
    "check in": Act(_do_check_in, CheckIn, ("energy", "done")),
    "nothing new": Act(_do_nothing_new),
    "tell the result": Act(_do_result, Result, ("try", "numbers")),
    "respond": Act(_do_respond, Response, ("result",)),
    "will answer": Act(_do_seen, None, ("result",)),
    "ask": Act(_do_ask, Ask),
    "answer": Act(_do_answer, Answer, ("ask",)),
    "discuss": Act(_do_discuss, None, ("ask",)),
    "tell of the talk": Act(_do_talked, Session),
    "keep a message": Act(_do_evidence, Evidence, ("try",)),
    "keep an insight": Act(_do_insight, Insight, ("result",)),
    "agree": Act(_do_agree, None, ("insight",)),
}
