"""A rhythm of the pair's own, from the settings to the first check-in by it: through Slack, with real payloads."""

from datetime import date, time

from bot.domain.cadence import Cadence, Weeks
from bot.domain.rhythms import RhythmStands
from bot.slack.home import settings
from bot.slack.rhythm import rhythms_proposing as forms
from bot.slack.rhythm.rhythms import rhythm
from bot.usecases.rhythm.checkin_cards import ASK
from bot.usecases.rhythm.rhythms import CARD
from tests.running_app import RunningApp

ON_WEDNESDAYS = Cadence(Weeks(1, 2), time(11), date(2026, 11, 25))
ON_TUESDAYS = Cadence(Weeks(1, 1), time(10), date(2026, 11, 24))
WEDNESDAYS = {"rhythm": "weeks:1", "weekday": "2", "at": "11:00"}


async def test_one_proposes_the_other_agrees_and_the_check_in_comes_by_it(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    assert (await tom.command("/loop settings")).form == settings.SAVE
    assert (await tom.click(forms.OPEN)).form == forms.CHECK
    assert (await tom.submit(WEDNESDAYS)).form == forms.SEND
    await tom.submit({})

    assert forms.WITHDRAW in await tom.offered(CARD)
    (asked,) = await mira.texts(CARD)
    assert rhythm(ON_WEDNESDAYS, mira.words) in asked
    accepted = await mira.click(forms.ACCEPT, kind=CARD)
    assert rhythm(ON_WEDNESDAYS, mira.words) in accepted.text
    assert forms.WITHDRAW not in await tom.offered(CARD)

    await app.advance_to("2026-11-25T15:00:00+00:00")
    assert await tom.texts(ASK) == []  # not on the cohort's Tuesday
    await app.advance_to("2026-11-25T16:00:00+00:00")
    (came,) = await tom.texts(ASK)
    assert rhythm(ON_WEDNESDAYS, tom.words) in came


async def test_change_keeps_what_was_chosen_and_the_same_rhythm_is_told_at_its_field(app: RunningApp) -> None:
    mira, _ = await app.a_pair("Mira", "Tom")
    await mira.command("/loop settings")
    await mira.click(forms.OPEN)
    same = await mira.submit({"rhythm": forms.AS_COHORT})
    assert same.errors == {"rhythm": mira.told(RhythmStands())}

    await mira.submit({**WEDNESDAYS, "rhythm": "quarter_end"})
    again = await mira.click(forms.BACK)
    assert again.form == forms.CHECK
    assert (await mira.submit({})).form == forms.SEND


async def test_a_proposal_that_was_withdrawn_answers_what_stands_now(app: RunningApp) -> None:
    mira, tom = await app.a_pair("Mira", "Tom")
    await mira.command("/loop settings")
    await mira.click(forms.OPEN)
    await mira.submit(WEDNESDAYS)
    await mira.submit({})
    assert forms.ACCEPT in await tom.offered(CARD)
    withdrawn = await mira.click(forms.WITHDRAW, kind=CARD)

    assert rhythm(ON_TUESDAYS, mira.words) in withdrawn.text
    assert rhythm(ON_TUESDAYS, tom.words) in (await tom.texts(CARD))[-1]
    assert forms.ACCEPT not in await tom.offered(CARD)
