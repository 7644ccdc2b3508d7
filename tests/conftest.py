"""What every test shares: a cache of its own, and no skipping where nothing may be skipped."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from hypothesis import settings

import ipreport
from desk import Desk, another, set_out
from helpers import HAIXI, ISSUES, SMALL, Copy, copy_of, second_issue
from ipreport.cache import Cache
from ipreport.document import Document, Meta
from ipreport.fonts import Faces, find_faces
from ipreport.pipeline.checked import Formats
from ipreport.readers import DELIVERY_FILE, RECIPIENTS_FILE
from ipreport.signatures.filling import filled
from ipreport.writers import plain
from ipreport.writers.docx.package import zipped
from ipreport.writers.pdf.metadata import describe
from ipreport.writers.pdf.saving import saved
from mail_faults import PASSWORD, Faulty
from mail_servers.servers import MailServers, why_not
from mailed import RECIPIENTS, approve, settings_of
from ooxml_lint import lint
from shipped import Shipped, build_shipped

# The same examples on every run and no deadlines: a busy machine is no fault of the program.
# HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def warm_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache folder for the whole run, so that glyphs and charts are made once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _own_cache(warm_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPREPORT_CACHE", str(warm_cache))


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test looks into the keyring of who runs it."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture(autouse=True)
def _linted(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Every Word file that a test makes is sound, but for tests that say why theirs is not."""
    if request.node.get_closest_marker("unsound") is not None:
        return

    def checked(files: Mapping[str, bytes]) -> bytes:
        package = zipped(files)
        assert lint(package) == []
        return package

    monkeypatch.setattr("ipreport.writers.docx.writer.zipped", checked)


@pytest.fixture(autouse=True)
def _validated(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Every PDF that a test makes keeps to what it claims, but for tests that say why theirs does not."""
    if request.node.get_closest_marker("unsound") is not None:
        return
    claims = [page.ValidationProfile.PDF_UA_1]

    def described(pdf: pikepdf.Pdf, meta: Meta, *, archive: bool) -> None:
        claims[1:] = [page.ValidationProfile.PDF_A_3A] if archive else []
        describe(pdf, meta, archive=archive)

    def validated(data: bytes) -> bytes:
        for profile in claims:
            report = page.validate_pdf_bytes(data, profile=profile)
            assert [failure.message for failure in report.failures] == []
        return data

    def checked(pdf: pikepdf.Pdf) -> bytes:
        return validated(saved(pdf))

    def signed(data: bytes, *how: Any) -> bytes:
        return filled(data, *how) if b"/Encrypt " in data else validated(filled(data, *how))

    monkeypatch.setattr("ipreport.writers.pdf.writer.describe", described)
    monkeypatch.setattr("ipreport.writers.pdf.writer.saved", checked)
    monkeypatch.setattr("ipreport.signatures.signer.filled", signed)


@pytest.fixture(scope="session")
def faces(warm_cache: Path) -> Faces:
    """The faces that come with the installation."""
    return find_faces(None, Cache(warm_cache))


@pytest.fixture(scope="session")
def haixi(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> dict[str, Path]:
    """The files of the shipped briefing, by edition and ending: `zh.pdf`."""
    folder = tmp_path_factory.mktemp("haixi")
    built = ipreport.build(HAIXI, output=folder / "output", figures=folder / "figures", cache=warm_cache)
    return {path.name.partition(".")[2]: path for path in built.documents}


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> dict[str, Shipped]:
    """Both shipped briefings as documents and files, by briefing, edition and theme: `haixi.zh.modern`."""
    return build_shipped(tmp_path_factory.mktemp("shipped"), warm_cache)


@pytest.fixture
def small(tmp_path: Path) -> Copy:
    """A copy of a briefing without a problem, to spoil."""
    return copy_of(SMALL, tmp_path)


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[Faulty]:
    """A mail server that fails when a test asks for it."""
    with Faulty(tmp_path) as server:
        yield server


@pytest.fixture
def approved(small: Copy, faulty: Faulty, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """A briefing that is built and approved, whose mails go to the server `faulty`."""
    small.overwrite(RECIPIENTS_FILE, RECIPIENTS.encode())
    small.overwrite(DELIVERY_FILE, settings_of(faulty).encode())
    monkeypatch.setenv("IPREPORT_SMTP_PASSWORD", PASSWORD)
    small.build()
    approve(small)
    return small


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> Path:
    """The manifest of the first of two issues."""
    root = tmp_path_factory.mktemp("first")
    shutil.copytree(ISSUES / "first", root / "report" / "sample")
    return ipreport.build(root / "report" / "sample", cache=warm_cache, output=root / "output").manifest


@pytest.fixture
def second(tmp_path: Path, published: Path) -> Copy:
    """A copy of the second issue, to spoil."""
    return second_issue(tmp_path, published)


@pytest.fixture(scope="session")
def mail_servers() -> Iterator[MailServers]:
    """Postfix and Dovecot, where they are."""
    reason = why_not()
    if reason is not None:  # they start as root only, on Linux; the gate installs them
        pytest.skip(reason)
    with MailServers() as servers:
        yield servers


@pytest.fixture(scope="session")
def approved_issue(tmp_path_factory: pytest.TempPathFactory, warm_cache: Path) -> Path:
    """The root of a briefing that was built and approved by commands, to copy."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPREPORT_CACHE", str(warm_cache))
        desk = set_out(tmp_path_factory.mktemp("approved"), "nobody")
        for command in (("build",), ("approve", "--by", "director/Zhang San")):
            ran = desk.run(*command)
            assert ran.code == 0, ran.err
    return desk.copy.root


@pytest.fixture
def desk(approved_issue: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A briefing that is built and approved, with addresses of this test alone; passwords are in the environment."""
    for variable in ("IPREPORT_SMTP_PASSWORD", "IPREPORT_IMAP_PASSWORD"):
        monkeypatch.setenv(variable, PASSWORD)
    tag = hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:12]
    return another(approved_issue, tmp_path / "desk", tag)


@pytest.fixture
def mail_desk(desk: Desk, faulty: Faulty) -> Desk:
    """The same, whose mails go to the server `faulty`."""
    desk.through(faulty)
    return desk


@pytest.fixture
def plain_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two formats that cost nothing, for tests of what happens around the writers."""

    def write(document: Document, formats: Formats) -> bytes:
        formats.faces.save(formats.cache)  # as the PDF writer does, for the next test
        return plain.write(document)

    monkeypatch.setattr("ipreport.pipeline.story.WRITERS", {"txt": write, "md": lambda *_: b"text"})


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """With IPREPORT_NO_SKIPS=1 a skipped test fails the run: its tool should have been there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("IPREPORT_NO_SKIPS") == "1" and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
