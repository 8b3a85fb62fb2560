"""What several tests do on a screen's page."""

import re

from playwright.sync_api import expect

# Drops files on an element, as a person does with the pointer.
DROP = """async (form, files) => {
  const transfer = new DataTransfer();
  for (const { name, text } of files) transfer.items.add(new File([text], name));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    form.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
  }
}"""


def create(page, name):
    """Makes a screen from the list."""
    page.get_by_label("New screen", exact=True).last.fill(name)
    page.get_by_role("button", name="Create").click()
    page.wait_for_url(re.compile(r"/screens/\d+$"))
    page.wait_for_selector('html[data-ready="true"]', state="attached")


def row(page, name):
    """A file's row."""
    return page.locator("table.files tbody tr").filter(has=page.get_by_role("link", name=name, exact=True))


def choose(page, paths):
    """Chooses files and waits until all are in the table."""
    page.set_input_files('[data-part="files"]', paths)
    for path in paths:
        expect(row(page, path["name"] if isinstance(path, dict) else path.name)).to_be_visible()


def as_file(name, data):
    return {"name": name, "mimeType": "text/csv", "buffer": data}
