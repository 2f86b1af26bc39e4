# Sourced by the servers' scripts.
trap clean EXIT
trap exit TERM INT HUP

# Prints the first of the programs that exists and whose `--version` names at least the version: installed LEAST PROGRAM...
installed() {
    least=$1; shift
    for program in "$@"; do
        version=$("$program" --version 2>/dev/null | grep -o '[0-9][0-9.]*' | head -n 1)
        [ "${version%%.*}" -ge "$least" ] 2>/dev/null && command -v "$program" && return
    done
    return 1
}

# Unpacks Debian packages, with what they depend on, into the user's cache, once: no root, no change to the system.
# Sets $root to where they are. fetch NAME PACKAGE...
fetch() {
    root=${XDG_CACHE_HOME:-$HOME/.cache}/aspire-servers/$1; shift
    mkdir -p "${root%/*}"
    # The lock is the kernel's, so it is gone with the process that held it.
    exec 9>"$root.lock"
    flock -n 9 || { echo "Another process is fetching ${root##*/}, waiting for it"; flock 9; }
    [ -d "$root" ] || download "$@" || { echo "$1 could not be fetched. Install it, or start a container engine." >&2; exit 1; }
    exec 9>&-
    export LD_LIBRARY_PATH=$(echo "$root"/usr/lib/*-linux-gnu)
}

# Prometheus and promtool, and what its pages need.
fetch_prometheus() { fetch prometheus prometheus libjs-jquery; }

download() {
    command -v apt-get >/dev/null && command -v dpkg >/dev/null || { echo "Only Debian's packages can be fetched, and apt-get is not here." >&2; return 1; }
    echo "Fetching $* from this machine's Debian feed into $root, once"
    partial=$root.partial; apt=$partial/.apt
    rm -rf "$partial"
    mkdir -p "$apt/lists/partial" "$apt/archives/partial" "$apt/tmp"
    # As root apt would hand the download to a user who may not see this folder. --reinstall: also what is installed, because all must be in one place.
    export TMPDIR=$apt/tmp LC_ALL=C
    options="-q -o Dir::State::lists=$apt/lists -o Dir::Cache=$apt -o Debug::NoLocking=1 -o APT::Sandbox::User=root -o Acquire::Retries=2 -o APT::Update::Error-Mode=any"
    apt-get $options update && apt-get $options install --download-only --yes --reinstall --no-install-recommends "$@" || return
    for archive in "$apt"/archives/*.deb; do dpkg -x "$archive" "$partial" || return; done
    # Debian's Erlang knows only /usr/lib/erlang; let it honour the variable that it reads otherwise.
    grep -lr 'ROOTDIR=/usr/lib/erlang' "$partial/usr/lib/erlang" --include=erl 2>/dev/null |
        xargs -r sed -i 's|ROOTDIR=/usr/lib/erlang|ROOTDIR="${ERL_ROOTDIR:-/usr/lib/erlang}"|'
    # Erlang looks into every plugin's folder for every module that it loads.
    ls -d "$partial"/usr/lib/rabbitmq/lib/*/plugins/rabbitmq_* 2>/dev/null | grep -vE 'rabbitmq_(prelaunch|management|management_agent|web_dispatch)-' | xargs -r rm -r
    # Debian's Prometheus reads its pages from an absolute path; let it be relative, in as many letters.
    grep -lr '/usr/share/prometheus/web/' "$partial/usr/bin" | xargs -r sed -i 's|/usr/share/prometheus/web/|usr/share/prometheus//web/|g'
    rm -rf "$apt"
    unset TMPDIR
    mv "$partial" "$root"
}

# Runs a server until it ends, and ends it by the signal where this script is told to end: serve SIGNAL COMMAND...
serve() {
    signal=$1; shift
    # A background command would read nothing otherwise.
    exec 3<&0
    "$@" <&3 3<&- & server=$!
    exec 3<&-
    # What is to be deleted need not be closed in order.
    trap '! abandoned || signal=KILL; kill -$signal $server' TERM INT HUP
    wait $server
    # A trapped signal ends the first wait only.
    wait $server
}

# Whether the data are of this run only, and the AppHost, which holds the lock until it deletes them, is gone.
abandoned() { [ -n "$RUN" ] && flock -n "$RUN/lock" true; }

clean() {
    abandoned || return 0
    rm -rf "$DATA"
    [ "$(ls "$RUN")" != lock ] || rm -rf "$RUN"
}
