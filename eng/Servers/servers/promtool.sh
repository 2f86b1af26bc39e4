# Runs promtool: promtool.sh ARGUMENT...
. "${0%/*}/common.sh"
tool=$(installed 2 promtool) || { fetch_prometheus >&2; tool=$root/usr/bin/promtool; }
"$tool" "$@"
