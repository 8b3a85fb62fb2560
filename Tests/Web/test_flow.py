"""What a screening scientist does, in a real browser on a real server: upload, understand, correct, analyse, review, decide."""

import re

import pytest
from axe_core_python.sync_playwright import Axe
from conftest import ended
from playwright.sync_api import expect
from pages import DROP, as_file, choose, create, row
from webapp import EXPORTS, SCREEN, Server, matrices, table

# The plates' files, their layout among them.
PLATE_FILES = sorted(EXPORTS.iterdir())
BAD = matrices(1, 2).replace(b"1,selinexor,dexamethasone,SIM-MM-1,0,10,nM,nM,12.74", b"1,selinexor,dexamethasone,SIM-MM-1,0,10,nM,nM,OVRFLW")
WIDTHS = {"wide": {"width": 1280, "height": 900}, "telephone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A server with what there is to look at: a reviewed screen with two runs, a plate screen with one, and files with problems."""
    server = Server(tmp_path_factory.mktemp("shown") / "data").start()
    api = server.api()
    screen = api.screen("XPO1 in MM and AML")
    api.upload_files(screen, [SCREEN])
    api.upload(screen, "bad.csv", BAD)
    api.patch(f"{screen}/files/bad.csv", {"role": "ignored"})
    first = api.start_run(screen, resamples=200)
    api.finished(first)
    well = api.get(f"{first}/blocks/4/wells")["wells"][30]
    api.post(f"{first}/blocks/4/left-out", {**well, "reason": "edge of the plate"})
    api.post(f"{first}/blocks/4/comments", json={"text": "repeat with a fresh stock"})
    api.call("PUT", f"{first}/blocks/4/review", json={"starred": True, "status": "follow_up"})
    second = api.start_run(screen, resamples=200, threshold=2, models=["bliss", "hsa"])
    api.finished(second)
    plates = api.screen("Plates of November")
    api.upload_files(plates, PLATE_FILES)
    api.finished(api.start_run(plates, resamples=200))
    yield server
    assert ended(server) == []


def analysed(server, data=None, **options):
    """A screen with a finished run, by the API; its pages' addresses."""
    api = server.api()
    screen = api.screen("to review")
    api.upload(screen, "screen.csv", data or matrices(1, 2, 3, 9))
    run = api.start_run(screen, **{"resamples": 200, **options})
    api.finished(run)
    return screen, run


def column(page, key):
    """A column of the ranked table."""
    place = page.locator("table.rank thead tr > *").evaluate_all(
        "(heads, key) => heads.findIndex((head) => head.classList.contains(`col-${key}`)) + 1", key)
    return [text.split("\n")[0].strip() for text in page.locator(f"table.rank tbody tr > :nth-child({place})").all_inner_texts()]


def signed(text):
    return float(text.replace("−", "-").replace("+", ""))


# Upload and understand


def test_a_screen_is_made_and_what_is_dropped_on_it_is_shown_as_it_is_understood(server, visit):
    page = visit(server).open()
    expect(page.get_by_text("Nothing here yet")).to_be_visible()
    create(page, "Plates of November")
    page.locator("form.drop").evaluate(DROP, [{"name": path.name, "text": path.read_bytes().decode("latin-1")} for path in PLATE_FILES
                                             if "softmax" not in path.name])
    expect(page.locator("table.files tbody tr")).to_have_count(4)
    expect(row(page, "layout.csv")).to_contain_text("layout")
    expect(row(page, "simulated-SIM-P1-envision.csv")).to_contain_text("EnVision")
    expect(row(page, "simulated-SIM-P2-gen5.txt")).to_contain_text("Gen5")
    choose(page, [EXPORTS / "simulated-SIM-P3-softmax.txt"])
    expect(row(page, "simulated-SIM-P3-softmax.txt")).to_contain_text("SoftMax")
    expect(page.locator("#file-count")).to_contain_text("5")


def test_plates_are_joined_with_their_layout_before_anything_is_analysed(server, visit):
    page = visit(server).open()
    create(page, "plates")
    choose(page, PLATE_FILES)
    page.get_by_role("link", name="Plate quality").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plates")
    for plate in ("SIM-P1", "SIM-P2", "SIM-P3", "SIM-P4"):
        expect(page.locator("main")).to_contain_text(plate)
    expect(page.locator("main svg").first).to_be_visible()


def test_a_files_page_draws_its_blocks_and_names_problems_by_line(server, visit):
    page = visit(server).open()
    create(page, "problems")
    choose(page, [as_file("bad.csv", BAD)])
    row(page, "bad.csv").get_by_role("link", name=re.compile("warning|error")).click()
    line = BAD.decode().split("\n").index("1,selinexor,dexamethasone,SIM-MM-1,0,10,nM,nM,OVRFLW") + 1
    problem = page.locator("#problems tbody tr").first
    expect(problem).to_contain_text("OVRFLW")
    expect(problem).to_contain_text(f"line {line}")
    expect(page.locator(".blocks article.block")).to_have_count(2)
    expect(page.locator(".blocks svg").first).to_be_visible()


def test_a_box_of_a_files_heatmap_says_its_value(server, visit):
    visitor = visit(server)
    page = visitor.open()
    create(page, "hover")
    choose(page, [as_file("screen.csv", matrices(1))])
    row(page, "screen.csv").get_by_role("link", name="screen.csv").click()
    visitor.ready(page)
    page.locator("figure[data-cells] svg").first.hover()
    page.locator("figure[data-cells] rect[aria-label]").first.hover()
    expect(page.locator("#tip")).to_be_visible()
    expect(page.locator("#tip")).to_contain_text(re.compile(r"\d"))


def corrected(page, visitor, server, data=None, name="screen.csv"):
    """A file's page of a new screen."""
    api = server.api()
    screen = api.screen("to correct")
    api.upload(screen, name, data or matrices(1))
    visitor.goto(page, f"{screen}/files/{name}")
    unfold(page)
    return api, screen


def unfold(page):
    """Opens the form that corrects a file, unless it is open."""
    if page.locator("details.correct:not([open])").count():
        page.locator("details.correct > summary").click()


def save(page, visitor):
    with page.expect_navigation():
        page.get_by_role("button", name="Save and read again").click()
    visitor.ready(page)
    unfold(page)


def labels(page):
    """What the boxes of the first heatmap say."""
    page.locator("figure[data-cells] svg").first.hover()
    return page.locator("figure[data-cells]").first.locator("rect[aria-label]").evaluate_all(
        "(boxes) => boxes.map((box) => box.getAttribute('aria-label'))")


def test_the_kind_of_response_can_be_corrected_and_the_heatmap_changes(server, visit):
    visitor = visit(server)
    page = visitor.context.new_page()
    api, screen = corrected(page, visitor, server)
    expect(page.locator("p.say")).to_contain_text("inhibition")
    before = labels(page)
    page.get_by_label("A response is").select_option("viability")
    save(page, visitor)
    expect(page.locator("p.say")).to_contain_text("viability")
    after = labels(page)
    assert len(after) == len(before) and after != before
    assert api.get(f"{screen}/files")["files"][0]["corrections"] == [{"response": "viability"}]


def test_the_unit_of_a_drug_can_be_corrected(server, visit):
    visitor = visit(server)
    page = visitor.context.new_page()
    api, screen = corrected(page, visitor, server)
    page.locator('input[data-drug="selinexor"]').fill("uM")
    save(page, visitor)
    drugs = page.locator("table", has=page.get_by_role("columnheader", name="Drug, as written")).locator("tbody tr")
    expect(drugs.filter(has_text="selinexor")).to_contain_text("µM")
    expect(drugs.filter(has_text="dexamethasone")).to_contain_text("nM")
    expect(page.locator('input[data-drug="selinexor"]')).to_have_value("uM")


def test_the_sample_can_be_corrected_and_taken_back(server, visit):
    visitor = visit(server)
    page = visitor.context.new_page()
    corrected(page, visitor, server)
    page.get_by_role("textbox", name="Sample").fill("OCI-AML3")
    save(page, visitor)
    expect(page.get_by_text("Samples: OCI-AML3")).to_be_visible()
    page.get_by_role("textbox", name="Sample").fill("")
    save(page, visitor)
    expect(page.get_by_text("Samples: SIM-MM-1")).to_be_visible()


def test_what_a_file_is_for_can_be_set_and_taken_back(server, visit):
    visitor = visit(server)
    page = visitor.context.new_page()
    api, screen = corrected(page, visitor, server)
    role = lambda: api.get(f"{screen}/files")["files"][0]["role"]
    page.locator('select[name="role"]').select_option("ignored")
    save(page, visitor)
    assert role() == "ignored"
    page.locator('select[name="role"]').select_option("")
    save(page, visitor)
    assert role() == "matrix"


def test_a_plates_barcode_can_be_mapped_to_the_layout(server, visit):
    visitor = visit(server)
    page = visitor.context.new_page()
    api = server.api()
    screen = api.screen("barcodes")
    api.upload_files(screen, [EXPORTS / "layout.csv"])
    export = (EXPORTS / "simulated-SIM-P1-envision.csv").read_bytes().replace(b"SIM-P1", b"TYPO-1")
    api.upload(screen, "p1.csv", export)
    assert [plate["plate"] for plate in api.get(f"{screen}/plates")["plates"]] == []
    visitor.goto(page, f"{screen}/files/p1.csv")
    unfold(page)
    page.locator('input[data-barcode="TYPO-1"]').fill("SIM-P1")
    save(page, visitor)
    assert [plate["plate"] for plate in api.get(f"{screen}/plates")["plates"]] == ["SIM-P1"]


def test_a_file_is_removed_after_a_second_press(server, visit):
    page = visit(server).open()
    create(page, "remove")
    choose(page, [as_file("a.csv", matrices(1)), as_file("b.csv", matrices(2))])
    button = row(page, "a.csv").get_by_role("button", name="Remove a.csv")
    button.click()
    expect(row(page, "a.csv")).to_be_visible()
    button.click()
    expect(row(page, "a.csv")).to_have_count(0)
    expect(row(page, "b.csv")).to_be_visible()


# Analyse


def test_a_run_is_started_and_followed_to_its_ranked_table(server, visit):
    visitor = visit(server)
    page = visitor.open()
    create(page, "progress")
    choose(page, [SCREEN])
    page.locator("details.options summary").click()
    page.get_by_label("Bootstrap resamples per combination").fill("3000")
    shares = []
    page.expose_function("tellShare", lambda share: shares.append(share))
    page.add_init_script("""addEventListener("DOMContentLoaded", () => {
      const bar = document.querySelector("progress");
      if (bar) new MutationObserver(() => tellShare(bar.value)).observe(bar, { attributes: true });
    });""")
    page.get_by_role("button", name="Analyse 1 file").click()
    page.wait_for_url(re.compile(r"/runs/1$"))
    expect(page.locator("table.rank tbody tr")).to_have_count(24)
    assert [share for share in shares if 0 < share < 1] and shares == sorted(shares)


def test_a_run_is_cancelled_from_its_page(server, visit):
    visitor = visit(server)
    page = visitor.open()
    create(page, "cancel")
    choose(page, [SCREEN])
    page.locator("details.options summary").click()
    page.get_by_label("Bootstrap resamples per combination").fill("100000")
    page.get_by_role("button", name="Analyse 1 file").click()
    page.wait_for_url("**/runs/1")
    page.get_by_role("button", name="Cancel this run").click()
    expect(page.locator(".state")).to_have_text("cancelled")
    assert server.runs_alive() == []


def test_no_button_can_be_pressed_before_the_script_hears_it(server, visit):
    visitor = visit(server)
    page = visitor.context.new_page()
    held = []
    page.route("**/main.js", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/main.js"):
        page.goto(server.url, wait_until="commit")
    button = page.get_by_role("button", name="Create")
    # Nothing is drawn before the style sheet is there.
    expect(button).to_have_css("pointer-events", "none")
    held[0].continue_()
    create(page, "pressed in time")
    expect(page.get_by_role("heading", level=1)).to_have_text("pressed in time")


def test_at_least_one_model_must_be_chosen(server, visit):
    page = visit(server).open()
    create(page, "models")
    choose(page, [as_file("screen.csv", matrices(1))])
    page.locator("details.options summary").click()
    for box in page.locator('input[name="models"]').all():
        box.uncheck()
    page.get_by_role("button", name="Analyse 1 file").click()
    expect(page.locator("#analyse .problem")).to_contain_text("at least one")
    assert server.api().get("/screens/1/runs")["runs"] == []


# Review


def test_the_ranked_table_is_that_of_ranking_csv(shown, visit):
    page = visit(shown).open("/screens/1/runs/1")
    ranking = table(shown.api().output("/screens/1/runs/1", "ranking.csv"))
    assert column(page, "rank") == [line["rank"] for line in ranking]
    assert column(page, "combination") == [f"{line['drug1']} × {line['drug2']}" for line in ranking]
    assert [signed(text) for text in column(page, "consensus")] == [round(float(line["consensus"]) + 0, 1) for line in ranking]
    assert column(page, "call") == [line["call"] for line in ranking]


def test_a_header_sorts_and_turns_the_order(shown, visit):
    page = visit(shown).open("/screens/1/runs/1")
    head = page.locator("th.col-css")
    for order, turned in (("descending", True), ("ascending", False)):
        head.get_by_role("link").click()
        expect(head).to_have_attribute("aria-sort", order)
        values = [signed(text) for text in column(page, "css")]
        assert values == sorted(values, reverse=turned)


def test_a_search_shows_what_matches_and_says_how_many(shown, visit):
    page = visit(shown).open("/screens/1/runs/1")
    page.get_by_label("Search").fill("venetoclax aml")
    expect(page.locator("table.rank tbody tr")).to_have_count(2)
    assert set(column(page, "combination")) == {"selinexor × venetoclax", "eltanexor × venetoclax"}
    expect(page.locator('[data-part="shown"]')).to_have_text("2 of 24")
    page.reload()
    expect(page.locator("table.rank tbody tr")).to_have_count(2)


def test_a_filter_shows_one_call(shown, visit):
    page = visit(shown).open("/screens/1/runs/1")
    calls = [line["call"] for line in table(shown.api().output("/screens/1/runs/1", "ranking.csv"))]
    assert 0 < calls.count("synergistic") < 24
    page.locator('select[name="call"]').select_option("synergistic")
    expect(page.locator('[data-part="shown"]')).to_have_text(f"{calls.count('synergistic')} of 24")
    assert column(page, "call") == ["synergistic"] * calls.count("synergistic")


def test_the_table_works_without_javascript(shown, visit):
    visitor = visit(shown, java_script_enabled=False)
    page = visitor.context.new_page()
    page.goto(shown.url + "/screens/1/runs/1")
    page.get_by_label("Search").fill("venetoclax")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url(re.compile("q=venetoclax"))
    expect(page.locator("table.rank tbody tr")).to_have_count(4)
    page.locator("th.col-bliss a").click()
    page.wait_for_url(re.compile("sort="))
    expect(page.locator("table.rank tbody tr")).to_have_count(4)
    page.locator("table.rank tbody th a").first.click()
    page.wait_for_url(re.compile("/blocks/"))
    expect(page.locator("main svg").nth(3)).to_be_visible()


def test_stars_decisions_and_comments_stay(server, visit):
    visitor = visit(server)
    screen, run = analysed(server)
    page = visitor.open(run)
    first = page.locator("table.rank tbody tr").first
    with page.expect_response(re.compile("/review$")):
        first.get_by_role("button", name=re.compile("^Star ")).click()
    with page.expect_response(re.compile("/review$")):
        first.get_by_label(re.compile("^Decision on")).select_option("follow_up")
    expect(page.locator('[data-count="starred"]')).to_have_text("1")
    first.locator("th a").click()
    page.wait_for_url(re.compile("/blocks/"))
    visitor.ready(page)
    page.get_by_label("Add a comment").fill("Twice as strong as <b>alone</b>")
    with page.expect_response(re.compile("/comments$")):
        page.get_by_role("button", name="Add comment").click()
    page.reload()
    expect(page.locator("ol.comments li")).to_have_count(1)
    expect(page.locator("ol.comments li p")).to_have_text("Twice as strong as <b>alone</b>")
    expect(page.locator('.head [data-part="star"]')).to_have_attribute("aria-pressed", "true")
    expect(page.locator('input[name="status"]:checked')).to_have_value("follow_up")
    visitor.goto(page, run + "?starred=true&status=follow_up")
    expect(page.locator("table.rank tbody tr")).to_have_count(1)
    expect(page.locator("table.rank tbody td.status small")).to_contain_text("1")


def test_a_review_survives_a_new_run(server, visit):
    visitor = visit(server)
    screen, run = analysed(server)
    api = server.api()
    api.call("PUT", f"{run}/blocks/1/review", json={"starred": True, "status": "drop"})
    name = api.get(f"{run}/blocks/1")["block_id"]
    again = api.start_run(screen, resamples=0)
    api.finished(again)
    page = visitor.open(again + "?starred=true")
    expect(page.locator("table.rank tbody tr")).to_have_count(1)
    index = page.locator("table.rank tbody tr").get_attribute("id")[1:]
    assert api.get(f"{again}/blocks/{index}")["block_id"] == name


# A combination


def test_every_box_of_a_map_says_its_value_to_the_pointer(shown, visit):
    page = visit(shown).open("/screens/1/runs/1/blocks/0")
    figure = page.locator(".maps figure[data-cells]").first
    figure.locator("svg").hover()
    boxes = figure.locator("rect[aria-label]")
    expect(boxes).to_have_count(36)
    for place in (0, 20, 35):
        boxes.nth(place).hover()
        expect(page.locator("#tip")).to_be_visible()
        head, value = boxes.nth(place).get_attribute("aria-label").split(": ", 1)
        expect(page.locator("#tip b")).to_have_text(head)
        expect(page.locator("#tip span")).to_have_text(value)


def test_boxes_are_reached_with_the_keyboard(shown, visit):
    page = visit(shown).open("/screens/1/runs/1/blocks/0")
    page.locator(".maps figure[data-cells] svg").first.focus()
    focused = lambda: page.evaluate("document.activeElement.getAttribute('aria-label')")
    first = focused()
    page.keyboard.press("ArrowRight")
    second = focused()
    page.keyboard.press("ArrowUp")
    third = focused()
    assert len({first, second, third}) == 3
    expect(page.locator("#tip b")).to_have_text(third.split(": ", 1)[0])
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()


def test_the_surface_is_drawn_in_a_frame_of_its_own(shown, visit):
    page = visit(shown).open("/screens/1/runs/1/blocks/0")
    page.get_by_role("button", name="Surface").first.click()
    frame = page.frame_locator("iframe[title='Rotatable synergy surface']")
    expect(frame.locator("canvas").first).to_be_visible(timeout=30_000)
    expect(frame.locator("#bar button")).to_have_count(4)
    expect(frame.locator("#message")).to_be_hidden()
    frame.get_by_role("button", name="HSA").click()
    expect(frame.locator("#plot")).to_have_attribute("aria-label", re.compile("HSA"))


def leave_out(page, reason):
    """Leaves out the first free well of the box that has the focus."""
    page.keyboard.press("Enter")
    dialog = page.locator("#well-dialog")
    expect(dialog).to_be_visible()
    dialog.locator('input[name="well"]:not(:disabled)').first.check()
    dialog.get_by_label("Reason").fill(reason)
    with page.expect_response(re.compile("/left-out$")):
        dialog.get_by_role("button", name="Exclude").click()
    expect(dialog).to_be_hidden()


def test_a_well_left_out_changes_the_scores_and_undo_brings_them_back(server, visit):
    visitor = visit(server)
    screen, run = analysed(server, matrices(10, 1))
    page = visitor.open(run + "/blocks/0")
    now = page.locator('tr[data-model="bliss"] [data-part="after"]')
    expect(now).to_have_text("unchanged")
    page.locator(".maps figure[data-cells] svg").first.focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    leave_out(page, "bubble in the well")
    expect(now).not_to_have_text("unchanged")
    entry = page.locator("ol.wells li")
    expect(entry).to_have_count(1)
    expect(entry).to_contain_text("bubble in the well")
    user = server.api().get("/session")["user"]["name"]
    expect(entry).to_contain_text(re.compile(rf"{user}, \d\d\d\d-\d\d-\d\d \d\d:\d\d"))
    expect(page.locator(".maps .lo").first).to_be_attached()
    changed = now.inner_text()
    scores = server.api().get(f"{run}/blocks/0/left-out")["scores"]
    bliss = next(score for score in scores if score["model"] == "bliss")
    assert signed(changed.split()[0]) == round(bliss["after"]["mean"], 1)
    page.reload()
    visitor.ready(page)
    expect(now).to_have_text(changed, use_inner_text=True)
    page.get_by_role("button", name="Undo").click()
    expect(now).to_have_text("unchanged")
    expect(page.locator("ol.wells li")).to_contain_text(f"put back by {user}")
    expect(page.locator(".maps .lo")).to_have_count(0)


def test_a_well_needs_a_reason(server, visit):
    screen, run = analysed(server, matrices(1))
    page = visit(server).open(run + "/blocks/0")
    page.locator(".maps figure[data-cells] svg").first.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#well-dialog")
    dialog.locator('input[name="well"]').first.check()
    dialog.get_by_role("button", name="Exclude").click()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert server.api().get(f"{run}/blocks/0/left-out")["left_out"] == []


def test_the_next_run_takes_over_the_wells_left_out(server, visit):
    visitor = visit(server)
    screen, run = analysed(server, matrices(1))
    api = server.api()
    well = api.get(f"{run}/blocks/0/wells")["wells"][9]
    api.post(f"{run}/blocks/0/left-out", {**well, "reason": "bubble"})
    page = visitor.open(screen)
    expect(page.get_by_label("exclude the 1 well that the review excludes")).to_be_checked()
    page.get_by_role("button", name="Analyse 1 file").click()
    page.wait_for_url(re.compile(r"/runs/2$"))
    expect(page.locator("table.rank tbody tr")).to_have_count(1)
    assert api.get(f"{screen}/runs/2")["left_out"] == 1


# Side by side, other options, comparison


def test_ticked_combinations_stand_side_by_side(shown, visit):
    visitor = visit(shown)
    page = visitor.open("/screens/1/runs/1")
    rows = page.locator("table.rank tbody tr")
    expect(page.get_by_role("button", name="Side by side")).to_be_disabled()
    for place in (0, 2, 23):
        rows.nth(place).locator(".pick input").check()
    page.get_by_role("button", name="Side by side (3)").click()
    page.wait_for_url(re.compile("side-by-side"))
    heads = page.locator("table.beside thead th")
    expect(heads).to_have_text([re.compile(rf"^\s*#{rank}\b") for rank in (1, 3, 24)])
    expect(page.locator("table.beside figure svg")).to_have_count(15)  # responses and four models


def test_a_run_with_other_options_is_compared_with_the_first(server, visit):
    visitor = visit(server)
    screen, run = analysed(server, resamples=200)
    page = visitor.open(screen)
    page.locator("details.options summary").click()
    page.get_by_label("Minimum effect size (percentage points)").fill("1.5")
    page.get_by_label("Bootstrap resamples per combination").fill("300")
    page.locator('input[name="models"][value="zip"]').uncheck()
    page.get_by_role("button", name="Analyse 1 file").click()
    page.wait_for_url(re.compile(r"/runs/2$"))
    expect(page.locator("table.rank tbody tr")).to_have_count(4)
    expect(page.locator("th.col-zip")).to_have_count(0)
    options = server.api().get(f"{screen}/runs/2")["options"]
    assert options["threshold"] == 1.5 and options["resamples"] == 300 and "zip" not in options["models"]
    page.locator("summary", has_text="Compare").click()
    page.get_by_role("link", name="with run 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Run 2 against run 1")
    expect(page.locator("main")).to_contain_text("selinexor")


def test_the_options_of_the_last_run_stand_in_the_form(server, visit):
    screen, run = analysed(server, threshold=2.5, resamples=400, seed=9)
    page = visit(server).open(screen)
    page.locator("details.options summary").click()
    expect(page.get_by_label("Minimum effect size (percentage points)")).to_have_value("2.5")
    expect(page.get_by_label("Bootstrap resamples per combination")).to_have_value("400")
    expect(page.get_by_label("Seed")).to_have_value("9")


# Downloads


def test_every_output_is_downloaded_as_it_was_written(shown, visit):
    page = visit(shown, accept_downloads=True).open("/screens/2/runs/1")
    names = {output["name"] for output in shown.api().get("/screens/2/runs/1/outputs")["outputs"]}
    assert {"ranking.csv", "qc.csv", "report.pdf", "report.xlsx", "results.sqlite"} <= names
    page.locator("summary", has_text="Downloads").click()
    links = page.locator("details.menu a[download]")
    assert set(links.all_inner_texts()) == names - {"report.html"}
    with page.expect_download() as download:
        links.first.click()
    name = download.value.suggested_filename
    assert download.value.path().read_bytes() == (shown.results(2, 1) / name).read_bytes()
    # The others without the browser's list of downloads, which now and then keeps a second one waiting for ever.
    for link in links.all()[1:]:
        answer = page.request.get(shown.url + link.get_attribute("href"))
        assert answer.ok and answer.body() == (shown.results(2, 1) / link.inner_text()).read_bytes()


def test_the_original_upload_is_downloaded_byte_for_byte(shown, visit):
    page = visit(shown, accept_downloads=True).open("/screens/2/files/simulated-SIM-P3-softmax.txt")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the original").click()
    assert download.value.suggested_filename == "simulated-SIM-P3-softmax.txt"
    assert download.value.path().read_bytes() == (EXPORTS / "simulated-SIM-P3-softmax.txt").read_bytes()


def test_the_report_opens_sandboxed_and_is_the_file_that_the_run_wrote(shown, visit):
    page = visit(shown).open("/screens/1/runs/1")
    with page.expect_response(re.compile("report.html$")) as answer:
        page.get_by_role("link", name="Report").first.click()
    assert answer.value.body() == (shown.results(1, 1) / "report.html").read_bytes()
    assert "sandbox" in answer.value.headers["content-security-policy"]
    expect(page.locator("table.rank tbody tr")).to_have_count(24)
    header = page.locator("table.rank thead th", has_text="CSS")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", re.compile("."))


# Screens


def test_a_screen_is_renamed_archived_and_brought_back(server, visit):
    visitor = visit(server)
    page = visitor.open()
    create(page, "old name")
    page.locator("summary", has_text="Settings").click()
    page.get_by_label("Name", exact=True).fill("new name")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("new name")
    page.get_by_role("button", name="Put away").click()
    page.wait_for_url(server.url + "/")
    expect(page.get_by_role("link", name="new name")).to_have_count(0)
    page.get_by_role("link", name="Show 1 screen put away").click()
    page.get_by_role("link", name="new name").click()
    visitor.ready(page)
    expect(page.locator(".tag", has_text="archived")).to_be_visible()
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".tag", has_text="archived")).to_have_count(0)
    assert server.api().get("/screens")["screens"][0]["archived"] is False


