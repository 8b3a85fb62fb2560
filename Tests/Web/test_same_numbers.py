"""A run of the web app is the command that it states: the same bytes in every table, and a well left out in the review gives
what a run without it gives.
"""

import json
import shlex
import subprocess

import pytest
from webapp import EXPORTS, NCATS, PLATES, SCREEN, matrices, table, tool

# What a run had beside its files.
BESIDE = {"corrections.csv", "left-out.csv"}
TABLES = ("ranking.csv", "cells.csv", "fits.csv", "problems.csv", "qc.csv", "across_samples.csv", "results.sqlite")


def outputs_by_command(api, address, run, files, folder):
    """What the stated command writes in a folder with the same files, with what the run had beside them."""
    given = folder / "input"
    given.mkdir(parents=True)
    for name, data in files.items():
        (given / name).write_bytes(data)
    for output in api.get(f"{address}/outputs")["outputs"]:
        if output["name"] in BESIDE:
            (folder / output["name"]).write_bytes(api.output(address, output["name"]))
    words = shlex.split(run["command"])
    assert words[0] == "isobole"
    done = subprocess.run([tool(), *words[1:]], cwd=given, capture_output=True, text=True)
    assert done.returncode in (0, 3), done.stderr
    out = folder / "results"
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file() and path.name != MANIFEST}


# Says which files are a run's; it is no download.
MANIFEST = "isobole-manifest.json"


def assert_same(api, run_address, files, folder, least):
    """Every table of a run is that of its command; `least` must be among them."""
    run = api.finished(run_address, 240)
    expected = outputs_by_command(api, run_address, run, files, folder)
    listed = {output["name"]: output["bytes"] for output in api.get(f"{run_address}/outputs")["outputs"]}
    assert set(listed) - BESIDE == set(expected)
    assert set(least) <= set(listed)
    for name in TABLES:
        if name in expected:
            data = api.output(run_address, name)
            assert data == expected[name], f"{name} differs"
            assert len(data) == listed[name]
    assert api.get(f"{run_address}/ranking.csv") == expected["ranking.csv"]
    return expected


def uploaded(api, files, name="screen"):
    screen = api.screen(name)
    for file, data in files.items():
        api.upload(screen, file, data)
    return screen


def test_a_screen_of_dose_matrices_gives_the_bytes_of_the_command(api, tmp_path):
    files = {"one.csv": matrices(1, 2, 3, 11), "two.csv": (PLATES / "simulated-matrix.csv").read_bytes()}
    screen = uploaded(api, files, "XPO1 in “AML” & 'MM'; November")
    run = api.start_run(screen, resamples=300, seed=7, threshold=4.5, models=["bliss", "zip", "hsa"])
    assert_same(api, run, files, tmp_path / "command", TABLES[:4])


def test_a_screen_of_plates_gives_the_bytes_of_the_command(api, tmp_path):
    files = {path.name: path.read_bytes() for path in EXPORTS.iterdir()}
    screen = uploaded(api, files)
    run = api.start_run(screen, resamples=300, mask_outliers=True)
    expected = assert_same(api, run, files, tmp_path / "command", TABLES[:5])
    assert b"SIM-P1" in expected["qc.csv"]


def test_corrections_and_wells_left_out_give_the_bytes_of_the_command(api, tmp_path):
    files = {"a, b.csv": matrices(1, 2), "c.csv": matrices(3)}
    screen = uploaded(api, files)
    for name, corrections in {
        "a, b.csv": [{"response": "viability"}, {"drug": "selinexor", "unit": "uM"}],
        "c.csv": [{"sample": 'OCI-AML3, "early"'}],
    }.items():
        api.patch(f"{screen}/files/{name}", {"corrections": corrections})
    first = api.start_run(screen, resamples=300)
    api.finished(first)
    block = f"{first}/blocks/0"
    wells = api.get(f"{block}/wells")["wells"]
    for well, reason in ((wells[3], 'bubble, "large"'), (wells[-1], "edge; of the plate")):
        api.post(f"{block}/left-out", {"doses": well["doses"], "response": well["response"], "reason": reason})
    second = api.start_run(screen, resamples=300)
    assert api.finished(second)["left_out"] == 2
    expected = assert_same(api, second, files, tmp_path / "command", TABLES[:4])
    assert expected["ranking.csv"] != api.get(f"{first}/ranking.csv")
    assert b"uM" in expected["ranking.csv"] and b"OCI-AML3" in expected["ranking.csv"]
    assert b"bubble" in expected["problems.csv"]


