"""The HTML of a mail: what every program shows alike, and what it looks like on a phone and a desk, light and dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from browser import Browser, browser, with_chromium
from ipreport.cache import Cache
from ipreport.contrast import contrast
from ipreport.delivery.mail import Attachment, Inline
from ipreport.delivery.message import write
from ipreport.document import Cards
from ipreport.figures import cards_picture
from ipreport.fonts import Faces
from ipreport.language import EN, Localized
from ipreport.style import MODERN, THEMES
from ipreport.writers import mail
from ipreport.writers.mail.looks import DARK
from ipreport.writers.mail.looks import faces as faces_of
from mail_bodies import REASON, for_outlook, occasion, tree, with_picture, without_sheet
from mails import CARDS, MOMENT, sample
from shipped import NAMES, Shipped

OFFICE = "urn:schemas-microsoft-com:office:office"
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "table", "tr", "td", "th", "div", "p", "h1", "h2", "strong",
    "sup", "a", "br", "img", "span",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "name", "content", "style", "class", "role", "width", "height", "cellpadding", "cellspacing",
    "border", "align", "valign", "bgcolor", "scope", "aria-label", "src", "alt", "href",
}  # fmt: skip
PROPERTIES = {
    "margin", "padding", "color", "background-color", "font-family", "font-size", "font-weight", "line-height", "width",
    "max-width", "height", "display", "border", "border-top", "border-bottom", "border-left",
    "word-break", "overflow-wrap", "text-align",
}  # fmt: skip
"""What Outlook's and QQ Mail's programs know, or leave out without harm (`max-width`, `overflow-wrap`)."""


def html_of(shipped: dict[str, Shipped], name: str, **changes: object) -> str:
    style = THEMES[name.rpartition(".")[2]]
    document = shipped[name].document
    return mail.write(document, occasion(document, **{"correction": REASON, **changes}), style).html


def properties(style: str | None) -> dict[str, str]:
    return dict(each.split(":", 1) for each in (style or "").strip(";").split(";") if each)


@pytest.mark.parametrize("name", NAMES)
def test_html_is_what_programs_keep(shipped: dict[str, Shipped], name: str) -> None:
    html = html_of(shipped, name)
    root = tree(html)

    assert {element.tag for element in root.iter()} <= ELEMENTS
    assert {attribute for element in root.iter() for attribute in element.keys()} <= ATTRIBUTES  # noqa: SIM118
    assert {key for element in root.iter() for key in properties(element.get("style"))} <= PROPERTIES
    assert len(html.encode()) < 100_000, "Gmail cuts what is longer"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_loaded_from_anywhere(shipped: dict[str, Shipped], name: str) -> None:
    html = html_of(shipped, name)

    assert [image.get("src") for image in tree(html).iter("img")] == [f"cid:{CARDS}"]
    assert not re.search(r"https?://|//[a-z]|url\(|@import|@font-face|expression\(|javascript:|\son[a-z]+=", html)


@pytest.mark.parametrize("name", NAMES)
def test_every_text_has_its_look_and_every_cell_its_ground_without_a_sheet(
    shipped: dict[str, Shipped], name: str
) -> None:
    root = tree(html_of(shipped, name))
    parents = {child: parent for parent in root.iter() for child in parent}
    body = root.find("body")
    assert body is not None

    for cell in (body, *root.iter("td"), *root.iter("th")):
        style = properties(cell.get("style"))
        assert ("background-color" in style) == (cell.get("bgcolor") is not None)
        assert style.get("background-color", cell.get("bgcolor")) == cell.get("bgcolor")
    for element in body.iter():
        if not (element.text or "").strip() or element.tag in {"strong", "sup", "a", "span"}:
            continue
        style = properties(element.get("style"))
        assert {"color", "font-size", "font-family"} <= style.keys(), element.text
        cell = element
        while cell.tag not in {"td", "th"}:
            cell = parents[cell]
        large = int(style["font-size"].removesuffix("px")) >= 19 and style.get("font-weight") == "bold"
        assert contrast(style["color"], str(cell.get("bgcolor"))) >= (3 if large else 4.5)


def test_texts_are_in_their_languages(shipped: dict[str, Shipped]) -> None:
    root = tree(html_of(shipped, "haixi.bilingual.modern"))

    said = [(each.get("lang"), "".join(each.itertext())) for each in root.iter() if each.tag in {"p", "h1", "div"}]
    assert root.get("lang") == "zh-CN"
    assert {tag for tag, _ in said} == {"zh-CN", "en-US"}
    for tag, words in said:
        chinese = re.search(r"[\u4e00-\u9fff]", words)
        assert (tag == "zh-CN") == bool(chinese) or not re.search(r"[A-Za-z]{3}", words), words


def test_picture_is_told_in_words(shipped: dict[str, Shipped]) -> None:
    (image,) = tree(html_of(shipped, "haixi.bilingual.modern")).iter("img")
    assert image.get("alt") == ("关键指标图，下文所述相同 / The key figures as a picture; the text below says the same")


def test_tables_that_only_place_say_so(shipped: dict[str, Shipped]) -> None:
    tables = [*tree(html_of(shipped, "haixi.en.modern")).iter("table")]
    assert [table.get("role") for table in tables] == ["presentation", "presentation", None]
    assert {cell.get("scope") for cell in tables[-1].iter("th")} == {"row"}


@pytest.mark.parametrize("name", NAMES)
def test_outlook_has_a_column_of_its_width(shipped: dict[str, Shipped], name: str) -> None:
    html = html_of(shipped, name)
    root = tree(for_outlook(html))

    assert len(re.findall(r"<!--\[if mso\]>(?:(?!-->).)*<!\[endif\]-->", html, re.DOTALL)) == 3
    whole, column, inner, *_ = root.iter("table")
    assert (column.get("width"), properties(column.get("style"))) == ("600", {"width": "600px"})
    assert inner in [*column.iter("table")]
    assert [cell.get("align") for cell in column.findall("tr/td")] == ["left"]
    assert properties(inner.get("style"))["text-align"] == "left"
    assert whole.get("width") == inner.get("width") == "100%"
    assert [each.text for each in root.iter(f"{{{OFFICE}}}PixelsPerInch")] == ["96"]
    assert [*tree(html).iter("table")][1].get("width") == "100%"
    for element in root.iter():
        assert "max-width" not in properties(element.get("style")) or element.tag == "img" or element is inner


@pytest.mark.parametrize("name", NAMES)
def test_the_first_face_is_on_windows(shipped: dict[str, Shipped], name: str) -> None:
    faces = {properties(each.get("style")).get("font-family") for each in tree(html_of(shipped, name)).iter()} - {None}

    assert {str(each).split(",")[0] for each in faces} <= {"'Microsoft YaHei'", "'Segoe UI'"}
    assert all(str(each).endswith(",sans-serif") for each in faces)


def test_words_of_two_languages_in_a_line_are_told_apart(shipped: dict[str, Shipped]) -> None:
    headings = [*tree(html_of(shipped, "haixi.bilingual.modern")).iter("h2")]

    assert [(each.get("lang"), [span.get("lang") for span in each]) for each in headings] == [("zh-CN", ["en-US"])] * 3
    assert ["".join(each.itertext()) for each in headings][::2] == ["关键指标 / Key figures", "附件 / Attached"]
    assert [[span.text for span in each] for each in headings][::2] == [["Key figures"], ["Attached"]]
    assert {span.get("style") for each in headings for span in each} == {faces_of(EN)}


def test_the_address_for_replies_is_a_link_in_a_colour_of_ours(shipped: dict[str, Shipped]) -> None:
    root = tree(html_of(shipped, "haixi.bilingual.modern", reply_to="a%b&c@office.example"))

    links = [*root.iter("a")]
    assert [each.get("href") for each in links] == ["mailto:a%25b%26c@office.example"] * 2
    assert {each.text for each in links} == {"a%b&c@office.example"}
    assert {(each.get("class"), each.get("style")) for each in links} == {("accent", f"color:{MODERN.colours.accent};")}
    sheet = root.find("head/style")
    assert sheet is not None
    assert "a[x-apple-data-detectors]{color:inherit !important" in str(sheet.text)


@pytest.mark.parametrize("ground", ["ground", "panel"])
@pytest.mark.parametrize("ink", ["ink", "muted", "accent", "masthead", "warning"])
def test_dark_colours_are_legible(ground: str, ink: str) -> None:
    assert contrast(DARK[ink], DARK[ground]) >= 4.5
    assert contrast(DARK["warning" if ink == "muted" else "ink"], DARK["warning-panel"]) >= 4.5


def test_a_whole_mail_carries_bodies_picture_and_file(
    shipped: dict[str, Shipped], faces: Faces, warm_cache: Path
) -> None:
    one = shipped["haixi.bilingual.modern"]
    document, cards = one.document, mail.key_figures(one.document)
    assert cards is not None
    languages = document.meta.languages
    png = cards_picture(cards.cards, languages, MODERN.led_by(languages[0]), faces, Cache(warm_cache))
    bodies = mail.write(document, occasion(document), MODERN)
    file = Attachment(mail.file_name(document, "pdf"), "haixi-issue-1.bilingual.pdf", one.portable)
    whole = sample(
        subject=bodies.subject, text=bodies.text, html=bodies.html, languages=languages,
        pictures=(Inline(CARDS, png),), attachments=(file,),
    )  # fmt: skip

    message = message_from_bytes(write(whole, MOMENT).data, policy=policy.default)
    assert message["Subject"] == bodies.subject
    found = {part.get_content_type(): part.get_payload(decode=True) for part in message.walk()}
    assert found["application/pdf"] == one.portable
    assert found["image/png"] == png
    assert found["text/html"].decode().replace("\r\n", "\n") == bodies.html
    assert found["text/plain"].decode().replace("\r\n", "\n") == bodies.text


# --- in a browser ----------------------------------------------------------------

_TEXTS = """[...(function* () {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        if (!walker.currentNode.data.trim()) continue;
        const range = document.createRange(); range.selectNodeContents(walker.currentNode);
        for (const box of range.getClientRects())
            yield [box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY,
                   walker.currentNode.parentElement.tagName + " " + walker.currentNode.data];
    }
})()]"""
_WIDEST = "Math.max(...[...document.body.querySelectorAll('*')].map(each => each.getBoundingClientRect().right))"
ZOOM = 2.0
WIDTHS = {"phone": 375, "small phone": 320, "desk": 1280}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("chromium")) as one:
        yield one


@pytest.fixture(scope="module")
def mails(shipped: dict[str, Shipped], faces: Faces, warm_cache: Path) -> dict[str, str]:
    """The HTML of every shipped edition, its picture inside."""
    made = {}
    for name in NAMES:
        document, style = shipped[name].document, THEMES[name.rpartition(".")[2]]
        (cards,) = (block for block in document.blocks if isinstance(block, Cards))
        languages = document.meta.languages
        png = cards_picture(cards.cards, languages, style.led_by(languages[0]), faces, Cache(warm_cache))
        long = Localized.same("Superkalifragilistisch" * 4)
        made[name] = with_picture(html_of(shipped, name, correction=long, reply_to=f"{'a' * 60}@office.example"), png)
    return made


@with_chromium
@pytest.mark.parametrize(("name", "width"), [*product(NAMES, WIDTHS)])
def test_nothing_is_wider_than_the_window(shown: Browser, mails: dict[str, str], name: str, width: str) -> None:
    for html in (mails[name], without_sheet(mails[name])):
        shown.show(html, WIDTHS[width], zoom=1.0)

        assert shown.run("document.documentElement.scrollWidth") <= WIDTHS[width]
        assert shown.run(_WIDEST) <= WIDTHS[width]
        assert shown.run("document.images[0].naturalWidth") > 900
        assert [each for each in shown.requests if not each.startswith(("data:", "about:"))] == []


@with_chromium
def test_text_is_no_wider_than_is_read_with_ease(shown: Browser, mails: dict[str, str]) -> None:
    shown.show(mails["haixi.bilingual.modern"], 1280, zoom=1.0)
    assert shown.run("document.querySelector('p').getBoundingClientRect().width") == pytest.approx(600)
    assert shown.run("document.images[0].getBoundingClientRect().width") == 600
    shown.show(mails["haixi.bilingual.modern"], 375, zoom=1.0)
    assert shown.run("document.images[0].getBoundingClientRect().width") == 343


def legibility(picture: Image.Image, texts: list[list[object]]) -> dict[str, float]:
    """The contrast of every piece of text as it is painted: between its ground and its farthest colour."""
    red, green, blue = np.moveaxis(np.asarray(picture).astype(np.uint32), 2, 0)
    pixels = red << 16 | green << 8 | blue
    found: dict[str, float] = {}
    for left, top, right, bottom, words in texts:
        box = [max(0, round(float(str(each)) * ZOOM)) for each in (left, top, right, bottom)]
        colours, counts = np.unique(pixels[box[1] : box[3], box[0] : box[2]], return_counts=True)
        ground = f"#{colours[counts.argmax()]:06x}"
        best = max(contrast(f"#{each:06x}", ground) for each in colours[counts >= 4])
        found[str(words)] = min(found.get(str(words), 99.0), best)
    return found


LOOKS = {
    "light": {},
    "dark": {"dark": True},
    "dark without a sheet": {"dark": True, "sheet": False},
    "darkened by the program": {"turned": True, "sheet": False},
}  # fmt: skip


@with_chromium
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", [name for name in NAMES if ".bilingual." in name])
def test_every_text_stands_out(shown: Browser, mails: dict[str, str], name: str, look: str) -> None:
    how = dict(LOOKS[look])
    html = mails[name] if how.pop("sheet", True) else without_sheet(mails[name])
    shown.show(html, 375, zoom=ZOOM, **how)

    measured = legibility(shown.picture(), shown.run(_TEXTS))
    assert len(measured) > 40
    # Large letters, such as the name of the briefing, need 3:1 (WCAG 2.1, 1.4.3); edges of letters are blended.
    assert {
        words: ratio for words, ratio in measured.items() if ratio < (2.95 if words.startswith("H1") else 4.4)
    } == {}


@with_chromium
def test_dark_is_dark_and_light_is_light(shown: Browser, mails: dict[str, str]) -> None:
    def ground(html: str, **how: bool) -> tuple[int, ...]:
        shown.show(html, 375, zoom=1.0, **how)
        return shown.picture().getpixel((3, 3))  # type: ignore[return-value]

    html = mails["haixi.bilingual.modern"]
    assert ground(html) == (255, 255, 255)
    assert ground(html, dark=True) == tuple(bytes.fromhex(DARK["ground"][1:]))
    assert ground(without_sheet(html), dark=True) == (255, 255, 255)
    assert max(ground(without_sheet(html), turned=True)) < 60
