"""The ids in the forms and messages, and the listeners, are one whole."""

import ast
import importlib
import pkgutil
import re
from pathlib import Path
from types import ModuleType

import pytest

import bot.slack
import handlers
from bot.slack.home.commands import RUN
from handlers import search

ID = re.compile(r"^[a-z_]+\.[a-z_]+$")
MODULES = [importlib.import_module(m.name) for m in pkgutil.walk_packages(bot.slack.__path__, "bot.slack.")]
NUMBER = re.compile(r"\.\d+$")  # of a button in a row of like ones
HEARD = {
    NUMBER.sub("", id_) for id_ in (*handlers.VIEWS, *handlers.ACTIONS, *handlers.SHORTCUTS, *search.OFFERS)
}


def own_ids(module: ModuleType) -> set[str]:
    """The ids that a module gives to its forms and buttons: its own constants of the form "<noun>.<verb>"."""
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    given = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    texts = {node.value for node in given if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if ID.match(text)} - {RUN}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_form_and_button_has_its_listener(module: ModuleType) -> None:
    assert own_ids(module) - HEARD == set()


def test_every_listener_hears_something_that_is_shown() -> None:
    assert HEARD - {id_ for module in MODULES for id_ in own_ids(module)} == set()


def test_an_id_is_given_once() -> None:
    given = [id_ for module in MODULES for id_ in own_ids(module)]

    assert len(given) == len(set(given))


def test_buttons_that_run_a_command_are_heard() -> None:
    assert handlers.RUN_BUTTON.match(f"{RUN}.cohort_new")
