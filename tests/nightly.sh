#!/usr/bin/env bash
# Builds and runs what takes longer than the gate, and writes docs/benchmarks.md. Exit code 0 only when everything keeps its bound.
# Usage: tests/nightly.sh
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

if ! command -v dotnet >/dev/null; then
    echo "The .NET SDK 10 is needed: 'dotnet' is not on the PATH." >&2
    exit 2
fi

echo "Building."
dotnet restore ContributionEngine.sln --locked-mode -v quiet
dotnet build ContributionEngine.sln -c Release --no-restore -v quiet -clp:NoSummary

servers=$(mktemp -d)
trap 'tests/servers.sh stop "$servers"; rm -rf "$servers"' EXIT
tests/servers.sh install
exports=$(tests/servers.sh start "$servers")
eval "$exports"

echo "Every page in every language and state, kills amid a check, and the whole job on the servers: half an hour."
CONTRIBUTION_ENGINE_TEST_SERVERS=$servers dotnet test tests/ContributionEngine.Web.Tests -c Release --no-build -v quiet --filter TestCategory=Long --logger "console;verbosity=minimal"

echo "Benchmarks: some minutes; results go to docs/benchmarks.md."
dotnet tests/ContributionEngine.Benchmarks/bin/Release/net10.0/ContributionEngine.Benchmarks.dll --markdown docs/benchmarks.md
