# shellcheck shell=bash disable=SC2034,SC2154
# Elasticsearch with its security on. Sourced by start.sh.
version=8.19.21
user=elastic
home=$cache/elasticsearch-$version-root

unpack() {
  fetch "org.elasticsearch.distribution.integ-test-zip:elasticsearch:$version" "$1"
  rm -rf "$1/elasticsearch-$version"/lib/platform/{darwin,windows}*
  add_root_plugin "$1/elasticsearch-$version"
}

# The distribution that Maven has leaves out the module that answers GET /.
add_root_plugin() {
  local plugin=$1/plugins/root classes; mkdir -p "$plugin"; classes=$(mktemp -d)
  "$java/bin/javac" -nowarn -d "$classes" -cp "$1/lib/*" "$here/RootPlugin.java" || fail 'javac failed: a JDK is needed, not a JRE'
  "$java/bin/jar" cf "$plugin/root.jar" -C "$classes" .; rm -rf "$classes"
  printf '%s\n' name=root 'description=answers GET /' version=1 "elasticsearch.version=$version" java.version=17 \
    classname=RootPlugin > "$plugin/plugin-descriptor.properties"
}

configure() {
  { common_settings; security_settings; } > "$run/config/elasticsearch.yml"
  touch "$run/config/users" "$run/config/users_roles" "$run/config/roles.yml"
  export ES_PATH_CONF=$run/config ES_TMPDIR=$run/tmp CLI_JAVA_OPTS='-XX:TieredStopAtLevel=1'
  give_to_node
  printf '%s' "$password" | "${as_node[@]}" "$home/bin/elasticsearch-keystore" add --force --stdin bootstrap.password > "$run/keystore.log" 2>&1 ||
    fail "keystore: $(tail -n 1 "$run/keystore.log")"
}

security_settings() {
  cat <<'YAML'
xpack.security.enabled: true
xpack.security.enrollment.enabled: false
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.key: certs/node.key
xpack.security.http.ssl.certificate: certs/node.crt
xpack.security.http.ssl.certificate_authorities: certs/ca.crt
YAML
}

# What is started is a small launcher; the server is its child.
server_pid() { pgrep -P "$node" | head -n 1; }
