"""How long does `pairloop demo` take from the command to "ready", empty and with a story?"""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.results import Measured, record

RUNS = 5
LIMIT_S = 3.0
STORY_LIMIT_S = 10.0


def seconds_to_ready(*options: str) -> float:
    """One start, as a person starts it."""
    command = [str(Path(sys.executable).parent / "pairloop"), "demo", "--port", "0", *options]
    started = time.perf_counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(  # noqa: S603 -- our own command
            command, cwd=folder, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
        ) as demo,
    ):
        assert demo.stdout is not None
        for line in demo.stdout:
            if line.startswith("ready:"):
                break
        taken = time.perf_counter() - started
        demo.send_signal(signal.SIGINT)
        demo.stdout.read()
    return taken


def median_of(*options: str) -> float:
    return round(statistics.median(seconds_to_ready(*options) for _ in range(RUNS)), 2)


if __name__ == "__main__":
    record(
        Measured("pairloop demo, to ready (median of 5)", median_of(), "s", LIMIT_S),
        Measured("pairloop demo --story, to ready (median of 5)", median_of("--story"), "s", STORY_LIMIT_S),
    )
