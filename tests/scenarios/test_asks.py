"""A real situation, any time: through Slack, with real payloads."""

from bot.domain.errors import FormExpired
from bot.domain.sessions import AnswerKind
from bot.slack.blocks import Message
from bot.slack.loop import experiments
from bot.slack.privacy import PREVIEW
from bot.slack.rhythm import asks
from bot.slack.wording import person_thought
from bot.usecases.rhythm.asks import ANSWERED, CARD, SENT
from tests.running_app import Person, RunningApp, texts_in, texts_of
from tests.scenarios.conftest import run_id


async def asked(app: RunningApp) -> tuple[Person, Person]:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    await tom.command("/loop ask")
    assert (await tom.submit({"situation": "My team waits for me to decide"})).errors == {}
    return yuki, tom


async def test_the_mentor_reads_it_at_once_and_answers_with_a_question(app: RunningApp) -> None:
    yuki, tom = await asked(app)
    (read,) = await yuki.texts(CARD)
    assert "My team waits for me to decide" in read

    opened = await yuki.click(asks.ANSWER)
    assert "My team waits for me to decide" in opened.text
    await yuki.submit({"text": "What would they do if you were ill?"})

    (answer,) = await tom.texts(ANSWERED)
    assert "Yuki" in answer
    assert "What would they do if you were ill?" in answer


async def test_a_story_of_what_went_wrong_can_become_something_to_try(app: RunningApp) -> None:
    yuki, tom = await asked(app)
    await yuki.click(asks.ANSWER)
    await yuki.submit({"kind": AnswerKind.STORY, "text": "I decided everything, and they left"})

    (told,) = await app.stored(lambda r: r.answers.find())
    assert told.kind is AnswerKind.STORY
    assert told.text in (await tom.texts(ANSWERED))[-1]
    opened = await tom.click(asks.BECOME_TRY)

    assert opened.form == experiments.COMMIT
    assert "My team waits for me to decide" in opened.text


async def test_a_story_sent_without_choosing_so_is_not_called_a_question(app: RunningApp) -> None:
    yuki, tom = await asked(app)
    await yuki.click(asks.ANSWER)

    await yuki.submit({"text": "I decided everything, and they left"})

    assert "asks you" not in (await tom.texts())[-1]
    assert "Yuki answers you" in (await tom.texts())[-1]


async def test_words_after_the_command_stand_in_the_form_as_they_were_typed(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")

    opened = await tom.command(f"/loop ask a <b> & c, and {yuki.mention}")

    assert "a <b> & c, and @yuki" in opened.text


async def test_talk_about_it_waits_on_the_agenda_and_is_off_after_the_talk(app: RunningApp) -> None:
    yuki, tom = await asked(app)

    await yuki.click(asks.DISCUSS)
    for person in (yuki, tom):
        assert asks.UNDISCUSS in await person.offered(CARD)
    opened = await tom.command("/loop talked")
    assert "My team waits for me to decide" in opened.text
    await tom.submit({"takeaway": "They can decide"})

    for person in (yuki, tom):
        assert asks.DISCUSS in await person.offered(CARD)


async def test_it_is_taken_off_the_agenda_again(app: RunningApp) -> None:
    yuki, tom = await asked(app)
    await tom.click(asks.DISCUSS)

    await yuki.click(asks.UNDISCUSS)

    assert asks.DISCUSS in await tom.offered(CARD)
    assert "My team waits for me to decide" not in (await tom.command("/loop talked")).text


async def test_with_two_mentors_it_goes_only_to_the_one_who_is_chosen(app: RunningApp) -> None:
    yuki, tom = await app.a_pair("Yuki", "Tom")
    priya, _ = await app.a_pair("Priya", "Tom")
    assert "pair" in (await tom.command("/loop ask")).fields

    await tom.submit({"situation": "My team waits", "pair": "Yuki"})

    assert "My team waits" in await yuki.read()
    assert "My team waits" not in await priya.read()


async def test_a_form_that_came_too_late_is_offered_again_with_its_words(app: RunningApp) -> None:
    _, tom = await app.a_pair("Yuki", "Tom")
    await app.fault(kind="error", method="views.open", error="expired_trigger_id", count=1)

    late = await tom.command("/loop ask my team waits")
    assert tom.told(FormExpired()) in late.text

    assert "my team waits" in (await tom.click(run_id("ask my team waits"))).text


async def answered(app: RunningApp, text: str) -> tuple[Person, Person]:
    """Yuki has answered what Tom faces."""
    yuki, tom = await asked(app)
    await yuki.click(asks.ANSWER)
    await yuki.submit({"kind": AnswerKind.STORY, "text": text})
    return yuki, tom


async def test_an_answer_about_the_person_is_thought_of_before_anybody_reads_it(app: RunningApp) -> None:
    yuki, tom = await answered(app, "You always decide for them")

    thought = person_thought("text", yuki.words)["text"]
    form = await yuki.form()
    assert set(texts_of(Message("", thought))) <= set(texts_in(form))
    assert await tom.messages(ANSWERED) == []

    await yuki.submit({})

    (told,) = await app.stored(lambda r: r.answers.find())
    assert (told.text, told.kind) == ("You always decide for them", AnswerKind.STORY)
    assert told.text in (await tom.texts(ANSWERED))[-1]


async def test_an_answer_is_changed_and_taken_back_within_ten_minutes(app: RunningApp) -> None:
    yuki, tom = await answered(app, "I decided everythign")

    await yuki.click(asks.CHANGE_ANSWER, kind=SENT)
    await yuki.submit({"text": "I decided everything"})
    (read,) = await tom.texts(ANSWERED)
    assert "I decided everything" in read

    await app.advance(minutes=9)
    await yuki.click(asks.TAKE_BACK, kind=SENT)

    assert "I decided everything" not in await tom.read()
    assert "I decided everything" not in await yuki.read()
    assert "I decided everything" not in str(await app.stored(lambda r: r.answers.find()))
    assert await tom.offered(ANSWERED) == []


async def test_an_answer_of_eleven_minutes_ago_stays(app: RunningApp) -> None:
    yuki, tom = await answered(app, "I decided everything")
    await app.advance(minutes=11)

    assert await yuki.offered(SENT) == [asks.CHANGE_ANSWER, PREVIEW]
    assert "I decided everything" in (await tom.texts(ANSWERED))[-1]
