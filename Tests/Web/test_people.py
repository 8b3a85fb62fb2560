"""Who may do what: accounts, sessions, tokens, private screens, the read-only role, forged requests, two people at once."""

import http.client
import json
import re
import threading
import urllib.parse

import pytest
import requests
from conftest import ended
from playwright.sync_api import expect
from webapp import PATIENCE, ROOT, SCREEN, Api, Server, matrices

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
PASSWORDS = {"ada": "correct horse battery", "ben": "staple of the horses", "rita": "only looks at things"}
# Besides those of openapi.json: every page below a screen.
PAGES = [
    "//screens/{screen}", "//screens/{screen}/files/{file}", "//screens/{screen}/plates", "//screens/{screen}/runs/{run}",
    "//screens/{screen}/runs/{run}/plates", "//screens/{screen}/runs/{run}/report.html", "//screens/{screen}/runs/{run}/against/{run}",
    "//screens/{screen}/runs/{run}/blocks/{block}", "//screens/{screen}/runs/{run}/blocks/{block}/surface",
    "//screens/{screen}/runs/{run}/side-by-side?blocks={block}",
]
# Bodies with which each unsafe call would succeed, were it allowed.
BODIES = {
    ("POST", "/screens"): {"name": "another"}, ("PATCH", "/screens/{screen}"): {"name": "taken over"},
    ("PATCH", "/screens/{screen}/files/{file}"): {"role": "ignored"}, ("POST", "/screens/{screen}/runs"): {"resamples": 0},
    ("PUT", "/screens/{screen}/runs/{run}/blocks/{block}/review"): {"starred": True},
    ("POST", "/screens/{screen}/runs/{run}/blocks/{block}/comments"): {"text": "seen"},
    ("POST", "/screens/{screen}/runs/{run}/blocks/{block}/left-out"): {"doses": [0, 0], "reason": "none"},
}
DOCUMENT = json.loads((ROOT / "Sources/WebApp/API/openapi.json").read_text())
ROUTES = [(method.upper(), path) for path, operations in DOCUMENT["paths"].items() for method in operations if method != "parameters"]
BELOW_SCREEN = [(method, path) for method, path in ROUTES if "{screen}" in path] + [("GET", path) for path in PAGES]
CHANGING = [(method, path) for method, path in ROUTES if method in UNSAFE and path != "/session"]


