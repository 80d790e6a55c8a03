"""What has a tester asked to go wrong?"""

import random
from dataclasses import dataclass

from bot.playground.errors import ControlError
from bot.playground.wire import Json

METHOD_KINDS = ("drop_after_commit", "delay", "error", "ratelimited", "http_500")
DELIVERY_KINDS = ("deliver_twice",)
DETAILS = {"method": str, "error": str, "type": str, "at_once": bool, "delay_ms": int, "retry_after": int}
SOCKET_KINDS = ("kill_socket", "refresh", "dead_ticket")


@dataclass
class Fault:
    """One thing that goes wrong, for a share of the cases and so many times (None: until it is cleared)."""

    kind: str
    method: str = "*"
    share: float = 1.0
    count: int | None = None
    error: str = "internal_error"
    delay_ms: int = 1000
    retry_after: int = 1
    type: str = "*"
    at_once: bool = False


class Faults:
    """The faults that are set, the oldest first."""

    def __init__(self, seed: int) -> None:
        """Take the seed for faults that strike a share of the cases."""
        self._faults: list[Fault] = []
        self._dice = random.Random(seed)  # noqa: S311 (which call fails is no secret)

    def add(self, fault: Fault) -> None:
        """Set one more fault."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Let everything go well again."""
        self._faults.clear()

    def strike(self, kinds: tuple[str, ...], what: str) -> Fault | None:
        """The fault that strikes this method call or delivery, if any; counts it."""
        for fault in self._faults:
            wanted = fault.method if fault.kind in METHOD_KINDS else fault.type
            if fault.kind not in kinds or wanted not in ("*", what) or self._dice.random() >= fault.share:
                continue
            self._count(fault)
            return fault
        return None

    def listed(self) -> list[Json]:
        """The faults as JSON."""
        return [vars(fault) for fault in self._faults]

    def _count(self, fault: Fault) -> None:
        if fault.count is None:
            return
        fault.count -= 1
        if fault.count <= 0:
            self._faults.remove(fault)


def parse_fault(body: Json) -> Fault:
    """Read a fault from the control API; raises ControlError when it makes no sense."""
    kind = body.get("kind")
    if kind not in METHOD_KINDS + DELIVERY_KINDS + SOCKET_KINDS:
        known = ", ".join(METHOD_KINDS + DELIVERY_KINDS + SOCKET_KINDS)
        raise ControlError("unknown_fault", f"kind must be one of {known}")
    fault = Fault(kind=str(kind), share=share_of(body), count=count_of(body))
    for name, type_of in DETAILS.items():
        if name in body:
            setattr(fault, name, checked(body, name, type_of))
    return fault


def share_of(body: Json) -> float:
    """The share of the cases that a fault strikes."""
    share = body.get("share", 1.0)
    if not isinstance(share, int | float) or not 0 <= share <= 1:
        raise ControlError("invalid_share", "share is a number between 0 and 1")
    return float(share)


def count_of(body: Json) -> int | None:
    """How many times a fault strikes; None: until it is cleared."""
    count = body.get("count")
    if count is not None and (not isinstance(count, int) or count < 1):
        raise ControlError("invalid_count", "count is a whole number of at least 1")
    return count


def checked(body: Json, name: str, kind: type) -> object:
    """A value of the right type."""
    value = body[name]
    if not isinstance(value, kind):
        raise ControlError("invalid_fault", f"{name} must be of type {kind.__name__}")
    return value
