"""A mentor proposes a try, and the mentee makes of it what they like."""

from dataclasses import replace

from bot.domain.errors import NotYourPartner, SuggestionExpired, TooManySuggestions
from bot.domain.ids import SuggestionId
from bot.domain.privacy import SYSTEM
from bot.domain.suggestions import OPEN_LIMIT, SuggestionState
from bot.packs.shelf import shelf_for, shelf_try
from bot.slack.loop import experiments, results, shelf
from bot.slack.loop import suggestion_cards as cards
from bot.slack.loop import suggestions as forms
from bot.usecases.loop import experiment_cards, suggestion_cards
from bot.usecases.rhythm.asks import CARD as ASK_CARD
from tests.running_app import Person, RunningApp

SUGGEST_TOM = "command.run.suggest_"


async def suggested(mentor: Person, mentee: Person, behaviour: str = "ask first", **more: object) -> None:
    await mentor.command(f"/loop suggest {mentee.mention}")
    answer = await mentor.submit({"behaviour_1": behaviour, **more})
    assert answer.errors == {}


async def states(app: RunningApp) -> list[SuggestionState]:
    return await app.stored(lambda r: [one.state for one in r.suggestions.find()])


async def test_from_a_suggestion_to_a_try_that_says_who_suggested_it(app: RunningApp) -> None:
    mentor, mentee = await app.a_pair()
    await suggested(mentor, mentee, situation_1="somebody brings a decision", steps_1="Wait.\nAsk.")
    assert await mentee.offered(suggestion_cards.CARD) == [cards.MAKE, cards.DECLINE, cards.DISCUSS]
    assert await mentor.offered(suggestion_cards.CARD) == []

    form = await mentee.click(cards.MAKE)
    assert form.form == experiments.COMMIT
    assert {cards.DECLINE, cards.DISCUSS} <= set(form.offered)
    assert "Wait.\nAsk." in form.text
    assert (await mentee.submit({})).errors == {}

    assert await states(app) == [SuggestionState.TAKEN]
    assert all("Mira" in card for card in await mentee.texts(experiment_cards.CARD))
    assert "ask first" in (await mentor.texts(experiment_cards.CARD))[-1]
    assert await mentee.offered(suggestion_cards.CARD) == []


async def test_words_changed_before_it_is_sent_make_it_adapted(app: RunningApp) -> None:
    mentor, mentee = await app.a_pair()
    await suggested(mentor, mentee)
    await mentee.click(cards.MAKE)
    await mentee.click(experiments.MORE)
    answer = await mentee.submit({"behaviour": "ask one question", "situation": "somebody asks me"})

    assert answer.errors == {}
    assert await states(app) == [SuggestionState.ADAPTED]


async def test_three_in_one_form_are_one_message_with_a_button_for_each(app: RunningApp) -> None:
    mentor, mentee = await app.a_pair()
    await mentor.command("/loop suggest")
    for _ in range(2):
        await mentor.click(forms.ANOTHER)
    assert forms.ANOTHER not in (await mentor.close()).offered
    await mentor.command("/loop suggest")
    await mentor.click(forms.ANOTHER)
    await mentor.submit({"behaviour_1": "ask first", "behaviour_2": "wait"})

    assert len(await mentee.messages(suggestion_cards.CARD)) == 1
    assert await mentee.offered(suggestion_cards.CARD) == [cards.MAKE, cards.MENU] * 2
    await mentee.click(cards.MENU, cards.DECLINE)
    assert await states(app) == [SuggestionState.DECLINED, SuggestionState.OFFERED]
    assert await mentee.offered(suggestion_cards.CARD) == [cards.MAKE, cards.DECLINE, cards.DISCUSS]


async def test_a_fourth_is_refused_by_name_and_what_was_typed_stays(app: RunningApp) -> None:
    mentor, mentee = await app.a_pair()
    for word in ("one", "two"):
        await suggested(mentor, mentee, word)
    await mentor.command("/loop suggest")
    (one, _) = await app.stored(lambda r: r.suggestions.find())
    third = replace(one, id=SuggestionId(0), behaviour="three")
    await app.bot.deps.db.write(SYSTEM, lambda r: r.suggestions.insert(third))

    refusal = mentor.told(TooManySuggestions(OPEN_LIMIT, ("one", "two", "three")))
    late = await mentor.submit({"behaviour_1": "four"})
    assert list(late.errors.values()) == [refusal]
    assert (await mentor.close()).form == ""
    assert refusal in (await mentor.command("/loop suggest")).text


async def test_somebody_who_is_no_partner_is_suggested_nothing(app: RunningApp) -> None:
    mentor, mentee = await app.a_pair()
    noor = app.person("Noor")

    assert mentor.told(NotYourPartner()) in (await mentor.command(f"/loop suggest {noor.mention}")).text
    assert (await mentee.command("/loop suggest")).form == ""
    assert (await noor.command("/loop suggest")).form == ""
    assert (await mentor.command("/loop suggest @nobody")).form == ""


