"""The report in a real browser: it works, asks nothing of a network, and lets nobody out.

`make test-browser` runs this. The tool is what the environment variable ISOBOLE names; the browser is Debian's.
"""

import csv
import math
import os
import re
import subprocess
from pathlib import Path

import html5lib
import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
# Nothing here takes that long unless it hangs, however busy the machine is.
PATIENCE = 300_000
expect.set_options(timeout=PATIENCE)
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
def long_report(tmp_path_factory):
    """A report of more combinations than have a written page: the last four open on demand."""
    folder = tmp_path_factory.mktemp("long")
    tool = os.environ["ISOBOLE"]
    subprocess.run(
        [tool, "simulate", "--blocks", "24", "--grid", "4x4", "--out", folder / "long"], check=True, stdout=subprocess.DEVNULL
    )
    subprocess.run([tool, "analyze", folder / "long" / "screen.csv", "--out", folder / "out", "--quiet"], check=True)
    return folder / "out" / "report.html"


@pytest.fixture(scope="session")
def many_report(tmp_path_factory):
    """A report of more combinations than are shown at first."""
    folder = tmp_path_factory.mktemp("many")
    tool = os.environ["ISOBOLE"]
    simulate = [tool, "simulate", "--blocks", "520", "--grid", "4x4", "--out", folder / "many"]
    subprocess.run(simulate, check=True, stdout=subprocess.DEVNULL)
    options = ["--resamples", "0", "--formats", "html", "--quiet"]
    subprocess.run([tool, "analyze", folder / "many" / "screen.csv", "--out", folder / "out", *options], check=True)
    return folder / "out" / "report.html"


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_report(browser, report, long_report):
    """Opens the report and watches it: at the end of the test nothing may have gone wrong or been asked for."""
    contexts, complaints = [], []

    def open_page(path=report, **options):
        context = browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "request",
            lambda request: complaints.append(f"request: {request.url}")
            if request.url.split("#")[0] != path.as_uri() and not request.url.startswith("blob:")
            else None,
        )
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def column(page, number):
    """The first lines of a column of the ranked table, hidden rows left out."""
    texts = page.locator(f"table.rank tbody tr:visible > :nth-child({number})").all_inner_texts()
    return [text.split("\n")[0] for text in texts]


def open_first(page):
    """Follows the first row's link to the combination's page."""
    page.locator("table.rank tbody tr:visible th a").first.click()
    section = page.locator("section.b:target")
    section.wait_for()
    return section


def expect_column(page, number, texts):
    """Waits until a column of the ranked table reads so, hidden rows left out."""
    cells = page.locator(f"table.rank tbody tr:visible > :nth-child({number})")
    expect(cells).to_have_text([re.compile(rf"^\s*{re.escape(text)}") for text in texts])


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
    assert page.locator("section.b h2", has_text=SCRIPT).count() == 1
    assert page.locator("script").count() == 1  # the report's own: every combination has a written page


def test_sorts_by_a_header_and_back(open_report):
    page = open_report()
    header = page.locator("table.rank thead th", has_text="CSS")
    values = lambda: [signed(text) for text in column(page, 11)]
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    assert values() == sorted(values(), reverse=True)
    descending = values()
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    assert values() == sorted(descending) != descending
    assert page.locator("table.rank [aria-sort]").count() == 1


def test_sorts_scores_that_have_an_interval_below(open_report):
    page = open_report()
    header = page.locator("table.rank thead th").nth(5)
    header.get_by_role("button", name="ZIP").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    texts = page.locator("table.rank tbody tr > :nth-child(6)").all_inner_texts()
    assert all("…" in text for text in texts)
    scores = [signed(text) for text in column(page, 6)]
    assert scores == sorted(scores, reverse=True) and len(set(scores)) == 5


