"""How a cohort goes, as people read it: in words, as charts, as a page, and as a table."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest

from bot.domain.figures import FAIR, KINDS, PULSE, CohortFigure, Dimension, Extent, FigureName
from bot.domain.ids import CohortId
from bot.slack.blocks import ChartBlock
from bot.slack.programme.figures import APART, LINES_OF_A_BLOCK, figure_text, figures_message, figures_view
from bot.slack.programme.figures_meaning import meaning, name_text
from bot.slack.programme.figures_page import figures_csv, page_message, written_page
from bot.usecases.programme.figures import HowItGoes
from bot.usecases.programme.figures_report import CohortPage, PageFormat
from bot.words import Words
from tests.slack.programme.test_cohorts import SPRING

ENGLISH, GERMAN = Words(), Words("de-DE")
TODAY = date(2027, 2, 1)


def figure(name: FigureName, made_on: date = date(2027, 1, 1), **more: object) -> CohortFigure:
    known = CohortFigure(SPRING.workspace_id, CohortId(1), made_on, name, Extent.EXACT, 24, 12, 8, 20)
    return replace(known, **more)  # type: ignore[arg-type]  # fields of the figure


def everything() -> HowItGoes:
    told = [figure(name) for name in FigureName if name not in (*PULSE, *APART)]
    weeks = Decimal(77)
    told += [
        figure(FigureName.TO_COMPETENCE, dimension=Dimension.COMPETENCY, part=part, middle=weeks)
        for part in "34"
    ]
    pulse = [figure(name, extent=Extent.ABOUT, pairs=0) for name in PULSE]
    names = {
        Dimension.PLACE: ("DE", "US", ""),
        Dimension.LANGUAGE: ("de", "en"),
        Dimension.GROUP: ("nurses", ""),
    }
    parts = [
        figure(name, dimension=kind, part=part) for name in FAIR for kind in KINDS for part in names[kind]
    ]
    earlier = [figure(FigureName.TALKING, date(2026, month, 1), count=month) for month in range(3, 12)]
    figures = (*told, *pulse, *parts)
    return HowItGoes(
        SPRING,
        figures,
        (*earlier, *figures),
        ("… asks first now",),
        TODAY,
        {"3": "Strategic thinking", "4": ""},
    )


NOTHING = HowItGoes(SPRING, (), (), (), TODAY)


def test_the_window_is_no_more_than_slack_takes() -> None:
    for words in (ENGLISH, GERMAN):
        assert len(figures_view(everything(), words).blocks or []) <= 100


def test_a_message_has_two_charts_at_most_with_the_words_beside_them() -> None:
    message = figures_message(everything(), ENGLISH)

    charts = [block for block in message.blocks if isinstance(block, ChartBlock)]
    assert [chart.chart["type"] for chart in charts] == ["bar", "line"]
    assert len(message.blocks) <= 50
    assert "8 of 20" in str([block.to_dict() for block in message.in_words.blocks])


def test_a_step_that_is_not_told_exactly_is_not_drawn() -> None:
    data = everything()
    hidden = tuple(
        replace(one, extent=Extent.FEW, count=0) if one.name is FigureName.INSIGHT else one
        for one in data.figures
    )

    message = figures_message(replace(data, figures=hidden, earlier=hidden), ENGLISH)

    assert not message.has_charts


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "8 of 20"),
        ({"count": 20}, "20"),
        ({"extent": Extent.MOST, "count": 0}, "all of 20, or all but a few people's"),
        ({"extent": Extent.FEW, "count": 0}, "none of 20, or a few people's"),
        ({"extent": Extent.ABOUT}, "about 8 of 20 agree"),
        ({"middle": Decimal("1.5")}, "1.5 days (the middle of 8)"),
        ({"middle": Decimal("73.5"), "name": FigureName.TO_COMPETENCE}, "10.5 weeks (the middle of 8)"),
    ],
)
def test_a_figure_says_no_more_than_was_told(more: dict[str, Any], said: str) -> None:
    assert figure_text(replace(figure(FigureName.TOLD), **more), ENGLISH) == said


def test_the_page_stands_alone_and_names_its_parts_for_a_screen_reader() -> None:
    said = written_page(CohortPage(everything(), PageFormat.HTML), GERMAN).decode()

    assert '<html lang="de">' in said
    assert said.count("<h1") == 1
    assert "<script" not in said
    assert "http" not in said.replace('xmlns="http://www.w3.org/2000/svg"', "").replace("http-equiv", "")
    assert 'role="img"' in said
    assert "… asks first now" in said


def test_a_page_of_a_cohort_without_answers_says_so() -> None:
    html = written_page(CohortPage(NOTHING, PageFormat.HTML), ENGLISH).decode()
    table = written_page(CohortPage(NOTHING, PageFormat.CSV), ENGLISH).decode("utf-8-sig")

    assert "No figures yet" in html
    assert "No figures yet" in table


def test_time_to_competence_is_told_by_the_name_of_each_in_window_page_and_table() -> None:
    data = everything()
    rows = [
        row[:3] for row in csv.reader(StringIO(figures_csv(data, ENGLISH))) if row[0] == "Time to competence"
    ]
    page = written_page(CohortPage(data, PageFormat.HTML), ENGLISH).decode()

    said = "11 weeks (the middle of 8)"
    nameless = "A competency that has no name any more"
    assert rows == [["Time to competence", name, said] for name in ("Strategic thinking", nameless)]
    for text in (page, str(figures_view(data, ENGLISH).to_dict())):
        assert f"Strategic thinking: {said}" in text
        assert f"{nameless}: {said}" in text
        assert "From the beginning of a goal" in text


def test_parts_are_called_as_their_reader_calls_them_and_told_without_how_many_they_are() -> None:
    data = everything()
    rows = [
        row[:5]
        for row in csv.reader(StringIO(figures_csv(data, GERMAN)))
        if row[0] == name_text(FigureName.TOLD, GERMAN)
    ]
    window, page = (
        str(figures_view(data, GERMAN).to_dict()),
        written_page(CohortPage(data, PageFormat.HTML), GERMAN).decode(),
    )

    called = ["Deutschland", "Vereinigte Staaten", "Deutsch", "Englisch", "nurses"]
    assert {row[1] for row in rows} == {"", *called, "alle anderen"}
    assert {(row[3], row[4]) for row in rows if row[1]} == {("", "")}
    for name in called:
        assert f"{name}: 8 von 20" in window
        assert f"{name}: 8 von 20" in page
    assert str(figures_view(NOTHING, GERMAN).to_dict()).count("8 von 20") == 0


def test_what_who_is_reached_means_stands_wherever_it_is_told() -> None:
    data = everything()
    window, page = figures_view(data, ENGLISH), written_page(CohortPage(data, PageFormat.HTML), ENGLISH)

    said = meaning(FigureName.REACHED, ENGLISH)
    assert said.startswith("Of those who learn in active pairs")
    assert str(window.to_dict()).count(said) == page.decode().count(said) == len(KINDS)


def test_the_times_of_sixty_competencies_are_all_told() -> None:
    many = [
        figure(FigureName.TO_COMPETENCE, dimension=Dimension.COMPETENCY, part=str(number), middle=Decimal(77))
        for number in range(60)
    ]
    names = {str(number): f"{number} {'x' * 70}" for number in range(60)}
    view = figures_view(replace(everything(), figures=tuple(many), competencies=names), GERMAN)

    said = str(view.to_dict())
    assert all(name in said for name in names.values())
    assert len(view.blocks or []) <= 100
    assert LINES_OF_A_BLOCK < 60


def test_no_cell_of_the_table_is_run_as_a_formula() -> None:
    evil = replace(NOTHING, figures=(figure(FigureName.REACHED, dimension=Dimension.PLACE, part="=1+1"),))

    rows = list(csv.reader(StringIO(figures_csv(evil, ENGLISH))))

    assert rows[1][1] == "'=1+1"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_pdf_is_a_pdf() -> None:
    assert written_page(CohortPage(everything(), PageFormat.PDF), ENGLISH).startswith(b"%PDF")


def test_the_file_says_in_words_what_to_do_where_slack_takes_none() -> None:
    message = page_message(CohortPage(everything(), PageFormat.HTML), ENGLISH)

    assert message.file is not None
    assert message.file.ending == "html"
    assert "pairloop report" in message.file.otherwise("missing_scope").text
