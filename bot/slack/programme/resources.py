"""Resources of a cohort: the list that its lead keeps, the form of one, and the one that is offered with a try."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block, RichTextElement
from slack_sdk.models.views import View

from bot.domain.goals import Goal
from bot.domain.resources import MOST, Resource, ResourceKind, ResourceLanguage, minutes_of, offered
from bot.slack.blocks import actions, button, confirm, link, note, rich, say, section, strong
from bot.slack.fields import NOTHING, FieldList, Line, OneOf
from bot.slack.forms import Values, form, panel
from bot.slack.paging import turning_buttons
from bot.slack.payloads import id_in
from bot.usecases.programme.resources import CohortResources, KeepResource, ResourceForm
from bot.words import Words

OPEN = "resource.open"
EARLIER = "resource.earlier"
PAGE = "resource.page"
NEW = "resource.new"
CHANGE = "resource.change"
DROP = "resource.drop"
SAVE = "resource.save"

SHOWN = 20  # on a page: each takes two of a hundred blocks


def _kinds_offered(words: Words) -> list[tuple[str, ResourceKind]]:
    return [
        (words.t("A course"), ResourceKind.COURSE),
        (words.t("A case"), ResourceKind.CASE),
        (words.t("A template"), ResourceKind.TEMPLATE),
        (words.t("A tool"), ResourceKind.TOOL),
    ]


@dataclass(frozen=True)
class Minutes(Line):
    """A whole number of them."""

    def holds(self) -> object:
        return int

    def read(self, values: Values, locale: str) -> object:
        return minutes_of(values.number(self.name, locale))


FORM = FieldList(
    Resource,
    (
        Line("title", lambda w: w.t("What is it called?")),
        Line(
            "link",
            lambda w: w.t("Its link"),
            hint=lambda w: w.t("It begins with https:// and opens for everybody in the cohort."),
        ),
        Line(
            "aim",
            lambda w: w.t("What is it for?"),
            hint=lambda w: w.t(
                "The name of one of your aims, or a few words that goals for it are written with. It is offered with "
                "tries for such goals."
            ),
        ),
        OneOf("kind", lambda w: w.t("What is it?"), ResourceKind, _kinds_offered),
        OneOf(
            "language",
            lambda w: w.t("To whom is it offered?"),
            ResourceLanguage,
            lambda w: [
                (w.t("Everybody"), ResourceLanguage.ANY),
                (w.t("Whoever reads English"), ResourceLanguage.ENGLISH),
                (w.t("Whoever reads German"), ResourceLanguage.GERMAN),
            ],
        ),
        Minutes("minutes", lambda w: w.t("How many minutes does it take?"), limit=6),
    ),
    besides=("cohort_id",),
)


def resources_view(data: CohortResources, words: Words, start: int = 0) -> View:
    """A page of the list, from number `start` on; a page that is gone is the first."""
    start = start if start < len(data.resources) else 0
    page = data.resources[start : start + SHOWN]
    told = words.t("Nothing yet. Add a course, a case, a template or a tool that helps with what people try.")
    turns = turning_buttons(
        len(data.resources), start, SHOWN, (EARLIER, PAGE), lambda number: f"{data.cohort.id}:{number}", words
    )
    blocks: list[Block] = [
        *([] if page else [section(told)]),
        *(block for one in page for block in _resource_blocks(one, start, words)),
        actions(button(words.t("Add a resource"), NEW, data.cohort.id, style="primary"), *turns),
        note(
            words.t(
                "{count} of at most {most}. Whoever writes a try finds one that fits the goal under More, and no "
                "list. Nobody is told of a new one.",
                count=words.number(len(data.resources)),
                most=words.number(MOST),
            )
        ),
    ]
    return panel(words.t("Resources"), blocks, close=words.t("Close"))


def resource_form(data: ResourceForm, words: Words) -> View:
    """Two fields are required."""
    known = data.resource
    seen = words.t("Seen by: people of {name}, where they write a try that it fits.", name=data.cohort.name)
    return form(
        SAVE,
        words.t("A resource"),
        [*FORM.inputs(FORM.draft(known, words) if known else NOTHING, words), note(seen)],
        submit=words.t("Save"),
        close=words.t("Cancel"),
        metadata={"cohort_id": data.cohort.id, "resource_id": known.id if known else None},
    )


def parse_resource(values: Values, locale: str) -> KeepResource:
    """Raises InvalidInput for the field at fault."""
    metadata = values.metadata
    return KeepResource(metadata["cohort_id"], metadata["resource_id"], FORM.read(values, locale))


def parse_start(value: str) -> tuple[int, int]:
    """What a button carries: a cohort or one of its resources, and the first of the page. Raises NotOurs."""
    subject, _, start = value.partition(":")
    return id_in(subject), id_in(start)


def offer_blocks(resources: Sequence[Resource], goal: Goal | None, words: Words) -> list[Block]:
    """The one that fits the goal; nothing where none does."""
    fit = offered(resources, goal, words.locale)
    if fit is None:
        return []
    return [rich(strong(words.t("From your cohort, for this goal:")), say(" "), *_linked(fit, words))]


def _resource_blocks(one: Resource, start: int, words: Words) -> list[Block]:
    sure = confirm(words, words.t("Drop it? It is offered to nobody any more."), words.t("Drop it"))
    aim = [say("\n" + words.t("For: {aim}", aim=one.aim))] if one.aim else []
    place = f"{one.id}:{start}"
    return [
        rich(*_linked(one, words), *aim),
        actions(
            button(words.t("Change"), CHANGE, one.id), button(words.t("Drop"), DROP, place, confirm=sure)
        ),
    ]


def _linked(one: Resource, words: Words) -> list[RichTextElement]:
    return [link(one.title, one.link), *([say(f" · {about}")] if (about := _marks_of(one, words)) else [])]


def _marks_of(one: Resource, words: Words) -> str:
    """What it is, in which language and for how long, as far as its lead said."""
    kinds = {kind: said for said, kind in _kinds_offered(words)}
    languages = {
        ResourceLanguage.ENGLISH: words.t("in English"),
        ResourceLanguage.GERMAN: words.t("in German"),
    }
    return " · ".join(
        [
            *([kinds[one.kind]] if one.kind else []),
            *([languages[one.language]] if one.language in languages else []),
            *([words.n("{count} minute", "{count} minutes", one.minutes)] if one.minutes else []),
        ]
    )
