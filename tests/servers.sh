#!/usr/bin/env bash
# The tests' own PostgreSQL, RabbitMQ and OpenSSH, and their browser: on loopback and free ports, with all that they write in a folder of the caller's.
# Usage: tests/servers.sh install | installed      Debian's packages, when they are missing; whether the servers' are there
#        tests/servers.sh start DIR | stop DIR     the first two; start prints the lines that export their addresses; stop removes what they wrote
#        tests/servers.sh VERB DIR                 one of them: postgresql-start, -stop, -kill; rabbitmq-start, -stop, -kill, rabbitmqctl; sshd-start, -stop, -kill
# Started again in the same DIR, a server has its old ports and its old data. A server that the environment names is not started.
set -euo pipefail
self=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
patience=600 # tenths of a second that a server has to come up, or to go

# PostgreSQL refuses to run as root, and RabbitMQ need not: under root each runs as the user that its package has made.
as() {
    local user=$1
    shift
    if [ "$(id -u)" -ne 0 ]; then "$@"; else setpriv --reuid="$user" --regid="$user" --init-groups "$@"; fi
}

# A zombie that nobody buries is gone all the same, once its last thread has let go of files and ports.
alive() {
    [ -n "$1" ] && [ -d "/proc/$1" ] || return 1
    ! grep -qs '^State:[[:space:]]*Z' "/proc/$1/status" || [ "$(ls "/proc/$1/task" 2>/dev/null | wc -l)" -gt 1 ]
}

first_line() { [ -f "$1" ] && head -n 1 "$1" || true; }

gone() {
    local tries=0
    while alive "$1"; do
        [ $((tries += 1)) -le $patience ] || { echo "Process $1 does not end." >&2; return 1; }
        sleep 0.1
    done
}

