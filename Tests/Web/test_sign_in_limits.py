"""Guesses of passwords are slowed, and nobody can keep somebody else from signing in."""

import http.client
import json
import threading

import pytest
import requests
from webapp import PATIENCE

RIGHT = "{} has a password"


def sign_in(server, name, password, source="127.0.0.1", headers=None):
    """The status and the headers of a sign-in from an address of this machine."""
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE, source_address=(source, 0))
    try:
        link.request("POST", "/api/v1/session", json.dumps({"name": name, "password": password}), headers or {})
        answer = link.getresponse()
        answer.read()
        return answer.status, answer.headers
    finally:
        link.close()


def status(*words, **how):
    return sign_in(*words, **how)[0]


@pytest.fixture
def house(make_server):
    return make_server("--sign-in", accounts=[("ada", "admin"), ("ben", "editor")])


def test_wrong_passwords_from_one_address_do_not_shut_the_owner_out_elsewhere(house):
    assert [status(house, "ada", "a wrong guess", "127.0.0.2") for _ in range(11)] == [401] * 10 + [429]
    assert status(house, "ada", RIGHT.format("ada"), "127.0.0.3") == 201


def test_one_persons_mistakes_do_not_shut_out_who_shares_the_address(house):
    assert [status(house, "ada", "a wrong guess") for _ in range(11)] == [401] * 10 + [429]
    assert status(house, "ben", RIGHT.format("ben")) == 201


def test_a_guess_from_many_addresses_is_slowed_but_not_where_the_owner_has_signed_in_before(house):
    assert status(house, "ada", RIGHT.format("ada"), "127.0.0.9") == 201
    statuses = [status(house, "ada", "a wrong guess", f"127.0.1.{1 + number // 10}") for number in range(52)]
    assert statuses == [401] * 50 + [429] * 2
    # Not from a new address, even with the right password …
    answer, headers = sign_in(house, "ada", RIGHT.format("ada"), "127.0.0.8")
    assert answer == 429 and 0 < int(headers["Retry-After"]) <= 600
    # … but where she has signed in before, also after the server was started again.
    assert status(house, "ada", RIGHT.format("ada"), "127.0.0.9") == 201
    house.stop()
    house.start()
    [status(house, "ada", "a wrong guess", f"127.0.1.{1 + number // 10}") for number in range(50)]
    assert status(house, "ada", RIGHT.format("ada"), "127.0.0.8") == 429
    assert status(house, "ada", RIGHT.format("ada"), "127.0.0.9") == 201


def test_names_that_nobody_has_are_bounded_alike(house):
    for name in ("ada", "nobody"):
        source = "127.0.2.1" if name == "ada" else "127.0.2.2"
        assert [status(house, name, "a wrong guess", source) for _ in range(12)] == [401] * 10 + [429] * 2


def test_one_password_tried_on_many_names_is_bounded_for_the_address(house):
    statuses = [status(house, f"name{number}", "password of the year", "127.0.0.2") for number in range(102)]
    assert statuses == [401] * 100 + [429] * 2
    assert status(house, "ada", RIGHT.format("ada"), "127.0.0.3") == 201


def test_a_crowd_of_guesses_does_not_make_others_wait(house):
    """Unauthenticated requests fill no queue without end: most are answered at once, and a sign-in from elsewhere is looked at."""
    answers = []

    def guess(number):
        answers.append(sign_in(house, f"name{number}", "a wrong guess", "127.0.0.2"))

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(80)]
    for thread in threads:
        thread.start()
    assert status(house, "ada", RIGHT.format("ada"), "127.0.0.3") == 201
    for thread in threads:
        thread.join()
    statuses = [answer for answer, _ in answers]
    assert set(statuses) == {401, 503} and statuses.count(503) > statuses.count(401)
    assert all(int(headers["Retry-After"]) > 0 for answer, headers in answers if answer == 503)
    # What was not looked at does not count as failed.
    assert status(house, "ben", RIGHT.format("ben"), "127.0.0.2") == 201


def test_what_a_client_says_of_its_address_is_not_believed(house):
    """Else everybody could take another address for each guess, or somebody else's."""
    statuses = [
        status(house, "ada", "a wrong guess", headers={"X-Forwarded-For": f"192.0.2.{number}"}) for number in range(12)]
    assert statuses == [401] * 10 + [429] * 2


def test_what_a_stated_proxy_says_is_believed_from_its_last_hop(make_server):
    server = make_server(
        "--sign-in", "--tls-terminated-upstream", "--trusted-proxy", "127.0.0.1", "--trusted-proxy", "10.0.0.7", accounts=[("ada", "admin")])

    def through(forwarded, password="a wrong guess", source="127.0.0.1"):
        return status(server, "ada", password, source, headers={"X-Forwarded-For": forwarded})

    # What stands before the hop that the proxy saw was written by the client.
    assert [through(f"198.51.100.{number}, 192.0.2.1, 10.0.0.7") for number in range(12)] == [401] * 10 + [429] * 2
    assert through("192.0.2.1", RIGHT.format("ada")) == 429
    assert through("192.0.2.2", RIGHT.format("ada")) == 201
    # Another address than the proxy's is no proxy.
    assert through("192.0.2.1", RIGHT.format("ada"), "127.0.0.2") == 201


def test_a_server_behind_a_proxy_that_is_not_stated_says_so(make_server):
    server = make_server("--sign-in", "--tls-terminated-upstream", start=False, accounts=[("ada", "admin")])
    server.expected.append("warning: all sign-ins seem to come from the proxy.*--trusted-proxy")
    server.start()
    assert "--trusted-proxy" in server.said()
    assert requests.get(server.url + "/health", timeout=PATIENCE).status_code == 200
