"""An IMAP server on loopback that is older, or less exact, than Dovecot: it has LOGIN only, and finds too much."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Self

from ipreport.delivery import Archive, Login
from mail_certificates import authority_file, server_context, server_file


@dataclass
class OldImap:
    """Answers one client after another; `heads` are the Message-IDs of what is in its mailbox."""

    folder: Path
    heads: list[str] = field(default_factory=list)
    capabilities: str = "IMAP4rev1"
    login: str = "OK welcome"
    select: str = "OK [READ-ONLY] selected"
    search: str = "OK found"
    finds: str = "everything"  # or nothing, but by date; or with what changed last
    injected: str = ""  # said in the clear behind the answer to STARTTLS
    in_the_clear: bool = False  # at first
    greeting: ClassVar[str] = "OK"
    commands: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._context = server_context(server_file(self.folder))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def archive(self, password: str, **changes: Any) -> Archive:
        """How a client reaches it."""
        given = {
            "host": "localhost", "port": self._listener.getsockname()[1], "login": Login('of"fi\\ce', password),
            "authorities": authority_file(self.folder), "patience": 5.0,
        }  # fmt: skip
        return Archive(**{**given, **changes})

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                plain, _ = self._listener.accept()
                with suppress(OSError), plain:
                    if self.in_the_clear:
                        self._answer(plain)
                    with self._context.wrap_socket(plain, server_side=True) as encrypted:
                        self._answer(encrypted)

    def _answer(self, client: socket.socket) -> None:
        clear = not isinstance(client, ssl.SSLSocket)
        if clear or not self.in_the_clear:
            client.sendall(f"* {self.greeting} [CAPABILITY {self.capabilities}] old\r\n".encode())
        with client.makefile("rb") as lines:
            for line in lines:
                tag, _, command = line.decode().rstrip("\r\n").partition(" ")
                self.commands.append(command)
                client.sendall(self._said(tag, command).encode())
                if command == "LOGOUT" or (clear and command == "STARTTLS"):
                    return

    def _said(self, tag: str, command: str) -> str:
        numbers = range(1, len(self.heads) + 1)
        match command.split()[:2]:
            case ["CAPABILITY"]:
                return f"* CAPABILITY {self.capabilities}\r\n{tag} OK done\r\n"
            case ["LOGIN", _]:
                return f"{tag} {self.login}\r\n"
            case ["EXAMINE", _]:
                return f"* {len(self.heads)} EXISTS\r\n{tag} {self.select}\r\n"
            case ["STARTTLS"]:
                return f"{tag} OK go on\r\n{self.injected}"
            case ["ID", _]:
                return f"* ID NIL\r\n{tag} OK done\r\n"
            case ["UID", "SEARCH"]:
                return f"{self._found(numbers, command)}{tag} {self.search}\r\n"
            case ["UID", "FETCH"]:
                wanted = [int(number) for number in command.split()[2].split(",")]
                return "".join(self._head(number) for number in wanted) + f"{tag} OK done\r\n"
            case ["LOGOUT"]:
                return f"* BYE\r\n{tag} OK done\r\n"
        return f"{tag} BAD what\r\n"

    def _found(self, numbers: range, command: str) -> str:
        everything = " ".join(map(str, numbers))
        match self.finds:
            case "nothing, but by date" if "SINCE" not in command:
                return "* SEARCH\r\n"
            case "not a word":
                return ""
            case "with what changed last":
                return f"* SEARCH {everything} (MODSEQ 917162500)\r\n"
        return f"* SEARCH {everything}\r\n"

    def _head(self, number: int) -> str:
        head = f"{self.heads[number - 1]}\r\n\r\n"
        return f"* {number} FETCH (UID {number} BODY[HEADER.FIELDS (MESSAGE-ID)] {{{len(head)}}}\r\n{head})\r\n"
