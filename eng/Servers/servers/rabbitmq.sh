# What the rabbitmq image's entry point does.
. "${0%/*}/common.sh"
umask 077
mkdir -p "$DATA/home"
erlang='erlang-base erlang-asn1 erlang-crypto erlang-public-key erlang-mnesia erlang-runtime-tools erlang-ssl erlang-eldap erlang-ftp erlang-tftp erlang-inets
    erlang-snmp erlang-os-mon erlang-parsetools erlang-syntax-tools erlang-tools erlang-xmerl'
home=$(ls -d /usr/lib/rabbitmq/lib/rabbitmq_server-* 2>/dev/null | tail -n 1)
if [ -z "$home" ] || ! command -v erl >/dev/null; then
    fetch rabbitmq rabbitmq-server $erlang
    home=$(ls -d "$root"/usr/lib/rabbitmq/lib/rabbitmq_server-*)
    export PATH=$root/usr/lib/erlang/bin:$PATH ERL_ROOTDIR=$root/usr/lib/erlang
fi
export HOME=$DATA/home RABBITMQ_MNESIA_BASE=$DATA/data RABBITMQ_LOG_BASE=$DATA/log RABBITMQ_LOGS=- RABBITMQ_NODENAME=rabbit@localhost
export RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_CONFIG_FILE=$DATA/rabbitmq.conf RABBITMQ_ADVANCED_CONFIG_FILE=$DATA/none RABBITMQ_ENABLED_PLUGINS_FILE=$DATA/plugins
export RABBITMQ_DIST_PORT=$PORT_distribution ERL_EPMD_PORT=$PORT_epmd ERL_EPMD_ADDRESS=127.0.0.1 ERL_CRASH_DUMP_SECONDS=0
# Two schedulers that are not pinned: the cores belong to the services. `detached` makes the script become Erlang instead of a shell around it.
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1} +S 2:2' RABBITMQ_SCHEDULER_BIND_TYPE=u detached=true
cat >"$RABBITMQ_CONFIG_FILE" <<END
listeners.tcp.local = 127.0.0.1:$PORT_tcp
vm_memory_high_watermark.absolute = 512MB
disk_free_limit.absolute = 50MB
log.file = false
${PORT_management:+management.tcp.ip = 127.0.0.1
management.tcp.port = $PORT_management}
END
echo "[${PORT_management:+rabbitmq_management}]." >"$RABBITMQ_ENABLED_PLUGINS_FILE"

# Erlang's name server on a port of its own, gone with the broker.
epmd -address 127.0.0.1 -port "$ERL_EPMD_PORT" & names=$!
serve TERM "$home/sbin/rabbitmq-server"; status=$?
kill $names
exit $status
