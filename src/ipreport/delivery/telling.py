"""A message that no ledger keeps: a notice to somebody in the office, who may well get it twice, but should get it."""

from __future__ import annotations

import time

from ipreport.delivery.how import How
from ipreport.delivery.identity import fits_smtp
from ipreport.delivery.server import Server
from ipreport.delivery.smtp import LostError, Phase, Reply, Session, UnfitError, UnusableError
from ipreport.problems import Origin, Problem, ReportError, block

_AGAIN = "nothing else was sent; run it again"


def tell(server: Server, address: str, message: bytes, origin: Origin | None = None, how: How | None = None) -> Reply:
    """Give the server a message for `address`, and nobody else; the reply with which it was taken.

    A server that is away for a moment is waited for, `how.retries` times; so is one that is lost before it has
    all of the message. `origin` is where the address is written. Raises ReportError where the message was not
    taken, or may have been or not.
    """
    how = how or How()
    wrong = [each for each in (server.sender, address) if not fits_smtp(each)]
    if wrong:
        raise ReportError([block(f"{each!r} is not an address that mail can be sent with", origin) for each in wrong])
    for attempt in range(how.retries + 1):
        time.sleep(how.pause * max(0, attempt - 1))
        try:
            reply = _delivered(server, address, message)
        except (UnusableError, LostError) as error:
            may_pass = error.temporary if isinstance(error, UnusableError) else error.phase is not Phase.DOT
            if attempt == how.retries or not may_pass:
                raise ReportError([_refusal(server, address, error, origin)]) from error
        except UnfitError as error:
            raise ReportError([block(f"the notice to {address} cannot be sent: {error}", origin)]) from error
        else:
            if reply.accepted:
                return reply
            message_ = f"the notice to {address} was refused ({reply.phase}): {reply}"
            raise ReportError([block(message_, origin, _AGAIN)])
    raise AssertionError(how)  # the last attempt has ended above


def _delivered(server: Server, address: str, message: bytes) -> Reply:
    session = Session(server)
    try:
        return session.deliver(address, message, lambda: None)
    finally:
        session.close()


def _refusal(server: Server, address: str, error: UnusableError | LostError, origin: Origin | None) -> Problem:
    if isinstance(error, UnusableError):
        place = f"{server.host}:{server.port}"
        return block(f"{place} takes no letters ({error.phase}): {error}", origin, *error.hints, _AGAIN)
    if error.phase is Phase.DOT:
        return block(f"nobody can know whether the notice to {address} arrived: {error}", origin, _AGAIN)
    return block(f"the notice to {address} was not sent: {error}", origin, _AGAIN)
