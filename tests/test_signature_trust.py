"""Whether a signer is trusted: by whom, at which moment, and without asking anybody."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import ipreport
from certificates import Held, authority, named, office, other_authority
from signing import kept, signed_by, signed_showcase


def checked(data: bytes, folder: Path, *trusted: Held) -> ipreport.Verified:
    roots = [kept(held.pem, folder, f"{number}.pem") for number, held in enumerate(trusted)]
    return ipreport.verify(kept(data, folder), trust=roots)


def test_an_authority_of_the_same_name_vouches_for_nobody(tmp_path: Path) -> None:
    result = checked(signed_showcase(), tmp_path, other_authority())
    (found,) = result.signatures
    assert (found.intact, found.trusted, result.sound) == (True, False, False)
    assert found.problem.startswith("the certificate does not lead to an authority that was named")
    assert checked(signed_showcase(), tmp_path, other_authority(), authority()).sound


def test_without_authorities_trust_is_not_told(tmp_path: Path) -> None:
    result = checked(signed_showcase(), tmp_path)
    assert (result.signatures[0].trusted, result.checked_against, result.sound) == (None, 0, True)


def test_several_certificates_may_stand_in_one_file(tmp_path: Path) -> None:
    bundle = kept(other_authority().pem + authority().pem, tmp_path, "bundle.pem")
    result = ipreport.verify(kept(signed_showcase(), tmp_path), trust=[bundle])
    assert (result.checked_against, result.sound) == (2, True)


def test_a_certificate_is_judged_as_of_the_moment_of_signing(tmp_path: Path) -> None:
    held = office(name=named("到期"), last=datetime(2026, 11, 23, tzinfo=UTC))
    (found,) = checked(signed_by(held), tmp_path, authority()).signatures
    assert (found.signer, found.trusted) == ("到期", True)
    assert found.valid_until == datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A place in the network, and what it was asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Tell nobody."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/list", paths
    server.shutdown()
    thread.join()
    server.server_close()


def test_nothing_is_fetched(asked: tuple[str, list[str]], tmp_path: Path) -> None:
    place, paths = asked
    held = office("ec-256", name=named("联网"), online=place)
    assert checked(signed_by(held), tmp_path, authority()).sound
    assert paths == []