def test_the_reference_screen_of_466_blocks_gives_the_bytes_of_the_command(make_server, tmp_path):
    if not NCATS.exists():
        pytest.skip(f"the reference data are not there: {NCATS}")
    server = make_server()
    api = server.api()
    files = {NCATS.name: NCATS.read_bytes()}
    screen = uploaded(api, files)
    run = api.start_run(screen, response="viability", resamples=100)
    expected = assert_same(api, run, files, tmp_path / "command", TABLES[:4])
    assert len(table(expected["ranking.csv"])) == 466


def test_files_that_are_refused_in_part_give_the_bytes_of_the_command(api, tmp_path):
    files = {"good.csv": matrices(4), "bad.csv": matrices(5).replace(b",0,0,nM", b",zero,0,nM"), "words.csv": b"a,b\nc,d\n"}
    screen = uploaded(api, files)
    run = api.start_run(screen, resamples=0)
    expected = assert_same(api, run, files, tmp_path / "command", TABLES[:4])
    assert any(row["severity"] != "info" for row in table(expected["problems.csv"]))


def test_the_files_beside_the_command_can_be_downloaded(server, api):
    """What a run is repeated with in a terminal comes from the server, byte for byte."""
    screen = uploaded(api, {"a.csv": matrices(1)})
    api.patch(f"{screen}/files/a.csv", {"corrections": [{"response": "viability"}]})
    run = api.start_run(screen, resamples=0)
    assert "corrections.csv" in api.finished(run)["command"]
    kept = server.data / "runs" / screen.split("/")[-1] / "1" / "corrections.csv"
    assert api.output(run, "corrections.csv") == kept.read_bytes()


@pytest.mark.parametrize("source", ["replicates", "one well a dose pair"])
def test_a_well_left_out_gives_bit_for_bit_what_a_run_without_it_gives(api, source):
    """The noise of a block without replicates depends on the other blocks, so both kinds are looked at."""
    screen = uploaded(api, {
        "replicates": {"screen.csv": matrices(1, 3, 6, 10)},
        "one well a dose pair": {"screen.csv": (PLATES / "simulated-matrix.csv").read_bytes()},
    }[source])
    first = api.start_run(screen)
    api.finished(first)
    blocks = api.get(f"{first}/blocks")["blocks"]
    # Wells of two blocks, so that one's numbers feel the other's.
    for block in blocks[:2]:
        address = f"{first}/blocks/{block['index']}"
        wells = [well for well in api.get(f"{address}/wells")["wells"] if all(dose > 0 for dose in well["doses"])]
        for well in wells[5], wells[11]:
            answer = api.post(
                f"{address}/left-out", {"doses": well["doses"], "response": well["response"], "reason": "bubble"})
            assert [one["reason"] for one in answer["left_out"]] in (["bubble"], ["bubble"] * 2)
    at_once = {block["id"]: api.get(f"{first}/blocks/{block['index']}/left-out") for block in blocks}
    second = api.start_run(screen)
    assert api.finished(second)["left_out"] == 4
    changed = 0
    for block in api.get(f"{second}/blocks")["blocks"]:
        again = api.get(f"{second}/blocks/{block['index']}/left-out")
        for one, other in zip(at_once[block["id"]]["scores"], again["scores"], strict=True):
            assert one["model"] == other["model"]
            assert one["after"] == other["before"] == other["after"], block["id"]
            changed += one["after"] != one["before"]
        assert at_once[block["id"]]["consensus"]["after"] == again["consensus"]["before"]
    assert changed >= 8  # both blocks, four models


