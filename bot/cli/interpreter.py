"""How Python itself is set for a process that answers people."""

import gc
import sys

TURN_S = 0.0005
NEW_OBJECTS = 50_000


def share_the_interpreter() -> None:
    """Let threads take turns often.

    A write is some twenty statements in the database's thread; after each it waits for its turn, by default up to five
    milliseconds if something else computes meanwhile. Somebody waits for Slack's answer all that time.
    """
    sys.setswitchinterval(TURN_S)


def collect_rarely() -> None:
    """Look for garbage that holds itself less often, and never again among what stands by now.

    A search makes tens of thousands of objects that are needed until its end. By default Python walks through them, and
    now and then through all of the process, after each 700: a third of the time that a search takes (`bench.search`).
    What holds itself is rare here and waits a little longer; everything else goes at once as ever.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
