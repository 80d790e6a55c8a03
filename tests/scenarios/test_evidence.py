"""Somebody keeps a message as evidence: the whole way through Slack, with real payloads."""

from bot.domain.errors import LinkNotUnderstood, NoPair
from bot.slack.loop import evidence, experiment_cards, experiments
from bot.slack.loop.two_lines import ASK
from bot.usecases.loop.experiment_cards import CARD
from tests.running_app import Person, RunningApp


async def commit(mentee: Person) -> None:
    await mentee.command("/loop try ask first")
    await mentee.submit({"situation": "I lead"})


async def said(person: Person, text: str) -> tuple[str, str]:
    """Where this person has just said something: the channel and the time stamp."""
    channel = person.app.info["channels"][0]["id"]
    await person.say(channel, text)
    seen = await person.see()
    (message,) = [
        m for c in seen["channels"] if c["id"] == channel for m in c["messages"] if m["text"] == text
    ]
    return channel, message["ts"]


async def test_a_message_in_a_channel_is_kept_with_what_is_tried(app: RunningApp) -> None:
    yuki, tom = await app.a_pair(mentor="Yuki")
    await commit(tom)
    channel, ts = await said(yuki, "Your question changed my mind")

    opened = await tom.message_shortcut(evidence.SHORTCUT, channel, ts)
    assert "Your question changed my mind" in opened.text
    saved = await tom.submit({"note": "after the review"})

    assert saved.offered[-1] == evidence.LIST
    for person in (yuki, tom):
        assert "1 piece of evidence" in (await person.texts(CARD))[-1]


async def test_evidence_by_hand_stands_in_the_list_and_can_be_removed(app: RunningApp) -> None:
    yuki, tom = await app.a_pair(mentor="Yuki")
    await commit(tom)

    await tom.click(experiment_cards.MENU, experiments.EVIDENCE)
    await tom.click(evidence.OPEN)
    wrong = await tom.submit({"text": "3 of 5 spoke", "link": "javascript:alert(1)"})
    assert wrong.errors == {"link": tom.told(LinkNotUnderstood("javascript:alert(1)"))}
    await tom.submit({"link": "https://example.org/minutes"})
    await tom.close()

    seen = await yuki.click(experiments.EVIDENCE)
    assert "3 of 5 spoke" in seen.text
    assert seen.offered == [evidence.OPEN]
    await tom.click(experiment_cards.MENU, experiments.EVIDENCE)
    emptied = await tom.click(evidence.REMOVE)
    assert emptied.offered[-2:] == [evidence.OPEN, ASK]
    assert evidence.REMOVE not in emptied.offered
    assert "piece of evidence" not in await tom.read()


async def test_the_mentor_keeps_a_message_for_the_mentee(app: RunningApp) -> None:
    yuki, tom = await app.a_pair(mentor="Yuki")
    await commit(tom)
    channel, ts = await said(tom, "I asked first today")

    opened = await yuki.message_shortcut(evidence.SHORTCUT, channel, ts)
    assert "Tom: “ask first”" in opened.text
    await yuki.submit({})

    (kept,) = await app.stored(lambda r: r.evidence.find())
    (tried,) = await app.stored(lambda r: r.experiments.find())
    assert kept.experiment_id == tried.id


async def test_in_the_change_form_evidence_is_one_tap_away(app: RunningApp) -> None:
    _, tom = await app.a_pair(mentor="Yuki")
    await commit(tom)
    await tom.click(experiments.CHANGE)

    await tom.click(experiments.EVIDENCE)
    assert (await tom.click(evidence.OPEN)).form == evidence.SAVE


async def test_the_command_keeps_evidence_for_the_goal_alone(app: RunningApp) -> None:
    _, tom = await app.a_pair(mentor="Yuki")

    await tom.command("/loop evidence")
    await tom.submit({"text": "Two people thanked me"})

    (kept,) = await app.stored(lambda r: r.evidence.find())
    assert kept.experiment_id is None


async def test_without_a_pair_there_is_nobody_to_share_it_with(app: RunningApp) -> None:
    tom, yuki = app.person("Tom"), app.person("Yuki")
    channel, ts = await said(yuki, "Well done")

    answer = await tom.message_shortcut(evidence.SHORTCUT, channel, ts)

    assert tom.told(NoPair()) in answer.text
