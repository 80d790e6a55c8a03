"""Somebody tries something small: the whole way through Slack, with real payloads."""

from datetime import date

from bot.domain.errors import DateInPast
from bot.domain.experiments import ExperimentState
from bot.slack.loop import experiment_cards, experiment_room, experiments, hints, results
from bot.slack.loop.experiment_room import dropped_panel
from bot.slack.repository import search
from bot.usecases.loop.experiment_cards import CARD
from bot.usecases.loop.hints import ADDED
from tests.forms import action_ids
from tests.running_app import Person, RunningApp

ASK_FIRST = {"behaviour": "ask one open question", "situation": "somebody brings me a decision"}


async def commit(mentee: Person, text: str = "", **values: str) -> None:
    await mentee.command(f"/loop try {text}".strip())
    outcome = await mentee.submit({**ASK_FIRST, **values})
    assert outcome.errors == {}


async def state_of(app: RunningApp, behaviour: str) -> ExperimentState:
    found = await app.stored(lambda r: r.experiments.first(behaviour=behaviour))
    assert found is not None
    return found.state


async def test_one_form_later_both_have_the_card(app: RunningApp) -> None:
    mira, tom = await app.a_pair()

    await commit(tom, sign="others speak first")

    (mine,), (theirs,) = await tom.texts(CARD), await mira.texts(CARD)
    assert "ask one open question" in mine
    assert "Tuesday, December 1" in mine
    assert "ask one open question" in theirs
    assert not (await tom.see())["views"]


async def test_words_after_the_command_and_the_shortcut_open_the_same_form(app: RunningApp) -> None:
    _, tom = await app.a_pair()

    assert "listen first" in (await tom.command("/loop try listen first")).text
    assert (await tom.shortcut(experiments.SHORTCUT)).form == experiments.COMMIT


