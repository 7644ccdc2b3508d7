"""What connections to both servers share: certificates that are always verified, and passwords that nobody reads."""

from __future__ import annotations

import base64
import ssl
from pathlib import Path

from ipreport.delivery.server import Login
from ipreport.problems import Origin, ReportError, block


def verified(authorities: Path | None) -> ssl.SSLContext:
    """What verifies the name, dates and issuer of a server's certificate.

    The system's authorities are trusted, and those of the PEM file `authorities` beside them. Raises
    ReportError when that file cannot be read.
    """
    context = ssl.create_default_context()
    if authorities is None:
        return context
    origin = Origin(authorities.as_posix())
    try:
        context.load_verify_locations(authorities)
    except ssl.SSLError as error:
        message = "no certificates were found in this file"
        raise ReportError([block(message, origin, "it holds one or more, each as BEGIN CERTIFICATE …")]) from error
    except OSError as error:
        raise ReportError([block(f"the file of certificates cannot be read: {error.strerror}", origin)]) from error
    return context


def told(error: Exception) -> str:
    """An error of a connection, in words without the numbers of a system."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not accepted: {error.verify_message}"
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, ssl.SSLError):
        return f"the encryption failed: {error.reason or error}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def without_secrets(text: str, login: Login | None) -> str:
    """`text` as a server said it, without a password that it may repeat, in the clear or as it was sent."""
    if login is None or not login.password:
        return text
    user, password = login.user.encode(), login.password.encode()
    sent = (password, b"\0" + user + b"\0" + password)
    for secret in (*(base64.b64encode(each).decode() for each in sent), login.password):
        text = text.replace(secret, "…")
    return text
