"""Cohorts: their form, the dates to confirm, and what their lead sees."""

from dataclasses import replace
from datetime import time
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.domain.cadence import CadenceKind, Nth
from bot.domain.cohorts import NAME_LIMIT, Cohort, CohortState, Joining
from bot.domain.errors import FormGone
from bot.domain.ids import CohortId
from bot.domain.pairs import PairState
from bot.domain.rounds import policy_for
from bot.domain.working_life import QUIET_FROM, QUIET_TO, HolidayPolicy
from bot.packs import DEFAULT, all_packs, pack_of
from bot.slack.blocks import Message, actions, button, confirm, fields, header, note, section, titled
from bot.slack.forms import Values, checkboxes, field, form, person_picker, select, text_box
from bot.slack.home.commands import run_button
from bot.slack.privacy import between_us, programme_sees
from bot.slack.programme import competencies, feeds, figures, objectives, resources
from bot.slack.programme.channels import channel_button
from bot.slack.programme.cohorts_contact import contact_field
from bot.slack.programme.cohorts_copying import COPY
from bot.slack.programme.cohorts_holidays import DAYS_OFF, policies, policy_in_words
from bot.slack.programme.feeds import feed_line, feed_rhythm
from bot.slack.rhythm import questions
from bot.slack.rhythm.rhythms import (
    AT,
    EVERY_WEEKS,
    WEEKDAY,
    read_rhythm,
    rhythm,
    rhythm_dates,
    rhythm_fields,
)
from bot.usecases.programme.cohorts import (
    CohortForm,
    CohortPreview,
    CohortView,
    SetUpCohort,
)
from bot.words import Words

NEW = "cohort.new"
CHECK = "cohort.check"
SET = "cohort.set"
BACK = "cohort.back"
SHOW = "cohort.show"
EDIT = "cohort.edit"
PAUSE = "cohort.pause"
RESUME = "cohort.resume"
END = "cohort.end"
TEST = "cohort.test"
PAIRS = "cohort.pairs"
MATCHING = "matching.open"

OPEN_HERE, OPEN_LIST = "open", "list"
LIST_LIMIT = 45  # a message holds fifty blocks


def cohort_form(data: CohortForm, words: Words) -> View:
    """The form of a cohort, as it stands or empty; only the name is required."""
    cohort = data.cohort
    if cohort is None:
        return _cohort_view(SetUpCohort("", data.lead, EVERY_WEEKS, WEEKDAY, AT, DEFAULT), words)
    command = SetUpCohort(
        name=cohort.name,
        lead=data.lead,
        every_weeks=cohort.every_weeks,
        weekday=cohort.weekday,
        at=cohort.at,
        cadence_kind=cohort.cadence_kind,
        nth=cohort.nth,
        pack=cohort.pack,
        open=cohort.open,
        holidays=cohort.holidays,
        contact=data.contact,
        joining=cohort.joining,
        cohort_id=cohort.id,
    )
    return _cohort_view(command, words)


def cohort_form_again(values: Values, words: Words) -> View:
    """The form once more, with everything that was about to be confirmed."""
    return _cohort_view(kept_cohort(values), words)


def parse_cohort(values: Values) -> SetUpCohort:
    """The form's fields; what was left empty is what an empty form begins with. Raises ChoiceMissing."""
    cohort_id = values.metadata.get("cohort_id")
    return SetUpCohort(
        name=values.text("name"),
        lead=values.person("lead"),
        contact=values.person("contact"),
        **vars(read_rhythm(values)),
        pack=values.option("pack") or DEFAULT,
        open=OPEN_HERE in values.options("open"),
        joining=Joining.OPEN if OPEN_LIST in values.options("open") else Joining.INVITED,
        holidays=values.choice("holidays", HolidayPolicy) or HolidayPolicy.AFTER,
        cohort_id=CohortId(cohort_id) if cohort_id else None,
    )


