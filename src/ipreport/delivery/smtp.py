"""One session with an SMTP server (RFC 5321): letter after letter, and for each what the server said, and when.

A small layer on `smtplib`, which does not say how far a transaction came before a connection was lost.
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from ipreport.delivery.connecting import told, verified, without_secrets
from ipreport.delivery.dialogue import Dialogue, Encrypted, Plain
from ipreport.delivery.server import Login, Security, Server

_TEMPORARY = range(400, 500)
_GOOD = range(200, 300)
_CLOSING = 421
"""The server ends the session, whatever was asked (RFC 5321 3.8)."""
_REFUSALS = range(400, 600)
_LOGIN_WANTED = frozenset({530, 534, 535, 538})
"""Refusals that are about who sends, whatever they answer (RFC 4954 6)."""
_GOODBYE = 5.0
"""Seconds to wait for the end of a session: what was taken is taken, whether the server says goodbye or not."""
_LONGEST_REPLY = 1000
"""Characters of a reply that are kept."""


class Phase(StrEnum):
    """How far a session or a transaction had come."""

    CONNECT = "connect"
    LOGIN = "login"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    """The server was asked for the message, or was getting it: all of it but the final dot."""
    DOT = "dot"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server made of a letter: its three digits and words, and where it said so."""

    phase: Phase
    code: int
    text: str

    @property
    def accepted(self) -> bool:
        """Whether the server has taken the letter, and answers for it."""
        return self.phase is Phase.DOT and self.code in _GOOD

    @property
    def temporary(self) -> bool:
        """Whether the same may be accepted later."""
        return self.code in _TEMPORARY

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()


class LostError(Exception):
    """The connection broke; `phase` says when. Before the dot, the letter is certainly not delivered."""

    def __init__(self, phase: Phase, detail: str) -> None:
        self.phase = phase
        super().__init__(f"the connection was lost ({phase}): {detail}")


class UnusableError(Exception):
    """The server takes letters of nobody, now (`temporary`) or as it is set up; no recipient is at fault."""

    def __init__(self, phase: Phase, detail: str, *hints: str, temporary: bool = False) -> None:
        self.phase = phase
        self.hints = hints
        self.temporary = temporary
        super().__init__(detail)


class UnfitError(Exception):
    """The server cannot have this letter, whenever it is tried: it is too large, or needs what is not offered."""


