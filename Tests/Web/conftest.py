"""Servers and browsers for the tests of the web app."""

import itertools

import pytest
from playwright.sync_api import expect, sync_playwright

from webapp import PATIENCE, Server, wait_for

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
expect.set_options(timeout=PATIENCE * 1000)


def ended(server):
    """Ends a server; what is wrong with how it went."""
    faults = []
    if server.process is not None:
        if server.process.poll() is not None:
            faults.append(f"it had ended by itself with status {server.process.returncode}")
        status = server.stop()
        if status != 0:
            faults.append(f"it ended with status {status}")
    faults += [f"log: {line}" for line in server.unexpected()]
    try:
        wait_for(lambda: not server.runs_alive(), "runs to end")
    except AssertionError:
        faults.append(f"it left {server.runs_alive()} running")
    return faults


@pytest.fixture
def make_server(tmp_path):
    """Starts servers; at the end of the test each must still run, end well and have logged nothing unexpected."""
    servers, numbers = [], itertools.count(1)

    def make(*options, data=None, start=True, accounts=()):
        server = Server(data or tmp_path / f"data-{next(numbers)}", *options)
        for name, role in accounts:
            server.accounts("add", name, "--role", role, password=f"{name} has a password")
        servers.append(server)
        return server.start() if start else server

    yield make
    faults = [fault for server in servers for fault in ended(server)]
    assert faults == []


@pytest.fixture
def server(make_server):
    """A server for the person at this machine."""
    return make_server()


@pytest.fixture
def api(server):
    return server.api()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Visitor:
    """A browser context that is watched: nothing may go wrong on its pages, and nothing be asked of another server."""

    def __init__(self, context, url):
        self.context, self.url, self.complaints, self.allowed = context, url, [], []
        context.on("page", self.watch)

    def watch(self, page):
        page.on("console", lambda message: self.complain(f"{message.type}: {message.text} ({message.location['url']})"))
        page.on("pageerror", lambda error: self.complain(f"error: {error}"))
        page.on("request", self.look_at)

    def look_at(self, request):
        if not request.url.startswith((self.url + "/", "blob:", "data:")):
            self.complain(f"request: {request.url}")

    def complain(self, text):
        # What Chromium advises of plotly's own drawing is not ours to mend.
        if text.startswith("warning: Canvas2D") and "plotly.min.js" in text:
            return
        if not any(one in text for one in self.allowed):
            self.complaints.append(text)

    def open(self, path="/"):
        page = self.context.new_page()
        self.goto(page, path)
        return page

    def goto(self, page, path):
        """Opens a page of the server and waits until its scripts are at work."""
        page.goto(self.url + path)
        self.ready(page)

    def ready(self, page):
        page.wait_for_selector('html[data-ready="true"]', state="attached")


@pytest.fixture
def visit(browser):
    """Opens a watched browser context on a server; at the end of the test nobody may have complained."""
    visitors = []

    def new(server, **options):
        visitor = Visitor(browser.new_context(**options), server.url)
        visitor.context.set_default_timeout(PATIENCE * 1000)
        visitors.append(visitor)
        return visitor

    yield new
    for visitor in visitors:
        visitor.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []
