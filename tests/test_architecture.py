"""Do the walls stand? Who imports whom, how long things are, who may read the clock or catch everything."""

import ast
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from bot.domain.things import THINGS
from bot.usecases.programme.cohorts_copying import LEFT_BEHIND, TAKEN_ALONG

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "scheduler", "storage")
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager"}
LONGEST_FUNCTION, LONGEST_FILE, LONGEST_LISTENER, MEDIAN_FUNCTION = 50, 400, 15, 10

# The outermost edges: whatever goes wrong inside ends here, in the log, and the process goes on.
MAY_CATCH_EVERYTHING = (
    "handlers/entrance.py",
    "scheduler/",
    "bot/cli/",
    "bot/bootstrap.py",
    # One row that fails is logged and put off, so that it stops nobody else.
    "bot/usecases/tick.py",
    "bot/usecases/delivery/dispatch.py",
)
# The system's clock, and the playground, which stands in for Slack and its time.
MAY_READ_THE_TIME = ("bot/clock.py", "bot/playground/")

# Each noun and its room. A noun has one room in every layer; a file is called after its noun, or "noun_aspect".
NOUNS = {
    "people": (
        "admins",
        "authors",
        "directory",
        "members",
        "memberships",
        "mentions",
        "offers",
        "pauses",
        "working_life",
        "workspaces",
    ),
    "programme": (
        "channels",
        "charters",
        "cohorts",
        "competencies",
        "feeds",
        "figures",
        "matching",
        "objectives",
        "pairs",
        "profiles",
        "requests",
        "resources",
    ),
    "loop": (
        "charts",
        "drifts",
        "evidence",
        "experiments",
        "goals",
        "hints",
        "indicators",
        "ladders",
        "milestones",
        "next_steps",
        "observations",
        "patterns",
        "quotes",
        "readings",
        "replies",
        "responses",
        "results",
        "reuse",
        "series",
        "setbacks",
        "shelf",
        "suggestions",
        "thanks",
        "turns",
        "two_lines",
        "wins",
    ),
    "rhythm": (
        "agenda",
        "asks",
        "briefs",
        "checkins",
        "digests",
        "ledger",
        "nudges",
        "owed_replies",
        "pulses",
        "pieces",
        "questions",
        "repairs",
        "reviews",
        "rhythms",
        "saved_searches",
        "sessions",
        "talks",
    ),
    "repository": (
        "closings",
        "export",
        "insights",
        "looks",
        "portfolios",
        "previews",
        "search",
    ),
    "delivery": (
        "deliveries",
        "dispatch",
        "messages",
        "messenger",
        "pace",
        "reconcile",
        "renewal",
        "restoring",
        "trouble",
    ),
    "home": (
        "attention",
        "beginnings",
        "commands",
        "greetings",
        "help",
        "home",
        "settings",
    ),
}
# What stands beside the rooms: what has to do with all of them, and the kit that every room of bot/slack is made with.
BESIDE_THE_ROOMS = {
    "bot/usecases": {"acquaintance", "entries", "maintenance", "messages", "outgoing", "tick"},
    "bot/slack": {
        "blocks", "errors", "errors_loop", "errors_operators", "errors_programme",
        "fields", "forms", "paging", "payloads", "posts", "privacy", "refusals", "sizes",
        "typed", "wording",
    },
}  # fmt: skip
WITH_ROOMS = tuple(BESIDE_THE_ROOMS)
# What Home showed is noted anew each time that it is shown, which no call of Slack's has to be counted for.
KNOWN_BY_NO_KEY = ["handlers/home.py: _publish"]
NO_NOUN = (
    "A noun of its own? Write it into NOUNS, in its room. An aspect of one? Call the file noun_aspect.py."
)
MIRRORED = {
    "domain": "bot/domain", "usecases": "bot/usecases", "slack": "bot/slack", "playground": "bot/playground",
    "handlers": "handlers", "scheduler": "scheduler", "storage": "storage",
}  # fmt: skip
# These look at a layer as a whole: every press, every form, every method.
OF_A_WHOLE_LAYER = {
    "tests/handlers/test_presses.py", "tests/playground/methods/test_nonsense.py",
    "tests/playground/methods/test_sdk.py", "tests/slack/test_parsers.py",
    "tests/slack/test_required_inputs.py",
    "tests/usecases/test_forged.py", "tests/usecases/test_shown.py",
}  # fmt: skip

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> dict[str, ast.Module]:
    """The parsed code of each module by its path; migrations are records of the past and left out."""
    paths = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    names = (path.relative_to(ROOT).as_posix() for path in paths)
    return {
        name: ast.parse((ROOT / name).read_text())
        for name in names
        if not name.startswith("storage/migrations/versions/")
    }


