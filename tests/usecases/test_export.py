"""Does everybody take along what they may see, and nothing else?"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.domain.checkins import CheckIn, CheckInSource, Energy
from bot.domain.experiments import Experiment, Indicator
from bot.domain.goals import Goal
from bot.domain.insights import FIRST_EDITION, Insight, Visibility
from bot.domain.members import Member
from bot.domain.nudges import Occurrence, Ritual
from bot.domain.results import Adherence, Grade, Reading, Result
from bot.ports import Repositories
from bot.usecases.export import KINDS, SOMEBODY, Exported, export
from bot.usecases.insights_sharing import share
from tests.usecases.conftest import Stage

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


async def exported(stage: Stage, member: Member) -> Exported:
    return await export(stage.deps, stage.viewer(member), member)


def _loop(repositories: Repositories, stage: Stage, *, told: bool = True) -> Result:
    """Tom's goal, experiment with a number, and result."""
    place = (stage.workspace.id, stage.pair.id)
    tom = stage.mentee.id
    goal = repositories.goals.insert(Goal(*place, tom, "lead by asking", NOW, NOW))
    experiment = repositories.experiments.insert(
        Experiment(*place, tom, "ask first", "in meetings", date(2026, 12, 1), NOW, goal_id=goal.id)
    )
    pause = repositories.indicators.insert(Indicator(*place, experiment.id, "Pause", "s", Decimal("0.50")))
    result = repositories.results.insert(
        Result(*place, experiment.id, tom, Adherence.DID, NOW, told_at=NOW if told else None)
    )
    repositories.readings.insert(Reading(*place, result.id, pause.id, Decimal("2.5")))
    return result


async def test_both_partners_take_their_pairs_words_along_and_an_admin_does_not(stage: Stage) -> None:
    await stage.write(lambda r: _loop(r, stage))

    for member in (stage.mentor, stage.mentee):
        records = (await exported(stage, member)).records
        assert [goal["text"] for goal in records["goal"]] == ["lead by asking"]
        assert records["goal"][0]["member"] == "Tom (UTOM)"
        assert [reading["value"] for reading in records["reading"]] == ["2.5"]
    assert not any((await exported(stage, stage.admin)).records.values())


async def test_numbers_and_days_stay_exact_in_json(stage: Stage) -> None:
    await stage.write(lambda r: _loop(r, stage))

    records = json.loads(json.dumps((await exported(stage, stage.mentee)).records))

    assert records["indicator"][0]["baseline"] == "0.50"
    assert records["experiment"][0]["until"] == "2026-12-01"
    assert records["experiment"][0]["goal_id"] == records["goal"][0]["id"]


async def test_a_tap_stays_with_the_mentee_until_the_words_are_sent(stage: Stage) -> None:
    await stage.write(lambda r: _loop(r, stage, told=False))

    assert len((await exported(stage, stage.mentee)).records["result"]) == 1
    assert (await exported(stage, stage.mentor)).records["result"] == []


async def test_energy_goes_with_its_owner_only(stage: Stage) -> None:
    def check_in(repositories: Repositories) -> None:
        place = (stage.workspace.id, stage.pair.id)
        occurrence = repositories.occurrences.insert(
            Occurrence(*place, Ritual.CHECK_IN, 0, "2026-11-24", date(2026, 11, 24))
        )
        answered = repositories.check_ins.insert(
            CheckIn(
                *place, stage.mentee.id, occurrence.id, CheckInSource.FORM, NOW, NOW, went_well="a calm talk"
            )
        )
        repositories.energies.insert(Energy(stage.workspace.id, stage.mentee.id, answered.id, 2, NOW))

    await stage.write(check_in)

    mine, theirs = await exported(stage, stage.mentee), await exported(stage, stage.mentor)
    assert [energy["level"] for energy in mine.records["energy"]] == [2]
    assert theirs.records["energy"] == []
    assert [answer["went_well"] for answer in theirs.records["check_in"]] == ["a calm talk"]


async def test_an_insight_for_everyone_goes_without_its_writer(stage: Stage) -> None:
    def keep(repositories: Repositories) -> None:
        insight = Insight(
            stage.workspace.id, stage.pair.id, stage.cohort.id, stage.mentee.id,
            "in reviews", "naming one thing first", "people listen", NOW, NOW, grade=Grade.HUNCH,
        )  # fmt: skip
        kept = replace(insight, visibility=Visibility.WORKSPACE, agreed=FIRST_EDITION)
        share(repositories, repositories.insights.insert(kept), NOW)

    await stage.write(keep)

    (seen,) = (await exported(stage, stage.admin)).records["shared_insight"]
    (own,) = (await exported(stage, stage.mentor)).records["insight"]
    assert (await exported(stage, stage.admin)).records["insight"] == []
    assert seen["outcome"] == own["outcome"] == "people listen"
    assert (seen["member"], own["member"]) == (SOMEBODY, "Tom (UTOM)")
    assert {"pair_id", "cohort_id", "insight_id", "experiment_id", "wished"} & seen.keys() == set()


async def test_why_two_were_paired_goes_with_them_and_with_the_one_who_wrote_it(stage: Stage) -> None:
    lea = Member(stage.workspace.id, "ULEA", "Lea", "Europe/Berlin", "en-US", NOW, is_admin=True)
    lea = await stage.write(lambda r: r.members.insert(lea))
    await stage.write(lambda r: r.pairs.update(replace(stage.pair, reason="Both lead remote teams")))

    for member in (stage.mentor, stage.mentee, stage.admin):
        records = (await exported(stage, member)).records
        assert [pair["reason"] for pair in records["pair"]] == ["Both lead remote teams"]
    assert (await exported(stage, lea)).records["pair"] == []


async def test_every_kind_is_there_even_if_it_is_empty(stage: Stage) -> None:
    assert list((await exported(stage, stage.mentee)).records) == list(KINDS)


async def test_whoever_left_a_pair_takes_along_what_others_read_without_its_writer(stage: Stage) -> None:
    def keep(repositories: Repositories) -> None:
        insight = Insight(
            stage.workspace.id, stage.pair.id, stage.cohort.id, stage.mentee.id,
            "in reviews", "naming one thing first", "people listen", NOW, NOW, grade=Grade.HUNCH,
        )  # fmt: skip
        kept = replace(insight, visibility=Visibility.WORKSPACE, agreed=FIRST_EDITION)
        share(repositories, repositories.insights.insert(kept), NOW)
        (place,) = repositories.pair_members.find(member_id=stage.mentor.id)
        repositories.pair_members.update(replace(place, left_at=NOW))

    await stage.write(keep)

    records = (await exported(stage, stage.mentor)).records
    (seen,) = records["shared_insight"]
    assert (records["insight"], records["pair"]) == ([], [])
    assert (seen["member"], seen["outcome"]) == (SOMEBODY, "people listen")
    assert "pair_id" not in seen


async def test_a_pair_that_somebody_asked_without_a_word_is_not_theirs_to_take_along(stage: Stage) -> None:
    assert (await exported(stage, stage.admin)).records["pair"] == []
