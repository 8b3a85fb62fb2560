"""A short form of publishing.py: a few kills and errors in each way of putting results in place."""

import pytest
from publishing import counts, trial


@pytest.mark.parametrize("kind", ["replace", "fresh", "into"])
def test_a_kill_or_an_error_leaves_the_older_results_or_the_new_ones(kind):
    numbers = counts(kind, ("renameat2", "fsync", "unlinkat"))
    states = set()
    for call in ("renameat2", "unlinkat"):
        some = numbers[call]
        for number in {some[0], some[len(some) // 2], some[-1]}:
            fault, state = trial(kind, call, number)
            assert fault is None
            states.add(state)
    for call, error in (("renameat2", "EIO"), ("fsync", "EIO"), ("renameat2", "ENOSPC")):
        fault, state = trial(kind, call, numbers[call][-1], error)
        assert fault is None
    assert "new.csv" in states or "half" in states


def test_older_results_that_cannot_be_removed_are_removed_by_the_next_run():
    """Also where all of them went but an empty folder: the manifest stays with it and says what it is."""
    for number in counts("replace", ("fsync", "unlinkat"))["unlinkat"][-6:]:
        fault, _ = trial("replace", "unlinkat", number, "EIO")
        assert fault is None
