"""What can be uploaded: the page that says it, its samples and templates, the example screen; manifests; options of reading as fields."""

import re

import pytest
from conftest import ended
from playwright.sync_api import expect
from pages import create, row
from webapp import EXPORTS, PATIENCE, SCREEN, sha256, table

# An export of a plate without a barcode, as Gen5 writes its matrix of results.
MATRIX = "Results\n\t" + "\t".join(str(column) for column in range(1, 13)) + "\n" + "".join(
    f"{letter}\t" + "\t".join(str(100000 - 7000 * (place + column) + 10 * column) for column in range(12)) + "\n"
    for place, letter in enumerate("ABCDEFGH"))


def template():
    """A layout that names no plate: a drug down, a drug across, untreated wells in the corner and the last columns."""
    lines = ["well,role,drug1,conc1,drug2,conc2,unit"]
    for place, letter in enumerate("ABCDEFGH"):
        for column in range(12):
            role = "negative" if column >= 10 or place + column == 0 else "sample"
            drugs = f"selinexor,{place},bortezomib,{column},uM" if role == "sample" else ",,,,"
            lines.append(f"{letter}{column + 1},{role},{drugs}")
    return "\n".join(lines) + "\n"


def test_every_format_is_shown_with_a_sample_and_every_sample_reads_as_its_kind(server, visit):
    page = visit(server).open("/formats")
    api = server.api()
    screen = api.screen("samples")
    kinds = {"doses": "matrix", "plates": "export", "layouts": "layout", "manifests": "manifest"}
    count, wrong = 0, []
    for kind, role in kinds.items():
        section = page.locator(f'section[aria-labelledby="kind-{kind}"]')
        for link in section.locator('a[href$=".txt"]').all():
            path = link.get_attribute("href")
            sample = page.request.get(server.url + path)
            assert sample.ok and sample.headers["content-disposition"].startswith("attachment")
            name = path.rsplit("/", 1)[1]
            api.upload(screen, name, sample.body())
            file = next(file for file in api.get(f"{screen}/files")["files"] if file["name"] == name)
            # cellHTS2's configuration is no layout without its annotation; only a person or both say what it is.
            if name != "cellhts2.txt":
                if file["role"] != role or file["errors"]:
                    wrong.append((name, file["role"], file["summary"], file["errors"]))
            count += 1
    assert count >= 20 and not wrong, wrong


@pytest.mark.parametrize("name, role", [("table", "matrix"), ("matrix", "matrix"), ("layout", "layout"), ("manifest", "manifest")])
def test_a_template_is_the_same_as_text_and_as_a_workbook(server, visit, name, role):
    page = visit(server).open("/formats")
    api = server.api()
    screen = api.screen("templates")
    for ending in ("csv", "xlsx"):
        link = page.locator(f'a[href="/templates/{name}.{ending}"]')
        with page.expect_download() as download:
            link.click()
        with open(download.value.path(), "rb") as file:
            api.upload(screen, f"{name}.{ending}", file.read())
    files = {file["name"]: file for file in api.get(f"{screen}/files")["files"]}
    assert {file["role"] for file in files.values()} == {role}
    read = [api.get(f"{screen}/files/{name}.{ending}/understanding") for ending in ("csv", "xlsx")]
    for part in ("kind", "blocks", "plates"):
        assert [one.get(part) for one in read][0] == [one.get(part) for one in read][1]
    assert not [problem for one in read for problem in one["problems"] if problem["severity"] == "error"]


def test_an_example_screen_is_there_after_one_press(server, visit):
    page = visit(server).open()
    page.get_by_role("link", name="What can I upload?").first.click()
    page.get_by_role("button", name="Try it with an example screen").click()
    page.wait_for_url(re.compile(r"/screens/\d+$"))
    expect(row(page, SCREEN.name)).to_contain_text("blocks")
    files = server.api().get("/screens/1/files")["files"]
    assert [file["sha256"] for file in files] == [sha256(SCREEN.read_bytes())]


