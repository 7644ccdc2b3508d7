"""The pages of a briefing: one frame on each, margins around it, facts about the file."""

from __future__ import annotations

from functools import partial
from typing import IO

from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.frames import Frame

from ipreport.document import Meta
from ipreport.language import ZH
from ipreport.style import Justify, Page, StyleName
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.metadata import PROGRAM, pdf_date
from ipreport.writers.pdf.setter import EM_SPACE, Setter, joined, plain
from ipreport.writers.pdf.story import LANDSCAPE, UPRIGHT


class Briefing(BaseDocTemplate):
    """Puts a story on pages of the theme's measures and writes them to `target`."""

    canv: Canvas

    def __init__(self, target: IO[bytes], meta: Meta, setter: Setter) -> None:
        page = setter.style.page
        # The file is compressed once, when it is complete.
        super().__init__(
            target,
            pagesize=(page.width, page.height),
            pageTemplates=[_template(UPRIGHT, page), _template(LANDSCAPE, page.turned)],
            title=meta.title,
            author=meta.author,
            subject=meta.subject,
            keywords=list(meta.keywords),
            creator=PROGRAM,
            producer=PROGRAM,
            lang=meta.languages[0].tag,
            displayDocTitle=True,
            invariant=True,
            pageCompression=False,
        )
        self._meta, self._setter = meta, setter

    def put(self, story: list[Flowable]) -> Canvas:
        """Build the pages; the canvas that they were painted on."""
        self.build(story, canvasmaker=partial(Canvas, shaper=self._setter.shaper))
        return self.canv

    def beforeDocument(self) -> None:  # noqa: N802 - what ReportLab calls first
        """The stamp is the only date of the file."""
        stamp = pdf_date(self._meta.stamp)
        self.canv.setDateFormatter(lambda *_now: stamp)

    def beforePage(self) -> None:  # noqa: N802 - what ReportLab calls on every page
        """The margins show how many pages there are, so they wait."""
        page = self._setter.style.page
        landscape = self.pageTemplate.id == LANDSCAPE
        self.canv.at_end(partial(self._draw_margins, self.page, page.turned if landscape else page))

    def _draw_margins(self, number: int, page: Page, count: int) -> None:
        with self.canv.artifact("/Type /Pagination"):
            self._draw_head(number, page)
            foot = self._setter.box(plain(f"{number} / {count}", ZH), StyleName.FOOTER, justify=Justify.CENTRE)
            foot.layout(page.text_width)
            foot.draw(self.canv, page.left, page.footer + foot.height)

    def _draw_head(self, number: int, page: Page) -> None:
        """Running head (not on page one) and notice (on every page), one below the other if they are long."""
        meta, setter = self._meta, self._setter
        colours = setter.style.colours
        head = setter.style.text(StyleName.HEADER, ZH)
        top = page.height - page.header + head.leading
        width = 0.0
        if number > 1 and meta.running_head:
            line = setter.box(joined(meta.running_head, EM_SPACE), StyleName.HEADER)
            line.layout(page.text_width)
            line.draw(self.canv, page.left, top)
            self.canv.rule(page.left, top - head.leading - 4, page.text_width, 0.5, colours.rule)
            width = line.natural_width + head.size
        if meta.notice:
            text, warning = joined(meta.notice, EM_SPACE), colours.warning
            notice = setter.box(text, StyleName.HEADER, justify=Justify.RIGHT, colour=warning)
            notice.layout(page.text_width)
            beside = width + notice.natural_width <= page.text_width
            notice.draw(self.canv, page.left, top if beside else top + notice.height)


def _template(name: str, page: Page) -> PageTemplate:
    """A kind of page with one frame inside its margins."""
    frame = Frame(page.left, page.bottom, page.text_width, page.text_height, 0, 0, 0, 0, overlapAttachedSpace=True)
    return PageTemplate(id=name, frames=[frame], pagesize=(page.width, page.height))
