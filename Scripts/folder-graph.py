#!/usr/bin/env python3
"""Which folders of a target use which: prints the graph, and fails where folders use each other in a circle.

    Scripts/folder-graph.py              circles in any target under Sources
    Scripts/folder-graph.py --all        the whole graph
    Scripts/folder-graph.py Reporting    the edges of one, with a type and a file for each

A folder uses another where one of its files names a type that the other declares (struct, class, actor, enum, protocol or
typealias, nested ones under their own name only where no other folder has it). Extensions declare nothing. Names that two
folders of a target declare count for neither. Files that lie in the target's own folder are the room "·".
"""

import collections
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent / "Sources"
DECLARED = re.compile(r"^(?:@\w+(?:\([^)]*\))? )*(?:public |package |internal |fileprivate |private |open |final |indirect )*"
                      r"(?:struct|class|actor|enum|protocol|typealias) ([A-Z]\w*)", re.M)
PRIVATE = re.compile(r"^(?:fileprivate |private )", re.M)
WORD = re.compile(r"\b[A-Z]\w*\b")
NOISE = re.compile(r'"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|//[^\n]*')


def texts(path):
    """A file's code: without comments, and of its strings only what is interpolated."""
    source = path.read_text()

    def keep(match):
        text = match.group(0)
        return " ".join(re.findall(r"\\\(([^()]*(?:\([^()]*\)[^()]*)*)\)", text)) if text.startswith('"') else ""

    return NOISE.sub(keep, source)


def room(path, target):
    parts = path.relative_to(target).parts
    return parts[0] if len(parts) > 1 else "·"


def graph(target):
    """{(folder, folder): (type, file)}"""
    files = {path: texts(path) for path in sorted(target.rglob("*.swift"))}
    owners = collections.defaultdict(set)
    for path, text in files.items():
        for match in DECLARED.finditer(text):
            if PRIVATE.match(match.group(0)):
                continue
            owners[match.group(1)].add(room(path, target))
    owner = {name: next(iter(rooms)) for name, rooms in owners.items() if len(rooms) == 1}
    edges = {}
    for path, text in files.items():
        here = room(path, target)
        for name in sorted(set(WORD.findall(text))):
            if name in owner and owner[name] != here:
                edges.setdefault((here, owner[name]), (name, path.relative_to(target)))
    return edges


def circles(edges):
    """The strongly connected sets of more than one folder (Tarjan 1972)."""
    following = collections.defaultdict(list)
    for one, other in edges:
        following[one].append(other)
    index, low, stack, found = {}, {}, [], []

    def visit(node):
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in following[node]:
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            members = []
            while True:
                members.append(stack.pop())
                if members[-1] == node:
                    break
            if len(members) > 1:
                found.append(sorted(members))

    for node in sorted({node for edge in edges for node in edge}):
        if node not in index:
            visit(node)
    return found


def main():
    asked = [word for word in sys.argv[1:] if word != "--all"]
    prints = "--all" in sys.argv or bool(asked)
    failed = looked = 0
    for target in sorted(path for path in ROOT.iterdir() if any(path.rglob("*.swift"))):
        if asked and target.name not in asked:
            continue
        edges = graph(target)
        looked += 1
        uses = collections.defaultdict(list)
        for (one, other), (name, file) in sorted(edges.items()):
            uses[one].append(f"{other} ({name}, {file})" if asked else other)
        if uses and prints:
            print(target.name)
        for one, others in sorted(uses.items()) if prints else []:
            separator = "\n      " if asked else ", "
            print(f"  {one} → {separator.join(others)}" if not asked else f"  {one} →\n      {separator.join(others)}")
        for members in circles(edges):
            failed += 1
            print(f"{target.name}: error: a circle of {len(members)} folders: {', '.join(members)}")
    if not failed:
        print(f"{looked} targets, no folders that use each other in a circle")
    else:
        print(f"{failed} circle(s): move what two folders share to a third, or declare it where it is used", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
