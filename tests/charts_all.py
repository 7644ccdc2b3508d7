"""Every sample figure with the records it is drawn from."""

from __future__ import annotations

from collections.abc import Callable

import charts_changes
import charts_over_time
import charts_rankings
import charts_stacks
import charts_tables
import figure_samples
from ipreport.metrics import MetricSet
from ipreport.outline import FigureSpec
from province import province

SAMPLES: dict[str, tuple[FigureSpec, Callable[[], MetricSet]]] = {
    **{name: (spec, figure_samples.metric_set) for name, spec in figure_samples.FIGURES.items()},
    **{name: (spec, charts_changes.prefecture) for name, spec in charts_changes.FIGURES.items()},
    **{name: (spec, province) for name, spec in charts_over_time.FIGURES.items()},
    **{name: (spec, province) for name, spec in charts_tables.FIGURES.items()},
    **{name: (spec, charts_tables.elsewhere) for name, spec in charts_tables.ELSEWHERE.items()},
    **{name: (spec, charts_tables.survey) for name, spec in charts_tables.WITH_INTERVALS.items()},
    **{name: (spec, province) for name, spec in charts_stacks.FIGURES.items()},
    **{name: (spec, charts_stacks.uneven) for name, spec in charts_stacks.UNEVEN.items()},
    **charts_rankings.SAMPLES,
}
"""By name; a new kind of chart adds its samples here, and all tests of layout hold it to the rest."""
