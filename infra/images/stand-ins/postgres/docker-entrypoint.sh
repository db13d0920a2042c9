#!/bin/bash
# Makes the cluster at the first start, as the official image does, then runs what it is told.
set -euo pipefail
user=${POSTGRES_USER:-postgres}
password=${POSTGRES_PASSWORD:-}
[[ -n ${POSTGRES_PASSWORD_FILE:-} ]] && password=$(<"$POSTGRES_PASSWORD_FILE")

if [[ ${1:-} == postgres && ! -s $PGDATA/PG_VERSION ]]; then
  [[ -n $password ]] || { echo "POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE is needed" >&2; exit 1; }
  # shellcheck disable=SC2086
  initdb --username="$user" --pwfile=<(printf '%s\n' "$password") --auth-local=trust --auth-host=scram-sha-256 ${POSTGRES_INITDB_ARGS:-}
  echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
  pg_ctl start --wait -o "-c listen_addresses='' -c unix_socket_directories=/tmp"
  if [[ ${POSTGRES_DB:-$user} != postgres ]]; then
    psql --host /tmp --username "$user" --dbname postgres --set db="${POSTGRES_DB:-$user}" <<<'create database :"db"'
  fi
  pg_ctl stop --mode=fast --wait
fi
if [[ ${1:-} == postgres ]]; then
  set -- "$@" -c listen_addresses='*' -c unix_socket_directories=/tmp
fi
exec "$@"
