"""What smtplib leaves out of a dialogue by SMTP: replies within limits, and servers that speak out of turn.

Nothing here is pipelined, so a server that has said something before it is asked answers another question. Taken for
the answer to the next command, that would in the end be a letter that counts as taken and is not.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import time
from typing import TYPE_CHECKING

from ipreport.delivery.connecting import told

_PIECE = 4096
_LONGEST = 65_536
"""Bytes of a reply, all lines of it (RFC 5321 4.5.3.1.5 has 512 in a line); more is not an answer but a flood."""

if TYPE_CHECKING:
    _Base = smtplib.SMTP
else:
    _Base = object


class Dialogue(_Base):
    """What both kinds of connections have in place of smtplib's way to read."""

    _rest = b""
    """What has come and was not read as a reply yet."""

    def getreply(self) -> tuple[int, bytes]:
        """One reply, of one line or more (RFC 5321 4.2.1): its code and its words.

        All of it has to come within the patience of the socket. Raises SMTPServerDisconnected, with the connection
        closed, where it does not, where the connection ends, or where it is no reply of SMTP.
        """
        try:
            lines = self._lines()
        except OSError as error:
            self.close()
            raise smtplib.SMTPServerDisconnected(told(error)) from error
        codes = {line[:3] for line in lines}
        if len(codes) != 1 or re.fullmatch(rb"[2-5][0-9]{2}", lines[0][:3]) is None:
            self.close()
            raise smtplib.SMTPServerDisconnected(f"an answer that is not one of SMTP: {lines[-1][:80]!r}")
        return int(codes.pop()), b"\n".join(line[4:].strip() for line in lines)

    def putcmd(self, cmd: str, args: str = "") -> None:
        """Send a command. Raises SMTPServerDisconnected where the server has said something before, or is gone."""
        if self.spoken():
            self.close()
            raise smtplib.SMTPServerDisconnected("it is gone, or has said something that it was not asked for")
        super().putcmd(cmd, args)

    def spoken(self) -> bool:
        """Whether the server has said something that is not read yet, or is gone; does not wait."""
        if self.sock is None or self._rest:
            return True
        patience = self.sock.gettimeout()
        self.sock.settimeout(0)
        try:
            self._rest = self.sock.recv(_PIECE)
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        finally:
            self.sock.settimeout(patience)
        return True

    def encrypt(self, context: ssl.SSLContext, host: str) -> None:
        """STARTTLS; what was said in the clear counts no more (RFC 3207 4.2), and more than was asked for ends it."""
        code, words = self.docmd("STARTTLS")
        if code != 220:
            raise smtplib.SMTPResponseException(code, words)
        if self.spoken():
            self.close()
            raise smtplib.SMTPServerDisconnected("it said more in the clear than it was asked for")
        assert self.sock is not None  # noqa: S101 - it has just answered
        self.sock = context.wrap_socket(self.sock, server_hostname=host)
        self.esmtp_features = {}
        self.ehlo_resp = None

    def _lines(self) -> list[bytes]:
        """The lines of a reply, without their ends; TimeoutError once the patience of the socket is over."""
        if self.sock is None:
            raise ConnectionError("the connection is closed")
        patience = self.sock.gettimeout() or 0.0
        end, lines = time.monotonic() + patience, [b"   -"]
        try:
            while lines[-1][3:4] == b"-":
                lines.append(self._line(self.sock, end, _LONGEST - sum(map(len, lines))))
        finally:
            self.sock.settimeout(patience)
        return lines[1:]

    def _line(self, sock: socket.socket, end: float, most: int) -> bytes:
        while b"\n" not in self._rest:
            if len(self._rest) > most:
                raise ConnectionError("its answer has no end")
            sock.settimeout(max(0.001, end - time.monotonic()))
            piece = sock.recv(_PIECE)
            if not piece:
                raise ConnectionError("the server closed the connection")
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        if len(line) > most:
            raise ConnectionError("its answer has no end")
        return line.rstrip(b"\r")


class Plain(Dialogue, smtplib.SMTP):
    """A connection that begins in the clear."""


class Encrypted(Dialogue, smtplib.SMTP_SSL):
    """A connection that is encrypted from the first byte."""
