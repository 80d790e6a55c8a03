"""The page about a cohort that can be handed on, as a file to whoever asks for it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from bot.domain.outgoing import Priority
from bot.ports import Tx
from bot.usecases.outgoing import Message, enqueue_post
from bot.usecases.programme.cohorts_led import led_by_me
from bot.usecases.programme.figures import HowItGoes, load_charts


class PageFormat(StrEnum):
    """As what the page is written; the ending of its file."""

    HTML = "html"
    PDF = "pdf"
    CSV = "csv"


@dataclass(frozen=True)
class CohortPage:
    """What stands on the page, and as what it is written."""

    data: HowItGoes
    format: PageFormat


def send_page(tx: Tx, cohort_id: int, wanted: PageFormat) -> None:
    """Hand the page over to whoever asks, once for each time. Raises NotFound, NotAllowed."""
    cohort, kind = led_by_me(tx, cohort_id), PAGES[wanted]
    enqueue_post(tx, tx.me, kind, cohort.id, key=f"{kind}:{cohort.id}:{tx.me}:{tx.key}")


def load_page(tx: Tx, cohort_id: int, *, wanted: PageFormat) -> CohortPage:
    """NotFound for who does not lead the cohort (any more)."""
    return CohortPage(load_charts(tx, cohort_id), wanted)


def _page(wanted: PageFormat) -> Message[Any]:
    load: Callable[[Tx, int], CohortPage] = partial(load_page, wanted=wanted)
    return Message(f"figure.page_{wanted}", CohortPage, load, of_use=None, priority=Priority.ACT)


PAGES = {wanted: _page(wanted) for wanted in PageFormat}
