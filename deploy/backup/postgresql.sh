#!/usr/bin/env bash
# Backs up and restores an engine whose database is on PostgreSQL. docs/backup.md says what else a restore asks for.
# Usage: postgresql.sh backup FILE | restore FILE
# The server and the owner's login are libpq's own: PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSFILE. Run it as contribution_engine_owner.
# Exit code: 0 done, 2 wrong use, 6 something is in the way, 8 the server or its tools refused.
set -euo pipefail
export PGDATABASE=${PGDATABASE:-contribution_engine} PGUSER=${PGUSER:-contribution_engine_owner}

say() { echo "$1" >&2; }
fail() { say "error: $2"; exit "$1"; }
query() { psql -X -q -A -t -v ON_ERROR_STOP=1 -c "$1"; }

backup() {
    [ ! -e "$1" ] || fail 6 "$1 is there already."
    part=$1.part
    trap 'rm -f "$part"' EXIT
    # One snapshot: what is committed while it runs is in the next backup, and nobody waits.
    pg_dump --format=custom --file="$part" || fail 8 "pg_dump did not end well."
    pg_restore --list "$part" | grep 'TABLE DATA public id_block ' >/dev/null || fail 8 "$PGDATABASE is no engine database."
    sync "$part"
    mv -n "$part" "$1"
    say "$PGDATABASE is backed up in $1."
}

restore() {
    [ -f "$1" ] || fail 2 "$1 is not there."
    pg_restore --list "$1" | grep 'TABLE DATA public id_block ' >/dev/null || fail 2 "$1 is no backup of an engine database."
    local tables
    tables=$(query "select count(*) from pg_tables where schemaname = 'public'") || fail 8 "$PGDATABASE cannot be reached."
    [ "$tables" = 0 ] || fail 6 "$PGDATABASE has $tables tables. Restore into an empty database, made by deploy/postgresql/setup.sql."
    pg_restore --dbname="$PGDATABASE" --no-owner --exit-on-error --single-transaction "$1" || fail 8 "pg_restore did not end well; $PGDATABASE is as empty as before."
    # Ids that were given out after the backup may stand at the fund or in the broker: none is given out twice.
    query "update id_block set next_id = next_id + 1000000000 where name = 'all'" || fail 8 "the ids were not moved on: drop $PGDATABASE and restore again."
    PGOPTIONS='-c client_min_messages=error' query analyze || fail 8 "the statistics were not taken: run analyze."
    say "$1 is restored to $PGDATABASE. Go on with docs/backup.md, «After a restore»."
}

case $#:${1:-} in
    2:backup | 2:restore) "$1" "$2" ;;
    *) fail 2 "usage: postgresql.sh backup FILE | restore FILE" ;;
esac
