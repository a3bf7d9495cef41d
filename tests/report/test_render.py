from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from nbformat import v4

from portfolj.report.checks import PageFaulty, page_faults
from portfolj.report.execute import ExecutedNotebook
from portfolj.report.page import PageContext, css_string
from portfolj.report.render import render_page

PAGE = PageContext(
    title="Portföljen 2014–2019",
    federation_name="Förbundet <b>X</b>",
    notice_title="Konstruerade rader",
    notice_text='Därför att "inget" </style> är publicerat.',
    provenance=[("Kodbok", "2026-11-01 <i>")],
    links=[("Granskning", "review.html")],
)
ALT = "Liggande staplar: kommunerna 4 insatser, regionen 2."


def page_of(*cells: Any, page: PageContext = PAGE) -> BeautifulSoup:
    ran = ExecutedNotebook("n", v4.new_notebook(cells=list(cells)), {}, Path("n.ipynb"))
    return BeautifulSoup(render_page(ran, page=page), "html.parser")


def shown(kind: str, content: str, *, tags: tuple[str, ...] = (), **metadata: Any) -> Any:
    output = v4.new_output("display_data", data={kind: content}, metadata=metadata)
    return v4.new_code_cell("secret_code()", outputs=[output], metadata={"tags": list(tags)})


def test_the_page_has_its_own_title_and_the_sections_of_the_notebook() -> None:
    soup = page_of(v4.new_markdown_cell("# Notebookens titel\n\ntext\n\n## Ägare\n\n### Del\n\n## Ägare"))
    assert [h.get_text() for h in soup.find_all("h1")] == ["Portföljen 2014–2019"]
    assert soup.title is not None
    assert soup.title.get_text() == "Portföljen 2014–2019 – Förbundet <b>X</b>"
    contents = [(a["href"], a.get_text()) for a in soup.select("nav.contents a")]
    assert contents == [("#ägare", "Ägare"), ("#ägare-2", "Ägare")]
    assert "¶" not in soup.get_text()
    assert soup.html is not None
    assert soup.html["lang"] == "sv"


def test_code_logs_and_cells_for_jupyter_only_are_left_out() -> None:
    soup = page_of(
        shown("text/html", "<p>för sidan</p>"),
        shown("text/html", "<p>för analytikern</p>", tags=("jupyter-only",)),
        v4.new_code_cell("secret_code()", outputs=[v4.new_output("stream", name="stderr", text="varning")]),
        v4.new_raw_cell("raw <b>cell</b>"),
    )
    text = soup.get_text()
    assert "för sidan" in text
    for hidden in ("secret_code", "för analytikern", "varning", "raw", "In [", "Out["):
        assert hidden not in text


def test_printed_text_is_escaped_and_javascript_is_dropped() -> None:
    stdout = v4.new_output("stream", name="stdout", text="<script>alert(1)</script>")
    soup = page_of(
        v4.new_code_cell("", outputs=[stdout]),
        shown("text/plain", "<img src=x>"),
        shown("application/javascript", "alert(2)"),
    )
    assert [pre.get_text() for pre in soup.find_all("pre")] == ["<script>alert(1)</script>", "<img src=x>"]
    assert soup.find("script") is None
    assert "alert(2)" not in str(soup)


def test_a_picture_needs_an_alternative_text_of_its_own() -> None:
    image = shown("image/png", "iVBORw0KGgo=\n", **{"image/png": {"alt": ALT}})
    soup = page_of(image)
    assert [(i["alt"], i["src"]) for i in soup.find_all("img")] == [(ALT, "data:image/png;base64,iVBORw0KGgo=")]
    with pytest.raises(PageFaulty, match="alternativtext"):
        page_of(shown("image/png", "iVBORw0KGgo="))
    again = shown("image/png", "iVBORw0KGgo=", **{"image/png": {"alt": ALT}})
    with pytest.raises(PageFaulty, match="samma alternativtext"):
        page_of(image, again)


