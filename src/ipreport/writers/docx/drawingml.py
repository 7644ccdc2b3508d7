"""DrawingML as strings, for charts: colours, lines, text (ECMA-376 part 1, 20.1 and 21.1)."""

from __future__ import annotations

from ipreport.language import ZH, Language
from ipreport.style import Colours
from ipreport.writers.docx.markup import emu, escape, hexadecimal
from ipreport.writers.docx.palette import themed

_SCHEME = {"background1": "bg1", "background2": "bg2", "text1": "tx1", "text2": "tx2"}
"""The theme colours of running text by their names in drawings (20.1.10.54)."""
WHITE = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
NO_FILL = "<a:noFill/>"
NO_LINE = "<a:ln><a:noFill/></a:ln>"


def accent(number: int) -> str:
    """A fill in an accent of the theme, counted from one."""
    return f'<a:solidFill><a:schemeClr val="accent{number}"/></a:solidFill>'


def fill(colours: Colours, value: str) -> str:
    """A fill in a colour of the palette: the theme's where it has it, so that a change of theme changes it."""
    found = themed(colours, value)
    if found is None:
        return f'<a:solidFill><a:srgbClr val="{hexadecimal(value)}"/></a:solidFill>'
    change = _share("lumMod", found.shade) if found.shade < 255 else ""
    if found.tint < 255:
        change = _share("lumMod", found.tint) + _share("lumOff", 255 - found.tint)
    return f'<a:solidFill><a:schemeClr val="{_SCHEME.get(found.slot, found.slot)}">{change}</a:schemeClr></a:solidFill>'


def _share(name: str, amount: int) -> str:
    """A change of lightness (20.1.2.3.20); `amount` is out of 255, as in text."""
    return f'<a:{name} val="{round(amount * 100_000 / 255)}"/>'


def line(filled: str, width: float, dash: str = "solid") -> str:
    """A line; `width` is in points."""
    return f'<a:ln w="{emu(width)}" cap="flat">{filled}<a:prstDash val="{dash}"/><a:round/></a:ln>'


def shape(tag: str, *properties: str) -> str:
    """Shape properties: fill, then line."""
    return f"<{tag}>{''.join(properties)}</{tag}>"


def letters(tag: str, size: float, filled: str, *, bold: bool = False, raised: bool = False, speech: str = "") -> str:
    """Properties of text in the theme's faces for headings, tables and charts; `speech` are attributes of language."""
    baseline = ' baseline="30000"' if raised else ""
    return (
        f'<a:{tag}{speech} sz="{round(size * 100)}" b="{int(bold)}"{baseline}>{filled}'
        f'<a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/></a:{tag}>'
    )


def speech(language: Language) -> str:
    """The language of a run, and the other one that it may hold."""
    return f' lang="{language.tag}"' + (' altLang="en-US"' if language is ZH else "")


def text_look(size: float, filled: str, *, bold: bool = False, unbroken: bool = False, level: bool = True) -> str:
    """How a part of a chart sets its text; what need not be `level` is turned or left out where it has no room."""
    wrap = ' wrap="none"' if unbroken else ""
    turn = 0 if level else -60_000_000  # no angle at all
    return (
        f'<c:txPr><a:bodyPr rot="{turn}" vert="horz"{wrap}/><a:lstStyle/>'
        f"<a:p><a:pPr>{letters('defRPr', size, filled, bold=bold)}</a:pPr>"
        '<a:endParaRPr lang="en-US"/></a:p></c:txPr>'
    )


def run(text: str, language: Language, size: float, filled: str, *, bold: bool = False, raised: bool = False) -> str:
    """A run of text."""
    look = letters("rPr", size, filled, bold=bold, raised=raised, speech=speech(language))
    return f"<a:r>{look}<a:t>{escape(text)}</a:t></a:r>"


def rich(
    paragraphs: list[str], size: float, filled: str, align: str, *, upwards: bool = False, unbroken: bool = True
) -> str:
    """Text of its own, from the runs of its paragraphs; what is `unbroken` takes the width that it needs."""
    look = f'<a:pPr algn="{align}">{letters("defRPr", size, filled)}</a:pPr>'
    body = "".join(f"<a:p>{look}{runs}</a:p>" for runs in paragraphs)
    turn = -5_400_000 if upwards else 0  # a quarter turn, in 60 000ths of a degree
    wrap = "none" if unbroken else "square"
    return f'<c:tx><c:rich><a:bodyPr rot="{turn}" vert="horz" wrap="{wrap}"/><a:lstStyle/>{body}</c:rich></c:tx>'
