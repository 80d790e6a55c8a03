"""From a result to an insight and from an insight to the next try, on a real database."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.entries import EntryKind
from bot.domain.errors import NothingTried
from bot.domain.ids import ExperimentId, InsightId, MemberId, PairId, ResultId
from bot.domain.insights import FIRST_EDITION, Visibility
from bot.domain.members import Member
from bot.domain.pairs import Consent, Pair, PairMember, PairState, Role
from bot.domain.results import Adherence, Grade, HowOften, NextStep
from bot.ports import Repositories
from bot.usecases.experiments import Commit, commit_to_experiment
from bot.usecases.insights import KeepInsight, keep_insight, open_insight_form
from bot.usecases.insights_sharing import change_visibility
from bot.usecases.results import TellResult, tap, tell_result
from bot.usecases.search import find
from bot.usecases.search_things import open_thing
from tests.usecases.conftest import Stage
from tests.usecases.test_pairs_consent import met


async def a_try(stage: Stage, behaviour: str = "ask first") -> ExperimentId:
    command = Commit(behaviour, "I lead", date(2026, 11, 27))
    me = stage.mentee
    return await commit_to_experiment(stage.deps, stage.viewer(me), me.id, command, key=behaviour)


async def told(stage: Stage, adherence: Adherence, behaviour: str = "ask first") -> ResultId:
    me, experiment = stage.mentee, await a_try(stage, behaviour)
    await tap(stage.deps, stage.viewer(me), me.id, experiment, adherence, key=f"tap {behaviour}")
    command = TellResult(experiment, f"What came of {behaviour}", NextStep.ADOPT, {}, how_often=HowOften.FEW)
    return await tell_result(stage.deps, stage.viewer(me), me.id, command, key=f"tell {behaviour}")


async def keep(stage: Stage, result: ResultId | None, key: str = "keep") -> int:
    command = KeepInsight(stage.pair.id, "I lead", "ask first", "they speak", "", Visibility.PAIR, result)
    return await keep_insight(stage.deps, stage.viewer(stage.mentee), stage.mentee.id, command, key=key)


@pytest.mark.parametrize("who", ["mentee", "mentor"])
async def test_nothing_is_concluded_from_what_was_not_done(stage: Stage, who: str) -> None:
    result, me = await told(stage, Adherence.DIDNT), getattr(stage, who)

    with pytest.raises(NothingTried):
        await open_insight_form(stage.deps, stage.viewer(me), me.id, result=result)
    with pytest.raises(NothingTried):
        await keep(stage, result)

    assert await stage.read(lambda r: r.insights.count()) == 0


async def test_an_insight_that_was_kept_before_is_still_its_authors_to_change(stage: Stage) -> None:
    result = await told(stage, Adherence.PARTLY)
    insight = await keep(stage, result)
    await stage.write(lambda r: r.results.update(replace(r.results.get(result), adherence=Adherence.DIDNT)))

    form = await open_insight_form(stage.deps, stage.viewer(stage.mentee), stage.mentee.id, result=result)

    assert form.insight_id == insight
    assert await keep(stage, result, key="again") == insight


async def test_a_hit_carries_the_grade_of_what_has_an_outcome(stage: Stage) -> None:
    done = await told(stage, Adherence.DID, "nod slowly")
    await told(stage, Adherence.DIDNT, "hum slowly")
    await keep(stage, done)

    hits = (await find(stage.deps, stage.viewer(stage.mentor), stage.mentor.id, "", limit=10)).hits

    grades = {
        (hit.kind, "".join(text for text, _ in hit.title).partition(" –")[0]): hit.grade for hit in hits
    }
    assert grades[EntryKind.RESULT, "nod slowly"] is Grade.REPEATED
    assert grades[EntryKind.RESULT, "hum slowly"] is None
    assert grades[EntryKind.INSIGHT, "ask first"] is Grade.REPEATED
    assert {grade for (kind, _), grade in grades.items() if kind is EntryKind.EXPERIMENT} == {None}


async def test_others_read_the_grade_that_was_agreed_and_try_what_they_read(stage: Stage) -> None:
    await keep(stage, None)
    insight = await keep(stage, await told(stage, Adherence.DID), key="second")
    asked = InsightId(insight), Visibility.WORKSPACE
    for who, key in ((stage.mentee, "wish"), (stage.mentor, "agree")):
        await change_visibility(stage.deps, stage.viewer(who), who.id, *asked, FIRST_EDITION, key=key)
    reader = await met(stage, "UZOE", "Zoe")

    (hit,) = (await find(stage.deps, stage.viewer(reader), reader.id, "", limit=10)).hits
    thing = await open_thing(stage.deps, stage.viewer(reader), reader.id, hit.kind, hit.subject_id)

    assert (hit.subject_id, hit.grade) == (insight, Grade.REPEATED)
    assert (thing.subject_id, thing.subject.id) == (insight, 1)


async def try_in(stage: Stage, who: Member) -> PairId | None:
    insight = await keep(stage, None)
    thing = await open_thing(stage.deps, stage.viewer(who), who.id, EntryKind.INSIGHT, insight)
    return thing.try_in


def with_mira(repositories: Repositories, stage: Stage, role: Role, state: PairState) -> PairId:
    """Another pair with Mira in it."""
    pair = repositories.pairs.insert(
        Pair(stage.workspace.id, stage.cohort.id, stage.clock.now(), state=state)
    )
    place = PairMember(stage.workspace.id, pair.id, MemberId(stage.mentor.id), role, Consent.YES)
    repositories.pair_members.insert(place)
    return pair.id


async def test_the_mentee_tries_an_insight_in_its_own_pair(stage: Stage) -> None:
    assert await try_in(stage, stage.mentee) == stage.pair.id


async def test_somebody_who_learns_elsewhere_tries_it_there(stage: Stage) -> None:
    other = await stage.write(lambda r: with_mira(r, stage, Role.MENTEE, PairState.ACTIVE))

    assert await try_in(stage, stage.mentor) == other


@pytest.mark.parametrize(
    ("role", "state"),
    [(Role.MENTOR, PairState.ACTIVE), (Role.MENTEE, PairState.PAUSED), (Role.MENTEE, PairState.ENDED)],
)
async def test_who_learns_nowhere_now_has_nowhere_to_try_it(
    stage: Stage, role: Role, state: PairState
) -> None:
    await stage.write(lambda r: with_mira(r, stage, role, state))

    assert await try_in(stage, stage.mentor) is None
