"""“Who sees what” can be tried: through the eyes of the mentor, the lead, and others."""

from bot.domain.stored import EntryKind
from bot.slack.loop import experiment_cards, experiments, goals
from bot.slack.privacy import PREVIEW
from bot.slack.repository import previews as forms
from bot.usecases.repository.insight_cards import CARD
from bot.usecases.repository.previews import Eyes
from tests.running_app import RunningApp
from tests.scenarios.test_experiments import ASK_FIRST
from tests.scenarios.test_insights import WORDS, kept

GOAL = "lead by asking first"


async def test_a_mentee_looks_at_their_own_words_with_the_eyes_of_others(app: RunningApp) -> None:
    mira, tom = await app.a_pair()
    await tom.command("/loop goal")
    await tom.submit({"text": GOAL})
    people = {one.user_id: one.id for one in await app.stored(lambda tx: tx.members.find())}

    await tom.command("/loop help privacy")
    by_mira = await tom.click(forms.OPEN, f"{Eyes.PARTNER}:{people[mira.id]}")
    by_ada = await tom.click(forms.OPEN, f"{Eyes.LEAD}:{people[app.person('Ada').id]}")

    assert GOAL in by_mira.text
    assert GOAL not in by_ada.text
    for answer in (by_mira, by_ada):
        assert "Only you see this" in answer.text


async def test_the_menus_of_ones_own_cards_say_who_gets_which_words(app: RunningApp) -> None:
    _, tom = await app.a_pair()
    await tom.command("/loop goal")
    await tom.submit({"text": GOAL})

    of_goal = await tom.click(goals.MENU, goals.PREVIEW)
    await tom.command("/loop try")
    await tom.submit({**ASK_FIRST, "behaviour": "I ask two questions"})
    of_try = await tom.click(experiment_cards.MENU, experiments.PREVIEW)

    for answer, words in ((of_goal, GOAL), (of_try, "two questions")):
        assert answer.text.count(words) == 1
        assert answer.text.index("Mira") < answer.text.index(words) < answer.text.index("Ada")


async def test_the_card_of_an_insight_says_so_too_and_the_mentors_copy_of_it_does_not(
    app: RunningApp,
) -> None:
    yuki, tom = await kept(app, "cohort")

    told = await tom.click(PREVIEW, EntryKind.INSIGHT)

    assert told.text.count(WORDS["behaviour"]) == 1
    assert told.text.index("Yuki") < told.text.index(WORDS["behaviour"]) < told.text.index("Nothing of it")
    assert PREVIEW in await tom.offered(CARD)
    assert PREVIEW not in await yuki.offered(CARD)
