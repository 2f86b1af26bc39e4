# What the postgres image's entry point does: makes the database cluster at the first start, then serves.
. "${0%/*}/common.sh"
umask 077
mkdir -p "$DATA"
server=$(installed 14 $(ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null | sort -rV) postgres) ||
    { fetch postgresql postgresql; server=$(ls -d "$root"/usr/lib/postgresql/*/bin/postgres); }
# Postgres refuses root; in a user namespace it sees another user, and its files need no chown.
[ "$(id -u)" != 0 ] || as='unshare --user --map-user=1000 --map-group=1000'
if [ ! -f "$DATA/data/PG_VERSION" ]; then
    printf %s "$POSTGRES_PASSWORD" >"$DATA/password"
    $as "${server%/*}/initdb" -D "$DATA/data" -U "$POSTGRES_USER" --pwfile="$DATA/password" -A scram-sha-256 -E UTF8 --locale=C --no-sync --no-instructions || exit
    rm "$DATA/password"
fi
unset POSTGRES_PASSWORD
# SIGTERM would wait for the clients to leave; SIGINT ends their sessions.
serve INT $as "$server" -D "$DATA/data" -p "$PORT_tcp" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200
