"""The moment that files bear: no clock is asked, so that the same input gives the same bytes."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time

from ipreport.problems import Origin, ReportError, block


def moment_of(issue: date) -> datetime:
    """SOURCE_DATE_EPOCH where it is set, else the beginning of the issue's own date, in UTC.

    Raises ReportError where the variable is no moment.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.combine(issue, time(), UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        message = f"expected SOURCE_DATE_EPOCH in seconds since 1970, found '{epoch}'"
        raise ReportError([block(message, Origin("environment"), "unset it, or set it to a number")]) from error
