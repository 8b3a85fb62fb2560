"""Hooks for schemathesis (SCHEMATHESIS_HOOKS=fuzz_hooks): most addresses name something that is there, so that calls get further than 404."""

import zlib

import schemathesis

THERE = {
    "screen": [1, 1, 2, 3], "run": [1, 1, 2], "block": [0, 1], "well": [1, 2], "file": ["screen.csv", "layout.csv", "odd name & more.txt"],
    "output": ["ranking.csv", "results.sqlite", "report.html"],
}


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Four of five of the values drawn become ones that are there; which, hangs on the drawn value, so that it can be drawn again."""
    if not isinstance(path_parameters, dict):
        return path_parameters
    mapped = {}
    for name, value in path_parameters.items():
        digest = zlib.crc32(repr(value).encode("utf-8", "surrogatepass"))
        known = THERE.get(name)
        mapped[name] = known[digest // 5 % len(known)] if known and digest % 5 else value
    return mapped