def kept_cohort(values: Values) -> SetUpCohort:
    """The command that the dates to confirm carry along."""
    kept: dict[str, Any] = values.metadata
    try:
        read = {
            "at": time.fromisoformat(kept["at"]),
            "holidays": HolidayPolicy(kept.get("holidays", HolidayPolicy.AFTER)),
            "cadence_kind": CadenceKind(kept.get("cadence_kind", CadenceKind.WEEKS)),
            "nth": Nth(kept.get("nth", Nth.FIRST)),
            "joining": Joining(kept.get("joining", Joining.INVITED)),
        }
        return SetUpCohort(**{**kept, **read})
    except (TypeError, ValueError) as error:
        raise FormGone("cohort") from error


def cohort_dates(data: CohortPreview, words: Words) -> View:
    """The next five dates for two people, to confirm or to change."""
    command = data.command
    every = words.t("Everyone is asked at {time} on their own clock.", time=words.clock(data.cadence.at))
    later = words.t("Led by {name}. All of this can be changed later.", name=data.lead)
    blocks = [
        titled(command.name, rhythm(data.cadence, words)),
        section(every),
        *rhythm_dates(data.dates, data.people, words),
        *_quiet_warnings(data, words),
        actions(button(words.t("Change"), BACK)),
        note(later),
    ]
    return form(
        SET,
        words.t("The next dates"),
        blocks,
        submit=words.t("Save") if command.cohort_id else words.t("Start it"),
        close=words.t("Cancel"),
        metadata={**vars(command), "at": command.at.isoformat("minutes")},
    )


def _quiet_warnings(data: CohortPreview, words: Words) -> list[Block]:
    """A time at which people want to hear nothing may be meant, so it is told and not refused."""
    begin, end, at = (words.clock(each) for each in (QUIET_FROM, QUIET_TO, data.cadence.at))
    told = []
    if data.is_quiet:
        told.append(
            note(
                words.t(
                    "{time} lies in the quiet hours that everybody begins with, {begin} to {end}. "
                    "Whoever keeps them is asked when they end.",
                    time=at,
                    begin=begin,
                    end=end,
                )
            )
        )
    if data.quiet:
        told.append(
            note(
                words.n(
                    "{count} person here has quiet hours at {time} and is asked when they end.",
                    "{count} people here have quiet hours at {time} and are asked when they end.",
                    data.quiet,
                    time=at,
                )
            )
        )
    return told


def cohort_kept(view: CohortView, words: Words, *, fresh: bool) -> Message:
    """The answer when a cohort was started (`fresh`) or changed: what happens next."""
    cohort = view.cohort
    title = words.t("{name} is set", name=cohort.name)
    first = words.t("Next: bring two people together, here or with /loop pair @mentor @mentee.")
    changed = words.t("What was planned and not yet sent follows the new dates.")
    return Message(
        title,
        [
            header(title),
            section(words.t("Check-ins come {rhythm}.", rhythm=rhythm(cohort.cadence, words))),
            section(first if fresh else changed),
            actions(
                *([run_button(words.t("Pair two people"), "pair", style="primary")] if fresh else []),
                button(words.t("Send me a test nudge"), TEST, cohort.id),
                button(words.t("Change"), EDIT, cohort.id),
            ),
            note(words.t("You find it again under /loop cohort.")),
        ],
    )