def test_sorts_texts_and_negative_numbers(open_report):
    page = open_report()
    header = page.locator("table.rank thead th", has_text="Combination")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    names = column(page, 2)
    assert [name.lower() for name in names] == sorted(name.lower() for name in names)
    header = page.locator("table.rank thead th", has_text="Consensus")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    consensus = [signed(text) for text in column(page, 5)]
    assert consensus == sorted(consensus, reverse=True)
    assert min(consensus) < 0 < max(consensus)


def test_filters_as_one_types(open_report):
    page = open_report()
    filter_field = page.get_by_role("searchbox")
    filter_field.fill("TMD8")
    expect_column(page, 3, ["TMD8"] * 3)
    shown = page.locator("#filter output")
    expect(shown).to_have_text("3 of 5")
    filter_field.fill("tmd8 BORTEZOMIB")
    expect_column(page, 2, ["selinexor × bortezomib"])
    filter_field.fill("<script>")
    expect_column(page, 2, [f"selinexor × {SCRIPT}"])
    filter_field.fill("no such drug")
    expect_column(page, 2, [])
    filter_field.fill("")
    expect_column(page, 1, ["1", "2", "3", "4", "5"])
    expect(shown).to_have_text("")


def test_filters_by_call_anchor_partner_and_sample(open_report):
    page = open_report()
    page.get_by_label("Sample").select_option("TMD8")
    expect_column(page, 3, ["TMD8"] * 3)
    page.get_by_label("Anchor").select_option("eltanexor")
    expect_column(page, 2, ["eltanexor"] * 2)
    expect(page.locator("#filter output")).to_have_text("2 of 5")
    page.get_by_label("Sample").select_option("")
    page.get_by_label("Anchor").select_option("")
    expect_column(page, 1, ["1", "2", "3", "4", "5"])
    calls = page.get_by_label("Call").locator("option").evaluate_all("all => all.map(one => one.value).filter(x => x)")
    given = column(page, 4)
    for call in calls:
        page.get_by_label("Call").select_option(call)
        expect_column(page, 4, [call] * given.count(call))
    page.get_by_label("Call").select_option("")
    page.locator("#filter select[data-k=p]").select_option("venetoclax")
    expect_column(page, 2, ["selinexor × venetoclax"])


def test_links_lead_to_the_combinations_and_back(open_report):
    page = open_report()
    for row in page.locator("table.rank tbody tr").all():
        link = row.locator("th a")
        name, target = link.inner_text(), page.locator(link.get_attribute("href"))
        link.click()
        target.wait_for()
        heading = target.locator("h2")
        expect(heading).to_contain_text(name)
        expect(heading).to_be_visible()
        # The script brings the page's top into view after the browser has followed the link.
        page.wait_for_function(
            "h => { const y = h.getBoundingClientRect().top; return y >= 0 && y < innerHeight }", arg=heading.element_handle())
        expect(page.locator("main > section:visible")).to_have_count(1)
        expect(page.locator("main > section:visible")).to_have_id("blocks")
        target.locator("nav a").first.click()
        expect(page).to_have_url(re.compile(f"#{row.get_attribute('id')}$"))
        expect(page.locator("#ranking")).to_be_visible()


def test_turns_pages_from_the_keyboard(open_report):
    page = open_report()
    first = open_first(page)
    rank = page.locator("section.b:target .rk")
    expect(first.locator(".rk")).to_have_text("#1")
    page.keyboard.press("ArrowRight")
    expect(rank).to_have_text("#2")
    page.keyboard.press("ArrowLeft")
    expect(rank).to_have_text("#1")
    page.keyboard.press("Escape")
    expect(page.locator("section.b:target")).to_have_count(0)
    expect(page.locator("#ranking")).to_be_visible()


def test_a_dot_leads_to_its_combination(open_report):
    page = open_report()
    dot = page.locator("#screen g[data-b]").first
    number = int(dot.get_attribute("data-b")) + 1  # pages are counted from 1
    dot.locator("path").dispatch_event("click")
    page.locator(f"#b{number}").wait_for()
    expect(page).to_have_url(re.compile(f"#b{number}$"))


