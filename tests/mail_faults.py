"""An SMTP server on loopback (aiosmtpd) that misbehaves when it is told to."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult

from ipreport.delivery import Login, Security, Server
from mail_certificates import authority_file, server_context, server_file

USER, PASSWORD = "office", "口令 p4ss:word"
DROP, STALL = "drop", "stall"


@dataclass
class Fault:
    """What goes wrong: at a phase, of one address or all, so many times; a reply, or DROP, or STALL.

    Phases are those of the client, with `body` for the middle of the message and `stored` for after
    the dot, when the server has the letter.
    """

    phase: str
    reply: str
    address: str = ""
    times: int = 10**9


@dataclass
class Faulty:
    """The server: what it was told, what it does wrong, and what it took."""

    folder: Path
    faults: list[Fault] = field(default_factory=list)
    offers: set[str] = field(default_factory=lambda: {"starttls", "auth"})
    without: frozenset[str] = frozenset()  # ways to log in
    size: int = 50_000_000
    utf8: bool = False
    password: str = PASSWORD
    certificate: Path | None = None
    implicit: bool = False
    taken: Counter[str] = field(default_factory=Counter)
    messages: dict[str, bytes] = field(default_factory=dict)
    sessions: int = 0
    commands: list[str] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        certificate = self.certificate or server_file(self.folder)
        self._context = server_context(certificate)
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(10)

    def settings(self, **changes: Any) -> Server:
        """How a client reaches it."""
        security = Security.TLS if self.implicit else Security.STARTTLS
        given = {
            "host": "localhost", "port": self.port, "sender": "office@example.test", "security": security,
            "login": Login(USER, PASSWORD), "authorities": authority_file(self.folder), "patience": 5.0,
            "patience_after_dot": 1.0,
        }  # fmt: skip
        return Server(**{**given, **changes})  # type: ignore[arg-type]

    def fault(self, phase: str, address: str = "") -> str | None:
        """What goes wrong now, if anything."""
        for fault in self.faults:
            if fault.phase == phase and fault.times > 0 and fault.address in ("", address):
                fault.times -= 1
                return fault.reply
        return None

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen(ready))
        self._loop.close()

    async def _listen(self, ready: threading.Event) -> None:
        self._stopping = asyncio.Event()
        wrapped = self._context if self.implicit else None
        self._transports: list[asyncio.BaseTransport] = []
        server = await self._loop.create_server(lambda: _Session(self), "127.0.0.1", self.port, ssl=wrapped)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stopping.wait()
        server.close()
        await all_closed(self._transports)
        await server.wait_closed()


async def all_closed(transports: Iterable[Any]) -> None:
    """Cuts connections, each with the one that it is encrypted over, and waits until nothing of them is left."""
    for transport in transports:
        inner = getattr(getattr(transport, "_ssl_protocol", None), "_transport", None)
        for each in (transport, inner):
            if each is not None:
                each.abort()
    await asyncio.sleep(0.05)


class _Session(SMTP):
    """One connection."""

    def __init__(self, faulty: Faulty) -> None:
        self.faulty = faulty
        offers = {} if faulty.implicit or "starttls" not in faulty.offers else {"tls_context": faulty._context}
        super().__init__(
            _Handler(faulty),
            hostname="localhost",
            data_size_limit=faulty.size,
            enable_SMTPUTF8=faulty.utf8,
            authenticator=self.authenticated,
            auth_required=False,
            auth_exclude_mechanism=faulty.without,
            auth_require_tls=not faulty.implicit,
            loop=asyncio.get_running_loop(),
            **offers,
        )

    def abort(self) -> None:
        for transport in (self._original_transport, self.transport):
            if transport is not None:
                transport.abort()  # type: ignore[union-attr]

    def connection_made(self, transport: Any) -> None:
        self.faulty._transports.append(transport)
        super().connection_made(transport)

    def authenticated(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        fault = self.faulty.fault("login")
        if fault is not None:
            return AuthResult(success=False, handled=False, message=fault)
        right = (data.login, data.password) == (USER.encode(), self.faulty.password.encode())
        return AuthResult(success=right, handled=right, message=None if right else "535 5.7.8 no such login")

    async def _handle_client(self) -> None:
        self.faulty.sessions += 1
        fault = self.faulty.fault("connect")
        if fault is None:
            await super()._handle_client()
        elif fault == DROP:
            self.abort()
        else:
            await self.push(fault)
            self.transport.close()

    async def smtp_STARTTLS(self, arg: str) -> None:
        if self.faulty.fault("encryption") is None:
            await super().smtp_STARTTLS(arg)
        else:
            await self.push("220 go on")
            self.transport.close()

    async def smtp_DATA(self, arg: str) -> None:
        address = self.envelope.rcpt_tos[-1] if self.envelope.rcpt_tos else ""
        fault = self.faulty.fault("DATA", address)
        if fault == DROP:
            self.abort()
        elif fault is not None:
            await self.push(fault)
            self.faulty.commands.append("refused")
        elif (fault := self.faulty.fault("body", address)) is not None:
            await self.push("354 go on")
            await self._reader.readline()
            if fault == DROP:
                self.abort()
                return
            await self.push(fault)
            while await self._reader.read(1 << 16):
                pass
        else:
            await super().smtp_DATA(arg)


class _Handler:
    """Where aiosmtpd asks what to answer."""

    def __init__(self, faulty: Faulty) -> None:
        self.faulty = faulty

    async def handle_EHLO(self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]) -> Any:
        session.host_name = hostname
        hidden = {"auth": "AUTH", "starttls": "STARTTLS"}
        gone = [word for name, word in hidden.items() if name not in self.faulty.offers]
        kept = [line for line in responses if not any(line[4:].startswith(word) for word in gone)]
        if not self.faulty.size:
            kept = [line for line in kept if "SIZE" not in line]
        return kept

    async def handle_MAIL(self, server: Any, _session: Any, envelope: Any, address: str, options: list[str]) -> str:
        self.faulty.commands.append(" ".join(("MAIL", address, *options)))
        envelope.mail_from = address
        return await self._said(server, "MAIL", address) or "250 OK"

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Any, address: str, _options: list[str]) -> str:
        self.faulty.commands.append(f"RCPT {address}")
        fault = await self._said(server, "RCPT", address)
        if fault is None:
            envelope.rcpt_tos.append(address)
        return fault or "250 OK"

    async def handle_RSET(self, _server: Any, _session: Any, _envelope: Any) -> str:
        self.faulty.commands.append("RSET")
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        address = envelope.rcpt_tos[-1]
        fault = await self._said(server, "dot", address)
        if fault is None:
            for each in envelope.rcpt_tos:
                self.faulty.taken[each] += 1
                self.faulty.messages[each] = envelope.original_content
            fault = await self._said(server, "stored", address)
        return fault or "250 2.0.0 taken as 4711"

    async def _said(self, server: Any, phase: str, address: str) -> str | None:
        """A reply that is a fault; the connection may be gone or silent by then."""
        fault = self.faulty.fault(phase, address)
        if fault == DROP:
            server.abort()
            return "250 OK"
        if fault == STALL:
            await asyncio.sleep(2)
            return "250 OK"
        return fault
