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
from bot.usecases.delivery.dispatch import dispatch
from bot.usecases.repository import insight_cards
from bot.usecases.repository.insight_cards import load_insight_card
from bot.usecases.repository.insights import KeepInsight, keep_insight, open_insight_form
from bot.usecases.repository.insights_sharing import answer_wish, change_visibility
from tests.commands import showing
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.rhythm.test_sessions import a_pair

PAIR, COHORT, EVERYONE = Visibility.PAIR, Visibility.COHORT, Visibility.WORKSPACE


def an_insight(setup: Setup, visibility: Visibility | None = PAIR, **more: object) -> KeepInsight:
    command = KeepInsight(
        setup.pair.id,
        {
            "situation": "I lead",
            "behaviour": "ask first",
            "outcome": "they speak",
            "tags": "listening",
            "visibility": visibility,
        },
    )
    return showing(command, **more)


async def keep(
    setup: Setup,
    visibility: Visibility | None = PAIR,
    *,
    by: Member | None = None,
    key: str = "keep",
    **more: object,
) -> InsightId:
    me = by or setup.mentee
    command = an_insight(setup, visibility, **more)
    return await write_as(setup.deps, setup.viewer(me), keep_insight, command, key=key)


async def choose(
    setup: Setup, member: Member, insight: InsightId, wanted: Visibility | None, *, read: int = 1
) -> None:
    key = f"choose:{member.id}:{wanted}:{read}"
    await write_as(setup.deps, setup.viewer(member), change_visibility, insight, wanted, read, key=key)


async def answer(
    setup: Setup,
    member: Member,
    insight: InsightId,
    asked: Visibility,
    *,
    agree: bool = True,
    read: int = 1,
) -> None:
    key = f"answer:{member.id}:{asked}:{agree}:{read}"
    await write_as(setup.deps, setup.viewer(member), answer_wish, insight, asked, read, agree=agree, key=key)


async def the(setup: Setup, insight: InsightId) -> Insight:
    return await setup.read(lambda r: r.insights.get(insight))


async def accesses(setup: Setup) -> set[str]:
    """Who may find it, in whatever words."""
    return {found.access for found in await setup.read(lambda r: r.entries.find())}


async def finds(setup: Setup, member: Member) -> bool:
    return bool(await setup.read(lambda r: r.entries.find(), member))


async def a_stranger(setup: Setup) -> Member:
    now = setup.clock.now()
    stranger = Member(setup.workspace.id, "UZOE", "Zoe", "UTC", "en-US", now)
    return await setup.write(lambda r: r.members.insert(stranger))


async def test_it_is_the_pairs_alone_at_once(setup: Setup) -> None:
    insight = await keep(setup)

    assert await accesses(setup) == {f"p{setup.pair.id}"}
    for member in (setup.mentee, setup.mentor):
        assert await setup.told(member) == [insight_cards.CARD]
        assert (await read_as(setup.deps, setup.viewer(member), load_insight_card, insight)).insight.outcome
    with pytest.raises(NotFound):
        await read_as(setup.deps, setup.viewer(setup.admin), load_insight_card, insight)
    assert not await finds(setup, setup.admin)


async def test_a_wider_circle_is_only_a_wish_until_the_partner_agrees(setup: Setup) -> None:
    stranger = await a_stranger(setup)
    insight = await keep(setup, EVERYONE)
    assert await setup.told(setup.mentor) == [insight_cards.CARD, insight_cards.CONSENT]
    assert await setup.told(setup.mentee) == [insight_cards.CARD]
    assert not await finds(setup, stranger)

    await answer(setup, setup.mentor, insight, EVERYONE)

    assert await accesses(setup) == {f"p{setup.pair.id}", f"w{setup.workspace.id}"}
    assert await finds(setup, stranger)


async def test_a_no_leaves_it_as_it_was(setup: Setup) -> None:
    insight = await keep(setup, COHORT)

    await answer(setup, setup.mentor, insight, COHORT, agree=False)

    kept = await the(setup, insight)
    assert (kept.visibility, kept.wished) == (PAIR, None)
    with pytest.raises(AlreadySettled):
        await answer(setup, setup.mentor, insight, COHORT)


async def test_either_narrows_it_alone_and_the_index_follows_at_once(setup: Setup) -> None:
    stranger = await a_stranger(setup)
    insight = await keep(setup, EVERYONE)
    await answer(setup, setup.mentor, insight, EVERYONE)

    await choose(setup, setup.mentor, insight, PAIR)

    assert await accesses(setup) == {f"p{setup.pair.id}"}
    assert not await finds(setup, stranger)


async def test_narrowing_ends_a_wish_that_waits(setup: Setup) -> None:
    insight = await keep(setup, COHORT)
    await answer(setup, setup.mentor, insight, COHORT)
    await choose(setup, setup.mentee, insight, EVERYONE)

    await choose(setup, setup.mentor, insight, PAIR)

    kept = await the(setup, insight)
    assert (kept.visibility, kept.wished) == (PAIR, None)


async def test_an_answer_to_another_question_opens_nothing(setup: Setup) -> None:
    insight = await keep(setup, COHORT)
    await choose(setup, setup.mentee, insight, EVERYONE)

    with pytest.raises(Stale):
        await answer(setup, setup.mentor, insight, COHORT)
    with pytest.raises(NotAllowed):
        await answer(setup, setup.mentee, insight, EVERYONE)
    assert (await the(setup, insight)).visibility is PAIR