async def test_more_keeps_what_was_typed_and_numbers_come_back_on_the_card(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop try ask")

    await tom.click(experiments.MORE)
    await tom.click(experiments.NUMBER)
    await tom.submit(
        {
            "situation": "I lead",
            "name_1": "Pause",
            "unit_1": "s",
            "today_1": "0.5",
            "hoped_1": "3",
            "name_2": "Voices",
        }
    )

    text = await tom.read()
    assert "0.5 s today, 3 s hoped for" in text
    assert "Voices" in text


async def test_a_german_reader_types_a_decimal_comma(app: RunningApp) -> None:
    _, mira = await app.a_pair(mentor="Tom", mentee="Mira")
    await mira.command("/loop try fragen")

    await mira.click(experiments.MORE)
    outcome = await mira.submit(
        {"situation": "ich leite", "name_1": "Pause", "unit_1": "s", "today_1": "0,5"}
    )

    assert outcome.errors == {}
    assert "0,5 s" in await mira.read()


async def test_a_day_that_has_passed_is_told_at_its_field_and_the_form_stays(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop try")

    outcome = await tom.submit({**ASK_FIRST, "until": "2026-11-01"})

    assert outcome.errors == {"until": tom.told(DateInPast(date(2026, 11, 23)))}
    assert (await tom.submit({"until": "2026-11-23"})).errors == {}


async def test_a_third_can_be_swapped_in_and_nothing_typed_is_lost(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await commit(tom, behaviour="first thing")
    await commit(tom, behaviour="second thing")
    await tom.command("/loop try")

    refused = await tom.submit(
        {"behaviour": "third thing", "situation": "I am rushed", "until": "2026-12-01"}
    )
    assert refused.offered.count(experiment_room.SWAP) == 2
    back = await tom.click(experiment_room.SWAP)
    assert "third thing" in back.text
    assert "“first thing”" in back.text
    assert experiment_room.UNSWAP in back.offered
    assert await state_of(app, "first thing") is ExperimentState.OPEN
    assert "third thing" in (await tom.click(experiments.MORE)).text
    assert (await tom.submit({})).errors == {}

    assert "Tuesday, December 1" in await tom.read()
    assert await state_of(app, "first thing") is ExperimentState.DROPPED
    assert await state_of(app, "second thing") is ExperimentState.OPEN
    assert action_ids((await tom.messages(CARD))[0]) == [experiments.CHANGE]


async def test_whoever_closes_the_form_after_a_swap_keeps_both(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await commit(tom, behaviour="first thing")
    await commit(tom, behaviour="second thing")
    await tom.command("/loop try third thing")
    await tom.click(experiment_room.SWAP)

    assert (await tom.click(experiment_room.UNSWAP)).offered.count(experiment_room.SWAP) == 2
    await tom.click(experiment_room.SWAP)
    await tom.close()

    for behaviour in ("first thing", "second thing"):
        assert await state_of(app, behaviour) is ExperimentState.OPEN


async def test_dropping_one_makes_room_and_keeps_the_form(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await commit(tom, behaviour="first thing")
    await commit(tom, behaviour="second thing")

    opened = await tom.command("/loop try third thing")
    assert opened.offered.count(experiment_room.MAKE_ROOM) == 2
    dropped = await tom.click(experiment_room.MAKE_ROOM)
    assert await state_of(app, "first thing") is ExperimentState.DROPPED
    assert dropped.offered.count(experiment_room.MAKE_ROOM) == 1
    assert "third thing" in dropped.text

    assert (await tom.submit({"situation": "I lead"})).errors == {}


async def test_the_menu_shrinks_moves_and_lets_go(app: RunningApp) -> None:
    yuki, tom = await app.a_pair(mentor="Yuki")
    await commit(tom)

    shrink = await tom.click(experiment_cards.MENU, experiments.SHRINK)
    assert "so small" in shrink.text
    await tom.submit({"behaviour": "ask one question a week"})
    await tom.click(experiment_cards.MENU, experiments.MOVE)
    await tom.submit({"until": "2026-12-04"})
    assert "ask one question a week" in await yuki.read()
    assert "Friday, December 4" in await yuki.read()

    await tom.click(experiment_cards.MENU, experiments.DROP)
    assert await tom.offered(CARD) == [experiments.CHANGE]
    assert await yuki.offered(CARD) == []


async def test_letting_go_inside_the_form_says_so_and_can_be_taken_back(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await commit(tom)
    await tom.click(experiments.CHANGE)

    assert (await tom.click(experiments.DROP)).shows(dropped_panel(tom.words))
    await tom.click(experiments.CHANGE)
    await tom.submit({})

    assert results.HAPPENED in await tom.offered(CARD)


async def test_a_hint_reaches_the_mentee_and_both_cards(app: RunningApp) -> None:
    yuki, tom = await app.a_pair(mentor="Yuki")
    await commit(tom)

    await yuki.click(hints.OPEN)
    await yuki.submit({"hint": "count to three first"})

    for person in (yuki, tom):
        assert "Hint from Yuki\ncount to three first" in (await person.texts(CARD))[-1]
    assert await tom.last_got(ADDED)


async def test_either_puts_the_card_on_the_agenda(app: RunningApp) -> None:
    yuki, tom = await app.a_pair(mentor="Yuki")
    await commit(tom)

    await yuki.click(experiment_cards.DISCUSS)
    for person in (yuki, tom):
        assert experiment_cards.UNDISCUSS in await person.offered(CARD)
    await tom.click(experiment_cards.UNDISCUSS)
    for person in (yuki, tom):
        assert experiment_cards.DISCUSS in await person.offered(CARD)


async def test_in_two_pairs_the_form_asks_with_whom(app: RunningApp) -> None:
    yuki, tom = await app.a_pair(mentor="Yuki")
    await commit(tom, behaviour="first thing")
    assert experiments.PAIR not in (await tom.command("/loop try")).offered
    mira, _ = await app.a_pair(mentor="Mira")

    assert experiments.PAIR in (await tom.command("/loop try")).offered
    await tom.click(experiments.PAIR, "Yuki")
    await tom.submit({"behaviour": "second thing", "situation": "I lead"})

    assert "second thing" in await yuki.read()
    assert "second thing" not in await mira.read()


async def test_what_people_type_is_shown_as_text_and_pings_nobody(app: RunningApp) -> None:
    yuki, tom = await app.a_pair(mentor="Yuki")

    await commit(tom, behaviour=f"thank {yuki.mention} <!channel> & <https://example.org|you>")

    message = (await yuki.messages())[-1]
    assert "&lt;!channel&gt;" in message["text"]
    assert "<!channel>" in (await yuki.texts())[-1]


async def test_a_day_of_another_year_says_its_year_to_everyone(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")

    await commit(tom, behaviour="ask first", until="2030-01-01")

    assert "Tuesday, January 1, 2030" in (await tom.texts(CARD))[-1]
    assert "Dienstag, 1. Januar 2030" in (await mira.texts(CARD))[-1]
    await mira.command(f"/loop brief {tom.mention}")
    assert "Dienstag, 1. Januar 2030" in (await mira.texts())[-1]
    for person, said in ((tom, "Tuesday, January 1, 2030"), (mira, "Dienstag, 1. Januar 2030")):
        await person.command("/loop find ask first")
        assert said in (await person.click(search.OPENS[0])).text
