"""Tests of the driver on a real cluster of two worker processes: `pytest drivers/dask`, with winset on the PATH."""

import contextlib
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import threading
import time
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

import winset_dask

WINSET = shutil.which("winset")

PLAN = """
title     = "a batch in which a worker dies"
scenarios = ["istanbul-2025"]
runs      = RUNS
record    = "runs"

[design]
kind   = "factorial"
inputs."unknowns.west-divided" = { values = [0, 0.25, 0.75, 1] }
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    assert WINSET, "winset must be on the PATH"
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plan(runs):
    Path("plan.toml").write_text(PLAN.replace("RUNS", str(runs)))
    return "plan.toml"


def program(before):
    """winset, with some lines of a shell script before it; every call is noted in the file `calls`."""
    script = Path("noted-winset").resolve()
    script.write_text(f'#!/bin/sh\necho "$*" >> "{script.parent}/calls"\n{before}\nexec "{WINSET}" "$@"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return str(script)


def starts(index):
    """How often a shard was begun."""
    calls = Path("calls").read_text().splitlines() if Path("calls").exists() else []
    return sum(f"--shard {index}/" in call for call in calls)


def sums(folder):
    """SHA-256 of every file but log.json, which tells machine and time."""
    files = sorted(p for p in Path(folder).rglob("*") if p.is_file() and p.name != "log.json")
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def locally(runs):
    subprocess.run([WINSET, "batch", plan(runs), "--out", "local"], check=True, capture_output=True)
    return sums("local")


@contextlib.contextmanager
def two_workers():
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            client.wait_for_workers(2)
            yield client


def begin(*words):
    """The driver in a thread of its own; gives the thread and a list that will hold what was raised, if anything."""
    raised = []

    def call():
        try:
            winset_dask.run(winset_dask.read_arguments([str(word) for word in words]))
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    return thread, raised


def until(holds, what, seconds=60):
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < seconds, f"{what} did not come about within {seconds} s"
        time.sleep(0.01)


def kill_the_worker_of(client, index):
    """Kills the worker that does a shard, by the id of its process, which this test's own cluster started."""
    doing = [address for address, keys in client.processing().items() if any(f"shard-{index}-" in str(k) for k in keys)]
    pids = client.run(os.getpid, workers=doing[:1])
    os.kill(next(iter(pids.values())), signal.SIGKILL)


def complain(words, says):
    with pytest.raises(winset_dask.Trouble) as trouble:
        winset_dask.run(winset_dask.read_arguments([str(word) for word in words]))
    for part in says:
        assert part in str(trouble.value)


def test_a_worker_killed_in_the_middle_and_the_next_one_too_leave_the_bytes_of_a_local_run(place):
    local = locally(6_144)
    with two_workers() as client:
        address = client.scheduler_info()["address"]
        driver, raised = begin("plan.toml", "--out", "out", "--scheduler", address, "--shards", 3, "--winset", program(""))
        for killed in (1, 2):
            # Something of the shard is on disk, and the shard is not done.
            until(lambda: starts(1) >= killed and list(Path("out.parts/shard-1-of-3/parts").glob("part-*")), "a part")
            kill_the_worker_of(client, 1)
            until(lambda: starts(1) > killed, "another start of the shard")
        driver.join()
    assert not raised, raised
    assert starts(1) == 3
    assert sums("out") == local
    assert len(local) >= 8, local


def test_a_batch_goes_on_where_it_stopped_and_comes_back_over_the_network(place):
    local = locally(100)
    words = ["plan.toml", "--workers", 2, "--shards", 3, "--fetch", "--retries", 0]
    complain([*words, "--out", "out", "--winset", program("case $* in *--shard?2/3*) exit 9;; esac")], ["shard 2/3", "9"])
    assert sorted(p.name for p in Path("out.parts").iterdir()) == ["shard-1-of-3", "shard-3-of-3"]
    winset_dask.run(winset_dask.read_arguments([str(w) for w in [*words, "--out", "out", "--winset", program("")]]))
    assert [starts(1), starts(2), starts(3)] == [1, 2, 1]
    assert sums("out") == local


def test_shards_that_came_over_the_network_belong_to_the_plan_as_it_is_now(place):
    words = ["--workers", 2, "--shards", 3, "--fetch", "--retries", 0, "--out", "out", "--winset", program("")]
    winset_dask.run(winset_dask.read_arguments([str(w) for w in [plan(100), *words]]))
    shutil.rmtree("out")
    text = Path("plan.toml").read_text()
    Path("plan.toml").write_text(text.replace("record", "seed = 5\nrecord"))
    complain(["plan.toml", *words], ["holds results of another seed: 1, not 5"])
    assert not Path("out").exists()
    local = locally(150)
    winset_dask.run(winset_dask.read_arguments([str(w) for w in ["plan.toml", *words]]))
    assert sums("out") == local


def test_mistakes_are_told_in_words(place):
    plan(10)
    words = ["plan.toml", "--out", "out", "--workers", 1, "--retries", 0]
    complain([*words, "--winset", "winset-that-is-not-there"], ["`winset-that-is-not-there` is not on the PATH"])
    complain(["other.toml", *words[1:]], ["other.toml"])
    complain([*words[:3], "--scheduler", "tcp://127.0.0.1:1", "--timeout", 1], ["no scheduler answers at tcp://127.0.0.1:1"])
    Path("out").mkdir()
    complain(words, ["`out` exists"])
    Path("out").rmdir()
    says = "case $* in *--shard*) echo 'error: no space left' >&2; exit 2;; esac"
    complain([*words, "--winset", program(says)], ["shard 1/4 ended with status 2", "no space left", "the same command"])
    assert not Path("out").exists()


def test_a_worker_with_another_version_is_refused(place):
    plan(10)
    changes = f'case $* in --version) [ $(grep -c -e --version "{place}/calls") -gt 1 ] && echo winset 9 && exit;; esac'
    complain(["plan.toml", "--out", "out", "--workers", 1, "--retries", 0, "--winset", program(changes)], ["winset 9, not"])
