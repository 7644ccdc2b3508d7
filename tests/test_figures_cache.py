"""Charts are drawn the same every time, and kept by all that decides what they look like."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from figure_samples import FIGURES, MARKS, drawn, metric_set
from ipreport.cache import Cache
from ipreport.figures import FORMAT, draw, store
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import MetricSet
from ipreport.style import MODERN, FigureWidth, FontRole
from ipreport.wording import Rounding

BOTH = (ZH, EN)


_PROGRAM = """
import hashlib, json, sys
from pathlib import Path
sys.path[:0] = {paths!r}
from charts_all import SAMPLES
from figure_samples import FIGURES, MARKS, metric_set
from ipreport.cache import Cache
from ipreport.figures import draw
from ipreport.fonts import find_faces
from ipreport.language import EN, ZH
from ipreport.style import MODERN
light = [name for name in ("matplotlib", "numpy", "PIL") if name in sys.modules]
cache = Cache(Path({folder!r}))
faces = find_faces(None, cache)
digest = hashlib.sha256()
for spec in FIGURES.values():
    rendered = draw(spec, metric_set(), (ZH, EN), MODERN, faces, cache, MARKS)
    digest.update(repr(rendered).encode("utf-8"))
faces.save(cache)
heavy = [name for name in ("matplotlib", "numpy", "PIL", "fontTools") if name in sys.modules]
print(json.dumps([digest.hexdigest(), light, heavy]))
"""


def _run(folder: Path, seed: str) -> tuple[str, list[str], list[str]]:
    tests = Path(__file__).parent
    program = _PROGRAM.format(paths=[str(tests), str(tests.parent / "src")], folder=str(folder))
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env=environment, encoding="utf-8"
    )
    digest, light, heavy = json.loads(done.stdout)
    return digest, light, heavy


def test_other_processes_draw_the_same_and_a_warm_cache_needs_no_matplotlib(tmp_path: Path) -> None:
    first, light, heavy = _run(tmp_path / "one", "1")
    assert light == []
    assert heavy[:3] == ["matplotlib", "numpy", "PIL"]
    assert _run(tmp_path / "two", "2") == (first, light, heavy)
    assert _run(tmp_path / "one", "3") == (first, [], [])


def test_a_damaged_cache_entry_is_drawn_anew(faces: Faces, tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    fresh = drawn(FIGURES["bar"], faces, cache=cache)
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    whole = entry.read_bytes()
    for damaged in (b"", whole[:-1], whole[:40] + b"?" + whole[41:]):
        entry.write_bytes(damaged)
        assert drawn(FIGURES["bar"], faces, cache=cache) == fresh
    assert entry.read_bytes() == whole


class _Foreign(Cache):
    """A cache whose every entry is something else."""

    def __init__(self, payload: bytes) -> None:
        super().__init__(None)
        self.payload = payload

    def get(self, key: str) -> bytes | None:
        return self.payload if key else None


@pytest.mark.parametrize(
    "payload", [b"", b"null\n", b"{}\n", b'{"items": [{}]}\n', b"[1]", b"\xff\xfe", b'{"items": 3}\n']
)
def test_an_entry_that_is_no_picture_is_drawn_anew(faces: Faces, payload: bytes) -> None:
    assert store.unpack(payload) is None
    assert drawn(FIGURES["bar"], faces, cache=_Foreign(payload)) == drawn(FIGURES["bar"], faces)


def test_pictures_survive_the_cache(faces: Faces) -> None:
    for spec in FIGURES.values():
        picture = drawn(spec, faces).picture
        assert store.unpack(store.pack(picture)) == picture


class _Noting(Cache):
    """A cache that remembers its keys."""

    def __init__(self) -> None:
        super().__init__(None)
        self.keys: list[str] = []

    def get(self, key: str) -> bytes | None:
        self.keys.append(key)
        return None


def _heavier(faces: Faces) -> Faces:
    """Faces whose plain letters are bold."""
    return replace(faces, roles={**faces.roles, FontRole.SANS: faces.face(FontRole.SANS_BOLD)})


def test_all_that_decides_the_picture_is_in_the_key(faces: Faces, monkeypatch: pytest.MonkeyPatch) -> None:
    spec, metrics, noting = FIGURES["slope"], metric_set(), _Noting()
    other_value = MetricSet(
        tuple(replace(m, value=Decimal(22)) if m.key == "users" else m for m in metrics), (), (), metrics.region
    )
    red = replace(MODERN, colours=replace(MODERN.colours, accent="#b5121b"))
    named = replace(spec, labels={"users": Localized("今", "now")})
    draw(spec, metrics, BOTH, MODERN, faces, noting, MARKS)
    draw(spec, metrics, (ZH,), MODERN, faces, noting, MARKS)
    draw(spec, metrics, BOTH, red, faces, noting, MARKS)
    draw(spec, metrics, BOTH, MODERN, faces, noting, {})
    draw(replace(spec, width=FigureWidth.HALF), metrics, BOTH, MODERN, faces, noting, MARKS)
    draw(spec, other_value, BOTH, MODERN, faces, noting, MARKS)
    draw(named, metrics, BOTH, MODERN, faces, noting, MARKS)
    draw(replace(spec, title=Localized("别", "Other")), metrics, BOTH, MODERN, faces, noting, MARKS)
    draw(spec, metrics, BOTH, MODERN, faces, noting, MARKS, Rounding.HALF_UP)
    draw(spec, metrics, BOTH, MODERN, _heavier(faces), noting, MARKS)
    with monkeypatch.context() as patch:
        patch.setattr("ipreport.figures.FORMAT", FORMAT + 1)
        draw(spec, metrics, BOTH, MODERN, faces, noting, MARKS)
    with monkeypatch.context() as patch:
        patch.setattr("ipreport.figures.reuse.__version__", "0.0.1")
        draw(spec, metrics, BOTH, MODERN, faces, noting, MARKS)
    with monkeypatch.context() as patch:
        patch.setattr("ipreport.figures.reuse._libraries", lambda: {"matplotlib": "3.9"})
        draw(spec, metrics, BOTH, MODERN, faces, noting, MARKS)
    assert len(set(noting.keys)) == len(noting.keys) == 13


def test_charts_drawn_otherwise_have_another_format(faces: Faces) -> None:
    digest = hashlib.sha256()
    for spec in FIGURES.values():
        for languages in ((ZH,), (EN,), BOTH):
            digest.update(drawn(spec, faces, languages).picture.svg)
    # Pictures of earlier versions stay in people's caches: when this digest changes, raise FORMAT with it.
    assert (FORMAT, digest.hexdigest()[:16]) == (9, "0fa1812d4f11503a")
