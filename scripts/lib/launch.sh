# shellcheck shell=bash
# Builds Flagstone if its sources are newer than the build, and starts its JVM. Sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
readonly root
readonly jar=$root/launcher/target/flagstone.jar
readonly archive=$root/launcher/target/flagstone.jsa
readonly stamp=$root/launcher/target/flagstone.built

# shellcheck source=scripts/lib/requirements.sh
source "$root/scripts/lib/requirements.sh"

# Tells whether nothing that the build reads is newer than it. A directory counts too: its time
# changes when a file in it goes away.
is_built() {
  [[ -e $stamp && -e $jar ]] || return 1
  local newer
  newer=$(
    shopt -s nullglob
    cd "$root" || exit
    find pom.xml .mvn {shared,*-verticle,launcher}/{pom.xml,src/main} conf/jvm.options \
      -newer "$stamp" -print -quit 2>/dev/null
  )
  [[ -z $newer ]]
}

# Records the classes that a start loads, which halves the time of every later one. Without the
# record all works as well, so a failure is no failure.
record_classes() {
  local data
  data=$(mktemp -d)
  rm -f "$archive"
  "$JAVA_HOME/bin/java" "@$root/conf/jvm.options" -XX:ArchiveClassesAtExit="$archive" \
    -Xlog:disable -jar "$jar" run --data "$data/data" --memory 16m \
    --memcache-port 0 --bound-port 0 --exit-when-ready >/dev/null 2>&1 || rm -f "$archive"
  rm -rf "$data"
}

build() {
  require_build_tools
  say "building (the first time takes a while)"
  local started log
  started=$(mktemp)
  log=$(mktemp)
  (cd "$root" && mvn -B -ntp -pl launcher -am package \
    -Dmaven.test.skip=true -Dspotless.check.skip=true >"$log" 2>&1) || {
    grep -E '^\[(WARNING|ERROR)' "$log" | head -n 40 >&2 || cat "$log" >&2
    rm -f "$started" "$log"
    die "the build failed"
  }
  rm -f "$log"
  record_classes
  mv "$started" "$stamp"
}

# Two starts at once build once: the lock is on the root pom, so that no file is left behind.
ensure_built() {
  is_built && return 0
  local lock
  exec {lock}<"$root/pom.xml"
  if command -v flock >/dev/null; then
    flock "$lock"
  fi
  is_built || build
  exec {lock}<&-
}

# launch ARGUMENT...: becomes the JVM, in the caller's directory, so that signals reach it.
launch() {
  ensure_built
  find_java || die "a JDK of version $MIN_JAVA or newer is needed"
  local -a options=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m)
  if [[ ${1:-} == run ]]; then
    options=("@$root/conf/jvm.options")
  fi
  options+=(-XX:SharedArchiveFile="$archive" -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off)
  if ((java_version >= 24)); then
    options+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  fi
  local -a extra
  read -r -a extra <<<"${FLAGSTONE_JVM_OPTS:-}"
  exec "$JAVA_HOME/bin/java" "${options[@]}" "${extra[@]}" \
    -Dflagstone.conf="$root/conf/flagstone.properties" -jar "$jar" "$@"
}
