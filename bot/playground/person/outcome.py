"""What came of something that a person did?"""

from dataclasses import dataclass, field

from bot.playground.app.delivery import TROUBLE, Receipt
from bot.playground.wire import Json


@dataclass(frozen=True)
class Outcome:
    """The app's receipts, messages for the person, what the app got wrong, and further keys of the answer."""

    receipts: list[Receipt] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    app_errors: list[str] = field(default_factory=list)
    trouble: bool = False
    more: Json = field(default_factory=dict)

    def render(self) -> Json:
        """The keys of the answer: `ack` is the app's answer (`{}` for an empty one), null without one."""
        acked = bool(self.receipts) and all(receipt.acked for receipt in self.receipts)
        answer: Json = {
            "ack": self.receipts[0].answer if acked else None,
            "ack_ms": max(receipt.after_ms for receipt in self.receipts) if acked else None,
            "delivered": len(self.receipts),
            "errors": self.errors,
        }
        if self.trouble:
            reason = next((receipt.reason for receipt in self.receipts if not receipt.acked), "bad_answer")
            answer |= {"trouble": TROUBLE, "trouble_reason": reason}
        if self.app_errors:
            answer["app_errors"] = self.app_errors
        return answer | self.more
