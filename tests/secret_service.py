"""A Secret Service as a desktop has it (gnome-keyring on a bus of its own), and what asks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

BACKEND = "keyring.backends.SecretService.Keyring"
_BUS = """\
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""
"""A bus that starts no programs by itself, so that nothing shows on the screen of who runs the tests."""


def why_not() -> str | None:
    """Why no Secret Service can be started here, if none can."""
    if sys.platform != "linux":
        return "the Secret Service is of Linux"
    missing = [name for name in ("dbus-daemon", "gnome-keyring-daemon") if shutil.which(name) is None]
    return f"not installed: {', '.join(missing)} (Debian: dbus-daemon, gnome-keyring)" if missing else None


@dataclass
class SecretService:
    """Starts both programs in a folder of their own, and ends them. The keyring is open until it is locked."""

    programs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.folder = Path(tempfile.mkdtemp(prefix="ipreport-keyring-"))
        socket, configuration = self.folder / "bus", self.folder / "bus.conf"
        configuration.write_text(_BUS.format(socket=socket), encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if "DISPLAY" not in name and "DBUS" not in name}
        self.environment = {
            "HOME": str(self.folder),
            "XDG_RUNTIME_DIR": str(self.folder),
            "XDG_DATA_HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={socket}",
            "PYTHON_KEYRING_BACKEND": BACKEND,
        }
        self._all = {**kept, **self.environment}
        try:
            self._start(["dbus-daemon", f"--config-file={configuration}", "--nofork"])
            _wait_for(socket.exists)
            daemon = self._start(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"])
            assert daemon.stdin is not None
            daemon.stdin.write(b"of the keyring itself")
            daemon.stdin.close()
            _wait_for(lambda: self._asked(_READY).returncode == 0)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for program in reversed(self.programs):
            program.kill()
            program.communicate()
        shutil.rmtree(self.folder)

    def lock(self) -> None:
        self._asked(_LOCK).check_returncode()

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        silent = subprocess.DEVNULL
        program = subprocess.Popen(command, env=self._all, stdin=subprocess.PIPE, stdout=silent, stderr=silent)
        self.programs.append(program)
        return program

    def _asked(self, program: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run([sys.executable, "-c", program], env=self._all, capture_output=True, check=False)


_OPEN = """\
import secretstorage
collection = secretstorage.get_collection_by_alias(secretstorage.dbus_init(), "default")
"""
_READY = f"{_OPEN}assert not collection.is_locked()"
_LOCK = f"{_OPEN}collection.lock()\nassert collection.is_locked()"


def _wait_for(there: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not there():
        assert time.monotonic() < until, "the Secret Service did not start"
        time.sleep(0.05)