async def test_what_stands_behind_the_name_is_typed_already(app: RunningApp) -> None:
    mentor, mentee = await app.a_pair()

    answer = await mentor.command(f"/loop suggest {mentee.mention} ask first & wait")

    assert "ask first & wait" in answer.text


async def test_the_shelf_fills_the_fields_and_keeps_the_rest(app: RunningApp) -> None:
    mentor, mentee = await app.a_pair()
    await mentee.command("/loop goal")
    await mentee.submit({"text": "Become a better listener"})
    (first, *_) = shelf_for("listener", "en")
    await mentee.command("/loop try")
    await mentee.click(experiments.MORE)
    await mentee.click(experiments.SHELF, first.id)
    answer = await mentee.submit({"until": "2026-12-01"})

    assert answer.errors == {}
    (tried,) = await app.stored(lambda r: r.experiments.find())
    assert (tried.behaviour, tried.situation, tried.steps) == (first.behaviour, first.situation, first.steps)
    assert tried.sign == shelf.sign_of(first, mentee.words)
    await suggested_from_the_shelf(app, mentor, mentee)


async def suggested_from_the_shelf(app: RunningApp, mentor: Person, mentee: Person) -> None:
    other = shelf_try("meetings.round", mentor.member["locale"])
    assert other is not None
    await mentor.command("/loop suggest")
    await mentor.click(forms.ANOTHER)
    await mentor.click(forms.SHELF, other.id)
    assert (await mentor.submit({"situation_1": "the talk begins"})).errors == {}
    (kept,) = await app.stored(lambda r: r.suggestions.find())
    assert (kept.behaviour, kept.situation, kept.shelf_id) == (other.behaviour, "the talk begins", other.id)


async def test_no_needs_no_reason_and_the_mentor_reads_it_where_it_was_suggested(app: RunningApp) -> None:
    mentor, mentee = await app.a_pair()
    await suggested(mentor, mentee)
    before = len(await mentor.messages())

    await mentee.click(cards.DECLINE)

    assert await states(app) == [SuggestionState.DECLINED]
    assert len(await mentor.messages()) == before, "no message of its own"
    told = mentor.words.t("Not for {name} this time; that needs no reason.", name="Tom")
    assert told in (await mentor.texts(suggestion_cards.CARD))[-1]


async def test_discussed_or_declined_inside_the_form_says_so_in_its_place(app: RunningApp) -> None:
    mentor, mentee = await app.a_pair()
    await suggested(mentor, mentee)
    await mentee.click(cards.MAKE)
    await mentee.click(cards.DISCUSS)
    await mentee.close()
    assert cards.UNDISCUSS in await mentee.offered(suggestion_cards.CARD)
    assert "ask first" in (await mentor.command(f"/loop brief {mentee.mention}")).text

    await mentee.click(cards.MAKE)
    await mentee.click(cards.DECLINE)
    assert await states(app) == [SuggestionState.DECLINED]


async def test_it_is_offered_on_a_question_in_the_brief_and_on_home(app: RunningApp) -> None:
    mentor, mentee = await app.a_pair()
    await mentee.command("/loop ask")
    await mentee.submit({"situation": "They wait for me"})
    assert forms.AFTER_ASK in await mentor.offered(ASK_CARD)
    await mentor.click(forms.AFTER_ASK, kind=ASK_CARD)
    await mentor.submit({"behaviour_1": "wait with them"})
    assert "They wait for me" in (await mentee.texts(suggestion_cards.CARD))[-1]

    brief = await mentor.command(f"/loop brief {mentee.mention}")
    assert SUGGEST_TOM + mentee.id in brief.offered
    assert "wait with them" in brief.text
    await mentor.home()
    assert (await mentor.click(SUGGEST_TOM + mentee.id)).form == forms.SEND
    await mentor.close()
    assert "wait with them" in await mentee.home()


async def test_after_three_weeks_it_has_passed_and_a_form_left_open_says_so_kindly(app: RunningApp) -> None:
    mentor, mentee = await app.a_pair()
    await suggested(mentor, mentee, situation_1="I lead")
    await mentee.click(cards.MAKE)
    await app.advance(days=21, hours=1)

    assert await states(app) == [SuggestionState.EXPIRED]
    assert len(await mentee.messages(suggestion_cards.CARD)) == 1
    assert await mentee.offered(suggestion_cards.CARD) == []
    late = await mentee.submit({"until": "2026-12-20"})
    assert list(late.errors.values()) == [mentee.told(SuggestionExpired())]


async def test_a_quick_one_is_done_with_one_tap(app: RunningApp) -> None:
    mentor, mentee = await app.a_pair()
    await suggested(mentor, mentee, situation_1="I lead", quick=["quick"])
    await mentee.click(cards.MAKE)
    await mentee.submit({})
    assert results.DID in await mentee.offered(experiment_cards.CARD)

    answer = await mentee.click(results.DID, kind=experiment_cards.CARD)

    assert answer.form == ""
    assert results.CHANGE in answer.offered
    (result,) = await app.stored(lambda r: r.results.find())
    assert result.told_at is not None
