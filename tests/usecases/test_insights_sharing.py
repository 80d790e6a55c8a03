"""What everybody else reads of an insight whose words change, on a real database: in search, opened, and exported."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.entries import EntryKind, Filters
from bot.domain.errors import NotFound, WordsChanged
from bot.domain.experiments import Experiment
from bot.domain.ids import InsightId, PairId
from bot.domain.insights import Insight, SharedInsight, Visibility
from bot.domain.members import Member
from bot.domain.pairs import Consent, Pair, PairMember, PairState, Role
from bot.domain.results import Adherence, Grade, Result
from bot.ports import Repositories
from bot.usecases.dispatch import dispatch
from bot.usecases.export import export
from bot.usecases.insights import InsightWish, KeepInsight, keep_insight, open_insight_form, see_insight
from bot.usecases.insights_sharing import CARD, CONSENT, answer_wish, change_visibility
from bot.usecases.search import find, tags_to_choose
from bot.usecases.search_things import open_thing
from tests.usecases.conftest import Stage

PAIR, COHORT, EVERYONE = Visibility.PAIR, Visibility.COHORT, Visibility.WORKSPACE
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
OLD = {"situation": "oldwhen", "behaviour": "olddoing", "outcome": "oldoutcome", "tags": "oldtag"}
NEW = {"situation": "newwhen", "behaviour": "newdoing", "outcome": "newoutcome", "tags": "newtag"}
KEPT = KeepInsight(PairId(0), "", "", "", "", COHORT)


async def keep(
    stage: Stage,
    words: dict[str, str],
    visibility: Visibility = COHORT,
    *,
    insight: InsightId | None = None,
    by: Member | None = None,
    **more: object,
) -> InsightId:
    me = by or stage.mentee
    fields = {"pair_id": stage.pair.id, **words, "visibility": visibility, "insight_id": insight, **more}
    command = replace(KEPT, **fields)  # type: ignore[arg-type]  # the test names the fields
    key = f"{sorted(words.values())}:{visibility}:{len(await stage.read(lambda r: r.audit.find()))}"
    return await keep_insight(stage.deps, stage.viewer(me), me.id, command, key=key)


async def answer(
    stage: Stage, insight: InsightId, read: int, *, by: Member | None = None, agree: bool = True
) -> None:
    me = by or stage.mentor
    await answer_wish(
        stage.deps, stage.viewer(me), me.id, insight, COHORT, read, agree=agree, key=f"{me.id}:{read}:{agree}"
    )


async def choose(stage: Stage, member: Member, insight: InsightId, wanted: Visibility, read: int) -> None:
    key = f"choose:{member.id}:{wanted}:{read}"
    await change_visibility(stage.deps, stage.viewer(member), member.id, insight, wanted, read, key=key)


async def shared(stage: Stage) -> InsightId:
    """Both let the cohort read the old words."""
    insight = await keep(stage, OLD)
    await answer(stage, insight, 1)
    return insight


async def finds(stage: Stage, member: Member, words: str) -> list[str]:
    """What this member reads of each hit for these words: title, snippet and tags."""
    found = await find(stage.deps, stage.viewer(member), member.id, words)
    assert found.total == len(found.hits)
    return [
        " ".join(" ".join([*(text for text, _ in (*hit.title, *hit.snippet)), *hit.tags]).split())
        for hit in found.hits
        if hit.kind is EntryKind.INSIGHT
    ]


async def everything_read(stage: Stage, member: Member, insight: InsightId) -> str:
    """All that this member gets to read in every way there is, as one text."""
    viewer = stage.viewer(member)
    taken_along = (await export(stage.deps, viewer, member)).records
    tags = await tags_to_choose(stage.deps, viewer)
    near = [
        (await find(stage.deps, viewer, member.id, typed)).suggestion for typed in ("olddoign", "newdoign")
    ]
    by_tag = [await find(stage.deps, viewer, member.id, "", Filters(tag=tag)) for tag in ("oldtag", "newtag")]
    read: list[object] = [
        taken_along,
        tags,
        near,
        [found.hits for found in by_tag],
        await finds(stage, member, ""),
    ]
    try:
        read.append(await open_thing(stage.deps, viewer, member.id, EntryKind.INSIGHT, insight))
    except NotFound:
        assert not any(found.total for found in by_tag)
    return str(read)


async def test_changed_words_stay_with_the_two_until_the_partner_agreed_to_them(stage: Stage) -> None:
    insight = await shared(stage)

    await keep(stage, NEW, insight=insight)

    assert await finds(stage, stage.admin, "newdoing") == []
    assert await finds(stage, stage.admin, "olddoing") == ["olddoing – oldwhen oldoutcome oldtag"]
    assert await tags_to_choose(stage.deps, stage.viewer(stage.admin)) == ["oldtag"]
    outside = await everything_read(stage, stage.admin, insight)
    assert [word for word in NEW.values() if word in outside] == []
    assert [word for word in OLD.values() if word not in outside] == []
    for member in (stage.mentee, stage.mentor):
        assert await finds(stage, member, "newdoing") == ["newdoing – newwhen newoutcome newtag"]
        assert await finds(stage, member, "olddoing") == []
        assert await tags_to_choose(stage.deps, stage.viewer(member)) == ["newtag"]


async def test_once_the_partner_agreed_everybody_reads_the_new_words_and_nobody_the_old_ones(
    stage: Stage,
) -> None:
    insight = await shared(stage)
    await keep(stage, NEW, insight=insight)

    await answer(stage, insight, 2)

    for member in (stage.admin, stage.mentee, stage.mentor):
        assert await finds(stage, member, "newdoing") == ["newdoing – newwhen newoutcome newtag"]
        assert await finds(stage, member, "olddoing") == []
        read = await everything_read(stage, member, insight)
        assert [word for word in OLD.values() if word in read] == []


async def test_a_no_leaves_the_old_words_to_others(stage: Stage) -> None:
    insight = await shared(stage)
    await keep(stage, NEW, insight=insight)

    await answer(stage, insight, 2, agree=False)

    assert await finds(stage, stage.admin, "olddoing") == ["olddoing – oldwhen oldoutcome oldtag"]
    assert await finds(stage, stage.admin, "newdoing") == []


@pytest.mark.parametrize("changed", ["situation", "behaviour", "outcome", "tags"])
async def test_whatever_others_read_of_it_waits_for_a_yes(stage: Stage, changed: str) -> None:
    insight = await shared(stage)

    await keep(stage, {**OLD, changed: NEW[changed]}, insight=insight)

    assert NEW[changed] not in await everything_read(stage, stage.admin, insight)
    assert (await stage.told(stage.mentor)).count(CONSENT) == 2


async def test_how_sure_it_is_waits_for_a_yes_as_well(stage: Stage) -> None:
    result = await stage.write(lambda r: _a_result(r, stage, stage.pair))
    insight = await keep(stage, OLD, result_id=result.id)
    await answer(stage, insight, 1)
    await stage.write(lambda r: r.results.update(replace(r.results.get(result.id), grade=Grade.TESTED)))

    await keep(stage, OLD, insight=insight, result_id=result.id)

    thing = await open_thing(
        stage.deps, stage.viewer(stage.admin), stage.admin.id, EntryKind.INSIGHT, insight
    )
    assert isinstance(thing.subject, SharedInsight)
    assert thing.subject.grade is Grade.HUNCH
    card = await see_insight(stage.deps, stage.viewer(stage.mentor), stage.mentor.id, insight)
    assert card.insight.grade is Grade.TESTED


async def test_saving_it_unchanged_asks_nobody(stage: Stage) -> None:
    insight = await shared(stage)

    await keep(stage, OLD, insight=insight)

    assert (await stage.told(stage.mentor)).count(CONSENT) == 1


async def test_a_yes_to_a_question_with_older_words_opens_nothing(stage: Stage) -> None:
    insight = await keep(stage, OLD)
    await keep(stage, NEW, insight=insight)

    with pytest.raises(WordsChanged):
        await answer(stage, insight, 1)

    assert await finds(stage, stage.admin, "") == []
    await answer(stage, insight, 2)
    assert await finds(stage, stage.admin, "newdoing") == ["newdoing – newwhen newoutcome newtag"]


async def test_a_question_that_waits_shows_the_newest_words_and_is_not_asked_twice(stage: Stage) -> None:
    insight = await keep(stage, OLD)
    await dispatch(stage.deps)

    await keep(stage, NEW, insight=insight)
    await dispatch(stage.deps)

    assert (await stage.told(stage.mentor)).count(CONSENT) == 1
    (shown,) = [post.content for post in stage.messenger.updates if isinstance(post.content, InsightWish)]
    assert (shown.card.insight.behaviour, shown.card.insight.edition) == ("newdoing", 2)


async def test_an_answered_question_is_not_asked_again_when_the_words_change(stage: Stage) -> None:
    insight = await keep(stage, OLD)
    await dispatch(stage.deps)
    await answer(stage, insight, 1)
    await dispatch(stage.deps)

    for words in (NEW, {**NEW, "tags": "thirdtag"}):
        await keep(stage, words, insight=insight)
        await dispatch(stage.deps)

    first, second = await stage.read(lambda r: r.outgoing.find(kind=CONSENT, updates=""))
    updated = await stage.read(lambda r: r.outgoing.find(kind=CONSENT, updates=first.dedupe_key))
    assert len(updated) == 1, "it was settled once, and says so"
    assert len(await stage.read(lambda r: r.outgoing.find(kind=CONSENT, updates=second.dedupe_key))) == 1


async def test_the_question_about_new_words_has_what_others_read_until_now(stage: Stage) -> None:
    insight = await shared(stage)
    await dispatch(stage.deps)
    stage.messenger.posts.clear()

    await keep(stage, NEW, insight=insight)
    await dispatch(stage.deps)

    (asked,) = [post.content for post in stage.messenger.posts if isinstance(post.content, InsightWish)]
    assert asked.card.shared is not None
    assert (asked.card.insight.behaviour, asked.card.shared.behaviour) == ("newdoing", "olddoing")


async def test_either_takes_it_back_at_once_while_new_words_wait(stage: Stage) -> None:
    for member in (stage.mentee, stage.mentor):
        insight = await shared(stage)
        await keep(stage, NEW, insight=insight)

        await choose(stage, member, insight, PAIR, read=1)

        read = await everything_read(stage, stage.admin, insight)
        assert [word for word in (*OLD.values(), *NEW.values()) if word in read] == []
        assert await stage.read(lambda r: r.entries.count(kind=EntryKind.SHARED)) == 0
        assert await stage.read(lambda r: r.shared_insights.count()) == 0


async def test_after_it_was_taken_back_it_needs_a_fresh_yes_to_the_words_as_they_are_then(
    stage: Stage,
) -> None:
    insight = await shared(stage)
    await choose(stage, stage.mentor, insight, PAIR, read=1)
    await keep(stage, NEW, COHORT, insight=insight)
    assert await finds(stage, stage.admin, "") == []

    await answer(stage, insight, 2)

    assert await finds(stage, stage.admin, "") == ["newdoing – newwhen newoutcome newtag"]


async def test_my_yes_to_my_partners_wish_opens_nothing_that_they_have_not_read(stage: Stage) -> None:
    insight = await keep(stage, OLD, PAIR)
    await choose(stage, stage.mentor, insight, COHORT, read=1)
    await keep(stage, NEW, PAIR, insight=insight)

    await answer(stage, insight, 2, by=stage.mentee)

    assert await finds(stage, stage.admin, "") == []
    assert (await stage.told(stage.mentor)).count(CONSENT) == 1
    await answer(stage, insight, 2, by=stage.mentor)
    assert await finds(stage, stage.admin, "") == ["newdoing – newwhen newoutcome newtag"]


async def test_choosing_a_circle_is_a_yes_to_the_words_that_the_form_showed_and_to_no_others(
    stage: Stage,
) -> None:
    insight = await keep(stage, OLD)
    form = await open_insight_form(stage.deps, stage.viewer(stage.mentor), stage.mentor.id, insight=insight)
    await keep(stage, NEW, insight=insight)

    with pytest.raises(WordsChanged):
        await choose(stage, stage.mentor, insight, COHORT, read=form.edition)

    assert await finds(stage, stage.admin, "") == []


async def test_the_pair_finds_it_once_also_after_it_has_ended(stage: Stage) -> None:
    insight = await shared(stage)
    await stage.write(lambda r: r.pairs.update(replace(r.pairs.get(stage.pair.id), state=PairState.ENDED)))

    assert len(await finds(stage, stage.mentee, "olddoing")) == 1
    await choose(stage, stage.mentee, insight, PAIR, read=1)
    assert await finds(stage, stage.admin, "olddoing") == []


async def test_a_former_mentor_reads_what_others_read(stage: Stage) -> None:
    insight = await keep(stage, OLD, EVERYONE)
    key = "yes"
    await answer_wish(
        stage.deps, stage.viewer(stage.mentor), stage.mentor.id, insight, EVERYONE, 1, agree=True, key=key
    )
    await keep(stage, NEW, EVERYONE, insight=insight)
    (place,) = await stage.read(lambda r: r.pair_members.find(member_id=stage.mentor.id))
    await stage.write(lambda r: r.pair_members.update(replace(place, left_at=NOW)))

    assert await finds(stage, stage.mentor, "") == ["olddoing – oldwhen oldoutcome oldtag"]
    read = await everything_read(stage, stage.mentor, insight)
    assert [word for word in NEW.values() if word in read] == []


async def test_the_two_take_along_both_what_they_wrote_and_what_others_read(stage: Stage) -> None:
    insight = await shared(stage)
    await keep(stage, NEW, insight=insight)

    records = (await export(stage.deps, stage.viewer(stage.mentor), stage.mentor)).records

    assert [record["behaviour"] for record in records["insight"]] == ["newdoing"]
    assert [record["behaviour"] for record in records["shared_insight"]] == ["olddoing"]


def _a_result(repositories: Repositories, stage: Stage, pair: Pair, *, told: bool = True) -> Result:
    place = (stage.workspace.id, pair.id)
    experiment = repositories.experiments.insert(
        Experiment(*place, stage.mentee.id, "ask first", "in meetings", date(2026, 12, 1), NOW)
    )
    made = Result(*place, experiment.id, stage.mentee.id, Adherence.DID, NOW, told_at=NOW if told else None)
    return repositories.results.insert(replace(made, what_happened="secretresult"))


async def another_pair(stage: Stage) -> tuple[Pair, Member]:
    """Mira mentors Zoe as well."""

    def write(repositories: Repositories) -> tuple[Pair, Member]:
        zoe = repositories.members.insert(Member(stage.workspace.id, "UZOE", "Zoe", "UTC", "en-US", NOW))
        pair = repositories.pairs.insert(
            Pair(stage.workspace.id, stage.cohort.id, NOW, state=PairState.ACTIVE, active_since=NOW)
        )
        for person, role in ((stage.mentor, Role.MENTOR), (zoe, Role.MENTEE)):
            place = PairMember(stage.workspace.id, pair.id, person.id, role, Consent.YES)
            repositories.pair_members.insert(place)
        return pair, zoe

    return await stage.write(write)


async def test_who_learns_elsewhere_may_try_it_in_the_words_that_were_agreed_to(stage: Stage) -> None:
    insight = await shared(stage)
    await keep(stage, NEW, insight=insight)
    pair, zoe = await another_pair(stage)

    thing = await open_thing(stage.deps, stage.viewer(zoe), zoe.id, EntryKind.INSIGHT, insight)

    assert isinstance(thing.subject, SharedInsight)
    assert (thing.try_in, thing.subject.behaviour) == (pair.id, "olddoing")


async def test_a_form_that_names_another_pair_of_mine_asks_the_partner_of_this_one(stage: Stage) -> None:
    pair, zoe = await another_pair(stage)
    insight = await keep(stage, OLD, PAIR, by=stage.mentor)

    await keep(stage, NEW, COHORT, insight=insight, by=stage.mentor, pair_id=pair.id)

    assert await stage.told(zoe) == []
    assert await stage.told(stage.mentee) == [CARD, CONSENT]


async def test_a_result_of_another_pair_of_mine_is_no_source_for_an_insight_of_this_one(stage: Stage) -> None:
    pair, _ = await another_pair(stage)
    result = await stage.write(lambda r: _a_result(r, stage, pair))

    with pytest.raises(NotFound):
        await keep(stage, OLD, by=stage.mentor, result_id=result.id)


async def test_a_result_that_was_not_told_yet_is_the_mentees_alone(stage: Stage) -> None:
    result = await stage.write(lambda r: _a_result(r, stage, stage.pair, told=False))
    viewer = stage.viewer(stage.mentor)

    with pytest.raises(NotFound):
        await open_insight_form(stage.deps, viewer, stage.mentor.id, result=result.id)
    with pytest.raises(NotFound):
        await keep(stage, OLD, by=stage.mentor, result_id=result.id)


async def test_an_outsider_has_no_way_to_the_insight_itself(stage: Stage) -> None:
    insight = await shared(stage)
    await keep(stage, NEW, insight=insight)

    with pytest.raises(NotFound):
        await see_insight(stage.deps, stage.viewer(stage.admin), stage.admin.id, insight)
    assert await stage.read(lambda r: r.insights.find(), stage.admin) == []
    found: list[Insight | SharedInsight] = [
        *await stage.read(lambda r: r.shared_insights.find(), stage.admin)
    ]
    assert [one.behaviour for one in found] == ["olddoing"]
