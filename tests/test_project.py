"""Does the repository keep its promises: locked and portable, one test command, a licence?"""

import ast
import os
import re
import subprocess
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.settings import Settings

ROOT = Path(__file__).parent.parent
LOCKS = {"requirements.lock": ("postgresql",), "requirements-dev.lock": ("postgresql", "dev")}

# Written in pieces, so that this file does not find itself.
REGISTRY_HOSTS = ("pypi" + ".org", "python" + "hosted.org", "npmjs" + ".", "deb." + "debian.org")
MACHINE_PATH = re.compile(r"(?<![\w.:/<-])/(?:root|home|Users|work|opt)/")


def pyproject() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def tracked_paths() -> list[str]:
    """The path of each file that git tracks."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    listed = subprocess.run(git, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - see above
    return [name for name in listed.stdout.split("\0") if name]


def tracked_texts() -> dict[str, str]:
    """The text of each file that git tracks, by path."""
    return {
        name: (ROOT / name).read_bytes().decode(errors="replace")
        for name in tracked_paths()
        if (ROOT / name).is_file()
    }


def dependencies(extras: tuple[str, ...]) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    optional = project["optional-dependencies"]
    named = [*project["dependencies"], *(line for extra in extras for line in optional[extra])]
    return [Requirement(line) for line in named]


def locked_versions(lock: str) -> dict[str, str]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / lock).read_text(), flags=re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pins}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_is_locked_at_a_version_that_the_project_allows(lock: str) -> None:
    versions = locked_versions(lock)
    missing = [
        str(needed)
        for needed in dependencies(LOCKS[lock])
        if not needed.specifier.contains(versions.get(canonicalize_name(needed.name), "0"), prereleases=True)
    ]
    assert missing == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes_and_no_address_or_path(lock: str) -> None:
    text = (ROOT / lock).read_text()
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if "==" in entry]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r".*(?:://|--index|--extra-index|--find-links| @ | -e |/\w+/).*", text) == []


def test_both_locks_choose_the_same_versions() -> None:
    run, everything = (locked_versions(lock) for lock in LOCKS)
    assert run.items() <= everything.items()


def test_the_project_is_built_with_a_locked_setuptools() -> None:
    assert "setuptools" in locked_versions("requirements.lock")


def test_ci_runs_the_same_command_as_people_do() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "exec make test"


def test_no_test_may_hang_for_ever(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.hasplugin("timeout")
    assert (
        0 < float(pytestconfig.getini("faulthandler_timeout")) < float(pytestconfig.getini("timeout")) <= 600
    )


def test_every_ignored_lint_rule_has_its_reason_beside_it() -> None:
    section = (ROOT / "pyproject.toml").read_text().partition("[tool.ruff.lint]")[2]
    rules = re.findall(r'^ *"[A-Z]+[0-9]*",.*$|^"[^"]+" = \[".*$', section, flags=re.MULTILINE)
    assert len(rules) > 1
    assert [rule for rule in rules if not re.search(r"# \w+", rule)] == []


def test_every_lint_or_type_exception_in_the_code_has_its_reason_on_the_line() -> None:
    marker = re.compile(r"# (?:noqa|type: ignore)(?P<rest>.*)$", flags=re.MULTILINE)
    reason = re.compile(r"^(?:: [A-Z0-9, ]+|\[[a-z-, ]+\])\s*(?:--?|#|\()\s*\w+")
    bare = [
        f"{name}: {found.group()}"
        for name, text in tracked_texts().items()
        if name.endswith(".py") and not name.startswith("storage/migrations/versions/")
        for found in marker.finditer(text)
        if not reason.match(found["rest"])
    ]
    assert bare == []


def test_no_file_names_a_package_registry() -> None:
    found = [
        (name, host)
        for name, text in tracked_texts().items()
        for host in REGISTRY_HOSTS
        if host in text.lower()
    ]
    assert found == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = [(name, path) for name, text in tracked_texts().items() for path in MACHINE_PATH.findall(text)]
    assert found == []


def test_the_licence_is_the_one_that_the_package_declares() -> None:
    assert pyproject()["project"]["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text().startswith("MIT License")


def test_the_example_names_every_setting_and_holds_no_values() -> None:
    lines = re.findall(r"^#?([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)
    assert {name for name, _ in lines} == {field.validation_alias for field in Settings.model_fields.values()}
    assert [name for name, value in lines if value] == []


def test_the_test_folders_are_no_packages() -> None:
    assert [str(path) for path in (ROOT / "tests").rglob("__init__.py")] == []


def test_no_two_tests_say_the_same_sentence() -> None:
    files = defaultdict(list)
    for name, text in tracked_texts().items():
        if Path(name).name.startswith("test_") and name.endswith(".py"):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                    files[node.name].append(name)

    assert len(files) > 1
    assert {test: names for test, names in files.items() if len(names) > 1} == {}
