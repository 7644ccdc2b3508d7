"""From a folder to finished files: `build`, `draw_figures`, `check`, `explain`, `new`; `template` to start a look."""

from ipreport.pipeline.charts import DrawnFigures, draw_figures
from ipreport.pipeline.files import write_all
from ipreport.pipeline.places import Place
from ipreport.pipeline.saving import Built
from ipreport.pipeline.scaffold import new
from ipreport.pipeline.starter_template import template
from ipreport.pipeline.story import WRITERS, Explained, build, check, explain

__all__ = [
    "WRITERS",
    "Built",
    "DrawnFigures",
    "Explained",
    "Place",
    "build",
    "check",
    "draw_figures",
    "explain",
    "new",
    "template",
    "write_all",
]
