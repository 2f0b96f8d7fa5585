#!/usr/bin/env python3
"""Runs a plan of winset on the workers of a Dask cluster: one task a shard, then everything merged.

    winset_dask.py plan.toml --out results --workers 4
    winset_dask.py plan.toml --out results --scheduler tcp://head:8786 --shards 400 --threads 8

A task only calls `winset batch PLAN --shard I/N --out PARTS/…`, which continues what is there; so a lost shard is simply
done again, and the same command given twice goes on where the first one stopped. Dask schedules; nothing here does.
"""

import argparse
import ctypes
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import dask
from distributed import Client, KilledWorker, LocalCluster, as_completed


class Trouble(Exception):
    """Something that its reader can mend: shown as one message, without a traceback."""


def winset(program, *arguments):
    """Runs winset to its end; gives its status and what it printed."""
    if shutil.which(program) is None:
        raise Trouble(f"`{program}` is not on the PATH of {os.uname().nodename}\n"
                      "  hint: install winset there, or say where it is with --winset")
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, preexec_fn=end_with_parent)
    return done.returncode, done.stdout, done.stderr


def end_with_parent():
    """On Linux a program ends with the worker that started it, so that a killed worker leaves nothing running."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def shard(program, version, plan, index, of, folder, more, fetch):
    """One task, on a worker: does a shard, and gives its number, the runs that it keeps and, if asked, its folder."""
    _, here, _ = winset(program, "--version")
    if here != version:
        raise Trouble(f"{os.uname().nodename} has {here.strip()}, not {version.strip()}")
    if not Path(plan).exists() and Path(plan).suffix:
        raise Trouble(f"`{plan}` is not there on {os.uname().nodename}\n  hint: the plan must have one path on all machines")
    with tempfile.TemporaryDirectory() as scratch:
        into = Path(scratch, "shard") if fetch else Path(folder)
        into.parent.mkdir(parents=True, exist_ok=True)
        status, said, why = winset(program, "batch", plan, "--out", into, "--shard", f"{index}/{of}", "--json", *more)
        if status != 0:
            raise Trouble(f"shard {index}/{of} ended with status {status}:\n{why.strip()}")
        told = json.loads(said)["answer"]
        return index, told.get("kept", 0), pack(into) if fetch else None


def pack(folder):
    """A folder as the bytes of an archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(p for p in Path(folder).rglob("*") if p.is_file()):
            file.write(path, path.relative_to(folder))
    return archive.getvalue()


def unpack(archive, folder):
    """An archive as a folder, which is whole or not there; one of a shorter plan that was there makes room."""
    unfinished = Path(f"{folder}.tmp")
    shutil.rmtree(unfinished, ignore_errors=True)
    zipfile.ZipFile(io.BytesIO(archive)).extractall(unfinished)
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)


def lacking(arguments, folders):
    """The shards that are not there, or lack something of the plan as it is now; those of another plan are refused."""
    there = [folder for folder in folders.values() if folder.exists()]
    if not there:
        return list(folders)
    status, said, why = missing(arguments, there, "--shards", len(folders), "--json")
    if status > 1:
        raise Trouble(why.strip())
    absent = {index for index, folder in folders.items() if not folder.exists()}
    return sorted(absent.union(json.loads(said)["answer"]["shards"]))


def missing(arguments, folders, *more):
    """What `winset missing` says of some folders, held against the plan as it is now."""
    return winset(arguments.winset, "missing", *folders, *as_asked(arguments), *more)


def as_asked(arguments):
    """The plan, and the runs in place of its own."""
    return ["--plan", arguments.plan] + (["--runs", arguments.runs] if arguments.runs else [])


def connect(arguments):
    """The cluster: one that is there, or worker processes on this machine."""
    dask.config.set({"distributed.scheduler.allowed-failures": arguments.retries})
    if arguments.scheduler is None:
        cluster = LocalCluster(n_workers=arguments.workers, threads_per_worker=1, processes=True, dashboard_address=None)
        return Client(cluster)
    try:
        return Client(arguments.scheduler, timeout=arguments.timeout)
    except (OSError, TimeoutError, ValueError) as error:
        raise Trouble(f"no scheduler answers at {arguments.scheduler}: {error}\n"
                      "  hint: start one with `dask scheduler`, and workers with `dask worker ADDRESS`") from error