secret() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# Below the range from which the system takes ports for outgoing connections, so that a port stays free while its server is down.
# The shell's own random numbers can be the same in two that begin at one time, as those of two servers do.
free_port() {
    local port
    while port=$(($(od -An -N4 -tu4 /dev/urandom) % 20000 + 12000)); (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

failed() { # what, its log
    echo "$1 did not come up; the end of its log:" >&2
    tail -n 20 "$2" >&2 || true
    return 1
}

# A folder for one server that its user owns; the folders of the caller let that user through.
settle() { # user, folder
    mkdir -p "$2"
    chmod 700 "$2"
    cd "$2"
    [ "$(id -u)" -eq 0 ] || return 0
    chown "$1:" .
    chmod a+x ..
    case $(basename "$(dirname "$2")") in own-*) chmod a+x ../.. ;; esac
}

installed() { ls /usr/lib/postgresql/*/bin/initdb /usr/lib/rabbitmq/bin/rabbitmq-server /usr/sbin/sshd >/dev/null 2>&1; }

# The first is made for tests: of its windows nothing is drawn but the page, which takes a third of the time.
browser_installed() { [ -e /usr/bin/chromium-headless-shell ] || [ -e /usr/bin/chromium ] || [ -e /usr/bin/chromium-browser ] || [ -e /usr/bin/google-chrome ]; }

# Debian's packages that are missing here; of the servers none when the environment names some.
missing() {
    [ -n "${CONTRIBUTION_ENGINE_TEST_POSTGRESQL:-}" ] && [ -n "${CONTRIBUTION_ENGINE_TEST_RABBITMQ:-}" ] || installed || echo postgresql rabbitmq-server openssh-server
    browser_installed || echo chromium-headless-shell
}

# In a folder of its own, and patient: another installation may be at work on the same machine.
fetch() {
    local archives
    archives=$(mktemp -d)
    mkdir "$archives/partial"
    apt-get update -qq -o DPkg::Lock::Timeout=300 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=300 -o Dir::Cache::archives="$archives" "$@"
    rm -rf "$archives"
}

install() {
    local packages policy=/usr/sbin/policy-rc.d
    read -r -d '' -a packages < <(missing) || true
    [ ${#packages[@]} -gt 0 ] || return 0
    echo "Installing ${packages[*]}." >&2
    # The packages would start servers of their own.
    if [ -w /usr/sbin ] && [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' >$policy && chmod +x $policy
        trap "rm -f $policy" EXIT
    fi
    fetch "${packages[@]}" >/dev/null 2>&1 || true
    [ -n "$(missing)" ] || return 0
    echo "Missing, and not to be installed here: as root, 'apt-get install ${packages[*]}'; or name servers by CONTRIBUTION_ENGINE_TEST_POSTGRESQL and CONTRIBUTION_ENGINE_TEST_RABBITMQ." >&2
    exit 2
}

postgresql_program() { printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1 | sed "s|\$|/$1|"; }

# Words are ordered as a person would, so that what needs binary order has to say so.
postgresql_make() {
    secret >password
    free_port >port
    chown --reference=. password port
    as postgres "$(postgresql_program initdb)" -D data -U engine --pwfile=password -A scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 \
        --locale-provider=icu --icu-locale=en-US --no-sync >log.start 2>&1 || { rm -rf data; failed PostgreSQL log.start; }
    cat >>data/postgresql.conf <<SETTINGS
listen_addresses = '127.0.0.1'
port = $(cat port)
unix_socket_directories = '$PWD'
max_connections = 200
SETTINGS
}

postgresql_start() {
    settle postgres "$1/postgresql"
    [ -d data ] || postgresql_make
    as postgres "$(postgresql_program pg_ctl)" -D data -l log -t $((patience / 10)) -w start >/dev/null 2>&1 </dev/null || failed PostgreSQL log
    echo "export CONTRIBUTION_ENGINE_TEST_POSTGRESQL='Host=127.0.0.1;Port=$(cat port);Username=engine;Password=$(cat password);Database=postgres'"
}

postgresql_stop() {
    local server
    server=$(first_line "$1/postgresql/data/postmaster.pid")
    alive "$server" || return 0
    kill -INT "$server"
    gone "$server"
}

# The whole server at once, as a power cut would: halted first, so that it makes no new children.
postgresql_kill() {
    local server all
    server=$(first_line "$1/postgresql/data/postmaster.pid")
    alive "$server" || return 0
    kill -STOP "$server"
    all="$(cat "/proc/$server/task/$server/children" 2>/dev/null || true) $server"
    for one in $all; do kill -KILL "$one" 2>/dev/null || true; done
    for one in $all; do gone "$one"; done
    rm -f "$1"/postgresql/data/postmaster.pid "$1"/postgresql/.s.PGSQL.* # an unburied zombie would pass for their owner
}

rabbitmq_make() {
    secret >.erlang.cookie
    secret >password
    free_port >port
    free_port >names_port
    free_port >nodes_port
    echo '[].' >enabled_plugins
    cat >rabbitmq.conf <<SETTINGS
loopback_users = none
default_user = engine
default_pass = $(cat password)
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 50MB
raft.wal_max_size_bytes = 67108864
SETTINGS
    chmod 400 .erlang.cookie
    [ "$(id -u)" -ne 0 ] || chown -R rabbitmq: .
}

# A node of its own among others on this machine: own name, own directory of names (epmd), own cookie, none of the machine's settings.
rabbitmq() { # program of RabbitMQ or Erlang and its arguments, in the node's folder
    as rabbitmq env HOME="$PWD" ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT="$(cat names_port)" ERL_EPMD_RELAXED_COMMAND_CHECK=1 PATH="/usr/lib/rabbitmq/bin:$PATH" \
        RABBITMQ_NODENAME="engine-$(cat port)@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$(cat port)" RABBITMQ_DIST_PORT="$(cat nodes_port)" \
        RABBITMQ_MNESIA_BASE="$PWD/data" RABBITMQ_LOG_BASE="$PWD" RABBITMQ_LOGS="$PWD/log" RABBITMQ_PID_FILE="$PWD/pid" \
        RABBITMQ_CONF_ENV_FILE="$PWD/none" RABBITMQ_CONFIG_FILE="$PWD/rabbitmq" RABBITMQ_CONFIG_FILES="$PWD/none" RABBITMQ_ADVANCED_CONFIG_FILE="$PWD/none" \
        RABBITMQ_ENABLED_PLUGINS_FILE="$PWD/enabled_plugins" \
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none" "$@"
}

rabbitmq_start() {
    settle rabbitmq "$1/rabbitmq"
    [ -f port ] || rabbitmq_make
    : >log.start
    rabbitmq setsid sh -c 'echo $$ >group; exec rabbitmq-server' >log.start 2>&1 </dev/null &
    local starting=$! tries=0
    until grep -q 'completed with' log.start; do
        if ! alive $starting || [ $((tries += 1)) -gt $patience ]; then
            cat log.start >>log
            failed RabbitMQ log
        fi
        sleep 0.1
    done
    echo "export CONTRIBUTION_ENGINE_TEST_RABBITMQ='amqp://engine:$(cat password)@127.0.0.1:$(cat port)/'"
    echo "export CONTRIBUTION_ENGINE_TEST_RABBITMQCTL='$self rabbitmqctl $1'"
}

# The node and the script that started it are a group of processes.
rabbitmq_end() { # signal, DIR
    local group node
    group=$(first_line "$2/rabbitmq/group")
    node=$(first_line "$2/rabbitmq/pid")
    if alive "$group" || alive "$node"; then kill "-$1" -- "-$group"; fi
    gone "$group"
    gone "$node"
    rm -f "$2/rabbitmq/group" "$2/rabbitmq/pid" # the numbers may come to be others'
}

# RabbitMQ writes down a second later that a quorum queue is there, and one declared within that second would come back without
# a leader (rabbitmq-server#15725). That is the broker's fault and not the one to be tested; messages stay where they are.
rabbitmq_kill() {
    alive "$(first_line "$1/rabbitmq/pid")" || return 0
    (rabbitmqctl "$1" eval '[dets:sync(Table) || Table <- dets:all()].' --timeout 5 >/dev/null 2>&1) || true
    rabbitmq_end KILL "$1"
}

# The directory of names is started by the node and outlives it.
rabbitmq_names_end() {
    [ -f "$1/rabbitmq/names_port" ] || return 0
    cd "$1/rabbitmq"
    rabbitmq epmd -kill >/dev/null 2>&1 || true
    cd /
}

rabbitmqctl() { # DIR, arguments
    cd "$1/rabbitmq"
    rabbitmq rabbitmqctl "${@:2}"
}

# Runs as whoever runs the tests; a login is that user's, by a key of the server's folder. Its host keys are of two kinds.
sshd_make() {
    free_port >port
    for kind in ed25519 ecdsa; do ssh-keygen -q -t $kind -N '' -f "host_$kind"; done
    ssh-keygen -q -t ed25519 -N '' -f user_key
    cp user_key.pub authorized_keys
    mkdir -p files/answers
    cat >config <<SETTINGS
ListenAddress 127.0.0.1
Port $(cat port)
HostKey $PWD/host_ed25519
HostKey $PWD/host_ecdsa
PidFile $PWD/pid
AuthorizedKeysFile $PWD/authorized_keys
StrictModes no
UsePAM no
PermitRootLogin yes
PasswordAuthentication yes
KbdInteractiveAuthentication no
MaxStartups 100
Subsystem sftp internal-sftp
ForceCommand internal-sftp
SETTINGS
}

sshd_start() {
    mkdir -p "$1/sshd"
    chmod 700 "$1/sshd"
    cd "$1/sshd"
    [ -f config ] || sshd_make
    [ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
    /usr/sbin/sshd -f "$PWD/config" -E "$PWD/log" </dev/null >/dev/null 2>&1 || failed OpenSSH log
    local tries=0
    until [ -s pid ]; do
        [ $((tries += 1)) -le $patience ] || failed OpenSSH log
        sleep 0.1
    done
    echo "export CONTRIBUTION_ENGINE_TEST_SFTP='sftp://$(id -un)@127.0.0.1:$(cat port)$PWD/files'"
}

# With the sessions that it serves.
sshd_end() { # signal, DIR
    local server all
    server=$(first_line "$2/sshd/pid")
    alive "$server" || return 0
    all="$(cat "/proc/$server/task/$server/children" 2>/dev/null || true) $server"
    for one in $all; do kill "-$1" "$one" 2>/dev/null || true; done
    for one in $all; do gone "$one"; done
    rm -f "$2/sshd/pid"
}

start() {
    local starting=() failures=0
    if [ -z "${CONTRIBUTION_ENGINE_TEST_POSTGRESQL:-}" ]; then postgresql_start "$1" & starting+=($!); fi
    if [ -z "${CONTRIBUTION_ENGINE_TEST_RABBITMQ:-}" ]; then rabbitmq_start "$1" & starting+=($!); fi
    for one in "${starting[@]}"; do wait "$one" || failures=1; done
    return $failures
}

# Also the servers that tests have started for themselves in folders below.
stop() {
    for place in "$1" "$1"/own-*; do
        [ -d "$place" ] || continue
        postgresql_kill "$place"
        rabbitmq_end KILL "$place"
        rabbitmq_names_end "$place"
        sshd_end KILL "$place"
        rm -rf "$place/postgresql" "$place/rabbitmq" "$place/sshd"
    done
}

verb=${1:-} dir=${2:-}
[[ $verb = install* ]] || [ -d "$dir" ] || { sed -n '2,6s/^# //p' "$self" >&2; exit 2; }
[ -z "$dir" ] || dir=$(cd "$dir" && pwd)
case $verb in
    install) install ;;
    installed) installed ;;
    start) start "$dir" ;;
    stop) stop "$dir" ;;
    postgresql-start) postgresql_start "$dir" ;;
    postgresql-stop) postgresql_stop "$dir" ;;
    postgresql-kill) postgresql_kill "$dir" ;;
    rabbitmq-start) rabbitmq_start "$dir" ;;
    rabbitmq-stop) rabbitmq_end TERM "$dir" ;;
    rabbitmq-kill) rabbitmq_kill "$dir" ;;
    sshd-start) sshd_start "$dir" ;;
    sshd-stop) sshd_end TERM "$dir" ;;
    sshd-kill) sshd_end KILL "$dir" ;;
    rabbitmqctl) rabbitmqctl "$dir" "${@:3}" ;;
    *) echo "There is no verb '$verb'." >&2; exit 2 ;;
esac
