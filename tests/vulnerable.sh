#!/usr/bin/env bash
# Whether a package that is used, at first hand or through another, is known to be vulnerable. Needs a restored solution. Exit code 1 only when one is: where nobody answers, that is said.
set -uo pipefail
cd "$(dirname "$0")/.."
patience=120 # seconds
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# A source is asked for its list only where it is named for that, and only then is it said that it has none.
mapfile -t sources < <(dotnet nuget list source --format Short | sed -n 's/^E //p')
{
    echo '<configuration>'
    for part in packageSources auditSources; do
        echo "<$part><clear />"
        for i in "${!sources[@]}"; do echo "<add key=\"$i\" value=\"${sources[$i]//&/&amp;}\" />"; done
        echo "</$part>"
    done
    echo '</configuration>'
} >"$scratch/nuget.config"

answer=$(timeout $patience dotnet list ContributionEngine.sln package --vulnerable --include-transitive --no-restore --config "$scratch/nuget.config" 2>&1)
ended=$?
case $answer in
*"has the following vulnerable packages"*) echo "$answer" | grep -v 'has no vulnerable packages' >&2; exit 1 ;;
*"did not provide any vulnerability data"*) echo "Vulnerable packages: not known, the package source has no list of them." ;;
*) if [ $ended -eq 0 ]; then echo "Vulnerable packages: none."; else echo "Vulnerable packages: not known, nobody answered ($(tail -n 1 <<<"$answer"))."; fi ;;
esac