def words(route):
    return f"{route[0]} {route[1]}"


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A server with an administrator, an editor and a reader; Ada has a private screen and a shared one, both analysed."""
    server = Server(tmp_path_factory.mktemp("house") / "data", "--sign-in")
    tokens = {}
    for name, role in (("ada", "admin"), ("ben", "editor"), ("rita", "reader")):
        tokens[name] = server.token(name, role, PASSWORDS[name])
    server.start()
    server.people = {name: server.api(token=token) for name, token in tokens.items()}
    server.tokens = tokens
    ada = server.people["ada"]
    for name, isPrivate in (("Ada's secret", True), ("Everybody's", False)):
        screen = ada.screen(name, isPrivate)
        ada.upload(screen, "secret compound.csv" if isPrivate else "shared.csv", matrices(1, 2))
        run = ada.start_run(screen, resamples=0)
        ada.finished(run)
        well = ada.get(f"{run}/blocks/0/wells")["wells"][7]
        ada.post(f"{run}/blocks/0/left-out", {**well, "reason": "bubble"})
    yield server
    assert ended(server) == []


def address(path, screen=1):
    values = {"screen": screen, "file": urllib.parse.quote("secret compound.csv" if screen == 1 else "shared.csv"), "run": 1, "block": 0,
              "output": "ranking.csv", "well": 1 if screen == 1 else 2}
    return path.format(**values)


def ask(api, route, screen=1):
    """Any answer to a route."""
    method, path = route
    how = {"json": BODIES.get(route, {})} if method in ("POST", "PATCH", "PUT") else {}
    if route == ("PUT", "/screens/{screen}/files/{file}"):
        how = {"data": b"a,b\n"}
    return api.send(method, address(path, screen), stream=path.endswith("/events"), timeout=PATIENCE, **how)


# Private screens


def test_the_routes_to_try_are_all_there():
    """The list comes from openapi.json; were it cut, the tests below would say too little."""
    assert len(BELOW_SCREEN) >= 30 and len(CHANGING) >= 11


@pytest.mark.parametrize("route", BELOW_SCREEN, ids=words)
def test_another_persons_private_screen_is_not_there(house, route):
    answer = ask(house.people["ben"], route)
    assert answer.status_code == 404, answer.text[:300]
    assert "secret" not in answer.text


@pytest.mark.parametrize("route", [route for route in BELOW_SCREEN if route[0] == "GET"], ids=words)
def test_its_owner_finds_it_there(house, route):
    """The same addresses lead somewhere for Ada, so that the 404 above means something."""
    answer = ask(house.people["ada"], route)
    answer.close()
    assert answer.status_code in ((409,) if "plates" in route[1] and "{run}" not in route[1] else (200,)), answer.status_code


def test_a_private_screen_is_in_nobody_elses_list(house):
    for name in ("ben", "rita"):
        assert [screen["name"] for screen in house.people[name].get("/screens")["screens"]] == ["Everybody's"]
        assert "secret" not in house.people[name].send("GET", "//?archived=true").text
    assert len(house.people["ada"].get("/screens")["screens"]) == 2


def test_equal_bytes_in_a_private_screen_are_told_to_nobody(house):
    """The same content is recognised only where one may look."""
    ben = house.people["ben"]
    screen = ben.screen("Ben's")
    answer = ben.upload(screen, "mine.csv", matrices(1, 2))
    assert answer["same_as"] == ["shared.csv (screen “Everybody's”)"]
    assert "secret" not in ben.send("GET", f"/{screen}").text


def test_a_screen_made_private_is_gone_for_others_at_once(house):
    ada, ben = house.people["ada"], house.people["ben"]
    screen = ada.screen("for a while")
    assert ben.send("GET", screen).status_code == 200
    ada.patch(screen, {"private": True})
    assert ben.send("GET", screen).status_code == 404
    assert ben.send("GET", f"/{screen}").status_code == 404


def test_events_of_a_screen_made_private_end(house):
    """A stream that was opened while the screen was shared tells nothing after that."""
    ada, ben = house.people["ada"], house.people["ben"]
    screen = ada.screen("soon private")
    ada.upload(screen, "screen.csv", SCREEN.read_bytes())
    run = ada.start_run(screen, resamples=100_000)
    answer = ben.send("GET", f"{run}/events", stream=True)
    lines = answer.iter_lines()
    assert next(line for line in lines if line.startswith(b"data:"))
    ada.patch(screen, {"private": True})
    told = [line for line in lines if line.startswith(b"data:")]
    states = [json.loads(line[5:])["state"] for line in told]
    ada.send("POST", f"{run}/cancel")
    # What was on its way at that moment may come.
    assert "finished" not in states and "cancelled" not in states and len(states) <= 2


def test_only_the_owner_makes_a_screen_private(house):
    answer = house.people["ben"].send("PATCH", "/screens/2", json={"private": True})
    assert answer.status_code == 403 and answer.json()["error"]["code"] == "not_owner"
    assert house.people["ada"].get("/screens/2")["private"] is False


# The read-only role


@pytest.mark.parametrize("route", CHANGING, ids=words)
def test_a_reader_changes_nothing(house, route):
    answer = ask(house.people["rita"], route, screen=2)
    assert answer.status_code == 403, answer.text[:300]
    assert answer.json()["error"]["code"] == "read_only"


def test_a_reader_sees_and_downloads(house):
    rita = house.people["rita"]
    assert rita.get("/screens/2/runs/1/outputs/ranking.csv") == house.people["ada"].get("/screens/2/runs/1/outputs/ranking.csv")
    assert rita.get("/screens/2/files/shared.csv") == matrices(1, 2)


def test_a_readers_pages_offer_no_change(house, visit):
    visitor = visit(house)
    page = visitor.open()
    sign_in(page, "rita")
    page.wait_for_url(house.url + "/")
    for path in ("/", "/screens/2", "/screens/2/files/shared.csv", "/screens/2/runs/1", "/screens/2/runs/1/blocks/0"):
        visitor.goto(page, path)
        expect(page.locator(".who")).to_contain_text("rita")
        assert page.locator("main form:not(.filter):not(#beside), main [data-part='star'], main [data-part='status'], main [data-part='undo']").count() == 0, path


# Signing in and out


def sign_in(page, name, password=None):
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password or PASSWORDS[name])
    page.get_by_role("button", name="Sign in").click()


def test_one_signs_in_is_led_where_one_wanted_and_signs_out(house, visit):
    visitor = visit(house)
    visitor.allowed.append("401 (Unauthorized)")
    page = visitor.open("/screens/2/runs/1?q=selinexor")
    assert "/sign-in" in page.url
    sign_in(page, "ben", "a wrong password")
    expect(page.locator(".problem")).to_have_text("Name or password is wrong.")
    sign_in(page, "ben")
    page.wait_for_url(re.compile(r"/screens/2/runs/1\?q=selinexor$"))
    visitor.ready(page)
    expect(page.locator(".who")).to_contain_text("ben")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("/sign-in"))
    page.goto(house.url + "/screens/2")
    assert "/sign-in" in page.url


def test_the_sign_in_leads_to_no_other_server(house, visit):
    visitor = visit(house)
    for place in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        page = visitor.context.new_page()
        page.goto(f"{house.url}/sign-in?next={urllib.parse.quote(place, safe='')}")
        visitor.ready(page)
        sign_in(page, "ben")
        page.wait_for_url(house.url + "/")
        visitor.ready(page)
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(re.compile("/sign-in"))
        page.close()


def test_one_signs_in_without_javascript(house, visit):
    visitor = visit(house, java_script_enabled=False)
    page = visitor.context.new_page()
    page.goto(house.url + "/screens/2")
    sign_in(page, "ben")
    page.wait_for_url(house.url + "/screens/2")
    expect(page.get_by_role("heading", level=1)).to_have_text("Everybody's")


@pytest.mark.parametrize("place", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_the_form_without_javascript_leads_to_no_other_server_and_comes_from_none(house, place):
    form = {"name": "ben", "password": PASSWORDS["ben"], "next": place}
    answer = requests.post(house.url + "/sign-in", data=form, timeout=PATIENCE, allow_redirects=False)
    assert answer.status_code == 303 and answer.headers["Location"] == "/"
    forged = requests.post(house.url + "/sign-in", data=form, timeout=PATIENCE, allow_redirects=False, headers={"Origin": "http://evil.example"})
    assert forged.status_code == 403 and "Set-Cookie" not in forged.headers


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(house):
    answer = house.people["ben"].session.post(
        house.url + "/api/v1/session", json={"name": "ada", "password": PASSWORDS["ada"]}, headers={"Authorization": None})
    cookie = answer.headers["Set-Cookie"]
    assert answer.status_code == 201
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie


def test_behind_tls_the_cookie_is_secure(make_server):
    server = make_server("--sign-in", "--tls-terminated-upstream", "--trusted-proxy", "127.0.0.1", accounts=[("ada", "admin")])
    answer = requests.post(server.url + "/api/v1/session", json={"name": "ada", "password": "ada has a password"}, timeout=PATIENCE)
    assert "; Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_a_closed_session_opens_nothing(house):
    ben = house.api(name="ben", password=PASSWORDS["ben"])
    cookie = ben.session.cookies.get("isobole_session")
    ben.delete("/session")
    answer = ben.session.get(house.url + "/api/v1/screens", cookies={"isobole_session": cookie}, timeout=PATIENCE)
    assert answer.status_code == 401


def test_without_sign_in_nothing_is_shown(house):
    for method, path in ROUTES:
        if path in ("/openapi.json",) or (method, path) in (("POST", "/session"), ("DELETE", "/session")):
            continue
        answer = requests.request(method, house.url + "/api/v1" + address(path, 2), timeout=PATIENCE, json={}, stream=True)
        assert answer.status_code == 401, (method, path, answer.status_code)
    for path in ["//", *PAGES]:
        answer = requests.get(house.url + address(path, 2)[1:], timeout=PATIENCE, allow_redirects=False)
        assert answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in?next="), path


def test_wrong_passwords_are_bounded_for_a_name_from_an_address_and_it_says_how_long(make_server):
    server = make_server("--sign-in", accounts=[("ada", "admin"), ("ben", "editor")])
    statuses = []
    for _ in range(12):
        answer = requests.post(server.url + "/api/v1/session", json={"name": "ada", "password": "a guess of it"}, timeout=PATIENCE)
        statuses.append(answer.status_code)
    assert statuses == [401] * 10 + [429] * 2
    assert 0 < int(answer.headers["Retry-After"]) <= 600
    right = requests.post(server.url + "/api/v1/session", json={"name": "ada", "password": "ada has a password"}, timeout=PATIENCE)
    assert right.status_code == 429


def test_many_guesses_at_once_do_not_slip_through(make_server):
    server = make_server("--sign-in", accounts=[("ada", "admin")])
    statuses = []

    def guess(number):
        answer = requests.post(server.url + "/api/v1/session", json={"name": "ada", "password": f"guess number {number}"}, timeout=PATIENCE)
        statuses.append(answer.status_code)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses.count(401) <= 10 and set(statuses) <= {401, 429, 503}


def test_wrong_tokens_are_bounded_and_do_not_shut_out_those_with_a_right_one(make_server):
    server = make_server("--sign-in", start=False)
    token = server.token("ada", "admin")
    server.start()
    statuses = [
        requests.get(server.url + "/api/v1/screens", headers={"Authorization": f"Bearer guess{number}"}, timeout=PATIENCE).status_code
        for number in range(12)
    ]
    assert statuses == [401] * 10 + [429] * 2
    assert server.api(token=token).send("GET", "/screens").status_code == 200


def test_the_work_of_a_refusal_does_not_tell_whether_there_is_an_account(make_server):
    server = make_server("--sign-in", accounts=[("ada", "admin")])
    took = {"ada": [], "nobody": []}
    for _ in range(4):
        for name in took:
            begun = server.work()
            answer = requests.post(server.url + "/api/v1/session", json={"name": name, "password": "a guess of it"}, timeout=PATIENCE)
            took[name].append(server.work() - begun)
            assert answer.status_code == 401
    # A password's check takes a tenth of a second of the processor; none at all would take a hundredth of that.
    assert sum(took["nobody"]) > 0.4 * sum(took["ada"])


def test_a_disabled_account_is_out_at_once(make_server):
    server = make_server("--sign-in", start=False, accounts=[("ada", "admin")])
    token = server.token("ben", password="ben has a password")
    server.start()
    by_token, by_cookie = server.api(token=token), server.api(name="ben", password="ben has a password")
    assert by_token.send("GET", "/screens").status_code == by_cookie.send("GET", "/screens").status_code == 200
    server.accounts("disable", "ben")
    assert by_token.send("GET", "/screens").status_code == by_cookie.send("GET", "/screens").status_code == 401
    with pytest.raises(AssertionError, match="401"):
        server.api(name="ben", password="ben has a password")
    server.accounts("enable", "ben")
    assert by_cookie.send("GET", "/screens").status_code == 401
    assert server.api(name="ben", password="ben has a password").send("GET", "/screens").status_code == 200


def test_a_new_password_ends_the_sessions(make_server):
    server = make_server("--sign-in", accounts=[("ada", "admin")])
    ada = server.api(name="ada", password="ada has a password")
    server.accounts("password", "ada", password="ada has another one")
    assert ada.send("GET", "/screens").status_code == 401
    assert server.api(name="ada", password="ada has another one").send("GET", "/screens").status_code == 200


def test_a_role_taken_away_holds_at_once(make_server):
    server = make_server("--sign-in", start=False, accounts=[("ada", "admin")])
    ben = Api(server.start().url, token=server.token("ben"))
    assert ben.send("POST", "/screens", json={"name": "one"}).status_code == 201
    server.accounts("role", "ben", "reader")
    assert ben.send("POST", "/screens", json={"name": "two"}).status_code == 403


def test_beyond_this_machine_accounts_are_demanded(tmp_path):
    server = Server(tmp_path / "data", "--host", "0.0.0.0")
    with pytest.raises(AssertionError, match="no account yet"):
        server.start()
    server.kill()
    assert "unencrypted" in server.said()


def test_the_store_holds_no_password_and_no_token(house):
    data = b"".join(path.read_bytes() for path in house.data.glob("isobole.sqlite*"))
    for secret in [*PASSWORDS.values(), *house.tokens.values()]:
        assert secret.encode() not in data
    assert b"$argon2id$" in data


# Forged requests


def forged(server, api, **headers):
    return api.session.post(server.url + "/api/v1/screens", json={"name": "forged"}, timeout=PATIENCE, headers=headers)


FORGERIES = {
    "no header": {}, "a wrong header": {"X-Isobole-CSRF": "guessed"}, "an empty header": {"X-Isobole-CSRF": ""},
    "another site": {"X-Isobole-CSRF": "right", "Sec-Fetch-Site": "cross-site"},
    "another port of this machine": {"X-Isobole-CSRF": "right", "Sec-Fetch-Site": "same-site"},
    "another origin": {"X-Isobole-CSRF": "right", "Origin": "http://evil.example"},
    "an origin without a name": {"X-Isobole-CSRF": "right", "Origin": "null"},
}


@pytest.mark.parametrize("way", FORGERIES)
@pytest.mark.parametrize("who", ["a session", "the person at this machine"])
def test_a_forged_request_changes_nothing(house, server, way, who):
    place = house if who == "a session" else server
    api = place.api(name="ben", password=PASSWORDS["ben"]) if place is house else place.api()
    headers = {key: api.csrf if value == "right" else value for key, value in FORGERIES[way].items()}
    before = len(api.get("/screens")["screens"])
    answer = forged(place, api, **headers)
    assert answer.status_code == 403 and answer.json()["error"]["code"] == "csrf"
    assert len(api.get("/screens")["screens"]) == before


def test_another_persons_csrf_value_does_not_do(house):
    ben, ada = (house.api(name=name, password=PASSWORDS[name]) for name in ("ben", "ada"))
    assert forged(house, ben, **{"X-Isobole-CSRF": ada.csrf}).status_code == 403


def test_one_signs_in_only_from_the_servers_own_page(house):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}):
        answer = requests.post(
            house.url + "/api/v1/session", json={"name": "ben", "password": PASSWORDS["ben"]}, headers=headers, timeout=PATIENCE)
        assert answer.status_code == 403 and "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("host, status", [
    ("127.0.0.1", 200), ("localhost", 200), ("LOCALHOST", 200), ("[::1]", 200), ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("", 421),
    ("localhost@evil.example", 421),
])
def test_without_sign_in_the_server_answers_only_to_this_machines_names(server, host, status):
    """Else a page elsewhere could let its own name point here (DNS rebinding)."""
    for path in ("/api/v1/screens", "/", "/assets/app.css"):
        link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        link.putrequest("GET", path, skip_host=True)
        link.putheader("Host", f"{host}:{server.port}" if host else "")
        link.endheaders()
        answer = link.getresponse().status
        link.close()
        assert answer == status or (host == "" and answer in (400, 421)), (path, answer)


def test_with_names_given_no_other_is_answered_to(make_server):
    server = make_server("--sign-in", "--name", "isobole.lab.example", accounts=[("ada", "admin")])
    for host, status in (("isobole.lab.example", 303), ("other.example", 421)):
        answer = requests.get(server.url + "/", headers={"Host": host}, allow_redirects=False, timeout=PATIENCE)
        assert answer.status_code == status


def test_every_page_forbids_foreign_scripts_and_frames(house):
    ada = house.people["ada"]
    for path in ["//", *PAGES]:
        if path == "//screens/{screen}/plates":
            continue
        answer = ada.send("GET", address(path))
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if "sandbox" not in policy:
            assert "unsafe" not in policy and "frame-ancestors 'none'" in policy, path


def test_an_upload_is_never_shown_as_a_page(house):
    """A file's bytes come as a download, whatever they are."""
    ada = house.people["ada"]
    ada.upload("/screens/1", "page.html", b"<script>alert(1)</script>")
    answer = ada.send("GET", "/screens/1/files/page.html")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_names_that_are_markup_are_shown_as_text(server, visit):
    api = server.api()
    script = "<script>alert(1)</script>"
    screen = api.screen(script)
    data = matrices(1).replace(b"selinexor", script.encode()).replace(b"SIM-MM-1", b"<img src=x onerror=alert(2)>")
    api.upload(screen, "b & 'quoted' \"x\" <b>.csv", data)
    run = api.start_run(screen, resamples=0)
    api.finished(run)
    api.post(f"{run}/blocks/0/comments", json={"text": script})
    well = api.get(f"{run}/blocks/0/wells")["wells"][3]
    api.post(f"{run}/blocks/0/left-out", {**well, "reason": script})
    visitor = visit(server)
    page = visitor.context.new_page()
    page.on("dialog", lambda dialog: (visitor.complain(f"dialog: {dialog.message}"), dialog.dismiss()))
    name = urllib.parse.quote("b & 'quoted' \"x\" <b>.csv")
    for path in ("/", screen, f"{screen}/files/{name}", run, f"{run}/blocks/0", f"{run}/side-by-side?blocks=0"):
        visitor.goto(page, path)
        expect(page.locator("main")).to_contain_text("<")
        assert page.locator("main script, main img[src='x']").count() == 0