def test_a_manifest_says_the_samples_of_plates_of_one_layout(server, visit):
    visitor = visit(server)
    page = visitor.open()
    create(page, "manifest")
    api = server.api()
    for name, text in (("RUN01.txt", MATRIX), ("RUN02.txt", MATRIX.replace("Results", "Results ")), ("template.csv", template()),
                       ("plates.csv", "plate,layout,sample\nRUN01.txt,template.csv,MM-1\nRUN02.txt,template.csv,MM-2\n")):
        api.upload("/screens/1", name, text.encode())
    page.reload()
    expect(row(page, "plates.csv")).to_contain_text("layouts and samples of plates")
    row(page, "plates.csv").get_by_role("link", name="plates.csv").click()
    expect(page.locator("main")).to_contain_text("RUN01.txt: layout template.csv, sample MM-1")
    run = api.start_run("/screens/1", resamples=0)
    assert "--manifest" in api.finished(run)["command"]
    samples = {line["sample"] for line in table(api.output(run, "ranking.csv"))}
    assert samples == {"MM-1", "MM-2"}


def test_options_of_reading_are_fields_and_stay(server, visit):
    visitor = visit(server)
    page = visitor.open()
    create(page, "fields")
    api = server.api()
    times = "Time [h],selinexor 0 uM + bortezomib 0 nM,selinexor 1 uM + bortezomib 0 nM,selinexor 0 uM + bortezomib 5 nM,selinexor 1 uM + bortezomib 5 nM\n"
    times += "24,100,80,70,50\n48,100,60,50,20\n72,100,40,30,10\n"
    api.upload("/screens/1", "times.csv", times.encode())
    page.reload()
    page.locator("details.options summary").click()
    page.get_by_label("Time (hours)").fill("48")
    page.get_by_label("Bootstrap resamples per combination").fill("0")
    page.get_by_role("button", name="Analyse 1 file").click()
    page.wait_for_url(re.compile(r"/runs/1$"))
    run = "/screens/1/runs/1"
    # The page of a run loads itself anew when the run has ended; another page may be opened after that.
    expect(page.locator("table.rank tbody tr")).to_have_count(1)
    cells = table(api.output(run, "cells.csv"))
    combination = [cell for cell in cells if float(cell["conc1"]) > 0 and float(cell["conc2"]) > 0]
    assert [float(cell["response"]) for cell in combination] == [80]
    page.goto(server.url + "/screens/1")
    visitor.ready(page)
    page.locator("details.options summary").click()
    expect(page.get_by_label("Time (hours)")).to_have_value("48")


def test_a_message_names_the_field_of_the_page(server, visit):
    visitor = visit(server)
    page = visitor.open()
    create(page, "words")
    api = server.api()
    api.upload("/screens/1", "odd.csv", b"compound,amount,value x\nselinexor,1,2\nselinexor,2,3\n")
    visitor.goto(page, "/screens/1/files/odd.csv")
    expect(page.locator("#problems")).to_contain_text("Correct how it is read")
    expect(page.locator("#problems")).not_to_contain_text("--")


def test_a_table_of_wells_with_their_signal_is_analysed_alone(server, visit):
    page = visit(server).open()
    create(page, "wells")
    api = server.api()
    wells = "plate,well,role,drug1,conc1,drug2,conc2,unit,signal\n"
    wells += "P1,A1,negative,,,,,nM,100\nP1,A2,sample,a,1,,,nM,80\nP1,B1,sample,,,b,1,nM,70\nP1,B2,sample,a,1,b,1,nM,40\n"
    api.upload("/screens/1", "wells.csv", wells.encode())
    page.reload()
    expect(row(page, "wells.csv")).to_contain_text("wells with their drugs and signal")
    run = api.start_run("/screens/1", resamples=0)
    api.finished(run)
    cells = table(api.output(run, "cells.csv"))
    assert [float(cell["response"]) for cell in cells if float(cell["conc1"]) > 0 and float(cell["conc2"]) > 0] == [60]
