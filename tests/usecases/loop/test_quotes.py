"""A mentor's words in a portfolio: asked for by whoever learns, let stand by whoever wrote them, word by word."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import AlreadySettled, ChoiceMissing, NotFound, WordsChanged
from bot.domain.ids import MemberId, QuoteId, ResponseId
from bot.domain.observations import Observation
from bot.domain.pairs import Membership, Role
from bot.domain.portfolios import Format, Part, Shape
from bot.domain.quotes import QuoteKind, QuoteState, TooManyWordsAsked, edition_of
from bot.domain.sessions import Answer, AnswerKind, Ask
from bot.ports import Tx
from bot.slack.repository.portfolios import written
from bot.usecases.loop.observations import touch_observation
from bot.usecases.loop.observations_changing import take_back_observation
from bot.usecases.loop.quotes import (
    CARD,
    QuoteCard,
    answer_quote,
    ask_for_words,
    let_quote_go,
    load_quote_card,
    open_quotes_form,
    words_agreed,
)
from bot.usecases.loop.responses import Respond, respond
from bot.usecases.loop.responses_changing import change_response, take_back_response
from bot.usecases.repository.portfolios import load_portfolio, make_portfolio
from bot.words import Words
from tests.running import read_as, write_as
from tests.usecases.conftest import Setup
from tests.usecases.loop.test_results import a_try, tapped
from tests.usecases.loop.test_results import enqueue_post as tell
from tests.usecases.rhythm.test_sessions import a_member

RESPONSE, ANSWER, OBSERVATION = QuoteKind.RESPONSE, QuoteKind.ANSWER, QuoteKind.OBSERVATION


async def do(setup: Setup, who: Any, use_case: Any, *args: Any, **named: Any) -> Any:
    return await write_as(setup.deps, setup.viewer(who), lambda tx: use_case(tx, *args, **named))


@pytest.fixture
async def said(setup: Setup) -> ResponseId:
    """Mira answered Tom's result."""
    experiment = await a_try(setup)
    await tapped(setup, experiment)
    result = await tell(setup, experiment)
    return ResponseId(await do(setup, setup.mentor, respond, Respond(result, {"line": "You waited"})))


async def asked(setup: Setup, kind: QuoteKind, id_: int) -> QuoteId:
    await do(setup, setup.mentee, ask_for_words, [(kind, id_)])
    [quote] = await setup.read(lambda tx: tx.quotes.find(kind=kind, subject_id=id_))
    return quote.id


async def card_of(setup: Setup, quote: QuoteId) -> QuoteCard:
    return await read_as(setup.deps, setup.viewer(setup.mentor), load_quote_card, quote)


async def agrees(setup: Setup, quote: QuoteId) -> None:
    read = edition_of((await card_of(setup, quote)).words)
    await do(setup, setup.mentor, answer_quote, quote, read, agree=True)


async def file_of(setup: Setup) -> str:
    shown = {"parts": tuple(Part), "shape": Shape.WHOLE, "format": Format.MARKDOWN}
    made = await do(setup, setup.mentee, make_portfolio, shown)
    return written(await setup.read(lambda tx: load_portfolio(tx, made), setup.mentee), Words()).decode()


async def test_after_the_mentors_yes_the_words_stand_in_the_file_and_not_before(
    setup: Setup, said: ResponseId
) -> None:
    quote = await asked(setup, RESPONSE, said)
    assert (await setup.told(setup.mentor)).count(CARD) == 1
    assert "You waited" not in await file_of(setup)

    await agrees(setup, quote)

    assert "You waited" in await file_of(setup)
    assert "Mira" in await file_of(setup)


async def test_rather_not_keeps_them_out_and_nobody_asks_again(setup: Setup, said: ResponseId) -> None:
    quote = await asked(setup, RESPONSE, said)
    await do(setup, setup.mentor, answer_quote, quote, "", agree=False)

    assert "You waited" not in await file_of(setup)
    assert (await setup.read(open_quotes_form, setup.mentee)).choices == ()
    with pytest.raises(NotFound):
        await asked(setup, RESPONSE, said)


async def test_a_change_drops_them_out_until_there_is_a_yes_to_the_new_words(
    setup: Setup, said: ResponseId
) -> None:
    quote = await asked(setup, RESPONSE, said)
    read = edition_of((await card_of(setup, quote)).words)
    await agrees(setup, quote)
    await do(setup, setup.mentor, change_response, said, {"line": "You waited long"})

    assert "You waited" not in await file_of(setup)
    assert (await card_of(setup, quote)).waits
    with pytest.raises(WordsChanged):
        await do(setup, setup.mentor, answer_quote, quote, read, agree=True)
    await agrees(setup, quote)
    assert "You waited long" in await file_of(setup)
    assert (await setup.told(setup.mentor)).count(CARD) == 1, "the message itself says so"


async def test_a_yes_is_taken_back_at_once_also_by_who_has_left_the_pair(
    setup: Setup, said: ResponseId
) -> None:
    quote = await asked(setup, RESPONSE, said)
    await agrees(setup, quote)

    def leave(tx: Tx) -> None:
        [membership] = tx.memberships.find(pair_id=setup.pair.id, member_id=setup.mentor.id)
        tx.memberships.update(replace(membership, left_at=setup.clock.now()))

    await setup.write(leave)
    assert "You waited" in await file_of(setup), "leaving does not unsay"
    await do(setup, setup.mentor, answer_quote, quote, "", agree=False)
    assert "You waited" not in await file_of(setup)