class Session:
    """A connection that is encrypted, verified and logged in, until `close`."""

    def __init__(self, server: Server) -> None:
        """Connect; raises UnusableError, or ReportError where the file of certificates cannot be read."""
        self._server = server
        self._phase = Phase.CONNECT
        context = verified(server.authorities)
        self._smtp = _connected(server, context)
        try:
            _prepare(self._smtp, server, context)
        except BaseException:
            self._smtp.close()
            raise

    @property
    def phase(self) -> Phase:
        """How far the letter came that was tried last."""
        return self._phase

    @property
    def open(self) -> bool:
        """Whether another letter may be tried with it."""
        return self._smtp.sock is not None

    @property
    def largest(self) -> int | None:
        """The most bytes the server says that it takes (RFC 1870)."""
        size = self._smtp.esmtp_features.get("size", "")
        most = int(size) if re.fullmatch(r"[0-9]{1,20}", size) else 0  # RFC 1870 4 has so many digits
        return most or None

    def close(self) -> None:
        """Say goodbye, where somebody still listens."""
        if self._smtp.sock is None:
            return
        with suppress(smtplib.SMTPException, OSError):
            _be_patient(self._smtp, _GOODBYE)
            self._smtp.quit()
        self._smtp.close()

    def deliver(self, address: str, message: bytes, before_dot: Callable[[], None]) -> Reply:
        """Give the server a letter for `address` and for the archive, in one transaction.

        `before_dot` is called when everything but the final dot is under way; when it raises, the connection is cut, so
        that the server forgets the letter. Raises UnfitError, UnusableError or LostError.
        """
        options = self._options(address, message)
        try:
            reply = self._transaction(address, options, message, before_dot)
        except (smtplib.SMTPException, OSError) as error:
            self._smtp.close()
            raise LostError(self._phase, told(error)) from error
        except BaseException:  # in the middle of a letter there is no way to say goodbye
            self._smtp.close()
            raise
        if reply.code == _CLOSING:
            self._smtp.close()
        return reply

    def _transaction(self, address: str, options: str, message: bytes, before_dot: Callable[[], None]) -> Reply:
        refusal = self._envelope(address, options)
        if refusal is not None:
            self._forget(refusal)
            return refusal
        reply = self._command(Phase.DATA, "DATA")
        if reply.code != 354:
            self._forget(reply)
            return reply
        self._smtp.send(_transparent(message))
        if self._smtp.spoken():  # it refuses the message before its end, or has gone
            refusal = self._reply()
            self._smtp.close()
            if refusal.code not in _REFUSALS:
                raise smtplib.SMTPServerDisconnected(f"an answer before it was asked: {refusal}")
            return refusal
        before_dot()
        self._phase = Phase.DOT
        _be_patient(self._smtp, self._server.patience_after_dot)
        self._smtp.send(b".\r\n")
        reply = self._reply()
        _be_patient(self._smtp, self._server.patience)
        return reply

    def _envelope(self, address: str, options: str) -> Reply | None:
        """Sender, archive and recipient; the reply of whoever refuses the letter.

        The archive comes first: it is known to be good, so that who is refused after it is refused for himself, and a
        server that tells only then that it does not take letters of this sender, as Postfix does, blames nobody.
        """
        server = self._server
        reply = self._command(Phase.MAIL, f"MAIL FROM:<{server.sender}>{options}")
        if reply.code not in _GOOD:
            if reply.code == _CLOSING or reply.code % 100 == 52 or "SMTPUTF8" in options:
                return reply  # the end of a session; or about the letter: no room for it, or its characters
            raise _unusable(reply, f"the server refused {server.sender} as the sender")
        if server.archive is not None and server.archive.lower() != address.lower():
            reply = self._command(Phase.RCPT, f"RCPT TO:<{server.archive}>")
            if reply.code == _CLOSING:
                raise smtplib.SMTPServerDisconnected(str(reply))
            if reply.code not in _GOOD:
                raise _unusable(
                    reply, f"the server refused {server.sender} as the sender, or {server.archive}, the archive"
                )
        reply = self._command(Phase.RCPT, f"RCPT TO:<{address}>")
        return None if reply.code in _GOOD else reply

    def _options(self, address: str, message: bytes) -> str:
        """Parameters of MAIL; raises UnfitError where the server offers less than the letter needs."""
        if not message.count(b"\r\n") == message.count(b"\n") == message.count(b"\r"):
            raise ValueError("a message on the wire has lines that end with CR LF, and neither by itself")
        options, size = "", len(message)
        if self.largest is not None and size > self.largest:
            raise UnfitError(f"it has {size:,} bytes, and the server takes at most {self.largest:,}")
        if self._smtp.has_extn("size"):
            options += f" SIZE={size}"
        head = message.partition(b"\r\n\r\n")[0]
        addresses = (address, self._server.sender, self._server.archive or "")
        international = not (head.isascii() and all(map(str.isascii, addresses)))
        if not message.isascii() or international:
            options += self._offered("8BITMIME", " BODY=8BITMIME")
        if international:
            options += self._offered("SMTPUTF8", " SMTPUTF8")
        return options

    def _offered(self, extension: str, option: str) -> str:
        if not self._smtp.has_extn(extension):
            raise UnfitError(f"it has characters outside ASCII, and the server does not offer {extension}")
        return option

    def _command(self, phase: Phase, line: str) -> Reply:
        """One line and its answer; characters outside ASCII are sent as UTF-8, which only SMTPUTF8 has led to."""
        if re.search(r"[\x00-\x1f\x7f]", line):
            raise ValueError(f"a control character in a command of SMTP: {line!r}")
        self._phase = phase
        self._smtp.command_encoding = "utf-8"
        self._smtp.putcmd(line)
        return self._reply()

    def _reply(self) -> Reply:
        code, words = self._smtp.getreply()
        good = code == 354 if self._phase is Phase.DATA else code in _GOOD
        if not good and code not in _REFUSALS:  # after the dot, this leaves the letter unknown
            raise smtplib.SMTPServerDisconnected(f"an answer that is not one of SMTP: {words[:80]!r}")
        reply = Reply(self._phase, code, _words(words, self._server.login))
        if code in _LOGIN_WANTED and self._phase is not Phase.DOT:
            raise _unusable(reply, "the server wants a login, or a stronger one")
        return reply

    def _forget(self, reply: Reply) -> None:
        """Ends a transaction, so that the next letter begins anew: in this session, or else in another one."""
        if reply.code == _CLOSING:
            return
        with suppress(smtplib.SMTPException, OSError):
            if self._smtp.rset()[0] == 250:
                return
        self._smtp.close()


def _unusable(reply: Reply, hint: str) -> UnusableError:
    return UnusableError(reply.phase, str(reply), hint, temporary=reply.temporary)


