"""A figure of briefing.yaml: its parts, its options, and what is refused with place and hint."""

from __future__ import annotations

from decimal import Decimal

import pytest

from helpers import Copy
from ipreport.language import EN
from ipreport.outline import CHART_KINDS, Against, By, Every, FigureSpec, Option, WordForm
from ipreport.readers import briefing_folder, read
from ipreport.style import FigureWidth

BRIEFING = "briefing.yaml"
FIGURE = """          kind: part-of-whole
          title: {zh: 高价值发明专利, en: High-value patents}
          whole: patent_invention_in_force
          part: patent_invention_hv
"""


def written(small: Copy, lines: str) -> str:
    """Put another figure in the place of the briefing's; `lines` follow its title."""
    kind, _, rest = lines.partition("\n")
    head = f"          kind: {kind}\n          title: {{zh: 专利, en: Patents}}\n"
    body = "".join(f"          {line}\n" for line in rest.splitlines())
    return small.change(BRIEFING, FIGURE, head + body)


def figure_of(small: Copy) -> FigureSpec:
    return read(briefing_folder(small.folder)).outline.figures()[0]


def test_every_option_reaches_the_figure(small: Copy) -> None:
    written(
        small,
        "small-multiples\nseries: [patent_invention_in_force]\nlast: 6\nevery: year\nby: region\nhighlight: west\n"
        "width: two-thirds\nwith-table: true\naxis_from: '-2.50'\n"
        "alt: {zh: 专利数量的变化。, en: How patents changed.}",
    )
    spec = figure_of(small)

    assert (spec.last, spec.every, spec.by, spec.highlight) == (6, Every.YEAR, By.REGION, "west")
    assert (spec.width, spec.with_table, spec.axis_from) == (FigureWidth.TWO_THIRDS, True, Decimal("-2.50"))
    assert spec.alt is not None
    assert spec.alt.text.en == "How patents changed."
    assert spec.alt.origin(EN).pointer.endswith("figure.alt.en")


def test_a_comparison_and_a_form_for_word_reach_the_figure(small: Copy) -> None:
    written(
        small,
        "grouped-column\nvalues: [patent_invention_in_force, patent_invention_hv]\nagainst: year_end\nword: native",
    )
    spec = figure_of(small)

    assert (spec.against, spec.word) == (Against.YEAR_END, WordForm.NATIVE)


def test_editions_with_charts_to_edit_are_named_for_the_whole_briefing(small: Copy) -> None:
    small.change(BRIEFING, "period: 2025Q3\n", "period: 2025Q3\neditable: [zh]\n")

    assert [edition.value for edition in read(briefing_folder(small.folder)).outline.editable] == ["zh"]


@pytest.mark.parametrize(
    ("lines", "message", "hint"),
    [
        (
            "bar\nvalues: [patent_invention_in_force]\nlast: 4",
            "a chart of kind 'bar' takes no 'last' (sections[0].blocks[1].figure.last)",
            (
                "these do: column, grouped-column, stacked-column, percent-stacked-column, combination, line, area, "
                "waterfall, small-multiples"
            ),
        ),
        (
            "donut\nwhole: patent_invention_in_force\nparts: [patent_invention_hv]\nword: native",
            "Word cannot draw a chart of kind 'donut' itself (sections[0].blocks[1].figure.word)",
            (
                "use 'word: picture', or one of column, grouped-column, stacked-column, percent-stacked-column, "
                "combination, line, part-of-whole"
            ),
        ),
        (
            "slope\npoints: [patent_invention_in_force, patent_invention_hv]\nvalues: [penalty_amount]",
            "a slope chart has no 'values' (sections[0].blocks[1].figure.values)",
            "it takes: points or values",
        ),
        (
            "stacked-column\nseries: [patent_invention_in_force]",
            "a stacked-column chart takes 2 to 5 metric(s) as 'series', found 1 (sections[0].blocks[1].figure.series)",
            "",
        ),
        (
            "waterfall\nstart: patent_invention_in_force\nincreases: [patent_invention_hv]",
            "a waterfall chart takes 1 metric(s) as 'end', found 0 (sections[0].blocks[1].figure)",
            "",
        ),
        (
            "line\nseries: [patent_invention_in_force]\nlast: 1",
            "expected a number of at least 2, found '1' (sections[0].blocks[1].figure.last)",
            "",
        ),
        (
            "line\nseries: [patent_invention_in_force]\nevery: month",
            "expected 'quarter' or 'year', found 'month' (sections[0].blocks[1].figure.every)",
            "",
        ),
        (
            "ranking\nvalues: [patent_invention_in_forse]",
            "unknown metric 'patent_invention_in_forse' (sections[0].blocks[1].figure.values)",
            "did you mean 'patent_invention_in_force' or 'patent_invention_hv'?",
        ),
    ],
)
def test_what_a_kind_cannot_show_is_refused(small: Copy, lines: str, message: str, hint: str) -> None:
    written(small, lines)
    found = small.check()

    wanted = f": block: {message}" + (f"\n    hint: {hint}" if hint else "")
    assert [problem for problem in found if problem.endswith(wanted)], found


def test_every_kind_has_parts_and_only_known_options() -> None:
    for name, kind in CHART_KINDS.items():
        assert kind.forms, name
        assert all(role.least <= role.most for role in kind.roles), name
        assert kind.options <= frozenset(Option), name
        assert not (kind.over_time and kind.by_region), name


def test_a_key_that_may_be_written_in_two_ways_is_named_as_it_is_documented(small: Copy) -> None:
    small.change(BRIEFING, FIGURE, f"{FIGURE}          withtable: true\n")
    small.change(BRIEFING, "number: 1\n", "number: 1\nembed-fonts: subset\nembed_fonts: full\n")

    figure, fonts = sorted(small.check(), key=lambda problem: "embed" in problem)
    assert "unknown key 'withtable'" in figure
    assert figure.endswith("hint: did you mean 'with-table'?")
    assert fonts.startswith("briefing.yaml:8:1: block: the key 'embed-fonts' stands twice")
    assert fonts.endswith("hint: it may be written embed_fonts or embed-fonts; keep one of them")
