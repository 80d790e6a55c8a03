"""Keeping an insight, and agreeing on who may find it, on a real database."""

from dataclasses import replace

import pytest

from bot.domain.errors import (
    AlreadySettled,
    ChoiceMissing,
    NoPair,
    NotAllowed,
    NotFound,
    Stale,
    TextMissing,
    TooManyTags,
)
from bot.domain.ids import InsightId
from bot.domain.insights import Insight, Visibility
from bot.domain.members import Member
from bot.domain.pairs import PairState
from bot.usecases import insights, insights_sharing
from bot.usecases.dispatch import dispatch
from bot.usecases.insights import (
    KeepInsight,
    keep_insight,
    open_insight_form,
    see_insight,
)
from bot.usecases.insights_sharing import answer_wish, change_visibility
from tests.usecases.conftest import Stage
from tests.usecases.test_sessions import a_pair

PAIR, COHORT, EVERYONE = Visibility.PAIR, Visibility.COHORT, Visibility.WORKSPACE


def an_insight(stage: Stage, visibility: Visibility | None = PAIR, **more: object) -> KeepInsight:
    command = KeepInsight(stage.pair.id, "I lead", "ask first", "they speak", "listening", visibility)
    return replace(command, **more)  # type: ignore[arg-type]  # any field


async def keep(
    stage: Stage,
    visibility: Visibility | None = PAIR,
    *,
    by: Member | None = None,
    key: str = "keep",
    **more: object,
) -> InsightId:
    me = by or stage.mentee
    command = an_insight(stage, visibility, **more)
    return await keep_insight(stage.deps, stage.viewer(me), me.id, command, key=key)


async def choose(
    stage: Stage, member: Member, insight: InsightId, wanted: Visibility | None, *, read: int = 1
) -> None:
    key = f"choose:{member.id}:{wanted}:{read}"
    await change_visibility(stage.deps, stage.viewer(member), member.id, insight, wanted, read, key=key)


async def answer(
    stage: Stage,
    member: Member,
    insight: InsightId,
    asked: Visibility,
    *,
    agree: bool = True,
    read: int = 1,
) -> None:
    key = f"answer:{member.id}:{asked}:{agree}:{read}"
    await answer_wish(stage.deps, stage.viewer(member), member.id, insight, asked, read, agree=agree, key=key)


async def the(stage: Stage, insight: InsightId) -> Insight:
    return await stage.read(lambda r: r.insights.get(insight))


async def accesses(stage: Stage) -> set[str]:
    """Who may find it, in whatever words."""
    return {found.access for found in await stage.read(lambda r: r.entries.find())}


async def finds(stage: Stage, member: Member) -> bool:
    return bool(await stage.read(lambda r: r.entries.find(), member))


async def a_stranger(stage: Stage) -> Member:
    now = stage.clock.now()
    stranger = Member(stage.workspace.id, "UZOE", "Zoe", "UTC", "en-US", now)
    return await stage.write(lambda r: r.members.insert(stranger))


async def test_it_is_the_pairs_alone_at_once(stage: Stage) -> None:
    insight = await keep(stage)

    assert await accesses(stage) == {f"p{stage.pair.id}"}
    for member in (stage.mentee, stage.mentor):
        assert await stage.told(member) == [insights_sharing.CARD]
        assert (await see_insight(stage.deps, stage.viewer(member), member.id, insight)).insight.outcome
    with pytest.raises(NotFound):
        await see_insight(stage.deps, stage.viewer(stage.admin), stage.admin.id, insight)
    assert not await finds(stage, stage.admin)


async def test_a_wider_circle_is_only_a_wish_until_the_partner_agrees(stage: Stage) -> None:
    stranger = await a_stranger(stage)
    insight = await keep(stage, EVERYONE)
    assert await stage.told(stage.mentor) == [insights_sharing.CARD, insights_sharing.CONSENT]
    assert await stage.told(stage.mentee) == [insights_sharing.CARD]
    assert not await finds(stage, stranger)

    await answer(stage, stage.mentor, insight, EVERYONE)

    assert await accesses(stage) == {f"p{stage.pair.id}", f"w{stage.workspace.id}"}
    assert await finds(stage, stranger)


