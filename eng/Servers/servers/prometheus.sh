# Makes a target of each variable TARGET_<service>=<host>:<port>, then does what the prometheus image's entry point does. The container
# runs it too.
. "${0%/*}/common.sh"
umask 077
DATA=${DATA:-/prometheus}
mkdir -p "$DATA/replicas"
# Beside the targets, because the paths in the configuration are relative to it.
cp "${0%/*}"/../monitoring/*.yml "$DATA" || exit
# The instance is the service: an address changes with each run.
env | sed -n 's/^TARGET_\([a-z]*\)=\(.*\)$/- {targets: ["\2"], labels: {service: \1, instance: \1}}/p' >"$DATA/targets.yml"
# The fetched one finds its pages below the current folder.
server=$(installed 2 prometheus) || { fetch_prometheus; server=$root/usr/bin/prometheus; cd "$root"; }
serve TERM "$server" --config.file="$DATA/prometheus.yml" --storage.tsdb.path="$DATA/data" --storage.tsdb.retention.size=256MB \
    --web.listen-address="${PORT_http:+127.0.0.1}:${PORT_http:-9090}" --log.level=warn
