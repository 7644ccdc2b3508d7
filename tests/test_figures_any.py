"""Whatever an author writes, a chart is refused with a reason or laid out soundly."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figure_samples import MARKS, ORIGIN
from ipreport.cache import Cache
from ipreport.figures import check, draw
from ipreport.figures.lettering import Lettering
from ipreport.fonts import Faces
from ipreport.language import EN, ZH, Localized
from ipreport.metrics import MetricSet
from ipreport.outline import CHART_KINDS, Against, By, Every, FigureSpec, Option
from ipreport.pipeline.checked import checked_data
from ipreport.style import MODERN, FigureWidth
from layouts import assert_sound

REPORT = Path(__file__).parent.parent / "report"
OPTIONS: dict[Option, st.SearchStrategy[dict[str, Any]]] = {
    Option.LAST: st.sampled_from([{}, *({"last": count} for count in (2, 3, 8, 20))]),
    Option.EVERY: st.sampled_from([{}, {}, *({"every": step} for step in Every)]),
    Option.BY: st.sampled_from([{}, {}, {"by": By.REGION}]),
    Option.AGAINST: st.sampled_from([{}, *({"against": basis} for basis in Against)]),
    Option.CASES: st.sampled_from([{}, {"cases": True}]),
    Option.RANK: st.sampled_from([{}, {}, {"rank": True}]),
    Option.REMAINDER: st.sampled_from([{}, {"remainder": Localized("其他", "Other")}]),
}


@cache
def record(name: str) -> MetricSet:
    """The values of a shipped briefing."""
    return checked_data(REPORT / name, None, accept_warnings=True).content.metrics


@st.composite
def specs(choose: st.DrawFn, metrics: MetricSet) -> FigureSpec:
    """A figure of any kind, mostly of values with one unit, with some of the options it takes."""
    name = choose(st.sampled_from(sorted(CHART_KINDS)))
    kind = CHART_KINDS[name]
    keys = [metric.key for metric in metrics]
    if choose(st.integers(0, 4)):
        keys = [metric.key for metric in metrics if metric.key == metric.definition.id]
    unit = metrics[choose(st.sampled_from(keys))].unit
    alike = [key for key in keys if metrics[key].unit == unit]
    roles = {}
    for role in choose(st.sampled_from(kind.forms)):
        pool = alike if len(alike) >= role.least else keys
        most = min(role.most, 8)
        roles[role.name] = tuple(
            choose(st.lists(st.sampled_from(pool), min_size=role.least, max_size=most, unique=True))
        )
    given_options: dict[str, Any] = {}
    for option, values in OPTIONS.items():
        if option in kind.options:
            given_options |= choose(values)
    width = choose(st.sampled_from(FigureWidth))
    return FigureSpec("any", name, Localized("示例图", "Example"), roles, ORIGIN, width=width, **given_options)


@pytest.mark.parametrize("name", ["illustrative", "haixi"])
@given(choices=st.data())
@settings(max_examples=800, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_figure_is_refused_or_laid_out_soundly(name: str, faces: Faces, choices: st.DataObject) -> None:
    metrics = record(name)
    spec = choices.draw(specs(metrics))
    languages = choices.draw(st.sampled_from([(ZH,), (EN,), (ZH, EN)]))
    if check(spec, metrics):
        return
    style = MODERN.led_by(languages[0])
    rendered = draw(spec, metrics, languages, style, faces, Cache(None), MARKS)
    picture = rendered.picture
    assert_sound(picture.drawing.items, picture.width, picture.height, Lettering(faces, style, None))
    assert all(text.plain() for text in rendered.alt)
