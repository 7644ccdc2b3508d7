"""What every test shares: a cache of its own, and no skipping where nothing may be skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache folder for the whole run, so that glyphs and charts are made once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _own_cache(warm_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPREPORT_CACHE", str(warm_cache))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With IPREPORT_NO_SKIPS=1 a skipped test fails the run: its tool should have been there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("IPREPORT_NO_SKIPS") == "1" and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