async def test_words_that_were_taken_back_stand_nowhere(setup: Setup, said: ResponseId) -> None:
    quote = await asked(setup, RESPONSE, said)
    await agrees(setup, quote)
    await do(setup, setup.mentor, take_back_response, said)

    assert "You waited" not in await file_of(setup)
    with pytest.raises(AlreadySettled):
        await agrees(setup, quote)


async def test_what_is_needed_no_more_asks_nothing_and_the_same_words_are_not_asked_for_again(
    setup: Setup, said: ResponseId
) -> None:
    quote = await asked(setup, RESPONSE, said)
    await do(setup, setup.mentee, let_quote_go, quote)
    assert not (await card_of(setup, quote)).waits
    with pytest.raises(AlreadySettled):
        await agrees(setup, quote)

    with pytest.raises(NotFound):
        await asked(setup, RESPONSE, said)
    assert (await setup.told(setup.mentor)).count(CARD) == 1


async def test_observations_and_answers_are_asked_for_like_responses(setup: Setup) -> None:
    whose = (setup.workspace.id, setup.pair.id)
    now, mira, tom = setup.clock.now(), setup.mentor.id, setup.mentee.id

    def write(tx: Tx) -> tuple[int, int]:
        seen = tx.observations.insert(Observation(*whose, mira, tom, "In the review", "You asked", now))
        ask = tx.asks.insert(Ask(*whose, tom, "They wait", now))
        answer = Answer(*whose, ask.id, mira, AnswerKind.QUESTION, "What would they do?", now)
        return seen.id, tx.answers.insert(answer).id

    await a_try(setup)
    seen, answer = await setup.write(write)
    offered = (await setup.read(open_quotes_form, setup.mentee)).choices
    assert {(one.kind, one.words.id, one.name) for one in offered} == {
        (OBSERVATION, seen, "Mira"),
        (ANSWER, answer, "Mira"),
    }
    for kind, id_ in ((OBSERVATION, seen), (ANSWER, answer)):
        await agrees(setup, await asked(setup, kind, id_))
    told = await file_of(setup)
    assert "You asked" in told
    assert "What would they do?" in told

    await do(setup, setup.mentor, take_back_observation, seen)
    assert "You asked" not in await file_of(setup)


async def test_only_the_writer_answers_and_only_the_asker_lets_go(setup: Setup, said: ResponseId) -> None:
    quote, yuki = await asked(setup, RESPONSE, said), await a_member(setup, "Yuki")
    for stranger in (setup.mentee, setup.admin, yuki):
        with pytest.raises(NotFound):
            await do(setup, stranger, answer_quote, quote, "", agree=False)
        with pytest.raises(NotFound):
            await read_as(setup.deps, setup.viewer(stranger), load_quote_card, quote)
    for stranger in (setup.mentor, setup.admin, yuki):
        with pytest.raises(NotFound):
            await do(setup, stranger, let_quote_go, quote)


async def test_nobody_asks_for_words_that_are_for_somebody_else(setup: Setup, said: ResponseId) -> None:
    yuki = await a_member(setup, "Yuki")
    for stranger in (setup.mentor, setup.admin, yuki):
        with pytest.raises(NotFound):
            await do(setup, stranger, ask_for_words, [(RESPONSE, said)])
    with pytest.raises(NotFound):
        await do(setup, setup.mentee, ask_for_words, [(OBSERVATION, 99)])


async def test_peers_do_not_ask_for_what_their_partner_wrote_to_somebody_else(
    setup: Setup, said: ResponseId
) -> None:
    yuki = await a_member(setup, "Yuki")
    joins = Membership(setup.workspace.id, setup.pair.id, MemberId(yuki.id), Role.MENTEE)
    await setup.write(lambda tx: tx.memberships.insert(joins))

    assert (await setup.read(open_quotes_form, yuki)).choices == ()
    with pytest.raises(NotFound):
        await do(setup, yuki, ask_for_words, [(RESPONSE, said)])


async def test_few_at_a_time_and_not_none(setup: Setup) -> None:
    def write(tx: Tx) -> list[int]:
        whose = (setup.workspace.id, setup.pair.id, setup.mentor.id, setup.mentee.id)
        seen = [
            tx.observations.insert(Observation(*whose, "Here", f"You {n}", setup.clock.now()))
            for n in range(4)
        ]
        return [one.id for one in seen]

    ids = await setup.write(write)
    with pytest.raises(ChoiceMissing):
        await do(setup, setup.mentee, ask_for_words, [])
    with pytest.raises(TooManyWordsAsked):
        await do(setup, setup.mentee, ask_for_words, [(OBSERVATION, id_) for id_ in ids])
    assert await setup.told(setup.mentor) == []
    await do(setup, setup.mentee, ask_for_words, [(OBSERVATION, id_) for id_ in ids[:3]])
    with pytest.raises(TooManyWordsAsked):
        await asked(setup, OBSERVATION, ids[3])


async def test_thanks_and_other_things_beside_the_words_change_no_yes(setup: Setup) -> None:
    whose = (setup.workspace.id, setup.pair.id, setup.mentor.id, setup.mentee.id)
    seen = await setup.write(
        lambda tx: tx.observations.insert(Observation(*whose, "Here", "You asked", setup.clock.now()))
    )
    await agrees(setup, await asked(setup, OBSERVATION, seen.id))

    await setup.write(lambda tx: touch_observation(tx, tx.observations.get(seen.id)))

    [told] = await setup.read(lambda tx: words_agreed(tx, setup.mentee.id), setup.mentee)
    assert told.quote.state is QuoteState.AGREED