def cohort_card(view: CohortView, words: Words) -> Message:
    """One cohort, with everything that its lead may do."""
    cohort = view.cohort
    rows = [
        *_rhythm_rows(view, words),
        (words.t("On a day off"), _on_a_day_off(cohort, words)),
        (words.t("Led by"), view.lead or words.t("nobody yet")),
        (words.t("Helps"), view.contact or words.t("whoever leads it")),
        (words.t("Questions"), pack_of(cohort.pack).name(words.language)),
        (words.t("State"), state_in_words(cohort.state, words)),
    ]
    blocks: list[Block] = [header(cohort.name), fields(*rows), section(pairs_in_words(view, words))]
    if cohort.open:
        blocks.append(section(words.t("Any two members may pair here.")))
    if cohort.state is not CohortState.ENDED:
        blocks.append(actions(*_first_buttons(cohort, words)))
        calendar = button(words.t("Project calendar"), feeds.OPEN, cohort.id)
        days_off = button(words.t("Days off"), DAYS_OFF, cohort.id)
        aims = button(words.t("Aims"), objectives.OPEN, cohort.id)
        shelf = button(words.t("Resources"), resources.OPEN, cohort.id)
        learnt = button(words.t("Competencies"), competencies.OPEN, cohort.id)
        asked = button(words.t("Questions"), questions.OPEN, cohort.id)
        how = button(words.t("How it goes"), figures.OPEN, cohort.id)
        blocks.append(
            actions(how, calendar, days_off, aims, learnt, asked, shelf, channel_button(cohort, words))
        )
        last = [_pause_or_resume(cohort, words), _end_cohort_button(cohort, words)]
        blocks.append(actions(*_copy_button(view, words), *last))
    elif view.may_copy:
        blocks.append(actions(*_copy_button(view, words)))
    blocks.append(note(words.t("You see how pairs are doing, and none of what they write.")))
    blocks.append(note(words.t("Type /loop cohort new for another cohort, /loop admins to add an admin.")))
    return Message(f"{cohort.name}: {pairs_in_words(view, words)}", blocks)


def _on_a_day_off(cohort: Cohort, words: Words) -> str:
    """What becomes of a check-in then; while a project's calendar holds, as its lead chose."""
    cadence = replace(cohort.cadence, cycle=())
    policy = cohort.holidays if cohort.cycle_days else policy_for(cadence, cohort.holidays, cadence.anchor)
    return policy_in_words(policy, words)


def _rhythm_rows(view: CohortView, words: Words) -> list[tuple[str, str]]:
    if view.feed is None:
        return [(words.t("Check-ins"), rhythm(view.cohort.cadence, words))]
    return [
        (words.t("Check-ins"), feed_rhythm(view.feed, words)),
        (words.t("Project calendar"), feed_line(view.feed, words)),
    ]


def cohort_list(views: list[CohortView], words: Words) -> Message:
    """All cohorts of somebody who leads some, one line each; a single one is shown at once."""
    if len(views) == 1:
        return cohort_card(views[0], words)
    title = words.t("Cohorts")
    blocks: list[Block] = [header(title), *(_line(view, words) for view in views[:LIST_LIMIT])]
    if not views:
        blocks.append(section(words.t("Here your cohorts will appear, with how their pairs are doing.")))
    if len(views) > LIST_LIMIT:
        blocks.append(note(words.t("For the others, type /loop cohort and the name.")))
    blocks.append(
        actions(
            button(words.t("New cohort"), NEW, style=None if views else "primary"),
            button(words.t("Send me a test nudge"), TEST, views[0].cohort.id if views else 0),
        )
    )
    return Message(title, blocks)


def state_in_words(state: CohortState, words: Words) -> str:
    match state:
        case CohortState.ACTIVE:
            return words.t("Running")
        case CohortState.PAUSED:
            return words.t("Paused: nobody is asked anything")
        case CohortState.ENDED:
            return words.t("Ended")


def pairs_in_words(view: CohortView, words: Words) -> str:
    """How many pairs are how, in one line and without a table."""
    counts = view.pairs
    told = [
        words.n("{count} pair active", "{count} pairs active", counts.get(PairState.ACTIVE, 0)),
        words.n("{count} asked", "{count} asked", counts.get(PairState.ASKED, 0)),
        words.n("{count} paused", "{count} paused", counts.get(PairState.PAUSED, 0)),
        words.n("{count} could use a hand", "{count} could use a hand", view.troubled),
    ]
    numbers = (1, counts.get(PairState.ASKED, 0), counts.get(PairState.PAUSED, 0), view.troubled)
    return words.names(text for text, number in zip(told, numbers, strict=True) if number)


