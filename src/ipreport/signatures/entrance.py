"""What others call: `open_signer` to sign, `verify` to check. pyHanko is loaded when they are called, not before."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

from ipreport.problems import Origin, Problem, ReportError, block, collected
from ipreport.signatures.passphrase import PASSPHRASE
from ipreport.signatures.result import Verified
from ipreport.signatures.signer import Signer

_LARGEST = 1_000_000
"""Bytes of a file with certificates; those with a whole chain have some ten thousand."""
_BEFORE_THE_HEAD = 1024
"""Bytes that may stand before the head of a PDF file."""


def open_signer(file: Path, origin: Origin, moment: datetime) -> Signer:
    """The certificate and the key of a PKCS#12 file, which `origin` names; fit to sign at `moment`.

    The passphrase comes from the environment (see `passphrase`). Raises ReportError with everything that
    is wrong with the file, or where pyHanko is missing.
    """
    require_library(origin)
    from ipreport.signatures.identity import signer_of  # noqa: PLC0415 - it loads pyHanko

    problems: list[Problem] = []
    data, given = b"", None
    with collected(problems):
        data = _content(file, origin, "the certificate")
    with collected(problems):
        given = PASSPHRASE.read()
    if problems:
        raise ReportError(problems)
    return signer_of(data, None if given is None else given.encode(), origin, moment)


def verify(file: str | Path, *, trust: Iterable[str | Path] = (), password: str | None = None) -> Verified:
    """The signatures of a finished PDF, each with what is left of it.

    `trust` are files with certificates of authorities (PEM or DER): a signature is then trusted where its
    certificate leads to one of them and was valid when it says that it was made. Nothing is fetched, so that
    revocation is not known. `password` is that of an encrypted PDF. A file without a signature has none, which is
    no error.

    Raises ReportError when the file or an authority's cannot be read, or pyHanko is missing.
    """
    path = Path(file)
    require_library(Origin(path.as_posix()))
    from ipreport.signatures.checking import authorities, found_in  # noqa: PLC0415 - it loads pyHanko

    problems: list[Problem] = []
    data, roots = b"", []
    with collected(problems):
        data = _document(path)
    for authority in map(Path, trust):
        with collected(problems):
            origin = Origin(authority.as_posix())
            roots += authorities(_content(authority, origin, "the certificate of the authority"), origin)
    if problems:
        raise ReportError(problems)
    return Verified(path.as_posix(), found_in(data, Origin(path.as_posix()), roots, password), len(roots))


def require_library(origin: Origin) -> None:
    """Raise ReportError, which tells what to install, where pyHanko is missing; `origin` is what asks for it."""
    if find_spec("pyhanko") is None:
        message = "electronic signatures need pyHanko, which is not installed"
        hint = "install it with: python -m pip install 'ipreport[sign]' (in a checkout: '.[sign]')"
        raise ReportError([block(message, origin, hint)])
    for name in ("pyhanko", "pyhanko_certvalidator"):
        # Without a handler Python prints their warnings, with tracebacks; what matters is in their results.
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _content(file: Path, origin: Origin, what: str) -> bytes:
    """A file with certificates; of one that is too large to be one, so much that this can be told."""
    try:
        with file.open("rb") as stream:
            return stream.read(_LARGEST + 1)
    except OSError as error:
        message = f"{what} cannot be read: {_reason(error)}"
        raise ReportError([block(message, origin, "allow reading the file, or name another one")]) from error


def _document(path: Path) -> bytes:
    origin = Origin(path.as_posix())
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReportError([block("there is no such file", origin, "name a PDF file")]) from error
    except OSError as error:
        raise ReportError([block(f"the file cannot be read: {_reason(error)}", origin)]) from error
    if b"%PDF-" not in data[:_BEFORE_THE_HEAD]:
        hint = "name a PDF file; Word files are not signed"
        raise ReportError([block("expected a PDF file, found something else", origin, hint)])
    return data


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
