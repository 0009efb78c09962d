#!/usr/bin/env bash
# Backs up and restores an engine whose database is a SQLite file. docs/backup.md says what else a restore asks for.
# Usage: sqlite.sh backup FILE | restore FILE       with CONTRIBUTION_ENGINE_DB=sqlite:PATH
# Exit code: 0 done, 2 wrong use, 6 something is in the way, 9 the copy is not sound.
set -euo pipefail

say() { echo "$1" >&2; }
fail() { say "error: $2"; exit "$1"; }
query() { sqlite3 -batch -bail -cmd '.timeout 10000' "$1" "$2"; }

# An engine database that SQLite finds whole.
prove() {
    if [ "$(query "$1" 'pragma integrity_check' 2>/dev/null)" = ok ] && [ -z "$(query "$1" 'pragma foreign_key_check')" ]; then
        if [ "$(query "$1" "select count(*) from id_block where name = 'all'" 2>/dev/null)" = 1 ]; then return; fi
    fi
    fail 9 "$1 is not the sound copy of an engine database."
}

backup() {
    [ -f "$database" ] || fail 2 "$database is not there."
    [ ! -e "$1" ] || fail 6 "$1 is there already."
    part=$1.part
    trap 'rm -f "$part"' EXIT
    rm -f "$part"
    # One read transaction: what is committed while it runs is in the next backup, and nobody waits.
    query "$database" "vacuum into '${part//\'/\'\'}'"
    prove "$part"
    sync "$part"
    mv -n "$part" "$1"
    say "$database is backed up in $1."
}

restore() {
    [ -f "$1" ] || fail 2 "$1 is not there."
    prove "$1"
    # The engine's own lock, held until this script ends.
    exec 9>>"$database.lock"
    flock --nonblock 9 || fail 6 "$database is being written by $(cat "$database.lock.holder" 2>/dev/null || echo another process). Stop the engine first."
    local aside
    aside="$database.before-$(date -u +%Y%m%dT%H%M%SZ)"
    cp "$1" "$database.part"
    # Ids that were given out after the backup may stand at the fund or in the broker: none is given out twice.
    query "$database.part" "update id_block set next_id = next_id + 1000000000 where name = 'all'"
    sync "$database.part"
    for end in "" -wal -shm; do
        if [ -e "$database$end" ]; then mv "$database$end" "$aside$end"; fi
    done
    mv "$database.part" "$database"
    sync "$(dirname "$database")"
    [ ! -e "$aside" ] || say "What was there is now $aside."
    say "$1 is restored to $database. Go on with docs/backup.md, «After a restore»."
}

case ${CONTRIBUTION_ENGINE_DB:-} in
    sqlite:?*) database=${CONTRIBUTION_ENGINE_DB#sqlite:} ;;
    *) fail 2 "CONTRIBUTION_ENGINE_DB names no SQLite file: sqlite:PATH is needed." ;;
esac
case $#:${1:-} in
    2:backup | 2:restore) "$1" "$2" ;;
    *) fail 2 "usage: sqlite.sh backup FILE | restore FILE" ;;
esac
