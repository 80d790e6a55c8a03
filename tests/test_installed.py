"""Does Pairloop work where only its wheel is installed: no checkout, no working copy, nothing that git alone knows?"""

import shutil
import signal
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.test_processes import started
from tests.test_project import tracked_paths

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "scheduler", "storage")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from what git tracks, with the setuptools of the lock; nothing is fetched."""
    source = tmp_path_factory.mktemp("source")
    for name in tracked_paths():
        if (ROOT / name).exists():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name, follow_symlinks=False)
    run_pip("wheel", "--no-build-isolation", "--wheel-dir", "dist", ".", folder=source)
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="session")
def pairloop(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The command of an environment that has the wheel, and from this one its dependencies but not its checkout."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(place, symlinks=True, with_pip=False)
    python = place / "bin" / "python"
    run_pip("--python", str(python), "install", str(wheel), folder=place)
    (packages,) = place.glob("lib/python*/site-packages")
    # A folder that a .pth file names is searched, but the .pth files in it are not read: no editable install.
    (packages / "dependencies.pth").write_text("\n".join(dependency_folders()))
    return str(place / "bin" / "pairloop")


def run_pip(*arguments: str, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    offline = ["--no-deps", "--no-index"]
    done = subprocess.run([*command, *offline], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - the command stands above
    assert done.returncode == 0, done.stderr


def dependency_folders() -> list[str]:
    return [path for path in sys.path if Path(path).name == "site-packages"]


def test_the_wheel_holds_every_tracked_file_of_the_packages(wheel: Path) -> None:
    wanted = {name for name in tracked_paths() if name.split("/")[0] in PACKAGES and (ROOT / name).exists()}
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.split("/")[0] in PACKAGES}
        manifest = archive.read("bot/manifest.yml")

    assert wanted == packed
    assert manifest == (ROOT / "manifest.yml").read_bytes()


def test_the_installed_command_finds_no_checkout(pairloop: str, tmp_path: Path) -> None:
    python = str(Path(pairloop).parent / "python")
    look = "import bot, handlers, scheduler, storage; print(*(p.__file__ for p in (bot, handlers, scheduler, storage)))"
    told = subprocess.run([python, "-c", look], cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S603 - the command stands above

    places = [Path(path).parents[1] for path in told.stdout.split()]
    assert {path.name for path in places} == {"site-packages"}
    assert all(path.is_relative_to(Path(pairloop).parents[1]) for path in places)


async def test_an_installed_demo_is_ready_and_its_code_makes_an_admin(pairloop: str, tmp_path: Path) -> None:
    async with started([pairloop, "demo", "--port", "0"], tmp_path, {}) as demo:
        await demo.says(r"ready: (http://127\.0\.0\.1:\d+/)")
        await demo.says("claim code: .+\n")

        assert await demo.told(signal.SIGINT) == 0


async def test_an_installed_migrate_and_doctor_come_to_their_ends(pairloop: str, tmp_path: Path) -> None:
    async with started([pairloop, "migrate"], tmp_path, {}) as migrate:
        assert await migrate.ends() == 0
    async with started([pairloop, "doctor"], tmp_path, {}) as doctor:
        assert await doctor.ends() == 1

    assert "from: nothing" in migrate.said
    assert "wrong  SLACK_BOT_TOKEN  is missing" in doctor.said
    assert "ok     database" in doctor.said
    assert "ok     manifest" in doctor.said
    assert "Traceback" not in migrate.said + doctor.said
