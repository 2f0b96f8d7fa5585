#!/usr/bin/env bash
# Tests of the scripts without Slurm: a false `sbatch` plays the tasks of an array one after another on this machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir bin

# sbatch OPTIONS… SCRIPT ARGUMENTS…: plays each task of --array. Tasks in $LOST die before they do anything; tasks in
# $KILLED are told to stop, as Slurm does before time is up.
cat > bin/sbatch << 'SBATCH'
#!/usr/bin/env bash
set -euo pipefail
echo "sbatch $*" >> "$CALLS"
array=
while [[ $1 == --* ]]; do
    [[ $1 == --array=* ]] && array=${1#--array=}
    shift
done
tasks=()
for stretch in ${array//,/ }; do
    for task in $(seq "${stretch%-*}" "${stretch#*-}"); do tasks+=("$task"); done
done
for task in "${tasks[@]}"; do
    [[ " ${LOST:-} " == *" $task "* ]] && continue
    export SLURM_ARRAY_TASK_ID=$task SLURM_ARRAY_TASK_COUNT=${#tasks[@]} SLURM_CPUS_PER_TASK=1
    export SLURM_ARRAY_TASK_MIN=${tasks[0]} SLURM_ARRAY_TASK_MAX=${tasks[-1]}
    bash "$@" >> "$CALLS.log" 2>&1 &
    # exec leaves winset under the number of the shell.
    if [[ " ${KILLED:-} " == *" $task "* ]]; then
        # As soon as it has begun, however fast the machine is.
        for _ in $(seq 400); do
            compgen -G "parts/shard-$task-of-*/manifest.json" > /dev/null && break
            sleep 0.05
        done
        kill -INT $! 2> /dev/null || true
    fi
    wait $! || echo "task $task ended with status $?" >> "$CALLS"
done
SBATCH
cat > bin/squeue << 'SQUEUE'
#!/usr/bin/env bash
[ -z "${BROKEN:-}" ] || { echo "slurm_load_jobs error: Unable to contact slurm controller" >&2; exit 1; }
echo "${QUEUED:-}"
SQUEUE
chmod +x bin/*
export PATH="$work/bin:$PATH" CALLS="$work/calls"

passed=0
holds() {
    local what=$1
    shift
    if ! "$@"; then
        echo "FAILED  $what" >&2
        cat "$CALLS" "$CALLS.log" >&2 2> /dev/null || true
        exit 1
    fi
    echo "ok      $what"
    passed=$((passed + 1))
}
# status WANTED COMMAND…: what it prints goes to the file `said`.
status() {
    local wanted=$1 found=0
    shift
    "$@" > said 2>&1 || found=$?
    [ "$found" = "$wanted" ] || { cat said >&2; return 1; }
}
sums() { (cd "$1" && find . -type f ! -name log.json -print0 | LC_ALL=C sort -z | xargs -0 sha256sum); }
resume() { "$here/resume.sh" plan.toml parts out 4 "$@"; }

cat > plan.toml << 'PLAN'
title     = "a job array"
scenarios = ["istanbul-2025"]
runs      = 32768
record    = "runs"
PLAN
winset batch plan.toml --out local > /dev/null 2>&1

holds "a first call submits every shard" env LOST=3 bash -c "$(declare -f status resume); here='$here'; status 1 resume --time=1"
holds "with the options given" grep -q -- "--array=1-4 .*--time=1 .*winset.sbatch plan.toml parts" calls
holds "three of four shards are begun" test "$(find parts -name manifest.json | wc -l)" = 3
holds "nothing is submitted while tasks are queued" env QUEUED=1 bash -c "$(declare -f status resume); here='$here'; status 1 resume"
holds "and that is said" grep -q "still queued" said
cp calls calls-before
holds "a queue that fails is a failure" env BROKEN=1 bash -c "$(declare -f status resume); here='$here'; status 2 resume"
holds "and nothing is submitted" diff calls calls-before
sed -i.bak 's/^seed .*//; $a seed = 5' plan.toml
holds "shards of a plan that was edited since are refused" status 2 resume
holds "and named" grep -q "holds results of another seed: 1, not 5" said
mv plan.toml.bak plan.toml
rm -rf parts/shard-4-of-4
holds "a second call submits what lacks" env KILLED=4 bash -c "$(declare -f status resume); here='$here'; status 1 resume"
holds "and no more" grep -q -- "--array=3-4 " calls
holds "a task that is told to stop ends with status 130" grep -q "task 4 ended with status 130" calls
holds "a third call submits it again" status 1 resume
holds "alone" grep -q -- "--array=4 " calls
holds "a fourth call merges" status 0 resume
holds "to the bytes of a local run" diff <(sums local) <(sums out)
holds "a fifth call has nothing to do" status 2 resume
mv out out-before
sed -i.bak 's/^runs .*/runs = 33000/' plan.toml
holds "a plan with more runs since then is not complete" status 1 resume
holds "until its shards were continued" status 0 resume
mv plan.toml.bak plan.toml
rm -rf out
mv out-before out
holds "no number of shards is refused" status 2 "$here/resume.sh" plan.toml parts other 4x
holds "a plan that is not there is not submitted" status 2 "$here/resume.sh" none.toml parts-2 other 4
holds "a later array without its number of shards is refused" status 2 \
    env SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_MAX=3 SLURM_ARRAY_TASK_COUNT=1 \
    bash "$here/winset.sbatch" plan.toml parts
holds "winset that is not there is named" status 2 env PATH=/usr/bin:/bin SLURM_ARRAY_TASK_ID=1 WINSET_SHARDS=1 \
    bash "$here/winset.sbatch" plan.toml parts
holds "by its name" grep -q "winset is not on the PATH" said
echo "$passed passed, 0 failed"