SOURCES = sources()
# What stands between Slack and the listeners: the list of them, the door, the call, the errors.
NO_LISTENERS = ("__init__.py", "entrance.py", "calls.py", "errors.py")
THE_DOOR = {"afterwards", "calls", "entrance", "errors", "unhandled"}
LISTENER_FILES = [
    name for name in SOURCES if name.startswith("handlers/") and not name.endswith(NO_LISTENERS)
]


def functions(module: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(module) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines from the signature to the end; the decorators do not count."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def long_functions(module: ast.Module, limit: int) -> list[str]:
    return [f"{node.name}: {length(node)} lines" for node in functions(module) if length(node) > limit]


def catches_everything(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"} for kind in kinds)


def calls(node: ast.AST) -> set[str]:
    """The calls below a node, written as in the code, such as `logger.exception`."""
    return {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}


def handlers_of(module: ast.Module) -> Iterator[ast.ExceptHandler]:
    return (node for node in ast.walk(module) if isinstance(node, ast.ExceptHandler))


def logs_or_raises(handler: ast.ExceptHandler) -> bool:
    raises = any(isinstance(node, ast.Raise) for node in ast.walk(handler))
    return raises or any(call.endswith((".exception", "tell_error")) for call in calls(handler))


def reads_the_time(module: ast.Module) -> set[str]:
    readings = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time")
    return {call for call in calls(module) if call.endswith(readings)}


def writes_without_a_key(function: Function) -> bool:
    """Whether this function opens a transaction in which a second delivery would do everything once more."""
    writes = [
        {keyword.arg for keyword in call.keywords}
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("db.write")
    ]
    return any("idempotency_key" not in given for given in writes)


def test_nobody_imports_through_a_wall() -> None:
    # In a process of its own, because it silences every logger of the one that it runs in.
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 -- the command stands above

    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_is_looked_at(package: str) -> None:
    assert f"{package}/__init__.py" in SOURCES


@pytest.mark.parametrize("name", SOURCES)
def test_no_function_is_long(name: str) -> None:
    assert long_functions(SOURCES[name], LONGEST_FUNCTION) == []


def test_no_file_is_long() -> None:
    lines = {name: len((ROOT / name).read_text().splitlines()) for name in SOURCES}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_most_functions_are_short() -> None:
    lengths = [length(node) for module in SOURCES.values() for node in functions(module)]
    assert statistics.median(lengths) < MEDIAN_FUNCTION


@pytest.mark.parametrize("name", LISTENER_FILES)
def test_a_listener_parses_calls_and_replies_in_a_few_lines(name: str) -> None:
    listeners = [node for node in functions(SOURCES[name]) if isinstance(node, ast.AsyncFunctionDef)]
    assert [node.name for node in listeners if length(node) > LONGEST_LISTENER] == []


def test_no_except_is_bare() -> None:
    bare = [
        f"{name}:{handler.lineno}"
        for name, module in SOURCES.items()
        for handler in handlers_of(module)
        if handler.type is None
    ]
    assert bare == []


def test_everything_is_caught_only_at_the_outermost_edge_and_never_silently() -> None:
    wrong = [
        f"{name}:{handler.lineno}"
        for name, module in SOURCES.items()
        for handler in handlers_of(module)
        if catches_everything(handler)
        and not (name.startswith(MAY_CATCH_EVERYTHING) and logs_or_raises(handler))
    ]
    assert wrong == []


def test_only_the_clock_reads_the_time() -> None:
    readers = {
        name: found
        for name, module in SOURCES.items()
        if not name.startswith(MAY_READ_THE_TIME) and (found := reads_the_time(module))
    }
    assert readers == {}


def test_what_a_person_does_is_done_once_however_often_slack_delivers_it() -> None:
    """`Call.write` has the key of its call; whoever writes past it has to bring one."""
    forgotten = [
        f"{name}: {function.name}"
        for name, module in SOURCES.items()
        if name.startswith("handlers/")
        for function in functions(module)
        if writes_without_a_key(function)
    ]
    assert forgotten == KNOWN_BY_NO_KEY


def test_a_module_is_named_after_what_it_is_about() -> None:
    assert [name for name in SOURCES if FORBIDDEN_NAMES & set(Path(name).with_suffix("").parts)] == []


def is_about(stem: str, noun: str) -> bool:
    """Whether a file of this name is about the noun: "pairs", "pairs_asking", "experiment_cards"."""
    return stem == noun or stem.startswith((f"{noun}_", f"{noun.removesuffix('s')}_"))


def room_of(stem: str) -> set[str]:
    """The rooms of the nouns that a file of this name is about; one, if it is called as it should be."""
    return {room for room, nouns in NOUNS.items() if any(is_about(stem, noun) for noun in nouns)}


def stems_in(folder: str) -> set[str]:
    """The names of the modules in a folder, and of the packages."""
    return {path.stem for path in (ROOT / folder).iterdir() if not path.name.startswith("__")}


def test_one_noun_has_one_file_name_and_one_room_in_every_layer() -> None:
    wrong = [
        f"{layer}/{room}/{stem}.py: the room of this noun is {room_of(stem) or 'unknown'}"
        for layer in WITH_ROOMS
        for room in NOUNS
        if (ROOT / layer / room).is_dir()
        for stem in stems_in(f"{layer}/{room}")
        if room_of(stem) != {room}
    ]
    assert wrong == [], NO_NOUN


def test_there_are_no_rooms_but_those_of_the_nouns() -> None:
    rooms = {path.name for layer in WITH_ROOMS for path in (ROOT / layer).iterdir() if path.is_dir()}
    assert rooms - {"__pycache__"} == set(NOUNS), "A new room? Write it and its nouns into NOUNS."


@pytest.mark.parametrize("layer", WITH_ROOMS)
def test_nothing_stands_beside_the_rooms_but_what_is_written_down(layer: str) -> None:
    assert stems_in(layer) - set(NOUNS) == BESIDE_THE_ROOMS[layer], (
        "Of one noun? Then into its room. Else write it into BESIDE_THE_ROOMS."
    )


def test_what_slack_calls_is_named_for_the_same_nouns() -> None:
    assert [stem for stem in stems_in("handlers") - THE_DOOR if len(room_of(stem)) != 1] == [], NO_NOUN


def test_every_noun_that_is_written_down_has_a_file() -> None:
    stems = {stem for layer in WITH_ROOMS for room in NOUNS for stem in stems_in(f"{layer}/{room}")}
    assert [noun for nouns in NOUNS.values() for noun in nouns if noun not in stems] == []


def test_a_test_stands_where_its_source_stands_and_is_called_after_it() -> None:
    """`tests/usecases/loop/test_goals.py` is about `bot/usecases/loop/goals.py`; an aspect of it adds a word."""
    lost = []
    for folder, source in MIRRORED.items():
        for path in (ROOT / "tests" / folder).rglob("test_*.py"):
            mirrored = Path(source) / path.parent.relative_to(ROOT / "tests" / folder)
            modules = {mirrored.name} | (stems_in(str(mirrored)) if (ROOT / mirrored).is_dir() else set())
            if not any(is_about(path.stem.removeprefix("test_"), module) for module in modules):
                lost.append(path.relative_to(ROOT).as_posix())
    assert set(lost) == OF_A_WHOLE_LAYER, (
        f"Which module is it about? Put it beside, as test_module_aspect.py. {NO_NOUN}"
    )


def test_a_private_name_has_one_meaning() -> None:
    """Two modules may happen to call something alike; in more, nobody knows any more which is meant."""
    modules: dict[str, list[str]] = defaultdict(list)
    for path, module in sources().items():
        if not path.startswith("bot/playground/"):
            for node in module.body:
                if isinstance(node, Function) and node.name.startswith("_"):
                    modules[node.name].append(path)

    assert {name: paths for name, paths in modules.items() if len(paths) > 2} == {}


def test_the_checks_see_what_they_look_for() -> None:
    module = ast.parse(
        "async def press(x):\n"
        "    try:\n"
        "        return datetime.datetime.now(UTC)\n"
        "    except (KeyError, Exception):\n"
        "        pass\n"
    )
    (handler,) = handlers_of(module)
    assert long_functions(module, 4) == ["press: 5 lines"]
    assert catches_everything(handler)
    assert not logs_or_raises(handler)
    assert reads_the_time(module) == {"datetime.datetime.now"}
    for body, forgotten in (("deps.db.write(work)", True), ("db.write(work, idempotency_key=key)", False)):
        (function,) = functions(ast.parse(f"async def tap(deps, key):\n    {body}\n"))
        assert writes_without_a_key(function) is forgotten


def test_everything_that_there_is_of_a_cohort_comes_along_or_is_named_as_left_behind() -> None:
    of_a_cohort = {
        store
        for store, thing in THINGS.items()
        if any(one.name == "cohort_id" for one in fields(thing.entity))  # type: ignore[arg-type]  # a dataclass
    }

    assert of_a_cohort == {*TAKEN_ALONG, *LEFT_BEHIND}, (
        "say in bot/usecases/programme/cohorts_copying.py whether a copy of a cohort takes it along: "
        + ", ".join(sorted(of_a_cohort ^ {*TAKEN_ALONG, *LEFT_BEHIND}))
    )
    assert not {*TAKEN_ALONG} & LEFT_BEHIND.keys()