# Two at once


def test_two_people_work_on_one_screen_and_each_sees_what_the_other_did(house, visit):
    ada = house.people["ada"]
    screen = ada.screen("together")
    pages = {}
    for name in ("ada", "ben"):
        visitor = visit(house)
        page = visitor.open(screen)
        sign_in(page, name)
        page.wait_for_url(re.compile(screen + "$"))
        visitor.ready(page)
        pages[name] = (visitor, page)
    for place, (name, (_, page)) in enumerate(pages.items()):
        page.set_input_files('[data-part="files"]', [
            {"name": f"{name}-{number}.csv", "mimeType": "text/csv", "buffer": matrices(1 + number + 5 * place)} for number in range(5)])
    for visitor, page in pages.values():
        expect(page.locator("section.queue [role=status]")).to_have_text(re.compile("5 of 5"))
    assert len(ada.get(f"{screen}/files")["files"]) == 10
    run = ada.start_run(screen, resamples=0)
    ada.finished(run)
    for visitor, page in pages.values():
        visitor.goto(page, f"{run}/blocks/0")
    for name, (_, page) in pages.items():
        page.get_by_label("Add a comment").fill(f"{name} was here")
        with page.expect_response(re.compile("/comments$")):
            page.get_by_role("button", name="Add comment").click()
    with pages["ada"][1].expect_response(re.compile("/review$")):
        pages["ada"][1].locator('input[value="follow_up"]').check()
    with pages["ben"][1].expect_response(re.compile("/review$")):
        pages["ben"][1].locator('.head [data-part="star"]').click()
    for visitor, page in pages.values():
        page.reload()
        visitor.ready(page)
        expect(page.locator("ol.comments li")).to_have_count(2)
        expect(page.locator("ol.comments")).to_contain_text("ada was here")
        expect(page.locator("ol.comments")).to_contain_text("ben was here")
        expect(page.locator('input[name="status"]:checked')).to_have_value("follow_up")
        expect(page.locator('.head [data-part="star"]')).to_have_attribute("aria-pressed", "true")
    actors = {(entry["by"], entry["action"]) for entry in ada.get(f"{screen}/history")["history"]}
    assert {("ada", "to follow up"), ("ben", "starred"), ("ben", "file uploaded"), ("ada", "file uploaded")} <= actors


def test_two_who_leave_the_same_well_out_at_once_leave_it_out_once(house):
    """A second entry would take out another replicate, or none, and undoing one would not bring the well back."""
    ada, ben = house.people["ada"], house.people["ben"]
    screen = ada.screen("at once")
    ada.upload(screen, "screen.csv", matrices(3))
    run = ada.start_run(screen, resamples=0)
    ada.finished(run)
    for well in ada.get(f"{run}/blocks/0/wells")["wells"][10:22]:
        body = {"doses": well["doses"], "response": well["response"], "reason": "bubble"}
        barrier, statuses = threading.Barrier(2), []

        def leave(api):
            barrier.wait()
            statuses.append(api.send("POST", f"{run}/blocks/0/left-out", json=body).status_code)

        threads = [threading.Thread(target=leave, args=(api,)) for api in (ada, ben)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(statuses) == [201, 409], well
    left_out = ada.get(f"{run}/blocks/0/left-out")["left_out"]
    assert len(left_out) == 12


def test_files_are_not_readable_by_others_of_this_machine(house):
    for name in ("", "files", "runs", "incoming"):
        assert (house.data / name).stat().st_mode & 0o077 == 0, name
