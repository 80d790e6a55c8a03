"""From a result to an insight and from an insight to the next try, on a real database."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.errors import NothingTried
from bot.domain.ids import ExperimentId, InsightId, MemberId, PairId, ResultId
from bot.domain.insights import FIRST_EDITION, Visibility
from bot.domain.members import Member
from bot.domain.pairs import Consent, Membership, Pair, PairState, Role
from bot.domain.results import Adherence, Grade, HowOften, NextStep
from bot.domain.stored import EntryKind
from bot.ports import Tx
from bot.usecases.loop.experiments import Commit, commit_to_experiment
from bot.usecases.loop.results import TellResult, tap, tell_result
from bot.usecases.repository.insights import KeepInsight, keep_insight, open_insight_form
from bot.usecases.repository.insights_sharing import change_visibility
from bot.usecases.repository.search import find, find_entries
from bot.usecases.repository.search_things import open_thing
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.programme.test_pairs_consent import met


async def a_try(setup: Setup, behaviour: str = "ask first") -> ExperimentId:
    command = Commit({"behaviour": behaviour, "situation": "I lead", "until": date(2026, 11, 27)})
    me = setup.mentee
    return await write_as(setup.deps, setup.viewer(me), commit_to_experiment, command, key=behaviour)


async def told(setup: Setup, adherence: Adherence, behaviour: str = "ask first") -> ResultId:
    me, experiment = setup.mentee, await a_try(setup, behaviour)
    await write_as(setup.deps, setup.viewer(me), tap, experiment, adherence, key=f"tap {behaviour}")
    command = TellResult(
        experiment,
        {
            "what_happened": f"What came of {behaviour}",
            "next_step": NextStep.ADOPT,
            "how_often": HowOften.FEW,
        },
        readings={},
    )
    return await write_as(setup.deps, setup.viewer(me), tell_result, command, key=f"tell {behaviour}")


async def keep(setup: Setup, result: ResultId | None, key: str = "keep") -> int:
    command = KeepInsight(
        setup.pair.id,
        {
            "situation": "I lead",
            "behaviour": "ask first",
            "outcome": "they speak",
            "tags": "",
            "visibility": Visibility.PAIR,
        },
        result_id=result,
    )
    return await write_as(setup.deps, setup.viewer(setup.mentee), keep_insight, command, key=key)


@pytest.mark.parametrize("who", ["mentee", "mentor"])
async def test_nothing_is_concluded_from_what_was_not_done(setup: Setup, who: str) -> None:
    result, me = await told(setup, Adherence.DIDNT), getattr(setup, who)

    with pytest.raises(NothingTried):
        await read_as(setup.deps, setup.viewer(me), open_insight_form, result_id=result)
    with pytest.raises(NothingTried):
        await keep(setup, result)

    assert await setup.read(lambda r: r.insights.count()) == 0


async def test_an_insight_that_was_kept_before_is_still_its_authors_to_change(setup: Setup) -> None:
    result = await told(setup, Adherence.PARTLY)
    insight = await keep(setup, result)
    await setup.write(lambda r: r.results.update(replace(r.results.get(result), adherence=Adherence.DIDNT)))

    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_insight_form, result_id=result)

    assert form.insight_id == insight
    assert await keep(setup, result, key="again") == insight


async def test_a_hit_carries_the_grade_of_what_has_an_outcome(setup: Setup) -> None:
    done = await told(setup, Adherence.DID, "nod slowly")
    await told(setup, Adherence.DIDNT, "hum slowly")
    await keep(setup, done)

    stories = (await read_as(setup.deps, setup.viewer(setup.mentor), find, "", limit=10)).hits
    found, _ = await read_as(setup.deps, setup.viewer(setup.mentor), find_entries, "", limit=10)
    hits = found.hits

    assert {hit.grade for hit in stories} == {Grade.REPEATED, None}
    assert len(stories) == 2
    grades = {
        (hit.kind, "".join(text for text, _ in hit.title).partition(" –")[0]): hit.grade for hit in hits
    }
    assert grades[EntryKind.RESULT, "nod slowly"] is Grade.REPEATED
    assert grades[EntryKind.RESULT, "hum slowly"] is None
    assert grades[EntryKind.INSIGHT, "ask first"] is Grade.REPEATED
    assert {grade for (kind, _), grade in grades.items() if kind is EntryKind.EXPERIMENT} == {None}


async def test_others_read_the_grade_that_was_agreed_and_try_what_they_read(setup: Setup) -> None:
    await keep(setup, None)
    insight = await keep(setup, await told(setup, Adherence.DID), key="second")
    asked = InsightId(insight), Visibility.WORKSPACE
    for who, key in ((setup.mentee, "wish"), (setup.mentor, "agree")):
        await write_as(setup.deps, setup.viewer(who), change_visibility, *asked, FIRST_EDITION, key=key)
    reader = await met(setup, "UZOE", "Zoe")

    (hit,) = (await read_as(setup.deps, setup.viewer(reader), find, "", limit=10)).hits
    thing = await read_as(setup.deps, setup.viewer(reader), open_thing, hit.kind, hit.subject_id)

    assert (hit.subject_id, hit.grade) == (insight, Grade.REPEATED)
    assert (thing.subject_id, thing.subject.id) == (insight, 1)


async def try_in(setup: Setup, who: Member) -> PairId | None:
    insight = await keep(setup, None)
    thing = await read_as(setup.deps, setup.viewer(who), open_thing, EntryKind.INSIGHT, insight)
    return thing.try_in


def with_mira(tx: Tx, setup: Setup, role: Role, state: PairState) -> PairId:
    """Another pair with Mira in it."""
    pair = tx.pairs.insert(Pair(setup.workspace.id, setup.cohort.id, setup.clock.now(), state=state))
    membership = Membership(setup.workspace.id, pair.id, MemberId(setup.mentor.id), role, Consent.YES)
    tx.memberships.insert(membership)
    return pair.id


async def test_the_mentee_tries_an_insight_in_its_own_pair(setup: Setup) -> None:
    assert await try_in(setup, setup.mentee) == setup.pair.id


async def test_somebody_who_learns_elsewhere_tries_it_there(setup: Setup) -> None:
    other = await setup.write(lambda r: with_mira(r, setup, Role.MENTEE, PairState.ACTIVE))

    assert await try_in(setup, setup.mentor) == other


@pytest.mark.parametrize(
    ("role", "state"),
    [(Role.MENTOR, PairState.ACTIVE), (Role.MENTEE, PairState.PAUSED), (Role.MENTEE, PairState.ENDED)],
)
async def test_who_learns_nowhere_now_has_nowhere_to_try_it(
    setup: Setup, role: Role, state: PairState
) -> None:
    await setup.write(lambda r: with_mira(r, setup, role, state))

    assert await try_in(setup, setup.mentor) is None
