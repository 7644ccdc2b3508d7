"""When a picture is taken from the cache, when it is drawn, and what is said about it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from figure_samples import FIGURES, MARKS, day, metric_set
from ipreport.cache import Cache
from ipreport.document import Drawing, DrawnPath
from ipreport.figures import Change, Journal, Reason, Why, draw
from ipreport.figures.png import png
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Language, Localized
from ipreport.metrics import Metric, MetricSet
from ipreport.outline import FigureSpec
from ipreport.style import MODERN, FigureWidth, FontRole, Style

SPEC = FIGURES["share"]


class Drawer:
    """Draws one figure again and again with one cache."""

    def __init__(self, folder: Path, faces: Faces) -> None:
        self.folder, self.faces = folder, faces
        self.style: Style = MODERN
        self.languages: tuple[Language, ...] = (ZH, EN)

    def __call__(
        self, spec: FigureSpec = SPEC, metrics: MetricSet | None = None, *, briefing: str = "report/haixi"
    ) -> tuple[Reason, ...]:
        journal = Journal(Cache(self.folder), briefing, "bilingual")
        draw(
            spec, metrics or metric_set(), self.languages, self.style, self.faces, Cache(self.folder), MARKS,
            journal=journal,
        )  # fmt: skip
        (outcome,) = journal.outcomes
        assert (outcome.figure, outcome.edition) == (spec.id, "bilingual")
        assert outcome.reused == (not outcome.reasons)
        return outcome.reasons


@pytest.fixture
def drawer(tmp_path: Path, faces: Faces) -> Drawer:
    return Drawer(tmp_path, faces)


def changed(key: str, change: Callable[[Metric], Metric]) -> MetricSet:
    """The record with one observation changed."""
    metrics = metric_set()
    return replace(metrics, observations=tuple(change(m) if m.key == key else m for m in metrics))


def picture_in(folder: Path) -> Path:
    """The only file of a cache that holds a picture."""
    (found,) = [path for path in folder.rglob("*") if path.is_file() and b"<svg" in path.read_bytes()]
    return found


# --- why a picture was drawn ------------------------------------------------------------


def test_a_picture_is_drawn_the_first_time_and_reused_from_then_on(drawer: Drawer) -> None:
    assert [drawer(), drawer(), drawer()] == [(Reason(Why.FIRST),), (), ()]


def test_a_changed_value_is_told_with_its_words_before_and_after(drawer: Drawer) -> None:
    drawer()

    reasons = drawer(metrics=changed("hv", lambda m: replace(m, value=Decimal(105))))

    change = Change("hv", "101件② / 101 patents②", "105件② / 105 patents②")
    assert reasons == (Reason(Why.DATA, (), (change,)),)


def test_a_value_that_reads_as_before_is_told_by_its_number_or_its_time(drawer: Drawer) -> None:
    spec = FIGURES["money"]
    drawer(spec)
    finer = drawer(spec, changed("goji", lambda m: replace(m, value=Decimal(19_600_400_000))))
    drawer(spec)
    later = drawer(spec, changed("loan", lambda m: replace(m, period=day(2025, 9, 30))))

    assert finer == (Reason(Why.DATA, (), (Change("goji", "19600000000", "19600400000"),)),)
    dated = Change("loan", "来源未注明日期 / date not stated", "2025年9月底 / end of September 2025")
    assert later == (Reason(Why.DATA, (), (dated,)),)


def test_values_that_come_and_go_are_told(drawer: Drawer) -> None:
    drawer(replace(FIGURES["bar"], roles={"values": ("disputes",)}))

    (data, names) = drawer(replace(FIGURES["bar"], roles={"values": ("penalties",)}))

    assert data == Reason(
        Why.DATA,
        (),
        (Change("disputes", "24件 / 24 cases", ""), Change("penalties", "", "17件⑤⑥⑦ / 17 cases⑤⑥⑦")),
    )
    assert names == Reason(Why.NAMES, ("disputes", "penalties"))


def test_what_the_author_states_otherwise_is_named(drawer: Drawer) -> None:
    drawer()
    narrow = drawer(replace(SPEC, width=FigureWidth.HALF))
    drawer()
    titled = drawer(replace(SPEC, title=Localized("别的图", "Another"), width=FigureWidth.HALF))
    drawer()
    labelled = drawer(replace(SPEC, labels={"hv": Localized("高价值", "High-value")}))

    assert narrow == (Reason(Why.SPEC, ("width",)),)
    assert titled == (Reason(Why.SPEC, ("title", "width")),)
    assert labelled == (Reason(Why.NAMES, ("hv",)),)


def test_another_look_and_other_faces_are_told(drawer: Drawer) -> None:
    drawer()
    drawer.style = replace(MODERN, colours=replace(MODERN.colours, accent="#b5121b"))
    red = drawer()
    bold = drawer.faces.face(FontRole.SANS_BOLD)
    drawer.faces = replace(drawer.faces, roles={**drawer.faces.roles, FontRole.SANS: bold}, symbols=None)
    heavy = drawer()

    assert red == (Reason(Why.THEME),)
    assert heavy == (Reason(Why.FACES, ("sans", "symbols")),)


def test_another_version_of_the_program_or_of_what_writes_the_png_is_told(
    drawer: Drawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer()
    monkeypatch.setattr("ipreport.figures.FORMAT", 10_000)
    ours = drawer()
    monkeypatch.setattr("ipreport.figures.reuse._libraries", lambda: {"matplotlib": "9.0", "pillow": "9.0"})
    theirs = drawer()

    assert ours == (Reason(Why.PROGRAM, ("ipreport",)),)
    assert theirs == (Reason(Why.PROGRAM, ("matplotlib", "pillow")),)


def test_a_description_is_a_reason_only_where_nothing_else_is(drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> None:
    from ipreport.figures import CHARTS  # noqa: PLC0415 - beside what it is for

    drawer()
    chart = CHARTS["part-of-whole"]
    monkeypatch.setitem(CHARTS, "part-of-whole", replace(chart, tell=lambda *_: ()))

    assert drawer() == (Reason(Why.TELLING),)


def test_several_reasons_come_together(drawer: Drawer) -> None:
    drawer()

    reasons = drawer(replace(SPEC, title=Localized("新", "New")), changed("hv", lambda m: replace(m, value=Decimal(9))))

    assert [reason.why for reason in reasons] == [Why.DATA, Why.SPEC]


def test_a_value_that_comes_back_finds_its_picture_again(drawer: Drawer) -> None:
    drawer()
    drawer(metrics=changed("hv", lambda m: replace(m, value=Decimal(105))))

    assert drawer() == ()


def test_a_picture_that_is_gone_from_the_cache_is_said_to_be_gone(drawer: Drawer, tmp_path: Path) -> None:
    drawer()
    picture_in(tmp_path).unlink()

    assert drawer() == (Reason(Why.LOST),)


def test_briefings_that_share_a_cache_are_told_apart(drawer: Drawer) -> None:
    drawer()
    other = changed("hv", lambda m: replace(m, value=Decimal(105)))

    assert drawer(metrics=other, briefing="elsewhere/haixi") == (Reason(Why.FIRST),)
    assert drawer() == drawer(metrics=other, briefing="elsewhere/haixi") == ()


_DAMAGED = (
    b"", b"null", b"[]", b"{}", b"\xff", b'{"parts": {}, "values": 3}', b'{"parts": {}, "values": {"hv": 1}}',
    b'{"parts": {"data changed": 1}, "values": {}}',
)  # fmt: skip


@pytest.mark.parametrize("damaged", _DAMAGED)
def test_a_damaged_note_of_the_last_time_reads_as_the_first_time(drawer: Drawer, damaged: bytes) -> None:
    drawer()
    cache = Cache(drawer.folder)
    cache.put(f"figure last seen report/haixi bilingual {SPEC.id}", damaged)

    assert drawer(replace(SPEC, width=FigureWidth.HALF)) == (Reason(Why.FIRST),)
    assert drawer(replace(SPEC, width=FigureWidth.HALF)) == ()


def test_a_note_of_another_shape_is_compared_as_far_as_it_goes(drawer: Drawer) -> None:
    drawer()
    note = json.dumps({"parts": {}, "values": {}}).encode()
    Cache(drawer.folder).put(f"figure last seen report/haixi bilingual {SPEC.id}", note)

    reasons = drawer(replace(SPEC, width=FigureWidth.HALF))

    assert {reason.why for reason in reasons} == {
        Why.DATA, Why.NAMES, Why.SPEC, Why.THEME, Why.FACES, Why.PROGRAM,
    }  # fmt: skip


# --- the cache among several programs -----------------------------------------------------


def test_an_entry_that_another_program_holds_open_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path)
    cache.put("key", b"as it was")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file because it is being used by another process")

    with monkeypatch.context() as patch:
        # What Windows does when a file is replaced that a reader has open.
        patch.setattr(Path, "replace", refuse)
        cache.put("key", b"newer")
        cache.put("other", b"new")

    assert cache.get("key") == b"as it was"
    assert cache.get("other") is None
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_an_entry_that_may_not_be_read_at_the_moment_is_a_miss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    cache.put("key", b"there")

    def refuse(_: object) -> bytes:
        raise PermissionError(13, "The process cannot access the file because it is being used by another process")

    monkeypatch.setattr(Path, "read_bytes", refuse)

    assert cache.get("key") is None


# --- the picture itself ------------------------------------------------------------------

_PROGRAM = """
import sys
sys.path[:0] = sys.argv[1:]
import matplotlib
before = dict(dict.items(matplotlib.rcParams))  # looking a setting up may load pyplot
from figure_samples import FIGURES, MARKS, metric_set
from ipreport.cache import Cache
from ipreport.figures import draw
from ipreport.fonts import find_faces
from ipreport.language import EN, ZH
from ipreport.style import MODERN
faces = find_faces()
for spec in FIGURES.values():
    assert draw(spec, metric_set(), (ZH, EN), MODERN, faces, Cache(None), MARKS).picture.png
