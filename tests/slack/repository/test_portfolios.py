"""A portfolio written out: what was typed is text, nothing is loaded, and what is drawn is also said."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.domain.charts import Chart
from bot.domain.ids import IndicatorId, MemberId, ReadingId
from bot.domain.indicators import Indicator
from bot.domain.portfolios import (
    REVIEW_GOALS,
    Material,
    NoPdf,
    NumberTold,
    Part,
    Portfolio,
    Shape,
    StepTold,
    told,
)
from bot.domain.readings import Point, Reading
from bot.slack.repository import portfolios_pdf
from bot.slack.repository.portfolios_html import POLICY, html
from bot.slack.repository.portfolios_markdown import markdown
from bot.slack.repository.portfolios_pages import VALUES_LISTED, Figure, Heading, Labels, Line, Page, page
from bot.slack.repository.portfolios_pdf import pdf
from bot.slack.repository.portfolios_svg import HEIGHT, drawing
from bot.words import Words
from tests.domain.test_portfolios import (
    ALL,
    FULL,
    NOW,
    REVIEW,
    P,
    W,
    a_goal,
    a_result,
    a_step,
    a_try,
    by_mira,
)
from tests.nasty import TEXTS
from tests.planting import SECRET, TYPED

TODAY = date(2026, 11, 22)
ENGLISH, GERMAN = Words("en-US", now=NOW), Words("de-DE", now=NOW)
LABELS = Labels("Hoped for", "The middle", "At the start", "March 1", "May 1")
TROUBLE = "<script>alert(1)</script> *a* _b_ [c](http://d) #set text(red) $x$ \\ ` | & שלום"
LINE = Page("en", "T", (Line("Note", TROUBLE),), "F")


def weekly(values: list[int]) -> Chart:
    first = date(2026, 1, 5)
    points = tuple(Point(first + timedelta(weeks=at), Decimal(value)) for at, value in enumerate(values))
    return Chart("Voices", "of 8", points, Decimal(values[0]), Decimal(9), Decimal(values[0]))


class Read(HTMLParser):
    """What stands in a page: its tags with their attributes, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def all_of(portfolio: Portfolio, words: Words = ENGLISH, material: Material = FULL) -> Page:
    return page(told(material, portfolio), "Tom", TODAY, words)


@given(TEXTS)
def test_what_was_typed_is_text_in_the_browser(typed: str) -> None:
    plain = Read(html(Page("en", "T", (Heading("a", 2), Line("b", "c")), "F"), "en"))
    read = Read(html(Page("en", "T", (Heading(typed, 2), Line(typed, typed)), "F"), "en"))

    assert read.tags == plain.tags
    assert typed in read.text


def test_what_would_run_is_text_wherever_it_stands() -> None:
    figure = Figure(replace(weekly([1, 2, 4]), name=TROUBLE), TROUBLE, LABELS)

    read = Read(
        html(Page("en", TROUBLE, (Heading(TROUBLE, 2), Line(TROUBLE, TROUBLE), figure), TROUBLE), "en")
    )

    assert "script" not in read.tags
    assert read.text.count("alert(1)") == 9  # the drawing says its name and its text


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    written = html(all_of(ALL), "en")
    read = Read(written)

    assert not {"script", "link", "img", "iframe", "object", "form", "a"} & set(read.tags)
    assert not [
        name for name, _ in read.attributes if name in ("src", "href", "style") or name.startswith("on")
    ]
    assert ("content", POLICY) in read.attributes
    assert "http" not in written.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


@given(TEXTS)
def test_what_was_typed_is_text_in_markdown(typed: str) -> None:
    tokens = MarkdownIt().parse(markdown(Page("en", "T", (Line("", typed),), "F")))
    kinds = [token.type for token in tokens if token.nesting >= 0]
    inline = [child.type for token in tokens for child in token.children or []]

    assert kinds == ["heading_open", "inline", "paragraph_open", "inline", "hr", "paragraph_open", "inline"]
    assert set(inline) <= {"text", "text_special", "hardbreak"}


def test_what_was_typed_can_be_read_in_markdown() -> None:
    typed = "1. one\n- two\n+ three\n# four\n=== five"

    read = MarkdownIt().render(markdown(Page("en", "T", (Line("", typed),), "F")))

    for line in typed.split("\n"):
        assert line in read


@pytest.mark.parametrize("typed", [TROUBLE, "مرحبا بالعالم", "Grüße, Straße", '"; #read("/etc/passwd")'])
def test_what_was_typed_is_text_in_a_pdf_also_from_right_to_left(typed: str) -> None:
    made = pdf(Page("de", typed, (Heading(typed, 2), Line(typed, typed)), typed), "de", "incomplete")

    assert made.startswith(b"%PDF")
    assert b"pdfuaid" in made  # for screen readers, and no sign is missing


def test_a_pdf_that_lacks_a_sign_is_made_all_the_same_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    inputs = portfolios_pdf._as_inputs
    monkeypatch.setattr(
        portfolios_pdf,
        "_as_inputs",
        lambda page, locale, more="": said.append(more) or inputs(page, locale, more),  # type: ignore[func-returns-value]  # noted
    )

    made = pdf(Page("en", "Well done 😀🫎", (), "F"), "en", "incomplete")

    assert made.startswith(b"%PDF")
    assert said == ["", "incomplete"]


def test_without_the_package_a_pdf_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolios_pdf, "installed", lambda: False)

    with pytest.raises(NoPdf):
        pdf(LINE, "en", "")


