"""Is the app calling too often?

Tiers as https://docs.slack.dev/apis/web-api/rate-limits gives them, counted per method over a sliding minute;
chat.postMessage about one a second for each channel, with short bursts.
"""

import math
import time
from collections import defaultdict, deque

MINUTE_S = 60.0
PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
BURST, BURST_S = 4, 4.0


class RateLimits:
    """The calls of the last minute by method, or by method and channel."""

    def __init__(self) -> None:
        """Begin with no calls."""
        self._calls: dict[str, deque[float]] = defaultdict(deque)

    def wait_s(self, method: str, tier: int, channel: str) -> int:
        """Whole seconds to wait before this call, 0 to go ahead (which counts the call); tier 0 has no limit."""
        if method == "chat.postMessage":
            return self._count(f"{method}:{channel}", BURST, BURST_S)
        return self._count(method, PER_MINUTE[tier], MINUTE_S) if tier else 0

    def _count(self, key: str, most: int, window_s: float) -> int:
        calls, now = self._calls[key], time.monotonic()
        while calls and calls[0] <= now - window_s:
            calls.popleft()
        if len(calls) >= most:
            return max(1, math.ceil(calls[0] + window_s - now))
        calls.append(now)
        return 0
