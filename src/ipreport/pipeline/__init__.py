"""From a folder to finished files: `build`, `check`, `explain`, `new`."""

from ipreport.pipeline.files import write_all
from ipreport.pipeline.places import Place
from ipreport.pipeline.saving import Built
from ipreport.pipeline.scaffold import new
from ipreport.pipeline.story import WRITERS, Explained, build, check, explain

__all__ = ["WRITERS", "Built", "Explained", "Place", "build", "check", "explain", "new", "write_all"]