def test_each_drawing_is_said_in_words_and_has_a_title_for_who_cannot_see_it() -> None:
    chart = weekly([1, 2, 4])
    svg = ET.fromstring(drawing(chart, LABELS, "Voices: 1, 2 and 4", "en"))  # noqa: S314 - our own

    assert svg.attrib["role"] == "img"
    assert svg.find("{*}title").text == "Voices: 1, 2 and 4"  # type: ignore[union-attr]  # it is there
    names = [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Hoped for: 9", "The middle: 1", "At the start: 1", "March 1", "May 1"} <= set(names)


def test_lines_are_told_apart_without_colour() -> None:
    dashes = re.findall(r'stroke-dasharray="([^"]*)"', drawing(weekly([1, 2, 4]), LABELS, "t", "en"))

    assert len(dashes) == len(set(dashes)) == 3


@given(st.lists(st.integers(-50, 50), min_size=3, max_size=160))
def test_names_at_the_end_of_lines_stand_below_each_other_and_inside(values: list[int]) -> None:
    svg = drawing(weekly(values), LABELS, "t", "en")
    places = sorted(float(y) for y in re.findall(r'<text class="t" x="496.0" y="([^"]*)"', svg))

    assert all(after - before >= 15 for before, after in pairwise(places))
    assert places[-1] <= HEIGHT


def as_long_as_can_be() -> Material:
    """More goals and tries than a review takes, each line as long as a line may be, with numbers of sixteen values."""
    line = ("Words about work and people that go on and on " * 7)[:300]
    goals = [a_goal(at + 1, text=line, objective=f"{at} {line}"[:300]) for at in range(REVIEW_GOALS + 2)]
    tries = [
        a_try(at + 1, behaviour=line, situation=line, goal_id=goals[at % len(goals)].id)
        for at in range(2 * len(goals))
    ]
    results = [a_result(one.id, what_happened=line) for one in tries]
    numbers = [
        replace(noted(16), indicator=replace(noted(16).indicator, goal_id=goal.id, id=IndicatorId(goal.id)))
        for goal in goals
    ]
    return Material(MemberId(3), "UTOM", goals, tries, results, numbers)


def test_a_review_is_one_sheet_of_paper_even_where_every_line_is_long() -> None:
    review = all_of(REVIEW, GERMAN, as_long_as_can_be())

    made = pdf(review, "de", "")

    assert len([piece for piece in review.pieces if isinstance(piece, Heading)]) == 2 * REVIEW_GOALS
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1


def noted(count: int) -> NumberTold:
    number = Indicator(W, P, None, "Voices", goal_id=a_goal().id, id=IndicatorId(7))
    readings = [
        Reading(
            W,
            P,
            number.id,
            MemberId(3),
            date(2026, 1, 1) + timedelta(days=at),
            NOW,
            Decimal(at),
            id=ReadingId(at),
        )
        for at in range(count)
    ]
    return NumberTold(number, tuple(readings))


def test_from_three_values_on_a_number_is_drawn_and_each_value_stands_beside_it() -> None:
    numbers = replace(ALL, parts=(Part.NUMBERS,))
    few, drawn, many = (
        all_of(numbers, material=replace(FULL, numbers=[noted(count)])).pieces[-1]
        for count in (2, 3, VALUES_LISTED + 5)
    )

    assert isinstance(few, Line)
    assert isinstance(drawn, Figure)
    assert "January 2, 2026: 1" in drawn.text
    assert isinstance(many, Figure)
    assert "5 earlier values are in the drawing." in many.text


def test_all_labels_are_the_readers_language() -> None:
    for portfolio in (ALL, REVIEW):
        english, german = (all_of(portfolio, words).pieces for words in (ENGLISH, GERMAN))
        ours = [
            (one.text, other.text)
            for one, other in zip(english, german, strict=True)
            if isinstance(one, Heading) and isinstance(other, Heading) and one.level == 2
        ]
        assert ours
        assert all(one != other for one, other in ours)


def test_a_milestone_is_told_with_its_level_and_what_showed_it_and_without_either_says_less() -> None:
    goals = replace(ALL, parts=(Part.GOALS,))
    lines = [one for one in all_of(goals).pieces if isinstance(one, Line)]
    bare = StepTold(replace(a_step().milestone, shown_by=""))
    fewer = [
        one for one in all_of(goals, material=replace(FULL, steps=[bare])).pieces if isinstance(one, Line)
    ]

    step = Line("A milestone that my mentor sees, too", "open 1")
    assert lines == [step, Line("Leading", "does it"), Line("What shows it", "they spoke")]
    assert fewer == [step]


def test_each_line_is_of_a_row() -> None:
    """Whatever is taken away from the rows is gone from the page; what stays is the title and where it comes from."""
    for shape in Shape:
        empty = all_of(replace(ALL, shape=shape), material=by_mira(FULL))
        assert empty.pieces == ()


def test_planted_words_of_others_are_nowhere_in_a_file() -> None:
    theirs = f"{TYPED} {SECRET}"
    spoiled = by_mira(replace(FULL, goals=[a_goal(text=theirs, baseline=theirs)]))
    mixed = replace(FULL, goals=[*FULL.goals, *spoiled.goals])

    for portfolio in (ALL, REVIEW):
        made = all_of(portfolio, material=mixed)
        assert TYPED not in html(made, "en") + markdown(made)


@settings(max_examples=20)
@given(st.sampled_from(Part))
def test_days_say_their_year(part: Part) -> None:
    later = Words("en-US", now=datetime(2026, 12, 1, tzinfo=UTC))
    texts = [
        piece.text for piece in all_of(replace(ALL, parts=(part,)), later).pieces if isinstance(piece, Line)
    ]

    assert all("2026" in text for text in texts if "April" in text or "March" in text)
