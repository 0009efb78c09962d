#!/usr/bin/env bash
# Builds the program and strikes it: both halves of the fault suite, on servers of its own (tests/servers.sh). Exit code 0 only when all held.
# Usage: tests/faults.sh [SEED]   the seed of a run makes its random choices again; without one it is drawn, and printed first and last
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
project=tests/ContributionEngine.Faults.Tests

if [[ ! ${1:-1} =~ ^[0-9]{1,9}$ ]] || [ $# -gt 1 ]; then sed -n '3s/^# //p' "$0" >&2; exit 2; fi
if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK 10 is needed: 'dotnet' is not on the PATH." >&2
    exit 2
fi

export CONTRIBUTION_ENGINE_FAULTS_SEED=${1:-$((RANDOM * 32768 + RANDOM + 1))}
echo "seed $CONTRIBUTION_ENGINE_FAULTS_SEED; 'tests/faults.sh $CONTRIBUTION_ENGINE_FAULTS_SEED' makes the same choices again"

tests/servers.sh install || exit 2
servers=$(mktemp -d)
clear_up() {
    trap '' INT TERM
    for job in $(jobs -rp); do kill -KILL -- "-$job"; done
    tests/servers.sh stop "$servers"
    rm -rf "$servers"
}
trap clear_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

dotnet restore ContributionEngine.sln --locked-mode -v quiet || { echo "The restore failed." >&2; exit 1; }
dotnet build $project -c Release --no-restore -v quiet -clp:NoSummary || { echo "The build failed." >&2; exit 1; }
tests/servers.sh start "$servers" >"$servers/addresses" || { echo "The tests need their servers." >&2; exit 2; }
. "$servers/addresses"
export CONTRIBUTION_ENGINE_TEST_SERVERS=$servers

# A job is a process group of its own, so that it can be ended with all that it has started.
half() {
    set -m
    dotnet test $project -c Release --no-build -v quiet --filter "TestCategory=$1" --logger "console;verbosity=normal" </dev/null &
    set +m
    wait $!
}

failures=0
for part in Quick Long; do
    echo "$part half."
    half $part || failures=1
done
[ $failures -eq 0 ] && verdict='all held' || verdict='NOT all held'
echo "seed $CONTRIBUTION_ENGINE_FAULTS_SEED: $verdict"
exit $failures
