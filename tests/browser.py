"""Headless Chromium, spoken to through a pipe (Chrome DevTools Protocol), for tests of what a mail looks like."""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

CHROMIUM = shutil.which("chromium")

with_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium (Debian: chromium) is not installed")

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
    "--disable-lcd-text", "--remote-debugging-pipe",
)  # fmt: skip


class Browser:
    """A running browser with one page."""

    def __init__(self, orders: int, answers: int) -> None:
        self._orders, self._answers = os.fdopen(orders, "wb", 0), os.fdopen(answers, "rb", 0)
        self._number, self._rest = 0, b""
        self._session: str | None = None
        self.requests: list[str] = []
        """The addresses that the page asked for."""
        target = self._do("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._do("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._do("Page.enable")
        self._do("Network.enable")

    def show(self, html: str, width: int, *, dark: bool = False, turned: bool = False, zoom: float = 2.0) -> None:
        """Shows a page in a window `width` pixels wide; `turned` has the browser darken what is light by itself."""
        self._do("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=zoom, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark or turned else "light"}
        self._do("Emulation.setEmulatedMedia", features=[scheme])
        self._do("Emulation.setAutoDarkModeOverride", enabled=turned)
        self.requests.clear()
        # A page of its own: what the head of the one before said of colours would go on counting.
        frame = self._do("Page.navigate", url="about:blank")["frameId"]
        self._do("Page.setDocumentContent", frameId=frame, html=html)
        self.run("Promise.all([...document.images].map(image => image.decode().catch(() => 0)))")

    def show_file(self, file: Path, width: int) -> None:
        """Shows a page from a file, with everything in it loaded."""
        self._do("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1.0, mobile=False)
        self._do("Emulation.setAutoDarkModeOverride", enabled=False)
        self.requests.clear()
        self._do("Page.navigate", url=file.as_uri())
        self.run("new Promise(done => document.readyState == 'complete' ? done() : addEventListener('load', done))")

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression on the page."""
        found = self._do("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def picture(self) -> Image.Image:
        """The whole page, as high as it is."""
        data = self._do("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        return Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")

    def close(self) -> None:
        self._session = None
        self._do("Browser.close")
        self._orders.close()
        self._answers.close()

    def _do(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        order = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            order["sessionId"] = self._session
        self._orders.write(json.dumps(order).encode() + b"\0")
        for answer in self._read():
            if answer.get("method") == "Network.requestWillBeSent":
                self.requests.append(answer["params"]["request"]["url"])
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return dict(answer["result"])
        raise AssertionError("the browser is gone")

    def _read(self) -> Iterator[dict[str, Any]]:
        while True:
            line, found, rest = self._rest.partition(b"\0")
            if found:
                self._rest = rest
                yield json.loads(line)
                continue
            more = self._answers.read(1 << 20)
            if not more:
                return
            self._rest += more


_START = """
import fcntl, os, sys
orders, answers = (fcntl.fcntl(int(each), fcntl.F_DUPFD, 10) for each in sys.argv[1:3])
os.dup2(orders, 3)
os.dup2(answers, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Starts the browser with the pipe as descriptors 3, which it reads orders from, and 4."""


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A browser with a `profile` folder of its own."""
    assert CHROMIUM is not None
    to_read, to_order = os.pipe()
    to_answer, to_write = os.pipe()
    command = [
        sys.executable,
        "-c",
        _START,
        str(to_read),
        str(to_write),
        CHROMIUM,
        *_FLAGS,
        f"--user-data-dir={profile}",
    ]
    started = subprocess.Popen(command, pass_fds=(to_read, to_write), stderr=subprocess.DEVNULL)
    os.close(to_read)
    os.close(to_write)
    try:
        one = Browser(to_order, to_answer)
        yield one
        one.close()
        started.wait(20)
    finally:
        if started.poll() is None:
            started.kill()
            started.wait()
