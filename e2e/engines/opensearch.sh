# shellcheck shell=bash disable=SC2034,SC2154
# OpenSearch with its security plugin. Sourced by start.sh.
version=2.19.4
user=admin
home=$cache/opensearch-$version-lite-secure

unpack() {
  fetch "org.opensearch.distribution.integ-test-zip:opensearch:$version" "$1"
  fetch "org.opensearch.plugin:opensearch-security:$version.0" "$1/opensearch-$version/plugins/opensearch-security"
}

configure() {
  { common_settings; security_settings; } > "$run/config/opensearch.yml"
  local security=$run/config/opensearch-security hash
  cp -r "$home/plugins/opensearch-security/config" "$security"; rm -f "$security/opensearch.yml.example"
  hash=$("$java/bin/java" -cp "$home/plugins/opensearch-security/*:$home/lib/*" org.opensearch.security.tools.Hasher -p "$password" 2> /dev/null | tail -n 1)
  printf '_meta: { type: internalusers, config_version: 2 }\nadmin: { hash: "%s", reserved: true, backend_roles: [admin] }\n' \
    "$hash" > "$security/internal_users.yml"
  export OPENSEARCH_PATH_CONF=$run/config OPENSEARCH_TMPDIR=$run/tmp
}

security_settings() {
  local layer
  for layer in transport http; do
    printf 'plugins.security.ssl.%s.%s\n' \
      "$layer" 'pemcert_filepath: certs/node.crt' "$layer" 'pemkey_filepath: certs/node.key' "$layer" 'pemtrustedcas_filepath: certs/ca.crt'
  done
  cat <<'YAML'
plugins.security.ssl.transport.enforce_hostname_verification: false
plugins.security.ssl.http.enabled: true
plugins.security.nodes_dn: ["CN=node,O=e2e"]
plugins.security.allow_default_init_securityindex: true
plugins.security.audit.type: noop
YAML
}

server_pid() { echo "$node"; }