def test_the_history_tells_who_did_what(shown, visit):
    page = visit(shown).open("/screens/1")
    page.locator("summary", has_text="Who did what").click()
    events = page.locator("ol.events")
    for words in ("screen created", "file uploaded", "run started", "well excluded", "starred", "comment"):
        expect(events).to_contain_text(words)


def test_an_address_that_leads_nowhere_is_told_on_a_page(shown, visit):
    visitor = visit(shown)
    visitor.allowed.append("404 (Not Found)")
    page = visitor.context.new_page()
    for path in ("/screens/99", "/screens/1/files/none.csv", "/screens/1/runs/99", "/screens/1/runs/1/blocks/99", "/nowhere"):
        assert page.goto(shown.url + path).status == 404
        expect(page.get_by_role("link", name="All screens")).to_be_visible()


# Every page: accessible, in both schemes, on a telephone too

PAGES = [
    "/", "/formats", "/screens/1", "/screens/2", "/screens/1/files/bad.csv", "/screens/2/files/simulated-SIM-P1-envision.csv", "/screens/2/files/layout.csv",
    "/screens/2/plates", "/screens/1/runs/1", "/screens/1/runs/1?q=nothing+is+like+this", "/screens/1/runs/1/blocks/0",
    "/screens/1/runs/1/blocks/4", "/screens/1/runs/1/side-by-side?blocks=0,4", "/screens/1/runs/2/against/1", "/screens/2/runs/1",
    "/screens/2/runs/1/plates", "/screens/1/runs/1/blocks/0/surface",
]
FRAME_RULES = ["landmark-one-main", "page-has-heading-one", "region"]


