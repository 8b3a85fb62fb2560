"""A few kills while a store is written; `store.py` makes as many as one likes."""

import store


def test_a_killed_run_leaves_a_store_that_opens_with_whole_blocks():
    left = store.kills(10, seed=3)
    assert len(left) == 10
    assert any(blocks for blocks in left), "no kill met a store with blocks"
