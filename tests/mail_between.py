"""Stands between a program and a real mail server, and loses their connection at the final dot of a mail."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from mail_certificates import authority_file, server_context, server_file
from mail_faults import all_closed

KEPT, TAKEN, HELD = "kept", "taken", "held"
"""What happens at a final dot: the server never gets it; it does, and its reply is lost; the reply waits."""
_END = b"\r\n.\r\n"
"""How a message ends; no line within it is a dot alone (RFC 5321, 4.5.2)."""


@dataclass
class Between:
    """Listens on `port` of loopback for who speaks TLS from the first byte, as the server on port `to` does.

    At each final dot the next of `acts` happens; once there are none left, letters pass.
    """

    folder: Path
    to: int
    acts: Iterable[str] = ()
    port: int = 0
    held: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        self._left = deque(self.acts)
        self._listens = server_context(server_file(self.folder))
        self._trusts = ssl.create_default_context(cafile=authority_file(self.folder))
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)

    def _serve(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen(ready))
        self._loop.close()

    async def _listen(self, ready: threading.Event) -> None:
        self._stopping = asyncio.Event()
        self._links: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []
        server = await asyncio.start_server(self._accepted, "127.0.0.1", self.port, ssl=self._listens)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stopping.wait()
        server.close()
        links = tuple(self._links)
        for link in links:
            link.cancel()
        await asyncio.gather(*links, return_exceptions=True)
        await all_closed(each.transport for each in self._writers)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._links.add(task)
        self._writers.append(writer)
        there, to_there = await asyncio.open_connection("localhost", self.to, ssl=self._trusts)
        self._writers.append(to_there)
        both = (writer, to_there)
        link = _Link(self)
        ways = [
            asyncio.create_task(link.up(reader, to_there)),
            asyncio.create_task(link.down(there, writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            for each in both:
                each.transport.abort()
            self._links.discard(task)

    def next_act(self) -> str | None:
        return self._left.popleft() if self._left else None


class _Link:
    """One connection; either way ends where it is lost."""

    def __init__(self, between: Between) -> None:
        self.between = between
        self.act: str | None = None

    async def up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tail = b""
        while data := await reader.read(1 << 16):
            tail = (tail + data)[-len(_END) :]
            if tail == _END:  # a program that waits for a reply says nothing behind it
                self.act = self.between.next_act()
                if self.act == KEPT:
                    return
            writer.write(data)
            await writer.drain()

    async def down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(1 << 16):
            if self.act is not None:  # the server has answered to the dot: it has the letter
                self.between.held.set()
                if self.act == TAKEN:
                    return
                await asyncio.Event().wait()
            writer.write(data)
            await writer.drain()