def test_the_notice_stands_under_the_heading_and_in_the_print_rules() -> None:
    soup = page_of(v4.new_markdown_cell("text"))
    heading = soup.find("h1")
    assert heading is not None
    notice = heading.find_next_sibling()
    assert notice is not None
    assert notice.get_text().strip() == 'Konstruerade rader. Därför att "inget" </style> är publicerat.'
    assert soup.style is not None
    # 22 = ", 3c = <, 2f = /, 3e = >
    assert "Därför att \\22 inget\\22  \\3c \\2f style\\3e  är publicerat." in soup.style.get_text()


@pytest.mark.parametrize(("title", "shown_as"), [("", "Därför."), ("Obs!", "Obs! Därför.")])
def test_a_notice_is_whole_with_or_without_a_title(title: str, shown_as: str) -> None:
    page = PageContext(title="Portföljen", federation_name="X", notice_title=title, notice_text="Därför.")
    notice = page_of(v4.new_markdown_cell("text"), page=page).select_one(".notice")
    assert notice is not None
    assert notice.get_text() == shown_as


def test_a_css_string_can_end_neither_string_nor_element() -> None:
    assert css_string('a"b\\</style>\n') == '"a\\22 b\\5c \\3c \\2f style\\3e \\a "'


def test_the_context_is_escaped_and_the_style_is_small() -> None:
    soup = page_of(v4.new_markdown_cell("text"))
    assert soup.find("b") is None
    assert "2026-11-01 <i>" in [dd.get_text() for dd in soup.find_all("dd")]
    assert len(str(soup.style).encode()) < 15_000


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<script>alert(1)</script>", "elementet script"),
        ("<p onclick='x()'>a</p>", "händelsen onclick"),
        (f"<img alt='{ALT}' src='https://example.org/x.png'>", "utanför sidan"),
        (f"<img alt='{ALT}' srcset='x.png' src='data:image/png;base64,AA'>", "utanför sidan"),
        ("<p style='background:url(//example.org)'>a</p>", "hämtar något"),
        ("<style>@import 'x.css'</style>", "hämtar något"),
        ("<a href='javascript:alert(1)'>a</a>", "utanför sidan"),
        ("<a href='//example.org'>a</a>", "utanför sidan"),
        ("<a href='#nowhere'>a</a>", "leder ingenstans"),
        ("<iframe src='data:text/html,x'></iframe>", "elementet iframe"),
        ("<meta http-equiv='refresh' content='1'>", "laddar om"),
        ("<p id='innehall'>a</p>", "används 2 gånger"),
        ("<div aria-labelledby='gone'>a</div>", "som inte finns"),
        ("<h4>a</h4>", "hoppar från nivå 1 till 4"),
        ("<h2></h2>", "tom rubrik"),
        ("<table><tr><th scope='col'>a</th></tr></table>", "saknar rubrik (caption)"),
        ("<table><caption>t</caption><tr><th>a</th></tr></table>", "saknar scope"),
        ("<table><caption>t</caption><tr><th scope='col'> </th></tr></table>", "tom rubrikcell"),
        ("<table><caption>t</caption><tr><td>a</td></tr></table>", "saknar rubrikceller"),
        ("<img alt='Figur 1' src='data:image/png;base64,AA'>", "alternativtext"),
        ("<img alt='No description has been provided' src='data:image/png;base64,AA'>", "alternativtext"),
        ("<p tabindex='3'>a</p>", "tabindex 3"),
        ("<p>" + "a" * 1_500_000 + "</p>", "högst 1500000"),
    ],
)
def test_a_faulty_page_is_never_published(html: str, fault: str) -> None:
    with pytest.raises(PageFaulty) as refused:
        page_of(shown("text/html", html))
    assert fault in str(refused.value)


def test_links_to_the_web_and_to_pages_beside_are_allowed() -> None:
    page_of(shown("text/html", "<a href='https://example.org'>a</a> <a href='review.html#x'>b</a>"))


def test_a_page_without_its_frame_has_every_fault_named() -> None:
    faults = "; ".join(page_faults("<html><body><p>a</p></body></html>", notice="Konstruerade rader."))
    for fault in ('lang="sv"', "titel", "innehållspolicy", "main", "0 h1", "upplysningen"):
        assert fault in faults
