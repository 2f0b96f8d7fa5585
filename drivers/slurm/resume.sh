#!/usr/bin/env bash
# Submits the shards of a plan that lack, or merges them if none does. Give the same command until it has merged.
#
#     resume.sh PLAN PARTS OUT SHARDS [options of sbatch]
#     resume.sh plan.toml /shared/parts results 100 --partition=batch --time=08:00:00
set -euo pipefail

if [ $# -lt 4 ]; then
    sed -n '2,5s/^# \{0,1\}//p' "$0" >&2
    exit 2
fi
plan=$1 parts=$2 out=$3 shards=$4
shift 4
here=$(cd "$(dirname "$0")" && pwd)
name="winset-$(basename "$parts")"

fail() { echo "error: $*" >&2; exit 2; }
case $shards in '' | *[!0-9]* | 0*) fail "\`$shards\` is no number of shards" ;; esac
command -v winset > /dev/null || fail "winset is not on the PATH"
command -v sbatch > /dev/null || fail "sbatch is not on the PATH: this is no machine from which Slurm takes jobs"
[ ! -e "$out" ] || fail "\`$out\` exists: nothing is left to do, or give another folder"

command -v squeue > /dev/null || fail "squeue is not on the PATH: nothing tells whether tasks are still queued"
# A queue that does not answer may be full of our tasks: they would be submitted twice.
queued=$(squeue --noheader --name "$name" --user "$(id -un)") || fail "squeue failed: nothing is submitted"
if [ -n "$queued" ]; then
    echo "tasks of \`$name\` are still queued or running; squeue --name $name shows them"
    exit 1
fi

folders=()
for manifest in "$parts"/shard-*-of-"$shards"/manifest.json; do
    [ ! -e "$manifest" ] || folders+=("$(dirname "$manifest")")
done

if [ ${#folders[@]} -eq 0 ]; then
    # A plan with a mistake is found here, not by every task.
    winset batch "$plan" --dry-run
    lacking=1-$shards
else
    status=0
    # The plan as it is now: shards of another one are refused, and those of a longer one continued.
    lacking=$(winset missing "${folders[@]}" --plan "$plan" --shards "$shards") || status=$?
    [ "$status" -le 1 ] || exit "$status"
fi

if [ -z "$lacking" ]; then
    winset merge "${folders[@]}" --plan "$plan" --out "$out"
    echo "\`$out\` is complete; \`$parts\` is no longer needed"
    exit 0
fi

mkdir -p "$parts"
export WINSET_SHARDS=$shards
sbatch --job-name="$name" --array="$lacking" --output="$parts/log-%a.txt" "$@" "$here/winset.sbatch" "$plan" "$parts"
echo "submitted shards $lacking of $shards; when they have ended, give the same command again"
exit 1
