"""How does something reach the app, and did the app acknowledge it?"""

import time
from dataclasses import dataclass, field, replace

from bot.playground.app.faults import DELIVERY_KINDS, Fault
from bot.playground.app.signed import answer_of, http_body, retry_headers, send_signed
from bot.playground.app.sockets import Sockets
from bot.playground.errors import UndeliveredError
from bot.playground.wire import Json
from bot.playground.workspace.state import State

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True)
class Parcel:
    """Something for the app; `kind` is the envelope's type, `what` names it for the journal and for faults."""

    kind: str
    what: str
    payload: Json
    accepts_payload: bool = False
    attempt: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Receipt:
    """What came back: the app's answer (an empty one is `{}`), or why there is none."""

    acked: bool
    answer: Json = field(default_factory=dict)
    after_ms: int = 0
    reason: str = ""
    stop_retries: bool = False


class Courier:
    """Brings parcels to the app, by Socket Mode or by signed HTTP."""

    def __init__(self, state: State, sockets: Sockets) -> None:
        """Take the playground's state and its sockets."""
        self._state = state
        self._sockets = sockets

    @property
    def connected(self) -> bool:
        """Whether there is somewhere to deliver to."""
        return self._sockets.connected if self._state.settings.delivery == "socket" else True

    async def deliver(self, parcel: Parcel) -> Receipt:
        """Bring a parcel and wait for the answer; a tester may have asked for it to be brought twice."""
        fault = self._state.faults.strike(DELIVERY_KINDS, parcel.what)
        if fault is None:
            return await self._bring(parcel)
        return await self._bring_twice(parcel, fault)

    async def _bring_twice(self, parcel: Parcel, fault: Fault) -> Receipt:
        again = replace(parcel, attempt=1, reason="timeout") if parcel.kind == "events_api" else parcel
        if fault.at_once:
            self._state.start(self._bring(again))
            return await self._bring(parcel)
        receipt = await self._bring(parcel)
        await self._bring(again)
        return receipt

    async def _bring(self, parcel: Parcel) -> Receipt:
        envelope_id = self._state.ids.uuid()
        number = self._state.log(
            "delivery",
            type=parcel.kind,
            what=parcel.what,
            envelope_id=envelope_id,
            attempt=parcel.attempt,
            payload=parcel.payload,
        )
        started = time.monotonic()
        with self._state.activity.under_way():
            receipt = await self._try(parcel, envelope_id)
        receipt = replace(receipt, after_ms=round((time.monotonic() - started) * 1000))
        self._state.log(
            "ack" if receipt.acked else "no_ack",
            delivery=number,
            envelope_id=envelope_id,
            after_ms=receipt.after_ms,
            **({"answer": receipt.answer} if receipt.acked else {"reason": receipt.reason}),
        )
        return receipt

    async def _try(self, parcel: Parcel, envelope_id: str) -> Receipt:
        try:
            if self._state.settings.delivery == "http":
                return await self._post(parcel)
            answer = await self._sockets.send(
                envelope_of(parcel, envelope_id), self._state.settings.ack_timeout_s
            )
        except UndeliveredError as error:
            return Receipt(acked=False, reason=error.reason)
        payload = answer.get("payload")
        return Receipt(acked=True, answer=payload if isinstance(payload, dict) else {})

    async def _post(self, parcel: Parcel) -> Receipt:
        body, headers = http_body(parcel.kind, parcel.payload)
        headers |= retry_headers(parcel.attempt, parcel.reason)
        reply = await send_signed(self._state, body, headers)
        if reply.is_good:
            return Receipt(acked=True, answer=answer_of(reply.text))
        return Receipt(acked=False, reason="http_error", stop_retries=reply.no_retry)


def envelope_of(parcel: Parcel, envelope_id: str) -> Json:
    """The Socket Mode envelope."""
    envelope: Json = {
        "envelope_id": envelope_id,
        "payload": parcel.payload,
        "type": parcel.kind,
        "accepts_response_payload": parcel.accepts_payload,
    }
    if parcel.kind == "events_api":
        envelope |= {"retry_attempt": parcel.attempt, "retry_reason": parcel.reason}
    return envelope
