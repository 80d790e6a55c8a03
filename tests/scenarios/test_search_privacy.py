"""Everything that a pair can write is planted with invented words, and everybody else looks for them."""

from bot.domain.insights import Visibility
from bot.slack.loop import experiments, hints, ladders, readings, replies, responses, results
from bot.slack.repository import insights, search
from bot.slack.repository import search as ids
from bot.slack.rhythm import asks
from tests.forms import action_ids
from tests.running_app import Person, RunningApp

# What the pair itself finds again; each word stands in one place only.
FOUND_BY_THE_PAIR = {
    "zebrafinchgoal", "zebrafinchbaseline", "zebrafinchmarks", "zebrafinchbehaviour", "zebrafinchsituation",
    "zebrafinchsign", "zebrafinchsteps", "zebrafinchtakeaway", "zebrafinchproof", "zebrafinchnote",
    "zebrafinchoutcome", "zebrafinchwhy", "zebrafinchinsight", "zebrafinchtag", "zebrafinchhurdle",
    "zebrafinchfallback", "zebrafinchretrospective", "zebrafinchwitnessed", "zebrafinchconsequence",
    "zebrafinchcuriosity", "zebrafinchafterwards", "zebrafinchask", "zebrafinchanswer", "zebrafinchwell",
    "zebrafinchhard", "zebrafinchnext", "zebrafinchresponse", "zebrafinchproposed", "zebrafinchcue", "zebrafinchshown",
    "zebrafinchmethod", "zebrafinchhint", "zebrafinchreply",
}  # fmt: skip
NOT_SEARCHED = {
    "zebrafinchnumber", "zebrafinchless", "zebrafinchtoday", "zebrafinchexpected",
    "zebrafinchbetter", "zebrafinchbest", "zebrafinchrated", "zebrafinchvalue",
}  # fmt: skip
PLANTED = sorted(FOUND_BY_THE_PAIR | NOT_SEARCHED)


async def everything(app: RunningApp, mentor: Person, mentee: Person) -> None:
    """The pair writes into every form there is."""
    await mentee.command("/loop goal")
    await filled(mentee, text="zebrafinchgoal", baseline="zebrafinchbaseline", signs="zebrafinchmarks")
    await mentee.command("/loop try")
    await mentee.click(experiments.MORE)
    await filled(
        mentee, behaviour="zebrafinchbehaviour", situation="zebrafinchsituation", sign="zebrafinchsign",
        steps="zebrafinchsteps", obstacle="zebrafinchhurdle", plan_b="zebrafinchfallback",
        name_1="zebrafinchnumber", today_1="1", until="2026-12-01",
    )  # fmt: skip
    await mentee.click(readings.OPEN)
    await filled(mentee, value="2", note="zebrafinchvalue")
    await mentor.click(hints.OPEN)
    await filled(mentor, hint="zebrafinchhint")
    await asked(mentor, mentee)
    await proposed(mentor)
    await kept_as_evidence(mentee)
    await rated(mentee)
    await observed(mentor, mentee)
    await mentee.command("/loop checkin")
    await filled(
        mentee, went_well="zebrafinchwell", was_hard="zebrafinchhard", next_step="zebrafinchnext", energy="1"
    )
    await mentee.command("/loop talked")
    await filled(mentee, takeaway="zebrafinchtakeaway", next_try="zebrafinchafterwards")
    await told(mentor, mentee)


async def proposed(mentor: Person) -> None:
    await mentor.command("/loop suggest")
    await filled(
        mentor, behaviour_1="zebrafinchproposed", situation_1="zebrafinchcue", sign_1="zebrafinchshown",
        steps_1="zebrafinchmethod",
    )  # fmt: skip


async def asked(mentor: Person, mentee: Person) -> None:
    await mentee.command("/loop ask")
    await filled(mentee, situation="zebrafinchask")
    await mentor.click(asks.ANSWER)
    await filled(mentor, text="zebrafinchanswer")
    await mentee.click(replies.OPEN)
    await filled(mentee, line="zebrafinchreply")


async def rated(mentee: Person) -> None:
    """The mentee says where they are on their ladder; the mentor has not yet."""
    await mentee.click(ladders.OPEN)
    lines = {rung: f"zebrafinch{rung}" for rung in ("less", "today", "expected", "better", "best")}
    await filled(mentee, **lines)
    await mentee.click(ladders.RATE)
    await filled(mentee, rung="today", note="zebrafinchrated")


async def observed(mentor: Person, mentee: Person) -> None:
    await mentor.command(f"/loop observe {mentee.mention}")
    await filled(
        mentor, situation="zebrafinchretrospective", behaviour="zebrafinchwitnessed", impact="zebrafinchconsequence",
        question="zebrafinchcuriosity",
    )  # fmt: skip


