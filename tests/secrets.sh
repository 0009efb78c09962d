#!/usr/bin/env bash
# No tracked file holds a secret: a private key, a token by the prefix that its maker gives it (ours too), or a password in a connection string or an address.
# Usage: tests/secrets.sh [FOLDER]   Exit code 1 names the places. What only looks like a secret stands in FOLDER/tests/secrets.allowed, one a line: the file, a colon, and the line without the blanks around it.
set -euo pipefail

kinds=(
    '-----BEGIN [A-Z0-9 ]*PRIVATE KEY'
    '\b(ce|whsec)_[A-Za-z0-9+/_-]{16,}'
    '\b(AKIA|ASIA)[0-9A-Z]{16}\b'
    '\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{22,}|\bglpat-[A-Za-z0-9_-]{20,}'
    '\bxox[abeoprs]-[0-9A-Za-z-]{10,}|\b[rs]k_live_[0-9A-Za-z]{16,}|\bAIza[0-9A-Za-z_-]{35}|\bnpm_[A-Za-z0-9]{36}|\boy2[a-z0-9]{43}\b'
    '\beyJ[A-Za-z0-9_-]{16,}\.eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}'
    # A word in capitals, three dots, or a hole to fill in is no password.
    '(?i:\b(password|pwd)=)(?![A-Z]{4,}\b|\.\.\.|[{$<%])[^;"'"'"'\s`]{3,}'
    '\b[a-z][a-z0-9+.-]*://[^/\s:@"'"'"']+:(?!(PASSWORD|password)@|[{$<%])[^@\s/"'"'"']+@'
)

found_in() {
    local folder=$1 kind options=()
    for kind in "${kinds[@]}"; do options+=(-e "$kind"); done
    { git -C "$folder" grep --perl-regexp -I --full-name --no-color "${options[@]}" -- . ':(exclude)tests/secrets.sh' ':(exclude)tests/secrets.allowed' || [ $? -eq 1 ]; } |
        sed -E 's/^([^:]*):[[:space:]]*/\1:/; s/[[:space:]]+$//' | { grep -vxF -f "$folder/tests/secrets.allowed" || true; }
}

# One of each kind is planted, so that a pattern that finds nothing any more is noticed; each in halves, so that none stands here.
proven() {
    local folder planted found
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' RETURN
    planted=("-----BEGIN RSA ""PRIVATE KEY-----" "key = c""e_0123456789abcdefABCD" "whs""ec_0123456789abcdefABCD" "AKI""A0123456789ABCDEF" "gh""p_0123456789abcdefghijABCDEFGHIJ012345"
        "sk_l""ive_0123456789abcdef" "e""yJ0123456789abcdef01.e""yJ0123456789abcdef01.0123456789abcdef01" "Host=db;Pass""word=orange17;" "Server=db;P""wd=orange17" "amqp://engine:ora""nge17@broker:5672")
    mkdir "$folder/tests"
    printf '%s\n' "${planted[@]}" "Password=PASSWORD;" 'password=$secret' "amqp://user:password@host" "  allowed Pass""word=orange17  " >"$folder/file"
    echo "file:allowed Pass""word=orange17" >"$folder/tests/secrets.allowed"
    git -C "$folder" init -q && git -C "$folder" add file
    found=$(found_in "$folder")
    [ "$found" = "$(printf 'file:%s\n' "${planted[@]}")" ] || { echo "The search for secrets does not find what was planted, or finds more:"$'\n'"$found" >&2; return 2; }
}

cd "${1:-$(dirname "$0")/..}"
git rev-parse --is-inside-work-tree >/dev/null 2>&1 || { echo "Secrets: not looked for, this is no repository."; exit 0; }
proven
found=$(found_in .)
[ -z "$found" ] || { printf 'Secrets, or what looks like them (tests/secrets.allowed):\n%s\n' "$found" >&2; exit 1; }
echo "Secrets: none in $(git ls-files | wc -l) files."
