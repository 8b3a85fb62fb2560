#!/usr/bin/env python3
"""Fails where a text that people read has a word that was replaced (run by `make lint`).

Looks at the string literals of Swift and JavaScript, at templates and at the README's text. CHANGELOG.md, which tells of the
replacement, and the list of renamed options may have them.
"""
import re
import subprocess
import sys

OLD = [
    (r"\b(left|leaves?|leaving|Leave) (it |them )?out\b", "excluded, exclude"),
    (r"\bdoubted\b", "warning"),
    (r"\bnoted\b", "info"),
    (r"\b(not|was|were|is|are|Files as they were) understood\b", "recognised"),
    (r"\bundecided\b", "inconclusive"),
    (r"\bgravest\b", "most serious"),
    (r"\bfound out from\b", "recognised from"),
    (r"\bnot told one by one\b", "not listed"),
    (r"\btaken off\b", "subtracted, corrected"),
    (r"\bSay (it|which)\b", "Specify"),
    (r"\bsearched to its end\b", "searched recursively"),
    (r"\bsame bits\b", "reproducible"),
    (r"\bLook first\b", "Warnings"),
    (r"--(leave-out|least-[a-z-]+|largest-[a-z]+|runs-at-once|positive-is|keep-blank|correct-positions|against|behind-tls)\b",
     "the name in Sources/Programs/RenamedOptions.swift"),
]
STRING = {
    "swift": r'//[^\n]*|"""(?:.|\n)*?"""|"(?:\\.|[^"\\\n])*"',
    "js": r'//[^\n]*|/\*(?:.|\n)*?\*/|"(?:\\.|[^"\\\n])*"|`[^`]*`',
}
# Names of columns of the web app's store, which stay.
ALLOWED = {"Sources/WebApp/Store/Store+Runs.swift", "Sources/WebApp/Store/Store+Files.swift",
           "Sources/WebApp/Store/Store+Migrations.swift", "Sources/Assay/InputProblem.swift",
           "Sources/Programs/RenamedOptions.swift"}


def texts(path, content):
    """(position, text) of what people read."""
    kind = path.rsplit(".", 1)[-1]
    if kind not in STRING:
        yield 0, content
        return
    for match in re.finditer(STRING[kind], content):
        if match.group(0)[0] in "\"`":
            yield match.start(), match.group(0)


def main():
    listed = subprocess.run(["git", "ls-files", "Sources", "README.md"], capture_output=True, text=True, check=True)
    found = 0
    for path in listed.stdout.split("\n"):
        if path in ALLOWED or not (path == "README.md" or path.endswith((".swift", ".js", ".mustache"))):
            continue
        content = open(path, encoding="utf-8").read()
        for start, text in texts(path, content):
            for pattern, better in OLD:
                for match in re.finditer(pattern, text):
                    line = content.count("\n", 0, start + match.start()) + 1
                    print(f"{path}:{line}: “{match.group(0)}”: write {better}")
                    found += 1
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