def work(client, arguments, version, parts):
    """Maps the shards over the workers; gives their folders, and the messages of those that failed."""
    of = arguments.shards or 4 * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
    more = ["--threads", arguments.threads] + (["--runs", arguments.runs] if arguments.runs else [])
    folder = {i: parts / f"shard-{i}-of-{of}" for i in range(1, of + 1)}
    left = lacking(arguments, folder) if arguments.fetch else list(folder)

    def task(i):
        what = (arguments.winset, version, str(arguments.plan), i, of, str(folder[i]), more, arguments.fetch)
        return client.submit(shard, *what, key=f"shard-{i}-of-{of}-{time.time()}", retries=arguments.retries)

    begun, failed, runs, done = time.monotonic(), [], 0, of - len(left)
    for future in as_completed([task(i) for i in left]):
        if future.status == "error":
            error = future.exception()
            lost = "its worker died again and again" if isinstance(error, KilledWorker) else error
            failed.append(str(error) if isinstance(error, Trouble) else f"{future.key.rsplit('-', 1)[0]}: {lost}")
            continue
        index, kept, archive = future.result()
        if archive is not None:
            unpack(archive, folder[index])
        done, runs = done + 1, runs + kept
        seconds = time.monotonic() - begun
        rest = seconds / max(1, done - (of - len(left))) * (of - done)
        say(f"{done}/{of} shards, {runs / seconds:.0f} runs/s, {rest:.0f} s left")
        future.release()
    return list(folder.values()), failed


def finish(arguments, parts, folders):
    """Asks what is missing, and merges everything into the folder of results, which is whole or not there."""
    status, said, why = missing(arguments, folders)
    if status != 0:
        raise Trouble((said + why).strip())
    parquet = ["--parquet"] if arguments.parquet else []
    status, _, why = winset(arguments.winset, "merge", *folders, "--out", arguments.out, *as_asked(arguments), *parquet)
    if status != 0:
        raise Trouble(f"the shards could not be merged:\n{why.strip()}")
    say(f"`{arguments.out}` is complete; `{parts}` is no longer needed")


def say(text):
    print(text, flush=True)


def read_arguments(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plan", type=Path, help="a plan, at the same path on every machine, or the name of a shipped one")
    parser.add_argument("--out", type=Path, required=True, help="the folder of results; it must not exist")
    parser.add_argument("--parts", type=Path, help="where shards are kept until they are merged (OUT.parts)")
    parser.add_argument("--shards", type=int, help="how many tasks (four for each worker there is at the start)")
    parser.add_argument("--threads", type=int, default=1, help="threads of each task (1)")
    parser.add_argument("--runs", help="runs of each experiment, in place of the plan's")
    parser.add_argument("--parquet", action="store_true", help="write the merged tables as Parquet as well")
    parser.add_argument("--retries", type=int, default=3, help="how often a failed or lost shard is tried again (3)")
    parser.add_argument("--winset", default="winset", help="the program, on every machine (winset)")
    parser.add_argument("--fetch", action="store_true", help="no shared file system: shards come back over the network")
    parser.add_argument("--timeout", type=float, default=10, help="seconds to wait for a scheduler (10)")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--workers", type=int, help="start so many worker processes on this machine")
    where.add_argument("--scheduler", help="use the cluster whose scheduler is at this address")
    arguments = parser.parse_args(words)
    for flag in ("workers", "shards", "threads"):
        if getattr(arguments, flag) is not None and getattr(arguments, flag) < 1:
            parser.error(f"--{flag} {getattr(arguments, flag)}: expected a whole number from 1")
    if arguments.plan.exists():
        arguments.plan = arguments.plan.resolve()
    return arguments


def run(arguments):
    if arguments.out.exists():
        raise Trouble(f"`{arguments.out}` exists\n  hint: give a new folder, or remove it")
    status, _, why = winset(arguments.winset, "batch", arguments.plan, "--dry-run", "--json")
    if status != 0:
        raise Trouble(why.strip())
    _, version, _ = winset(arguments.winset, "--version")
    parts = (arguments.parts or Path(f"{arguments.out}.parts")).resolve()
    with connect(arguments) as client:
        folders, failed = work(client, arguments, version, parts)
        if arguments.scheduler is None:
            client.cluster.close()
    if failed:
        more = f"\n… and {len(failed) - 5} more" if len(failed) > 5 else ""
        raise Trouble("\n".join(failed[:5]) + more + "\n  hint: the same command goes on with what lacks")
    finish(arguments, parts, folders)


def main():
    try:
        run(read_arguments())
    except Trouble as trouble:
        text = str(trouble)
        print(text if text.startswith("error:") else f"error: {text}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped: what is done is kept; the same command goes on", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