def test_the_scores_at_once_are_those_of_the_table_of_a_run_without_the_well(api):
    screen = uploaded(api, {"screen.csv": matrices(2, 7)})
    first = api.start_run(screen)
    api.finished(first)
    address = f"{first}/blocks/0"
    well = api.get(f"{address}/wells")["wells"][-1]
    answer = api.post(f"{address}/left-out", {**well, "reason": "no cells"})
    second = api.start_run(screen)
    api.finished(second)
    name = api.get(address)["block_id"]
    row = next(row for row in table(api.get(f"{second}/ranking.csv")) if row["block_id"] == name)
    for score in answer["scores"]:
        assert float(row[score['model']]) == score["after"]["mean"]
        assert float(row[f"{score['model']}_p"]) == score["after"]["p"]


def test_undone_is_as_if_it_had_never_been(api):
    screen = uploaded(api, {"screen.csv": matrices(5)})
    run = api.start_run(screen)
    api.finished(run)
    address = f"{run}/blocks/0"
    well = api.get(f"{address}/wells")["wells"][8]
    before = api.get(f"{address}/left-out")["scores"]
    entry = api.post(f"{address}/left-out", {**well, "reason": "a mistake"})["left_out"][0]
    after = api.delete(f"{address}/left-out/{entry['id']}")
    assert after["scores"] == before
    assert after["left_out"][0]["undone_by"] == entry["by"]
    again = api.start_run(screen)
    assert api.finished(again)["left_out"] == 0
    assert api.get(f"{again}/ranking.csv") == api.get(f"{run}/ranking.csv")


def test_a_run_may_take_the_wells_in_again(api):
    """`leave_out: false` analyses the files as they are, whatever the review left out."""
    screen = uploaded(api, {"screen.csv": matrices(5)})
    first = api.start_run(screen, resamples=0)
    api.finished(first)
    well = api.get(f"{first}/blocks/0/wells")["wells"][20]
    api.post(f"{first}/blocks/0/left-out", {**well, "reason": "bubble"})
    whole = api.start_run(screen, resamples=0, leave_out=False)
    api.finished(whole)
    assert api.get(f"{whole}/ranking.csv") == api.get(f"{first}/ranking.csv")
    without = api.start_run(screen, resamples=0)
    api.finished(without)
    assert api.get(f"{without}/ranking.csv") != api.get(f"{first}/ranking.csv")


def test_the_block_of_the_api_is_that_of_the_store(api, tmp_path):
    screen = uploaded(api, {"screen.csv": matrices(1, 9)})
    run = api.start_run(screen, resamples=100)
    api.finished(run)
    (tmp_path / "results.sqlite").write_bytes(api.output(run, "results.sqlite"))
    blocks = json.loads(subprocess.check_output([tool(), "export", str(tmp_path / "results.sqlite")]))["blocks"]
    assert len(blocks) == 2
    for block in api.get(f"{run}/blocks")["blocks"]:
        answer = api.get(f"{run}/blocks/{block['index']}")
        assert answer.pop("review") == {"comments": 0, "starred": False, "status": "none"}
        assert answer.pop("left_out") == []
        assert answer == blocks[block["index"]]


def test_another_number_of_threads_changes_no_byte(make_server):
    rankings = []
    for threads in (1, 2):
        api = make_server("--threads", threads).api()
        screen = uploaded(api, {SCREEN.name: matrices(1, 2, 3, 4)})
        run = api.start_run(screen, resamples=200)
        api.finished(run)
        rankings.append((api.output(run, "ranking.csv"), api.output(run, "cells.csv"), api.output(run, "fits.csv")))
    assert rankings[0] == rankings[1]
