"""A cohort from nothing to pairs: people join in Slack, its lead reads who suits whom and why, and asks them."""

from bot.domain.pairs import PairState
from bot.slack.programme import cohorts, matching, profiles, profiles_reading, requests
from bot.slack.rhythm import sessions
from bot.usecases.programme.pairs_consent import CONSENT, STARTED
from bot.usecases.programme.profiles_joining import INVITED
from bot.usecases.programme.requests import CARD as WISHED
from bot.usecases.rhythm.sessions import CARD as TALKED
from tests.running_app import Person, RunningApp

WANTED, OTHER = "Strategic thinking", "Decision quality"


async def opened(app: RunningApp) -> Person:
    """Ada leads Spring, whose list anybody may join."""
    ada = await app.a_cohort()
    await ada.command("/loop cohort Spring")
    await ada.click(cohorts.EDIT)
    await ada.submit({"open": [cohorts.OPEN_LIST]})
    kept = await ada.submit({})
    assert not kept.errors
    return ada


async def joins(app: RunningApp, name: str, *, wants: str = "", cans: str = "", **more: object) -> Person:
    person = app.person(name)
    more.setdefault("languages", ["en"])
    await person.command("/loop join")
    said = {"wants": [wants or profiles.NONE], "cans": [cans or profiles.NONE]}
    sent = await person.submit({**said, **more})
    assert not sent.errors
    assert sent.offered == [profiles.JOIN, profiles.LEAVE]
    return person


async def test_people_join_are_matched_with_reasons_and_are_asked_when_the_lead_says_so(
    app: RunningApp,
) -> None:
    ada = await opened(app)
    tom = await joins(app, "Tom", wants=WANTED)
    mira = await joins(app, "Mira", cans=WANTED)

    await ada.command("/loop cohort match")
    made = await ada.click(matching.MAKE)
    assert "Mira mentors Tom\nwanted and offered: Strategic thinking; both speak English" in made.text
    assert await tom.texts(CONSENT) == []

    asked = await ada.click(matching.ASK)

    assert asked.offered == [matching.MAKE, matching.NEW_LINE, matching.JOINED, matching.INVITE]
    [pair] = await app.stored(lambda tx: tx.pairs.find(state=PairState.ASKED))
    assert pair.reason == "wanted and offered: Strategic thinking; both speak English"
    # Whoever does not work now reads the question when they do.
    questions = await app.stored(lambda tx: tx.outgoing.find(kind=CONSENT.name, updates=""))
    people = await app.stored(lambda tx: tx.members.find(id=[one.member_id for one in questions]))
    assert {one.user_id for one in people} == {tom.id, mira.id}
    await app.at_work()
    for person, agreed in ((tom, False), (mira, True)):
        await person.click("pair.yes")
        listed = await ada.command("/loop cohort match")
        assert ("Both said yes." in listed.text) is agreed
    assert await ada.texts(STARTED) == []


async def test_the_lead_exchanges_takes_off_and_puts_two_together(app: RunningApp) -> None:
    ada = await opened(app)
    tom = await joins(app, "Tom", wants=WANTED)
    await joins(app, "Mira", cans=WANTED)
    yuki = await joins(app, "Yuki", cans=OTHER)
    await ada.command("/loop cohort match Spring")
    await ada.click(matching.MAKE)

    await ada.click(matching.LINE)
    exchanged = await ada.submit({"mentor": yuki.id})
    assert "Yuki mentors Tom" in exchanged.text
    await ada.click(matching.LINE)
    off = await ada.click(matching.TAKE_OFF)
    assert "You took them off the list." in off.text
    await ada.click(matching.NEW_LINE)
    refused = await ada.submit({"mentor": tom.id, "mentee": yuki.id})
    assert list(refused.errors) == ["mentor"]
    added = await ada.submit({"mentor": yuki.id, "mentee": tom.id})
    assert "Yuki mentors Tom" in added.text


async def test_whoever_is_invited_joins_from_the_message_and_leaves_again(app: RunningApp) -> None:
    ada = await app.a_cohort()
    tom = app.person("Tom")
    closed = await tom.command("/loop join")
    assert closed.form != profiles.SAVE
    await ada.command("/loop cohort match")
    await ada.click(matching.INVITE)
    sent = await ada.submit({"people": [tom.id]})
    assert "1 was invited and has not joined yet." in sent.text

    assert await tom.offered(INVITED) == [profiles.JOIN]
    await tom.click(profiles.JOIN)
    listed = await tom.submit({"wants": [WANTED], "cans": [profiles.NONE]})
    left = await tom.click(profiles.LEAVE)

    assert listed.offered == [profiles.JOIN, profiles.LEAVE]
    assert left.offered == [profiles.JOIN]


async def test_the_lead_reads_what_somebody_said_from_the_list_of_who_has_joined(app: RunningApp) -> None:
    ada = await opened(app)
    tom = await joins(app, "Tom", cans=WANTED)
    await joins(app, "Mira", wants=WANTED, not_with=[tom.id], place="Graz")

    page = await ada.command("/loop cohort match")
    assert matching.JOINED in page.offered
    joined = await ada.click(matching.JOINED)
    assert "Tom" in joined.text
    said = await ada.click(profiles_reading.READ)

    assert "Mira" in said.text
    assert WANTED in said.text
    assert "Graz" not in said.text
    assert "Tom" not in said.text


async def test_with_whom_somebody_would_not_be_reaches_no_other_eye(app: RunningApp) -> None:
    ada = await opened(app)
    mira = await joins(app, "Mira", cans=WANTED)
    tom = await joins(app, "Tom", wants=WANTED, not_with=[mira.id])

    await ada.command("/loop cohort match")
    made = await ada.click(matching.MAKE)

    assert "mentors Tom" not in made.text
    assert made.text.count("Nobody who would suit has a place free.") == 2
    await tom.command("/loop join")
    assert (await tom.form())["blocks"]


async def test_after_their_first_talk_each_is_asked_alone_and_one_would_rather_have_somebody_else(
    app: RunningApp,
) -> None:
    ada = await opened(app)
    tom = await joins(app, "Tom", wants=WANTED)
    mira = await joins(app, "Mira", cans=WANTED)
    await ada.command("/loop cohort match")
    await ada.click(matching.MAKE)
    await ada.click(matching.ASK)
    await app.at_work()
    for person in (mira, tom):
        await person.click("pair.yes")
    await mira.command("/loop talked")
    await mira.submit({"takeaway": "We both like lists"})
    for person in (mira, tom):
        assert sessions.GO_ON in await person.offered(TALKED)
    before = await mira.texts()

    assert (await tom.click(sessions.RATHER, kind=TALKED)).form == requests.SEND
    await tom.submit({"text": ""})

    assert sessions.GO_ON not in await tom.offered(TALKED)
    assert await mira.texts() == before
    assert requests.TAKE in await ada.offered(WISHED)
    await mira.click(sessions.GO_ON, kind=TALKED)
    assert sessions.GO_ON not in await mira.offered(TALKED)
    assert len(await ada.texts(WISHED)) == 1