# Colours hang on the scheme and the arrangement on the width, so two of the four pairs see everything.
@pytest.mark.parametrize("width, scheme", [("wide", "light"), ("telephone", "dark")])
def test_every_page_is_accessible_and_fits(shown, visit, width, scheme):
    visitor = visit(shown, viewport=WIDTHS[width], color_scheme=scheme)
    page, axe, faults = visitor.context.new_page(), Axe(), []
    for path in PAGES:
        page.goto(shown.url + path)
        if not path.endswith("/surface"):
            visitor.ready(page)
            for summary in page.locator("main details:not([open]):not(.menu) > summary").all():
                if summary.is_visible():
                    summary.click()
        # The surface is a frame of the combination's page, which has the landmarks and headings.
        found = axe.run(page, options={"resultTypes": ["violations"]})["violations"]
        for violation in (one for one in found if one["id"] not in FRAME_RULES or not path.endswith("/surface")):
            faults.append(f"{path}: {violation['id']}: {[node['html'][:160] for node in violation['nodes'][:3]]}")
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if overflow > 0:
            faults.append(f"{path}: is {overflow} px wider than the window")
    assert not faults, "\n".join(faults)


def test_a_menu_fits_on_a_telephone(shown, visit):
    page = visit(shown, viewport=WIDTHS["telephone"]).open("/screens/1/runs/1")
    for summary in page.locator("details.menu > summary").all():
        summary.click()
        box = summary.locator("xpath=following-sibling::*").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390, summary.inner_text()
        summary.click()