async def test_a_no_leaves_it_as_it_was(stage: Stage) -> None:
    insight = await keep(stage, COHORT)

    await answer(stage, stage.mentor, insight, COHORT, agree=False)

    kept = await the(stage, insight)
    assert (kept.visibility, kept.wished) == (PAIR, None)
    with pytest.raises(AlreadySettled):
        await answer(stage, stage.mentor, insight, COHORT)


async def test_either_narrows_it_alone_and_the_index_follows_at_once(stage: Stage) -> None:
    stranger = await a_stranger(stage)
    insight = await keep(stage, EVERYONE)
    await answer(stage, stage.mentor, insight, EVERYONE)

    await choose(stage, stage.mentor, insight, PAIR)

    assert await accesses(stage) == {f"p{stage.pair.id}"}
    assert not await finds(stage, stranger)


async def test_narrowing_ends_a_wish_that_waits(stage: Stage) -> None:
    insight = await keep(stage, COHORT)
    await answer(stage, stage.mentor, insight, COHORT)
    await choose(stage, stage.mentee, insight, EVERYONE)

    await choose(stage, stage.mentor, insight, PAIR)

    kept = await the(stage, insight)
    assert (kept.visibility, kept.wished) == (PAIR, None)


async def test_an_answer_to_another_question_opens_nothing(stage: Stage) -> None:
    insight = await keep(stage, COHORT)
    await choose(stage, stage.mentee, insight, EVERYONE)

    with pytest.raises(Stale):
        await answer(stage, stage.mentor, insight, COHORT)
    with pytest.raises(NotAllowed):
        await answer(stage, stage.mentee, insight, EVERYONE)
    assert (await the(stage, insight)).visibility is PAIR


async def test_changing_its_words_while_my_partner_wishes_asks_nobody_and_keeps_the_wish(
    stage: Stage,
) -> None:
    insight = await keep(stage)
    await choose(stage, stage.mentor, insight, COHORT)
    assert await stage.told(stage.mentee) == [insights_sharing.CARD, insights_sharing.CONSENT]
    form = await open_insight_form(stage.deps, stage.viewer(stage.mentee), stage.mentee.id, insight=insight)
    assert form.visibility is PAIR

    await keep(stage, form.visibility, key="again", insight_id=insight, outcome="they speak up")

    kept = await the(stage, insight)
    assert (kept.outcome, kept.wished, kept.wished_by) == ("they speak up", COHORT, stage.mentor.id)
    assert await stage.told(stage.mentor) == [insights_sharing.CARD]
    assert await stage.told(stage.mentee) == [insights_sharing.CARD, insights_sharing.CONSENT]


async def test_a_wish_that_was_refused_can_be_asked_again(stage: Stage) -> None:
    insight = await keep(stage, COHORT)
    await answer(stage, stage.mentor, insight, COHORT, agree=False)

    await choose(stage, stage.mentee, insight, COHORT)

    assert (await stage.told(stage.mentor)).count(insights_sharing.CONSENT) == 2


async def test_words_are_their_writers_to_change(stage: Stage) -> None:
    insight = await keep(stage)

    with pytest.raises(NotAllowed):
        await keep(stage, by=stage.mentor, key="theirs", insight_id=insight, outcome="nonsense")
    form = await open_insight_form(stage.deps, stage.viewer(stage.mentor), stage.mentor.id, insight=insight)
    assert not form.mine
    assert (await the(stage, insight)).outcome == "they speak"


