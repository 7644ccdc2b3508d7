"""`ipreport figures`: the charts of a briefing alone, the same files as a build writes, and only what changed anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import ipreport
from helpers import BRIEFING, HAIXI, METRICS, Copy, copy_of, everything_below
from ipreport.cli import app
from ipreport.figures import Change, Outcome, Reason, Why
from ipreport.problems import Level, ReportError

EDITIONS = ("bilingual", "zh", "en")
FIRST = (Reason(Why.FIRST),)
_SECOND = """      - figure:
          id: fines
          kind: bar
          title: {zh: 罚没款, en: Fines}
          values: [penalty_amount]
"""


@pytest.fixture
def two(small: Copy) -> Copy:
    """A briefing of two charts: `share` of patents and `fines`."""
    small.change(BRIEFING, "      - table:\n", f"{_SECOND}      - table:\n")
    return small


def draw(briefing: Copy, *ids: str, **options: Any) -> ipreport.DrawnFigures:
    """Draw charts into `figures/` beside `report/`."""
    return ipreport.draw_figures(briefing.folder, ids, figures=briefing.root / "figures", **options)


def fates(outcomes: tuple[Outcome, ...]) -> dict[str, tuple[Reason, ...]]:
    """The reasons for each chart of each edition, none for those that were reused."""
    return {f"{outcome.figure}.{outcome.edition}": outcome.reasons for outcome in outcomes}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["figures", *arguments], catch_exceptions=False, env={"NO_COLOR": "1"})


# --- which files ------------------------------------------------------------------------


@pytest.mark.usefixtures("plain_only")
def test_the_files_are_those_of_a_build_byte_for_byte(two: Copy, tmp_path: Path) -> None:
    drawn = draw(two, cache=tmp_path / "one")
    files = everything_below(two.root / "figures")
    assert sorted(files) == sorted(
        f"small/2025Q3/{name}.{edition}.{ending}"
        for name in ("share", "fines")
        for edition in EDITIONS
        for ending in ("svg", "png")
    )
    assert sorted(drawn.files) == sorted(two.root / "figures" / name for name in files)
    assert not (two.root / "output").exists()

    two.build(cache=tmp_path / "two")

    assert everything_below(two.root / "figures") == files


def test_only_what_is_asked_for_is_drawn(two: Copy) -> None:
    drawn = draw(two, "fines", "fines", editions=["zh", "en"])

    assert [path.name for path in drawn.files] == ["fines.zh.svg", "fines.zh.png", "fines.en.svg", "fines.en.png"]
    assert [(outcome.figure, outcome.edition) for outcome in drawn.outcomes] == [("fines", "zh"), ("fines", "en")]
    assert len(everything_below(two.root / "figures")) == 4


def test_charts_stand_beside_report_unless_a_folder_is_given(two: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(two.root)

    drawn = ipreport.draw_figures("small", ["share"], editions=["zh"])

    assert drawn.files[0] == Path("figures/small/2025Q3/share.zh.svg")
    assert drawn.warnings == ()


def test_a_briefing_without_charts_draws_none(two: Copy) -> None:
    text = (two.folder / BRIEFING).read_text(encoding="utf-8")
    start, end = text.index("      - figure:"), text.index("      - table:")
    (two.folder / BRIEFING).write_text(text[:start] + text[end:], encoding="utf-8")

    result = run(str(two.folder))

    assert (result.exit_code, result.stdout) == (0, "the briefing has no charts\n")
    assert not (two.root / "figures").exists()


# --- what stops it -----------------------------------------------------------------------


def test_unknown_charts_and_editions_are_told_together_with_what_is_near(two: Copy) -> None:
    with pytest.raises(ReportError) as refused:
        draw(two, "fine", "share", "x", editions=["zn"])

    assert two.shorten(str(refused.value)) == (
        "briefing.yaml:1:1: block: unknown edition 'zn'\n    hint: known: bilingual, en, zh\n"
        "briefing.yaml:1:1: block: unknown figure 'fine'\n    hint: did you mean 'fines'?\n"
        "briefing.yaml:1:1: block: unknown figure 'x'\n    hint: known: fines, share"
    )
    assert not (two.root / "figures").exists()


def test_values_that_a_build_would_not_print_are_not_drawn_either(two: Copy) -> None:
    two.change(METRICS, 'value: "100"', 'value: "500"')

    with pytest.raises(ReportError) as refused:
        draw(two, "share")

    value, chart = refused.value.problems
    assert (value.rule, value.level) == ("R04", Level.BLOCK)
    assert chart.message.startswith("figure 'share': the part, 'patent_invention_hv' (500), is greater")
    assert {value, chart} <= set(ipreport.check(two.folder))
    assert not (two.root / "figures").exists()


def test_a_blocked_value_is_not_drawn(two: Copy) -> None:
    two.change(METRICS, "    period: 2025Q3\n", "    period: 2025Q3\n    status: blocked\n")

    with pytest.raises(ReportError, match="'penalty_amount' is blocked and nobody has acknowledged it"):
        draw(two)
    assert not (two.root / "figures").exists()


def test_a_refused_chart_stops_itself_and_all_but_not_another_one(two: Copy) -> None:
    two.change(BRIEFING, "          values: [penalty_amount]\n", "          values: [gi_product_converted]\n")

    for asked in (("fines",), ()):
        with pytest.raises(ReportError) as refused:
            draw(two, *asked)
        assert {problem.origin.line for problem in refused.value.problems if problem.origin} == {25}
        assert not (two.root / "figures").exists()
    assert len(draw(two, "share").files) == 6


def test_nothing_is_written_when_one_of_several_charts_cannot_be_drawn(two: Copy) -> None:
    two.change(BRIEFING, "          values: [penalty_amount]\n", (
        "          values: [penalty_amount]\n          labels: {penalty_amount: {zh: 罚没款\U00012000, en: Fines}}\n"
    ))  # fmt: skip

    with pytest.raises(ReportError, match=r"no font has the character .* of this figure"):
        draw(two)
    assert not (two.root / "figures").exists()


def test_texts_are_left_to_check_and_build(two: Copy) -> None:
    two.change(BRIEFING, "有效发明专利{{ patent_invention_in_force }}", "有效发明专利{{ no_such_metric }}")

    assert len(draw(two).files) == 12
    with pytest.raises(ReportError, match="no_such_metric"):
        two.build()


# --- what is drawn anew --------------------------------------------------------------------


@pytest.mark.usefixtures("plain_only")
@pytest.mark.parametrize("command", ["figures", "build"])
def test_a_changed_value_redraws_exactly_the_charts_that_show_it(two: Copy, tmp_path: Path, command: str) -> None:
    def again() -> dict[str, tuple[Reason, ...]]:
        options = {"cache": tmp_path / "own"}
        return fates(draw(two, **options).outcomes if command == "figures" else two.build(**options).outcomes)

    assert again() == {f"{name}.{edition}": FIRST for edition in EDITIONS for name in ("share", "fines")}
    assert set(again().values()) == {()}
    two.change(METRICS, '"369700"', '"372000"')

    outcomes = again()

    words = {"zh": ("36.97万元", "37.2万元"), "en": ("369,700 yuan", "372,000 yuan")}
    words["bilingual"] = (f"{words['zh'][0]} / {words['en'][0]}", f"{words['zh'][1]} / {words['en'][1]}")
    for edition in EDITIONS:
        assert outcomes[f"share.{edition}"] == ()
        change = Change("penalty_amount", *words[edition])
        assert outcomes[f"fines.{edition}"] == (Reason(Why.DATA, (), (change,)),)


@pytest.mark.usefixtures("plain_only")
def test_a_build_with_a_cache_equals_one_without(two: Copy, tmp_path: Path) -> None:
    two.build(cache=tmp_path / "used")
    two.change(METRICS, '"369700"', '"372000"')
    two.change(BRIEFING, "High-value patents", "Patents of high value")
    two.build(cache=tmp_path / "used")
    with_cache = everything_below(two.root / "figures") | everything_below(two.root / "output")

    two.build(cache=tmp_path / "fresh")

    assert everything_below(two.root / "figures") | everything_below(two.root / "output") == with_cache


@pytest.mark.slow
def test_programs_that_share_a_cache_and_a_folder_draw_the_same_at_the_same_time(two: Copy, tmp_path: Path) -> None:
    environment = os.environ | {"IPREPORT_CACHE": str(tmp_path / "shared")}
    program = [sys.executable, "-m", "ipreport", "figures", str(two.folder), "--figures"]
    targets = [tmp_path / "a", tmp_path / "b", tmp_path / "b"]

    running = [subprocess.Popen([*program, str(target)], env=environment, stderr=subprocess.PIPE) for target in targets]
    ended = [(process.communicate()[1], process.returncode) for process in running]

    assert ended == [(b"", 0)] * 3
    alone = draw(two, cache=tmp_path / "own")
    expected = {path.relative_to(two.root / "figures").as_posix(): path.read_bytes() for path in alone.files}
    assert all(everything_below(target) == expected for target in targets)
    outcomes = draw(two, cache=tmp_path / "shared").outcomes
    assert all(outcome.reused for outcome in outcomes)


# --- the command ---------------------------------------------------------------------------


def test_the_command_says_where_the_charts_are_and_explains_on_request(two: Copy) -> None:
    figures = two.root / "figures"
    given = (str(two.folder), "--figures", str(figures), "--edition", "zh")
    where = f"charts as {{}} SVG and PNG files in {figures.as_posix()}/small/2025Q3/\n"

    plain, single = run(*given), run(*given, "fines", "--explain")
    two.change(METRICS, '"369700"', '"372000"')
    two.change(BRIEFING, "en: Fines}", "en: Penalties}")
    explained = run(*given, "--explain")

    assert (plain.exit_code, plain.stdout, plain.stderr) == (0, "2 " + where.format(4), "")
    assert single.stdout == "1 " + where.format(2) + "  fines.zh  reused\n"
    assert explained.stdout == (
        "2 " + where.format(4) + "  share.zh  reused\n"
        "  fines.zh  drawn: data changed (penalty_amount: 36.97万元 → 37.2万元); spec changed (title)\n"
    )


@pytest.mark.usefixtures("plain_only")
def test_a_build_explains_its_charts_as_well(two: Copy, tmp_path: Path) -> None:
    given = ["build", str(two.folder), "--output", str(tmp_path / "o"), "--figures", str(tmp_path / "f")]
    environment = {"IPREPORT_CACHE": str(tmp_path / "own"), "NO_COLOR": "1"}
    lines = CliRunner().invoke(app, [*given, "--edition", "en", "--explain"], env=environment).stdout.splitlines()

    assert lines[-2:] == ["  share.en  drawn: first time", "  fines.en  drawn: first time"]
    record = json.loads(CliRunner().invoke(app, [*given, "--explain", "--json"], env=environment).stdout)
    assert {each["reused"] for each in record["outcomes"] if each["edition"] == "en"} == {True}


def test_many_changed_values_are_counted_rather_than_listed() -> None:
    from ipreport.cli.output import _reason  # noqa: PLC0415 - beside what it is for

    changes = tuple(Change(f"m{n}", str(n) if n else "", str(n + 1)) for n in range(8))

    assert _reason(Reason(Why.DATA, (), changes)) == (
        "data changed (m0: not shown → 1, m1: 1 → 2, m2: 2 → 3, m3: 3 → 4, m4: 4 → 5, m5: 5 → 6, and 2 more)"
    )


def test_the_command_as_json_names_files_and_reasons(two: Copy) -> None:
    figures = two.root / "figures"
    given = (str(two.folder), "fines", "--figures", str(figures), "--edition", "zh", "--json")
    run(*given)
    two.change(METRICS, '"369700"', '"371000"')

    explained, plain = (json.loads(run(*given, *more).stdout) for more in (("--explain",), ()))

    files = [f"{figures.as_posix()}/small/2025Q3/fines.zh.{ending}" for ending in ("svg", "png")]
    assert plain == {"figures": files, "warnings": []}
    values = [{"key": "penalty_amount", "before": "36.97万元", "after": "37.1万元"}]
    assert explained == {
        **plain,
        "outcomes": [
            {
                "figure": "fines",
                "edition": "zh",
                "reused": False,
                "reasons": [{"why": "data changed", "names": [], "values": values}],
            }
        ],
    }


def test_unacknowledged_warnings_stop_it_unless_they_are_accepted(tmp_path: Path) -> None:
    haixi = copy_of(HAIXI, tmp_path)
    haixi.change(METRICS, 'values: {mediation_success_rate: "90.9"}', 'values: {dispute_closed: "24"}')
    given = (str(haixi.folder), "per-10k", "--figures", str(tmp_path / "figures"), "--edition", "zh")

    refused, accepted = run(*given), run(*given, "--accept-warnings")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert ": block [R03]: " in refused.stderr
    assert refused.stderr.endswith("nothing was written\n")
    assert accepted.exit_code == 0
    assert ": warn [R03]: " in accepted.stderr
    assert accepted.stdout.startswith("1 charts as 2 SVG and PNG files in ")


_LOADED = """
import sys
from typer.testing import CliRunner
from ipreport.cli import app
result = CliRunner().invoke(app, sys.argv[1:], catch_exceptions=False)
assert result.exit_code == 0, result.output
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_charts_that_did_not_change_load_nothing_that_draws_and_no_writer(two: Copy, tmp_path: Path) -> None:
    program = [sys.executable, "-c", _LOADED, "figures", str(two.folder), "--figures", str(tmp_path / "figures")]
    environment = os.environ | {"IPREPORT_CACHE": str(tmp_path / "own")}

    def loaded(*ids: str) -> set[str]:
        run = subprocess.run([*program, *ids], env=environment, check=True, capture_output=True, text=True)
        return set(run.stdout.split())

    writers = {"reportlab", "docx", "pikepdf"}
    assert loaded() & {"numpy", "matplotlib", *writers} == {"numpy", "matplotlib"}
    assert loaded("share") & {"numpy", "matplotlib", "PIL", "fontTools", *writers} == set()
