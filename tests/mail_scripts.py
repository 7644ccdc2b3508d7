"""An SMTP server on loopback that says, byte for byte, what a test wants it to say."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from ipreport.delivery import Login, Server
from mail_certificates import authority_file, server_context, server_file

CLOSE = None
Said = tuple[bytes | float | None, ...]
"""What is sent, piece by piece; a number is a pause in seconds, None the end of the connection."""

USUAL: dict[str, Said] = {
    "hello": (b"220 scripted ESMTP\r\n",),
    "EHLO": (b"250-scripted\r\n250-STARTTLS\r\n250 8BITMIME\r\n",),
    "STARTTLS": (b"220 go on\r\n",),
    "EHLO encrypted": (b"250-scripted\r\n250-AUTH PLAIN\r\n250-SIZE 50000000\r\n250 8BITMIME\r\n",),
    "AUTH": (b"235 welcome\r\n",),
    "DATA": (b"354 go on\r\n",),
    "dot": (b"250 taken\r\n",),
    "QUIT": (b"221 bye\r\n", CLOSE),
}


@dataclass
class Scripted:
    """Answers one client after another; `says` is what differs, by command, or `MAIL 2` for the second of them."""

    folder: Path
    says: dict[str, Said] = field(default_factory=dict)
    hosts: tuple[str, ...] = ("localhost",)
    heard: list[str] = field(default_factory=list)
    stored: list[bytes] = field(default_factory=list)
    sessions: int = 0
    _times: Counter[str] = field(default_factory=Counter)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._context = server_context(server_file(self.folder, self.hosts))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def settings(self, **changes: Any) -> Server:
        """How a client reaches it."""
        given = {
            "host": "localhost", "port": self._listener.getsockname()[1], "sender": "office@example.test",
            "login": Login("office", "secret"), "authorities": authority_file(self.folder), "patience": 1.0,
            "patience_after_dot": 1.0,
        }  # fmt: skip
        return Server(**{**given, **changes})  # type: ignore[arg-type]

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                plain, _ = self._listener.accept()
                self.sessions += 1
                with suppress(OSError), plain:
                    self._talk(plain)

    def _talk(self, client: socket.socket) -> None:
        self._say(client, "hello")
        with client.makefile("rb") as lines:
            if self._answered(client, lines, ""):
                with self._context.wrap_socket(client, server_side=True) as encrypted, encrypted.makefile("rb") as more:
                    self._answered(encrypted, more, " encrypted")

    def _answered(self, client: socket.socket, lines: Any, how: str) -> bool:
        """Until the client is gone, or is to be encrypted."""
        while line := lines.readline():
            command = line.decode("utf-8", "replace").strip()
            self.heard.append(command)
            verb = command.partition(" ")[0].upper()
            self._say(client, verb + how if verb == "EHLO" else verb)
            if verb == "STARTTLS":
                return True
            if verb == "DATA":
                self._receive(client, lines)
        return False

    def _receive(self, client: socket.socket, lines: Any) -> None:
        message = b""
        while (line := lines.readline()) != b".\r\n":
            if not line:
                return
            message += line[1:] if line.startswith(b".") else line
        self.stored.append(message)
        self._say(client, "dot")

    def _say(self, client: socket.socket, about: str) -> None:
        self._times[about] += 1
        usual = USUAL.get(about, (b"250 OK\r\n",))
        for piece in self.says.get(f"{about} {self._times[about]}", self.says.get(about, usual)):
            if piece is None:
                client.shutdown(socket.SHUT_RDWR)
                client.close()
                raise ConnectionError
            if isinstance(piece, float):
                time.sleep(piece)
            else:
                client.sendall(piece)