assert dict(dict.items(matplotlib.rcParams)) == before
print(*sorted(name for name in sys.modules if name.startswith("matplotlib.")))
"""


def test_drawing_changes_no_setting_of_matplotlib_and_loads_none_of_its_interfaces() -> None:
    tests = Path(__file__).parent
    program = [sys.executable, "-c", _PROGRAM, str(tests), str(tests.parent / "src")]
    loaded = subprocess.run(program, check=True, capture_output=True, text=True).stdout.split()

    assert "matplotlib.backends._backend_agg" in loaded
    heavy = {f"matplotlib.{name}" for name in ("pyplot", "figure", "axes", "text", "font_manager", "backend_bases")}
    assert heavy & set(loaded) == set()


def _square(colour: str, corner: float, side: float) -> DrawnPath:
    ends = (corner, corner), (corner + side, corner), (corner + side, corner + side), (corner, corner + side)
    return DrawnPath((*(("L" if n else "M", x, y) for n, (x, y) in enumerate(ends)), ("Z",)), colour)


def test_a_picture_of_more_shades_than_a_palette_holds_keeps_small_marks_in_their_colour(faces: Faces) -> None:
    shades = [f"#{red:02x}{green:02x}80" for red in range(0, 256, 12) for green in range(0, 256, 12)]
    squares = [_square(shade, 3.0 * (n % 22), 2.0) for n, shade in enumerate(shades)]
    tiny = _square("#d87a25", 90.0, 0.7)
    image = Image.open(io.BytesIO(png(Drawing((*squares, tiny)), (100.0, 100.0), faces))).convert("RGB")

    assert (0xD8, 0x7A, 0x25) in {colour for _, colour in image.getcolors(1 << 24)}
    assert len(image.getcolors(1 << 24)) <= 256


def test_shades_around_letters_stay_within_what_the_eye_tells_apart(
    faces: Faces, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ipreport.figures import png as module  # noqa: PLC0415 - beside what it is for

    painted: list[np.ndarray[tuple[int, ...], np.dtype[np.uint8]]] = []
    encode = module._encode
    monkeypatch.setattr(module, "_encode", lambda rgba, own: (painted.append(rgba.copy()), encode(rgba, own))[1])
    rendered = draw(FIGURES["money"], metric_set(), (ZH, EN), MODERN, faces, Cache(None), MARKS)

    written = np.asarray(Image.open(io.BytesIO(rendered.picture.png)).convert("RGB")).astype(int)
    assert np.abs(written - painted[0][:, :, :3]).max() <= 8


def test_lines_are_painted_as_broad_and_broken_as_they_are_drawn(faces: Faces) -> None:
    line = DrawnPath((("M", 10.0, 36.0), ("L", 82.0, 36.0)), None, "#1f4e79", 3.6, (7.2, 7.2))
    picture = np.asarray(Image.open(io.BytesIO(png(Drawing((line,)), (92.0, 72.0), faces))).convert("L"))

    across = (picture[picture.shape[0] // 2] < 128).sum()
    down = (picture[:, round(11 * 220 / 72)] < 128).sum()
    assert across == pytest.approx(36 * 220 / 72, abs=6)
    assert down == pytest.approx(3.6 * 220 / 72, abs=1)