async def kept_as_evidence(mentee: Person) -> None:
    channel = next(c for c in (await mentee.see())["channels"] if c.get("with"))["id"]
    said = await mentee.say(channel, "zebrafinchproof")
    (message,) = (m for m in said.answer["messages"] if m["text"] == "zebrafinchproof")
    await mentee.message_shortcut("evidence.shortcut", channel, message["ts"])
    await filled(mentee, note="zebrafinchnote")


async def told(mentor: Person, mentee: Person) -> None:
    await mentee.command("/loop result")
    await mentee.click(results.DID)
    await mentee.click(results.MORE)
    await filled(mentee, what_happened="zebrafinchoutcome", why="zebrafinchwhy", next_step="adopt")
    await filled(mentee, behaviour="zebrafinchinsight", tags="zebrafinchtag", visibility=Visibility.PAIR)
    await mentor.click(responses.OPEN)
    await filled(mentor, line="zebrafinchresponse")


async def filled(person: Person, **values: str) -> None:
    answer = await person.submit(values)
    assert answer.errors == {}, answer.errors


async def a_led_cohort(app: RunningApp, lead: Person) -> Person:
    """The cohort Spring, led by somebody who is no admin."""
    ada = app.person("Ada")
    await ada.command(f"/loop claim {app.bot.claim_code}")
    app.bot.claim_code = ""
    await ada.command("/loop cohort new")
    cohort = {"name": "Spring", "lead": lead.id, "rhythm": "weeks:1", "weekday": "1", "at": "10:00"}
    await filled(ada, **cohort)
    await ada.submit({})
    return ada


async def test_what_one_pair_wrote_does_not_exist_for_anybody_else(app: RunningApp) -> None:
    lead = app.person("Luca")
    admin = await a_led_cohort(app, lead)
    other, another = await app.a_pair("Yuki", "Mira")
    mentor, mentee = await app.a_pair("Priya", "Tom")
    await everything(app, mentor, mentee)

    await mentor.home()
    await mentor.command("/loop brief")
    assert "zebrafinchrated" not in str(await mentor.see()), "not before the mentor has rated, too"

    for word in PLANTED:
        # In quotes: without them, what the two may see and means much the same is found, too.
        assert await finds(mentor, f'"{word}"') is (word in FOUND_BY_THE_PAIR), word

    for person in (other, another, lead, admin, app.person("Noor")):
        name = person.member["name"]
        await person.home()
        await person.command("/loop find")
        await person.shortcut("search.shortcut")
        seen = str(await person.see()).lower()
        assert [word for word in PLANTED if word in seen] == [], f"{name} sees it"
        await person.close()
        for word in PLANTED:
            for typed in (word, word[:-1], f"{word} zebrafinch"):
                assert not await finds(person, typed), f"{name} finds {typed}"


async def finds(person: Person, words: str) -> bool:
    """Whether an answer holds a hit, a count or a suggestion; in any language."""
    answer = await person.command(f"/loop find {words}")
    shown = str(answer.answer["messages"])
    assert ids.FILTER in shown, "there was an answer"
    told = [word for word in PLANTED if word in shown.replace(words.strip('"'), "")]
    return ids.OPENS[0] in shown or ids.INSTEAD in shown or ids.MORE in shown or bool(told)


async def test_what_was_shared_is_found_by_those_it_was_shared_with_without_names(app: RunningApp) -> None:
    lead = app.person("Luca")
    admin = await a_led_cohort(app, lead)
    other, _ = await app.a_pair("Yuki", "Mira")
    mentor, mentee = await app.a_pair("Priya", "Tom")
    await everything(app, mentor, mentee)

    await mentee.click(insights.WHO)
    await filled(mentee, visibility=Visibility.COHORT)
    assert not await finds(other, "zebrafinchinsight"), "not before both agree"
    await mentor.click(insights.AGREE)

    for person in (other, lead, admin):
        answer = await person.command("/loop find zebrafinchinsight")
        assert len(set(search.OPENS) & set(answer.offered)) == 1
        assert "from your cohort" in answer.text
        thing = await person.click(search.OPENS[0])
        assert search.OPEN not in action_ids(thing.view or {}), "nothing that belongs to it"
        opened = thing.text
        assert not any(name in answer.text + opened for name in ("Tom", "Priya"))
        hidden = FOUND_BY_THE_PAIR - {
            "zebrafinchinsight",
            "zebrafinchtag",
            "zebrafinchoutcome",
            "zebrafinchsituation",
        }
        assert [word for word in hidden if word in opened] == []
        await person.close()
    noor = app.person("Noor")
    assert not await finds(noor, "zebrafinchinsight")