async def test_the_same_form_twice_is_kept_once(stage: Stage) -> None:
    assert await keep(stage) == await keep(stage)
    assert len(await stage.read(lambda r: r.insights.find())) == 1


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"behaviour": " "}, TextMissing, "behaviour"),
        ({"outcome": ""}, TextMissing, "outcome"),
        ({"tags": "a,b,c,d,e,f,g,h,i"}, TooManyTags, "tags"),
        ({"visibility": None}, ChoiceMissing, "visibility"),
    ],
)
async def test_what_cannot_be_kept_names_its_field(
    stage: Stage, change: dict[str, object], error: type[TextMissing], field: str
) -> None:
    with pytest.raises(error) as refused:
        await keep(stage, **change)  # type: ignore[arg-type]  # any field
    assert refused.value.field == field


async def test_somebody_in_no_pair_has_nobody_to_share_it_with(stage: Stage) -> None:
    with pytest.raises(NoPair):
        await open_insight_form(stage.deps, stage.viewer(stage.admin), stage.admin.id)
    with pytest.raises(NotFound):
        await keep(stage, by=stage.admin)


async def test_a_former_mentor_finds_it_no_more(stage: Stage) -> None:
    insight = await keep(stage)
    (place,) = await stage.read(lambda r: r.pair_members.find(member_id=stage.mentor.id))
    await stage.write(lambda r: r.pair_members.update(replace(place, left_at=stage.clock.now())))

    assert not await finds(stage, stage.mentor)
    with pytest.raises(NotFound):
        await choose(stage, stage.mentor, insight, PAIR)


async def test_after_the_pair_has_ended_it_can_still_be_narrowed_and_leaves_the_index(stage: Stage) -> None:
    stranger = await a_stranger(stage)
    insight = await keep(stage, COHORT)
    await answer(stage, stage.mentor, insight, COHORT)
    await stage.write(lambda r: r.pairs.update(replace(r.pairs.get(stage.pair.id), state=PairState.ENDED)))

    await choose(stage, stage.mentee, insight, PAIR)

    assert await accesses(stage) == {f"p{stage.pair.id}"}
    assert not await finds(stage, stranger)
    assert not await finds(stage, stage.admin)


async def test_the_index_reads_words_in_the_language_of_their_writer(stage: Stage) -> None:
    german = replace(stage.mentor, locale="de-DE")
    await stage.write(lambda r: r.members.update(german))
    insight = await keep(stage, COHORT)

    await answer(stage, stage.mentor, insight, COHORT)

    assert {found.language for found in await stage.read(lambda r: r.entries.find())} == {"en"}


async def test_both_see_how_it_stands_after_an_answer(stage: Stage) -> None:
    insight = await keep(stage, COHORT)
    await dispatch(stage.deps)

    await answer(stage, stage.mentor, insight, COHORT)
    await dispatch(stage.deps)

    cards = [post.content for post in stage.messenger.updates]
    shown = [
        card.insight if isinstance(card, insights.InsightCard) else card.card.insight
        for card in cards
        if isinstance(card, insights.InsightCard | insights.InsightWish)
    ]
    assert len(shown) == 3
    assert {insight.visibility for insight in shown} == {COHORT}


async def test_somebodys_words_open_the_form_of_the_newest_pair(stage: Stage) -> None:
    me, second = stage.mentee, await a_pair(stage, stage.admin, stage.mentee)

    form = await open_insight_form(stage.deps, stage.viewer(me), me.id, words="They waited for me")

    assert (form.pair_id, form.partners, form.outcome) == (second, ("Ada",), "They waited for me")


async def test_a_circle_has_to_be_chosen(stage: Stage) -> None:
    insight = await keep(stage)

    with pytest.raises(ChoiceMissing) as refused:
        await choose(stage, stage.mentor, insight, None)
    assert refused.value.field == "visibility"


async def test_the_form_presets_my_own_wish_and_never_my_partners(stage: Stage) -> None:
    insight = await keep(stage, COHORT)

    for member, preset in ((stage.mentee, COHORT), (stage.mentor, PAIR)):
        form = await open_insight_form(stage.deps, stage.viewer(member), member.id, insight=insight)
        assert (form.visibility, form.found_by, form.mine) == (preset, PAIR, member == stage.mentee)