def test_shows_values_contours_and_a_surface_that_turns(open_report, report):
    page = open_report()
    section = open_first(page)
    views = section.get_by_role("group", name="View").get_by_role("button")
    # The script makes the views after the browser has followed the link.
    expect(views).to_have_text(["Values", "Contours", "Surface"])
    values, contours = section.locator("[data-v=Values]"), section.locator("[data-v=Contours]")
    expect(values).to_be_visible()
    expect(contours).to_be_hidden()
    views.nth(1).click()
    expect(contours).to_be_visible()
    expect(values).to_be_hidden()
    expect(contours.locator("svg")).to_have_count(4)
    views.nth(2).click()
    canvas = section.locator("canvas")
    picture = lambda: canvas.evaluate("c => c.toDataURL()")
    before = picture()
    canvas.evaluate("c => c.scrollIntoView({block: 'center', behavior: 'instant'})")
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 380, box["y"] + 230)
    page.mouse.up()
    turned = picture()
    assert turned != before
    canvas.focus()
    page.keyboard.press("ArrowUp")
    assert picture() != turned
    section.get_by_role("button", name="HSA").click()
    expect(canvas).to_have_attribute("aria-label", re.compile("HSA"))
    told = set()
    for x in range(20, 700, 12):
        for y in range(60, 440, 24):
            page.mouse.move(box["x"] + x, box["y"] + y)
            told.add(section.locator(".surface p").inner_text())
    assert any("pp (HSA)" in text for text in told), "pointing at a dose pair tells its value"
    page.screenshot(path=report.parent / "surface.png")


