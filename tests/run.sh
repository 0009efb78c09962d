#!/usr/bin/env bash
# Restores, builds and runs every test. Last line: N passed, N failed, N skipped. Exit code 0 only when all passed.
# Usage: tests/run.sh [PART OF A PROJECT NAME ...]
# It starts a PostgreSQL and a RabbitMQ of its own (tests/servers.sh) unless these name some, and what can run on a SQL Server does so when the last names one:
#   CONTRIBUTION_ENGINE_TEST_POSTGRESQL  Npgsql connection string of a user who may create databases
#   CONTRIBUTION_ENGINE_TEST_RABBITMQ    amqp address of an administrator, and CONTRIBUTION_ENGINE_TEST_RABBITMQCTL the command that runs the broker's rabbitmqctl
#   CONTRIBUTION_ENGINE_TEST_SQLSERVER   connection string of a user who may create databases
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK 10 is needed: 'dotnet' is not on the PATH." >&2
    exit 2
fi

# Agreements live in their own time zones; a bare machine may come without the data.
if [ ! -e /usr/share/zoneinfo/America/Costa_Rica ]; then
    echo "Installing the time zone data (tzdata)."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq tzdata >/dev/null || { echo "The time zone data is missing and could not be installed." >&2; exit 2; }
fi

tests/servers.sh install || exit 2
# What is asked of the whole is not asked of a part.
[ $# -gt 0 ] || tests/secrets.sh || exit 1

# Whatever the end is, nothing that was started here stays behind.
results=$(mktemp -d) servers=$(mktemp -d)
clear_up() {
    trap '' INT TERM
    for job in $(jobs -rp); do kill -KILL -- "-$job"; done
    tests/servers.sh stop "$servers"
    rm -rf "$results" "$servers"
}
trap clear_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A job is a process group of its own, so that it can be ended with all that it has started.
in_background() {
    set -m
    "$@" </dev/null &
    set +m
}

ask_for_vulnerable() {
    tests/vulnerable.sh >"$results/vulnerable" 2>&1
    echo $? >"$results/vulnerable.exit"
}

start_servers() { tests/servers.sh start "$servers" >"$results/servers"; }
in_background start_servers
starting=$!

dotnet restore ContributionEngine.sln --locked-mode -v quiet || { echo "The restore failed." >&2; exit 1; }
[ $# -gt 0 ] || in_background ask_for_vulnerable
dotnet build ContributionEngine.sln -c Release --no-restore -v quiet -clp:NoSummary || { echo "The build failed." >&2; exit 1; }

wait $starting || { echo "The tests need their servers." >&2; exit 2; }
. "$results/servers"
export CONTRIBUTION_ENGINE_TEST_SERVERS=$servers

# The same choices in every run; tests/faults.sh draws others.
export CONTRIBUTION_ENGINE_FAULTS_SEED=${CONTRIBUTION_ENGINE_FAULTS_SEED:-20261125}

run_one() {
    local project=$1 name
    name=$(basename "$project" .csproj)
    # What is long is for tests/faults.sh and tests/nightly.sh.
    dotnet test "$project" -c Release --no-build -v quiet --filter 'TestCategory!=Long' --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" --results-directory "$results" >"$results/$name.log" 2>&1
    echo $? >"$results/$name.exit"
}

# The longest first, so that at the end no core waits for one project alone.
ordered() { printf '%s\n' tests/ContributionEngine.{Host,Faults,Web,Engine,Storage}.Tests/*.csproj tests/*.Tests/*.csproj | awk '!seen[$0]++'; }

projects=()
for project in $(ordered); do
    if [ $# -eq 0 ]; then projects+=("$project"); fi
    # Every project is called ContributionEngine.SOMETHING; a part is one of the something.
    something=$(basename "$project") something=${something#ContributionEngine.}
    for part in "$@"; do case $something in *"$part"*) projects+=("$project") ;; esac; done
done

# Two at a time: the tests of one project already run side by side.
for project in "${projects[@]}"; do
    while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
    in_background run_one "$project"
done
wait

passed=0 failed=0 skipped=0 broken=0
for project in "${projects[@]}"; do
    name=$(basename "$project" .csproj)
    counters=$(grep -o '<Counters [^>]*>' "$results/$name.trx" 2>/dev/null || true)
    count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
    p=$(count passed); f=$(count failed); t=$(count total)
    if [ -z "$t" ] || [ "$t" -eq 0 ]; then
        echo "$name: no test ran"
        cat "$results/$name.log"
        broken=1
        continue
    fi
    s=$((t - p - f))
    echo "$name: $p passed, $f failed, $s skipped"
    if [ "$(cat "$results/$name.exit")" -ne 0 ]; then cat "$results/$name.log"; broken=1; fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done

if [ -f "$results/vulnerable" ]; then
    cat "$results/vulnerable"
    [ "$(cat "$results/vulnerable.exit")" -eq 0 ] || broken=1
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$broken" -eq 0 ] && [ "$failed" -eq 0 ]
