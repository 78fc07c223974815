#!/usr/bin/env bash
# start.sh opensearch|elasticsearch [--port N] [--password P] [--heap 512m]
#
# Boots one real node on 127.0.0.1 with TLS and a password, for tests and benchmarks; nothing of it is ever shipped.
# The first start downloads it through Maven into ENGINE_CACHE (default /var/tmp/gatelog-engines). When the node answers,
# one line appears on stdout:
#   READY {"url":…,"pid":…,"version":…,"user":…,"caFile":…,"data":…}
# SIGTERM stops the node and removes its data. ENGINE_TIER=4 lets Java's full compiler in: a slower start, honest benchmarks.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${ENGINE_CACHE:-/var/tmp/gatelog-engines}
engine=${1:?which engine: opensearch or elasticsearch}; shift
port=0 password=Gate-log_e2e heap=512m
while [ $# -gt 0 ]; do
  case $1 in
    --port) port=$2 ;; --password) password=$2 ;; --heap) heap=$2 ;;
    *) echo "start.sh: unknown option $1" >&2; exit 2 ;;
  esac
  shift 2
done

fail() { echo "$engine: $1" >&2; if [ -f "${run:-}/node.log" ]; then tail -n 30 "$run/node.log" >&2; fi; exit 1; }

# Both engines want Java 17 to 21: newer ones have no security manager, which these still ask for.
find_java() {
  local home version
  for home in ${ENGINE_JAVA_HOME:-} ${JAVA_HOME:-} /usr/lib/jvm/*; do
    [ -x "$home/bin/java" ] || continue
    version=$("$home/bin/java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p')
    if [ "${version:-0}" -ge 17 ] && [ "$version" -le 21 ]; then echo "$home"; return; fi
  done
  fail 'no Java 17 to 21 found (apt install openjdk-17-jdk-headless, or set ENGINE_JAVA_HOME)'
}

# fetch GROUP:ARTIFACT:VERSION FOLDER: the content of that zip, from Maven Central or the mirror Maven is set up for.
fetch() {
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack \
    -Dartifact="$1:zip" -DoutputDirectory="$2" -Dproject.basedir="$2" >&2 || fail "Maven could not fetch $1"
}

# Unpacked beside its place and renamed, so that an interrupted download is never taken for an engine.
install() {
  mkdir -p "$cache"; chmod a+rx "$cache"
  exec 9> "$cache/.lock-$(basename "$home")"; flock 9
  if [ ! -e "$home" ]; then
    local unpacked; unpacked=$(mktemp -d "$cache/unpack.XXXXXX")
    unpack "$unpacked"
    chmod -R a+rX "$unpacked"
    mv "$unpacked/$engine-$version" "$home"; rm -rf "$unpacked"
  fi
  exec 9>&-
}

# An authority and a certificate for localhost, as the generated ones of a fresh installation.
make_certificates() {
  local certs=$run/config/certs; mkdir "$certs"
  {
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=e2e authority' -keyout "$certs/ca.key" -out "$certs/ca.crt"
    openssl req -newkey rsa:2048 -nodes -subj '/O=e2e/CN=node' -keyout "$certs/node.key" -out "$certs/node.csr"
    openssl x509 -req -in "$certs/node.csr" -CA "$certs/ca.crt" -CAkey "$certs/ca.key" -CAcreateserial -days 2 -out "$certs/node.crt" \
      -extfile <(printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n')
  } 2> "$run/openssl.log" || fail "openssl: $(tail -n 1 "$run/openssl.log")"
}

common_settings() {
  cat <<YAML
cluster.name: e2e
node.name: n1
network.host: 127.0.0.1
http.port: $port
transport.port: 0
discovery.type: single-node
path.data: $run/data
path.logs: $run/logs
cluster.routing.allocation.disk.threshold_enabled: false
YAML
}

common_jvm_options() {
  printf -- '-Xms%s\n-Xmx%s\n-XX:+UseSerialGC\n-XX:-UsePerfData\n-XX:TieredStopAtLevel=%s\n-Djava.io.tmpdir=%s\n' \
    "$heap" "$heap" "${ENGINE_TIER:-1}" "$run/tmp"
}

console_logging() {
  cat <<'PROPERTIES'
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%-5p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
PROPERTIES
}

# Neither engine runs as root. The node dies with this script, however the script dies.
as_node=(setpriv --pdeathsig TERM)
if [ "$(id -u)" = 0 ]; then as_node+=(--reuid=nobody --regid=nogroup --clear-groups); fi
give_to_node() { if [ "$(id -u)" = 0 ]; then chown -R nobody:nogroup "$run"; fi; }

stop() {
  trap - EXIT TERM INT HUP
  if [ -n "$node" ]; then
    kill "$node" 2> /dev/null || true
    for _ in $(seq 100); do kill -0 "$node" 2> /dev/null || break; sleep 0.1; done
    kill -9 "$node" 2> /dev/null || true
  fi
  rm -rf "$run"
}

wait_until_it_answers() {
  for _ in $(seq 900); do
    kill -0 "$node" 2> /dev/null || fail 'the node ended'
    url=$(sed -n 's|.*HttpServerTransport\] .*publish_address {.*:\([0-9]*\)}.*|https://127.0.0.1:\1|p' "$run/node.log" | tail -n 1)
    if [ -n "$url" ] && curl -sf -m 5 --cacert "$run/config/certs/ca.crt" -u "$user:$password" -o /dev/null "$url/_cluster/health"; then return; fi
    sleep 0.2
  done
  fail 'no answer within 180 s'
}

# shellcheck source=/dev/null
source "$here/$engine.sh"
java=$(find_java); export JAVA_HOME=$java ES_JAVA_HOME=$java OPENSEARCH_JAVA_HOME=$java
install
node='' run=$(mktemp -d "/tmp/gatelog-$engine.XXXXXX"); trap stop EXIT; trap 'exit 0' TERM INT HUP
chmod 755 "$run"; mkdir "$run"/{config,data,logs,tmp}
make_certificates
common_jvm_options > "$run/config/jvm.options"; mkdir "$run/config/jvm.options.d"
console_logging > "$run/config/log4j2.properties"
configure
give_to_node
"${as_node[@]}" "$home/bin/$engine" > "$run/node.log" 2>&1 < /dev/null &
node=$!
wait_until_it_answers
printf 'READY {"url":"%s","pid":%s,"version":"%s","user":"%s","caFile":"%s","data":"%s"}\n' \
  "$url" "$(server_pid)" "$version" "$user" "$run/config/certs/ca.crt" "$run/data"
wait "$node" || true