def cells(path):
    """Rows of cells.csv by block."""
    blocks = {}
    with (path.parent / "cells.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            blocks.setdefault(row["block_id"], []).append(row)
    return blocks


def shown(table):
    """The numbers of a map, the lowest dose of the first drug first."""
    rows = table.locator("tbody tr").all()
    return [[signed(text) for text in row.locator("td").all_inner_texts()] for row in reversed(rows)]


def test_a_combination_opens_on_demand_and_shows_its_numbers(open_report, long_report):
    page = open_report(path=long_report)
    rows = page.locator("table.rank tbody tr[data-o]")
    expect(rows).to_have_count(4)
    expect(page.locator("section.b")).to_have_count(20)
    rows.last.locator("th a").click()
    section = page.locator("section.b:target")
    expect(section.locator("h2 .rk")).to_have_text("#24")
    expect(page.locator("main > section:visible")).to_have_id("blocks")
    tables = section.locator("table.hm")
    expect(tables).to_have_count(5)

    with (long_report.parent / "ranking.csv").open(encoding="utf-8") as file:
        block = list(csv.DictReader(file))[-1]["block_id"]
    rows = cells(long_report)[block]
    doses = sorted({float(row["conc2"]) for row in rows})
    responses = [float(row["response"]) for row in sorted(rows, key=lambda row: (float(row["conc1"]), float(row["conc2"])))]
    written = [number for row in shown(tables.nth(0)) for number in row]
    assert len(written) == len(responses) == len(doses) ** 2
    assert all(abs(one - other) <= 0.051 for one, other in zip(written, responses))
    for place, model in enumerate(["zip", "bliss", "loewe", "hsa"]):
        scores = {(float(row["conc1"]), float(row["conc2"])): row[f"{model}_synergy"] for row in rows}
        expected = [float(scores[key]) for key in sorted(scores) if key[0] > 0 and key[1] > 0 and scores[key]]
        written = [number for row in shown(tables.nth(1 + place)) for number in row]
        assert len(written) == len(expected)
        assert all(abs(one - other) <= 0.051 for one, other in zip(written, expected))


def test_pages_on_demand_have_neighbours_a_surface_and_the_command_for_more(open_report, long_report):
    page = open_report(path=long_report)
    rank = page.locator("section.b:target .rk")
    # From the last written page on to those that are made, and back.
    page.locator("table.rank tbody tr").nth(19).locator("th a").click()
    expect(rank).to_have_text("#20")
    page.keyboard.press("ArrowRight")
    expect(rank).to_have_text("#21")
    page.keyboard.press("ArrowRight")
    expect(rank).to_have_text("#22")
    page.go_back()
    expect(rank).to_have_text("#21")
    page.keyboard.press("ArrowLeft")
    expect(rank).to_have_text("#20")
    page.keyboard.press("ArrowRight")
    section = page.locator("section.b:target")
    section.get_by_role("button", name="Surface").click()
    expect(section.locator("canvas")).to_be_visible()
    expect(section.locator("code", has_text="isobole report DIRECTORY --anchor")).to_have_count(1)
    # An address that names it leads there at once.
    name = section.get_attribute("id")
    again = open_report(path=long_report)
    again.goto(f"{long_report.as_uri()}#{name}")
    again.reload()
    expect(again.locator(f"section.b:target#{name} table.hm").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#ranking")).to_be_visible()


@pytest.mark.parametrize("width,scheme", [(1280, "light"), (1280, "dark"), (390, "light")])
def test_a_page_on_demand_is_accessible_and_fits(open_report, long_report, width, scheme):
    page = open_report(path=long_report, viewport={"width": width, "height": 844}, color_scheme=scheme)
    page.locator("table.rank tbody tr[data-o] th a").first.click()
    page.locator("section.b:target table.hm").first.wait_for()
    page.screenshot(path=long_report.parent / f"demand-{width}-{scheme}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = [f"{violation['id']}: {node['html'][:200]}" for violation in Axe().run(page)["violations"] for node in violation["nodes"]]
    assert found == []


def test_many_rows_are_shown_in_portions(open_report, many_report):
    page = open_report(path=many_report)
    rows = page.locator("table.rank tbody tr:visible")
    expect(rows).to_have_count(500)
    last = page.locator("table.rank tbody tr").last
    # A search looks at all rows; an address that names a hidden row shows it.
    name = last.locator("th").inner_text().split("\n")[0].split(" × ")[1]
    page.get_by_role("searchbox").fill(name)
    expect(last).to_be_visible()
    page.get_by_role("searchbox").fill("")
    expect(rows).to_have_count(500)
    page.evaluate(f"location.hash = '{last.get_attribute('id')}'")
    expect(last).to_be_visible()
    page.locator("table.rank thead th").first.get_by_role("button").click()
    expect(rows).to_have_count(500)
    expect(rows.first.locator("td").first).to_have_text("520")
    page.get_by_role("button", name="Show all 520 combinations").click()
    expect(rows).to_have_count(520)
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()
    plain = open_report(path=many_report, java_script_enabled=False)
    expect(plain.locator("table.rank tbody tr:visible")).to_have_count(520)


def test_without_javascript_it_says_what_needs_it(open_report, long_report):
    page = open_report(path=long_report, java_script_enabled=False)
    assert page.locator("table.rank tbody tr").count() == 24
    assert page.locator("section.b").count() == 20
    assert "4 others open from the table as maps" in page.locator("#ranking").inner_text()
    assert "this needs JavaScript" in page.locator("#ranking").inner_text()


@pytest.mark.parametrize("place", ["", "first", "dark"])
def test_passes_the_accessibility_checker(open_report, place):
    page = open_report(color_scheme="dark" if place == "dark" else "light")
    if place:
        open_first(page).get_by_role("button", name="Surface").click()
    result = Axe().run(page)
    found = [
        f"{violation['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]
    assert found == []
    assert len(result["passes"]) > 15


def test_is_valid_html(report):
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(report.read_text(encoding="utf-8"))


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
    expect_column(page, 3, sorted(column(page, 3)))


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
