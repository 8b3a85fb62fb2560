"""Two people who change the same thing are told of each other; neither undoes the other's work unawares."""

import re

import pytest
from playwright.sync_api import expect
from webapp import matrices


@pytest.fixture
def two(make_server):
    server = make_server("--sign-in", accounts=[("ed", "editor"), ("eve", "editor")])
    ed, eve = (server.api(name=name, password=f"{name} has a password") for name in ("ed", "eve"))
    screen = ed.screen("shared")
    ed.upload(screen, "f1.csv", matrices(1))
    return server, ed, eve, screen


def version(api, screen):
    [file] = api.get(f"{screen}/files")["files"]
    return file["etag"]


def signed_in(visitor, server, name):
    page = visitor.context.new_page()
    page.goto(server.url + "/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(f"{name} has a password")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(server.url + "/")
    return page


def test_a_second_correction_that_does_not_know_the_first_is_not_made(two):
    _, ed, eve, screen = two
    file = f"{screen}/files/f1.csv"
    seen = version(eve, screen)
    done = ed.send("PATCH", file, json={"corrections": [{"sample": "X"}]}, headers={"If-Match": seen})
    assert done.status_code == 200 and done.headers["ETag"] == done.json()["etag"] != seen
    late = eve.send("PATCH", file, json={"corrections": [{"unit": "uM"}]}, headers={"If-Match": seen})
    assert late.status_code == 412
    answer = late.json()
    assert answer["yours"]["corrections"] == [{"unit": "uM"}] and answer["current"]["corrections"] == [{"sample": "X"}]
    assert "ed changed" in answer["error"]["message"]
    assert "Yours: unit uM. Now there: sample “X”." in answer["error"]["message"]
    assert late.headers["ETag"] == answer["current"]["etag"] == version(ed, screen)
    # Knowing it, she may.
    both = [{"sample": "X"}, {"unit": "uM"}]
    assert eve.send("PATCH", file, json={"corrections": both}, headers={"If-Match": answer["current"]["etag"]}).status_code == 200


def test_a_correction_that_says_no_version_takes_nothing_away(two):
    _, ed, eve, screen = two
    file = f"{screen}/files/f1.csv"
    assert ed.send("PATCH", file, json={"corrections": [{"sample": "X"}]}).status_code == 200
    late = eve.send("PATCH", file, json={"corrections": [{"unit": "uM"}]})
    assert late.status_code == 428 and "sample “X”" in late.json()["error"]["message"]
    assert ed.get(f"{screen}/files")["files"][0]["corrections"] == [{"sample": "X"}]
    assert eve.send("PATCH", file, json={"corrections": [{"sample": "X"}, {"unit": "uM"}]}).status_code == 200
    assert eve.send("PATCH", file, json={"corrections": []}, headers={"If-Match": "*"}).status_code == 200


def test_what_was_replaced_meanwhile_is_not_taken_out_by_who_did_not_see_it(two):
    _, ed, eve, screen = two
    file = f"{screen}/files/f1.csv"
    seen = version(ed, screen)
    eve.upload(screen, "f1.csv", matrices(2))
    late = ed.send("DELETE", file, headers={"If-Match": seen})
    assert late.status_code == 412 and "eve changed" in late.json()["error"]["message"]
    assert ed.send("DELETE", file, headers={"If-Match": version(ed, screen)}).status_code == 204


def test_an_upload_made_for_another_version_replaces_nothing(two):
    _, ed, eve, screen = two
    file = f"{screen}/files/f1.csv"
    seen = version(ed, screen)
    eve.upload(screen, "f1.csv", matrices(2))
    late = ed.send("PUT", file, data=matrices(3), headers={"If-Match": seen})
    assert late.status_code == 412 and "eve changed" in late.json()["error"]["message"]
    assert eve.get(file) == matrices(2)
    assert ed.send("PUT", f"{screen}/files/new.csv", data=matrices(3), headers={"If-Match": "*"}).status_code == 409
    assert ed.send("PUT", file, data=matrices(3), headers={"If-Match": version(ed, screen)}).status_code == 200


def test_a_corrected_file_is_not_taken_out_without_its_version(two):
    _, ed, eve, screen = two
    file = f"{screen}/files/f1.csv"
    assert ed.send("PATCH", file, json={"corrections": [{"sample": "X"}]}).status_code == 200
    blind = eve.send("DELETE", file)
    assert blind.status_code == 428 and "sample “X”" in blind.json()["error"]["message"]
    assert eve.send("DELETE", file, headers={"If-Match": version(eve, screen)}).status_code == 204


def test_corrections_that_contradict_each_other_are_not_taken(two):
    _, ed, _, screen = two
    for both in ([{"sample": "X"}, {"sample": "Y"}], [{"response": "viability"}, {"response": "inhibition"}],
                 [{"drug": "a", "unit": "uM"}, {"drug": "a", "unit": "nM"}]):
        late = ed.send("PATCH", f"{screen}/files/f1.csv", json={"corrections": both})
        assert late.status_code == 400 and "send one of them" in late.json()["error"]["message"]
    assert ed.send(
        "PATCH", f"{screen}/files/f1.csv", json={"corrections": [{"drug": "a", "unit": "uM"}, {"drug": "b", "unit": "nM"}]}).status_code == 200


def test_the_page_removes_the_version_that_it_shows(two, visit):
    server, ed, _, screen = two
    assert ed.send("PATCH", f"{screen}/files/f1.csv", json={"corrections": [{"sample": "X"}]}).status_code == 200
    visitor = visit(server)
    page = signed_in(visitor, server, "eve")
    visitor.goto(page, screen)
    remove = page.get_by_role("button", name="Remove f1.csv")
    remove.click()
    expect(remove).to_have_text("Really remove?")
    remove.click()
    expect(page.get_by_text("f1.csv was removed")).to_be_visible()
    assert ed.get(f"{screen}/files")["files"] == []


def test_the_page_shows_both_versions_and_lets_one_choose(two, visit):
    server, ed, _, screen = two
    visitor = visit(server)
    visitor.allowed.append("412 (Precondition Failed)")
    page = signed_in(visitor, server, "eve")
    for choice in ("Keep what is there", "Replace it with mine"):
        visitor.goto(page, f"{screen}/files/f1.csv")
        sample_field = page.locator('input[name="sample"]')
        if not sample_field.is_visible():
            page.get_by_text("Correct how it is read").click()
        sample_field.fill("Y")
        now = version(ed, screen)
        sample = "X1" if choice.startswith("Keep") else "X2"
        ed.call("PATCH", f"{screen}/files/f1.csv", json={"corrections": [{"sample": sample}]}, headers={"If-Match": now})
        page.get_by_role("button", name="Save and read again").click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text(re.compile(f"ed changed “f1.csv”.*Yours: sample “Y”. Now there: sample “{sample}”"))
        with page.expect_navigation():
            page.get_by_role("button", name=choice).click()
        visitor.ready(page)
        expect(page.locator('input[name="sample"]')).to_have_value(sample if choice.startswith("Keep") else "Y")


def test_two_decisions_on_one_combination_are_told_of_each_other(two, visit):
    server, ed, eve, screen = two
    run = ed.start_run(screen, resamples=0)
    ed.finished(run)
    review = f"{run}/blocks/0/review"
    assert ed.send("PUT", review, json={"status": "follow_up", "was": "none"}).status_code == 200
    late = eve.send("PUT", review, json={"status": "drop", "was": "none"})
    assert late.status_code == 412 and "ed has decided “follow up” meanwhile" in late.json()["error"]["message"]
    answer = eve.call("PUT", review, json={"status": "drop", "was": "follow_up"})
    assert (answer["status"], answer["by"]) == ("drop", "eve")
    # Who decides the same is not in the way.
    assert ed.send("PUT", review, json={"status": "drop", "was": "follow_up"}).status_code == 200