async def test_changing_its_words_while_my_partner_wishes_asks_nobody_and_keeps_the_wish(
    setup: Setup,
) -> None:
    insight = await keep(setup)
    await choose(setup, setup.mentor, insight, COHORT)
    assert await setup.told(setup.mentee) == [insight_cards.CARD, insight_cards.CONSENT]
    form = await read_as(setup.deps, setup.viewer(setup.mentee), open_insight_form, insight_id=insight)
    assert form.visibility is PAIR

    await keep(setup, form.visibility, key="again", insight_id=insight, outcome="they speak up")

    kept = await the(setup, insight)
    assert (kept.outcome, kept.wished, kept.wished_by) == ("they speak up", COHORT, setup.mentor.id)
    assert await setup.told(setup.mentor) == [insight_cards.CARD]
    assert await setup.told(setup.mentee) == [insight_cards.CARD, insight_cards.CONSENT]


async def test_a_wish_that_was_refused_can_be_asked_again(setup: Setup) -> None:
    insight = await keep(setup, COHORT)
    await answer(setup, setup.mentor, insight, COHORT, agree=False)

    await choose(setup, setup.mentee, insight, COHORT)

    assert (await setup.told(setup.mentor)).count(insight_cards.CONSENT) == 2


async def test_words_are_their_writers_to_change(setup: Setup) -> None:
    insight = await keep(setup)

    with pytest.raises(NotAllowed):
        await keep(setup, by=setup.mentor, key="theirs", insight_id=insight, outcome="nonsense")
    form = await read_as(setup.deps, setup.viewer(setup.mentor), open_insight_form, insight_id=insight)
    assert not form.mine
    assert (await the(setup, insight)).outcome == "they speak"


async def test_the_same_form_twice_is_kept_once(setup: Setup) -> None:
    assert await keep(setup) == await keep(setup)
    assert len(await setup.read(lambda r: r.insights.find())) == 1


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
    setup: Setup, change: dict[str, object], error: type[TextMissing], field: str
) -> None:
    with pytest.raises(error) as refused:
        await keep(setup, **change)  # type: ignore[arg-type]  # any field
    assert refused.value.field == field


async def test_somebody_in_no_pair_has_nobody_to_share_it_with(setup: Setup) -> None:
    with pytest.raises(NoPair):
        await read_as(setup.deps, setup.viewer(setup.admin), open_insight_form)
    with pytest.raises(NotFound):
        await keep(setup, by=setup.admin)


async def test_a_former_mentor_finds_it_no_more(setup: Setup) -> None:
    insight = await keep(setup)
    (membership,) = await setup.read(lambda r: r.memberships.find(member_id=setup.mentor.id))
    await setup.write(lambda r: r.memberships.update(replace(membership, left_at=setup.clock.now())))

    assert not await finds(setup, setup.mentor)
    with pytest.raises(NotFound):
        await choose(setup, setup.mentor, insight, PAIR)


async def test_after_the_pair_has_ended_it_can_still_be_narrowed_and_leaves_the_index(setup: Setup) -> None:
    stranger = await a_stranger(setup)
    insight = await keep(setup, COHORT)
    await answer(setup, setup.mentor, insight, COHORT)
    await setup.write(lambda r: r.pairs.update(replace(r.pairs.get(setup.pair.id), state=PairState.ENDED)))

    await choose(setup, setup.mentee, insight, PAIR)

    assert await accesses(setup) == {f"p{setup.pair.id}"}
    assert not await finds(setup, stranger)
    assert not await finds(setup, setup.admin)


async def test_the_index_reads_words_in_the_language_of_their_writer(setup: Setup) -> None:
    german = replace(setup.mentor, locale="de-DE")
    await setup.write(lambda r: r.members.update(german))
    insight = await keep(setup, COHORT)

    await answer(setup, setup.mentor, insight, COHORT)

    assert {found.language for found in await setup.read(lambda r: r.entries.find())} == {"en"}


async def test_both_see_how_it_stands_after_an_answer(setup: Setup) -> None:
    insight = await keep(setup, COHORT)
    await dispatch(setup.deps)

    await answer(setup, setup.mentor, insight, COHORT)
    await dispatch(setup.deps)

    cards = [post.content for post in setup.messenger.updates]
    shown = [
        card.insight if isinstance(card, insight_cards.InsightCard) else card.card.insight
        for card in cards
        if isinstance(card, insight_cards.InsightCard | insight_cards.InsightWish)
    ]
    assert len(shown) == 3
    assert {insight.visibility for insight in shown} == {COHORT}


async def test_somebodys_words_open_the_form_of_the_newest_pair(setup: Setup) -> None:
    me, second = setup.mentee, await a_pair(setup, setup.admin, setup.mentee)

    form = await read_as(setup.deps, setup.viewer(me), open_insight_form, words="They waited for me")

    assert (form.pair_id, form.partners, form.outcome) == (second, ("Ada",), "They waited for me")


async def test_a_circle_has_to_be_chosen(setup: Setup) -> None:
    insight = await keep(setup)

    with pytest.raises(ChoiceMissing) as refused:
        await choose(setup, setup.mentor, insight, None)
    assert refused.value.field == "visibility"


async def test_the_form_presets_my_own_wish_and_never_my_partners(setup: Setup) -> None:
    insight = await keep(setup, COHORT)

    for member, preset in ((setup.mentee, COHORT), (setup.mentor, PAIR)):
        form = await read_as(setup.deps, setup.viewer(member), open_insight_form, insight_id=insight)
        assert (form.visibility, form.found_by, form.mine) == (preset, PAIR, member == setup.mentee)
