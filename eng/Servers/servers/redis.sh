# What the redis image's entry point does.
. "${0%/*}/common.sh"
umask 077
mkdir -p "$DATA"
server=$(installed 6 redis-server) || { fetch redis redis-server redis-tools; server=$root/usr/bin/redis-server; }
# The configuration comes by the standard input: in the arguments everyone could read the password.
password=$(printf %s "$REDIS_PASSWORD" | sed 's/[\\"]/\\&/g')
serve TERM "$server" - <<END
bind 127.0.0.1
port $PORT_tcp
requirepass "$password"
dir "$DATA"
save 60 1
END
