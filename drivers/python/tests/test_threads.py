"""The lock is let go, and an interrupt is heard."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest
from conftest import ISTANBUL

import winset


def test_an_interrupt_ends_a_long_run_within_a_second() -> None:
    # A shell starts what runs in its background deaf to interrupts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    talks = winset.Scenario(ISTANBUL)
    talks.run(runs=2)
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    began = time.perf_counter()
    with pytest.raises(KeyboardInterrupt):
        talks.run(runs=10_000_000)
    assert time.perf_counter() - began < 1.5
    # Nothing goes on behind it: the processor is idle again.
    time.sleep(0.3)
    before = time.process_time()
    time.sleep(0.5)
    assert time.process_time() - before < 0.1
    assert talks.run(runs=2).summary["answer"]["runs"] == 2


def test_other_threads_go_on_while_it_works() -> None:
    talks, counted = winset.Scenario(ISTANBUL), 0
    worker = threading.Thread(target=talks.run, kwargs={"runs": 400, "threads": 1})
    worker.start()
    while worker.is_alive():
        counted += 1
        time.sleep(0.001)
    assert counted > 20


def test_two_threads_of_one_scenario_say_what_one_says() -> None:
    talks, found = winset.Scenario(ISTANBUL), {}
    alone = [talks.run(runs=60, seed=seed).json for seed in range(4)]

    def run(seed: int) -> None:
        found[seed] = winset.Scenario(ISTANBUL).run(runs=60, seed=seed).json if seed % 2 else talks.run(runs=60, seed=seed).json

    workers = [threading.Thread(target=run, args=(seed,)) for seed in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [found[seed] for seed in range(4)] == alone
