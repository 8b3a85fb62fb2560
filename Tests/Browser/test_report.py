"""The report in a real browser: it works, asks nothing of a network, and lets nobody out.

`make test-browser` runs this. The tool is what the environment variable ISOBOLE names; the browser is Debian's.
"""

import csv
import math
import os
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
SCRIPT = "<script>alert(1)</script>"
PAIRS = [
    ("selinexor", "venetoclax", "MM.1S"),
    ("selinexor", SCRIPT, "MM.1S"),
    ("eltanexor", "ibrutinib & \"friends\"", "TMD8"),
    ("eltanexor", "an inhibitor with a name that is so long that a telephone cannot show it on one line", "TMD8"),
    ("selinexor", "bortezomib", "TMD8"),
]
DOSES = [0, 0.03, 0.1, 0.3, 1, 3]


def response(first, second, number):
    """Independent action, and a bump in the middle whose sign depends on the block."""

    def alone(dose):
        return 75 / (1 + 0.3 / dose) if dose else 0.0

    one, other = alone(first), alone(second)
    bump = (number - 2) * 6 * math.exp(-(math.log10(first / 0.3) ** 2)) if first and second else 0
    return one + other - one * other / 100 + bump


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    """A report of five blocks and one bad well."""
    folder = tmp_path_factory.mktemp("screen")
    screen = folder / "screen.csv"
    with screen.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow("block_id drug1 drug2 cell_line conc1 conc2 inhibition conc_unit".split())
        for number, (drug1, drug2, sample) in enumerate(PAIRS):
            for first in DOSES:
                for second in DOSES:
                    value = f"{response(first, second, number):.3f}"
                    if (number, first, second) == (4, 3, 3):
                        value = "OVRFLW"
                    table.writerow([f"block {number}", drug1, drug2, sample, first, second, value, "uM"])
    subprocess.run([os.environ["ISOBOLE"], "analyze", screen, "--out", folder / "out", "--quiet"], check=True)
    return folder / "out" / "report.html"


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_report(browser, report):
    """Opens the report and watches it: at the end of the test nothing may have gone wrong or been asked for."""
    contexts, complaints = [], []

    def open_page(**options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "request",
            lambda request: complaints.append(f"request: {request.url}")
            if request.url.split("#")[0] != report.as_uri()
            else None,
        )
        page.goto(report.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def column(page, number):
    """The texts of a column of the ranked table, hidden rows left out."""
    return page.locator(f"table.rank tbody tr:visible > :nth-child({number})").all_inner_texts()


def signed(text):
    return float(text.replace("−", "-").replace("+", ""))


def test_opens_without_a_complaint(open_report):
    page = open_report()
    assert page.title() == "screen – Isobole"
    assert column(page, 1) == ["1", "2", "3", "4", "5"]
    assert page.locator("section.b").count() == 5
    assert page.locator("section.b svg").count() >= 5


def test_is_ranked_by_consensus(open_report):
    consensus = [signed(text) for text in column(open_report(), 5)]
    assert len(set(consensus)) == 5
    assert consensus == sorted(consensus, reverse=True)


def test_a_drug_called_like_a_script_is_shown_as_text(open_report):
    page = open_report()
    assert f"selinexor × {SCRIPT}" in column(page, 2)
    assert page.locator("h3", has_text=SCRIPT).count() == 1
    assert page.locator("script").count() == 1  # the report's own


def test_sorts_by_a_header_and_back(open_report):
    page = open_report()
    header = page.locator("table.rank thead th", has_text="CSS")
    values = lambda: [signed(text) for text in column(page, 12)]
    header.get_by_role("button").click()
    assert header.get_attribute("aria-sort") == "descending"
    assert values() == sorted(values(), reverse=True)
    descending = values()
    header.get_by_role("button").click()
    assert header.get_attribute("aria-sort") == "ascending"
    assert values() == sorted(descending) != descending
    assert page.locator("table.rank [aria-sort]").count() == 1


def test_sorts_scores_that_have_an_interval_below(open_report):
    page = open_report()
    page.locator("table.rank thead th").nth(5).get_by_role("button", name="ZIP").click()
    texts = column(page, 6)
    assert all("…" in text for text in texts)
    scores = [signed(text.split("\n")[0]) for text in texts]
    assert scores == sorted(scores, reverse=True) and len(set(scores)) == 5


def test_sorts_texts_and_negative_numbers(open_report):
    page = open_report()
    page.locator("table.rank thead th", has_text="Combination").get_by_role("button").click()
    names = column(page, 2)
    assert [name.lower() for name in names] == sorted(name.lower() for name in names)
    page.locator("table.rank thead th", has_text="Consensus").get_by_role("button").click()
    consensus = [signed(text) for text in column(page, 5)]
    assert consensus == sorted(consensus, reverse=True)
    assert min(consensus) < 0 < max(consensus)


def test_filters_as_one_types(open_report):
    page = open_report()
    filter_field = page.get_by_role("searchbox")
    filter_field.fill("TMD8")
    assert column(page, 3) == ["TMD8"] * 3
    assert page.locator("#filter output").inner_text() == "3 of 5"
    filter_field.fill("tmd8 BORTEZOMIB")
    assert column(page, 2) == ["selinexor × bortezomib"]
    filter_field.fill("<script>")
    assert len(column(page, 2)) == 1
    filter_field.fill("no such drug")
    assert column(page, 2) == []
    filter_field.fill("")
    assert len(column(page, 2)) == 5
    assert page.locator("#filter output").inner_text() == ""


def test_links_lead_to_the_blocks_and_back(open_report):
    page = open_report()
    for row in page.locator("table.rank tbody tr").all():
        name = row.locator("th").inner_text()
        link = row.locator("th a")
        target = page.locator(link.get_attribute("href"))
        link.click()
        target.wait_for()
        heading = target.locator("h3")
        assert name in heading.inner_text()
        assert heading.is_visible() and 0 <= heading.bounding_box()["y"] < page.viewport_size["height"]
        target.locator("h3 a").click()
        assert page.url.endswith("#" + row.get_attribute("id"))


def test_every_link_within_the_page_has_a_target(open_report):
    page = open_report()
    missing = page.eval_on_selector_all(
        "a[href]", "links => links.map(l => l.getAttribute('href')).filter(h => !document.getElementById(h.slice(1)))"
    )
    assert missing == []


def test_no_id_is_used_twice(open_report):
    ids = open_report().eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_works_from_the_keyboard(open_report):
    page = open_report()
    focused = lambda: page.evaluate("document.activeElement.textContent || document.activeElement.type")
    page.keyboard.press("Tab")
    assert focused() == "Skip to the ranking"
    assert page.locator("a.skip").bounding_box()["y"] >= 0  # it is seen while it has the focus
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(s => [s.outlineStyle, parseFloat(s.outlineWidth)])(getComputedStyle(document.activeElement))"
        )
        assert outline[0] != "none" and outline[1] >= 1, f"no visible focus on {focused()}"
        if focused() == "Sample":
            break
    assert focused() == "Sample"
    page.keyboard.press("Enter")
    assert column(page, 3) == sorted(column(page, 3))


def test_the_problem_is_told(open_report):
    problems = open_report().locator("#problems").inner_text()
    assert 'response "OVRFLW" is not a number' in problems


def test_has_a_dark_side(open_report, report):
    def colours(scheme):
        page = open_report(color_scheme=scheme)
        page.screenshot(path=report.parent / f"{scheme}.png", full_page=True)
        return page.evaluate(
            """() => [getComputedStyle(document.body), getComputedStyle(document.querySelector("h1"))]
                .flatMap(s => [s.color, s.backgroundColor])"""
        )

    light, dark = colours("light"), colours("dark")
    assert light[0] != dark[0] and light[1] != dark[1]

    def brightness(colour):
        return sum(float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3])

    assert brightness(light[1]) > brightness(light[0])  # dark on light
    assert brightness(dark[1]) < brightness(dark[0])  # light on dark


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_fits_the_screen(open_report, report, width):
    page = open_report(viewport={"width": width, "height": 844})
    page.screenshot(path=report.parent / f"{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_is_whole_without_javascript(open_report):
    page = open_report(java_script_enabled=False)
    assert page.locator("table.rank tbody tr").count() == 5
    assert page.locator("section.b").count() == 5
    assert page.get_by_role("searchbox").count() == 0