def _cohort_view(command: SetUpCohort, words: Words) -> View:
    return form(
        CHECK,
        words.t("Your cohort") if command.cohort_id else words.t("New cohort"),
        [*_who(command, words), *_when(command, words), *_what(command, words)],
        submit=words.t("See the dates"),
        close=words.t("Cancel"),
        metadata={"cohort_id": command.cohort_id},
    )


def _who(command: SetUpCohort, words: Words) -> list[Block]:
    return [
        field(
            "name",
            words.t("What is it called?"),
            text_box(initial=command.name, limit=NAME_LIMIT),
            required=True,
            hint=words.t("For example: New managers, spring."),
        ),
        field("lead", words.t("Who leads it?"), person_picker(command.lead or None)),
        contact_field(command.contact, words),
    ]


def _when(command: SetUpCohort, words: Words) -> list[Block]:
    return [
        *rhythm_fields(command, words),
        field(
            "holidays",
            words.t("And on a day on which somebody does not work?"),
            select(policies(words), command.holidays),
            hint=words.t(
                "A public holiday of their region, a day off, or no working day of theirs. "
                "A last working day moves to the one before."
            ),
        ),
    ]


def _what(command: SetUpCohort, words: Words) -> list[Block]:
    packs = [(pack.name(words.language), pack.id) for pack in all_packs().values()]
    switches = [
        (words.t("Any two members may pair here"), OPEN_HERE),
        (words.t("Anybody may join the list for matching; else only who is invited"), OPEN_LIST),
    ]
    on = [OPEN_HERE] * command.open + [OPEN_LIST] * (command.joining is Joining.OPEN)
    return [
        field("pack", words.t("Which questions?"), select(packs, pack_of(command.pack).id)),
        field("open", words.t("Pairing"), checkboxes(switches, on)),
        note(words.t("Every pair reads this:")),
        note(f"{between_us(words)} {programme_sees(words)}"),
    ]


def _line(view: CohortView, words: Words) -> Block:
    told = [view.cohort.name, rhythm(view.cohort.cadence, words), pairs_in_words(view, words)]
    if view.cohort.state is not CohortState.ACTIVE:
        told.append(state_in_words(view.cohort.state, words))
    return section("\n".join(told), accessory=button(words.t("Show"), SHOW, view.cohort.id))


def _first_buttons(cohort: Cohort, words: Words) -> list[ButtonElement]:
    return [
        button(words.t("Pairs"), PAIRS, cohort.id, style="primary"),
        button(words.t("Matching"), MATCHING, cohort.id),
        button(words.t("Change"), EDIT, cohort.id),
        button(words.t("Send me a test nudge"), TEST, cohort.id),
    ]


def _copy_button(view: CohortView, words: Words) -> list[ButtonElement]:
    return [button(words.t("Copy"), COPY, view.cohort.id)] if view.may_copy else []


def _pause_or_resume(cohort: Cohort, words: Words) -> ButtonElement:
    if cohort.state is CohortState.PAUSED:
        sure = confirm(words, words.t("Check-ins of all pairs go on with the next date."), words.t("Resume"))
        return button(words.t("Resume"), RESUME, cohort.id, confirm=sure)
    sure = confirm(
        words, words.t("Nobody in this cohort is asked anything until you resume it."), words.t("Pause")
    )
    return button(words.t("Pause"), PAUSE, cohort.id, confirm=sure)


def _end_cohort_button(cohort: Cohort, words: Words) -> ButtonElement:
    question = words.t(
        "All its pairs end, and each reads that in plain words. What they wrote stays theirs. "
        "This cannot be taken back."
    )
    return button(
        words.t("End"), END, cohort.id, style="danger", confirm=confirm(words, question, words.t("End it"))
    )