def _connected(server: Server, context: ssl.SSLContext) -> Dialogue:
    """A connection on which the server has said hello."""
    try:
        if server.security is Security.TLS:
            smtp: Dialogue = Encrypted(server.host, server.port, "localhost", timeout=server.patience, context=context)
        else:
            smtp = Plain(server.host, server.port, "localhost", timeout=server.patience)
    except ssl.SSLError as error:
        raise _not_encrypted(Phase.CONNECT, error) from error
    except smtplib.SMTPConnectError as error:
        words = _words(error.smtp_error, server.login)
        raise UnusableError(
            Phase.CONNECT, f"{error.smtp_code} {words}", temporary=error.smtp_code in _TEMPORARY
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise UnusableError(Phase.CONNECT, told(error), temporary=True) from error
    except UnicodeError as error:  # a label of the name is empty or too long (RFC 1035 2.3.4)
        raise UnusableError(Phase.CONNECT, f"{server.host!r} cannot be the name of a host") from error
    if smtp.sock is not None:
        # The final dot is a small packet behind a large one, which would else wait for an acknowledgement.
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        smtp.local_hostname = _own_name(smtp.sock)
    return smtp


def _be_patient(smtp: Dialogue, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


def _not_encrypted(phase: Phase, error: ssl.SSLError) -> UnusableError:
    """A certificate that is not accepted stays so; a server that hangs up may come back."""
    hint = "name the authority's certificate in a file if it is your own; there is no way to skip the check"
    hints = (hint,) if isinstance(error, ssl.SSLCertVerificationError) else ()
    return UnusableError(phase, told(error), *hints, temporary=isinstance(error, ssl.SSLEOFError))


def _own_name(own: socket.socket) -> str:
    """What a client without a name of its own calls itself (RFC 5321 4.1.3); asking for a name may take long."""
    address = own.getsockname()[0].partition("%")[0]  # which of this machine's networks it is in concerns nobody else
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"


def _prepare(smtp: Dialogue, server: Server, context: ssl.SSLContext) -> None:
    """Encrypts the connection where it is not, and logs in."""
    phase = Phase.CONNECT
    try:
        _hello(smtp)
        if server.security is Security.STARTTLS:
            if not smtp.has_extn("starttls"):
                hint = "nothing is sent in the clear; the port may be one that is encrypted from the first byte"
                raise UnusableError(phase, "the server does not offer STARTTLS", hint)
            smtp.encrypt(context, server.host)
            _hello(smtp)
        phase = Phase.LOGIN
        if server.login is not None:
            _log_in(smtp, server.login)
    except ssl.SSLError as error:
        raise _not_encrypted(phase, error) from error
    except smtplib.SMTPResponseException as error:
        words = _words(error.smtp_error, server.login)
        raise UnusableError(phase, f"{error.smtp_code} {words}", temporary=error.smtp_code in _TEMPORARY) from None
    except (smtplib.SMTPException, OSError) as error:
        raise UnusableError(phase, told(error), temporary=True) from error


def _hello(smtp: Dialogue) -> None:
    code, words = smtp.ehlo()
    if code != 250:
        raise smtplib.SMTPHeloError(code, words)


def _log_in(smtp: Dialogue, login: Login) -> None:
    """AUTH PLAIN (RFC 4616) or LOGIN, in UTF-8, which smtplib cannot; the connection is encrypted."""
    user, password = login.user.encode(), login.password.encode()
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        code, words = smtp.docmd("AUTH", "PLAIN " + _base64(b"\0" + user + b"\0" + password))
    elif "LOGIN" in offered:
        code, words = smtp.docmd("AUTH", "LOGIN")
        for each in (user, password):
            if code == 334:
                code, words = smtp.docmd(_base64(each))
    else:
        detail = "the server does not offer to log in with a password (AUTH PLAIN or LOGIN)"
        raise UnusableError(Phase.LOGIN, detail)
    if code != 235:
        hint = f"check the password of {login.user}; nothing was sent after this"
        said = f"{code} {_words(words, login)}"
        raise UnusableError(Phase.LOGIN, said, hint, temporary=code in _TEMPORARY)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _words(said: bytes | str, login: Login | None) -> str:
    """A reply on one line that can be printed and kept, without a password."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return without_secrets(line, login)[:_LONGEST_REPLY]


def _transparent(message: bytes) -> bytes:
    """A message with its dots at the beginnings of lines doubled (RFC 5321 4.5.2), ended with a line end."""
    doubled = message.replace(b"\r\n.", b"\r\n..")
    if doubled.startswith(b"."):
        doubled = b"." + doubled
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"
