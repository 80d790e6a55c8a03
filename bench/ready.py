"""How long does `pairloop demo` take from the command to "ready"?"""

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


def seconds_to_ready() -> float:
    """One start, as a person starts it."""
    command = [str(Path(sys.executable).parent / "pairloop"), "demo", "--port", "0"]
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


if __name__ == "__main__":
    seconds = [seconds_to_ready() for _ in range(RUNS)]
    record(
        Measured("pairloop demo, to ready (median of 5)", round(statistics.median(seconds), 2), "s", LIMIT_S)
    )
