# shellcheck shell=bash
# What must be there to build, run and test Flagstone. Sourced, never run.

readonly MIN_JAVA=17

say() {
  printf 'flagstone: %s\n' "$*" >&2
}

die() {
  say "$*"
  exit 1
}

# Prints the feature version of the JDK in a directory, such as 17; nothing if there is none.
java_version_in() {
  local release="$1/release" line
  [[ -x $1/bin/java && -r $release ]] || return 0
  line=$(grep -m 1 '^JAVA_VERSION=' "$release") || return 0
  line=${line#JAVA_VERSION=\"}
  line=${line%%[!0-9]*}
  printf '%s' "$line"
}

# Prints the directories where a JDK may be, the preferred one first.
java_candidates() {
  local java
  if [[ -n ${JAVA_HOME:-} ]]; then
    printf '%s\n' "$JAVA_HOME"
  fi
  if java=$(command -v java); then
    java=$(readlink -f "$java")
    printf '%s\n' "${java%/bin/java}"
  fi
  local directory
  for directory in /usr/lib/jvm/*; do
    printf '%s\n' "$directory"
  done
}

# Sets JAVA_HOME and java_version to the first JDK that is new enough; fails if there is none.
find_java() {
  local candidate version
  while read -r candidate; do
    version=$(java_version_in "$candidate")
    if [[ -n $version && -x $candidate/bin/javac ]] && ((version >= MIN_JAVA)); then
      export JAVA_HOME=$candidate
      # shellcheck disable=SC2034 # read by launch.sh
      java_version=$version
      return 0
    fi
  done < <(java_candidates)
  return 1
}

# Sets as_root to the words that make a command run as root; fails if that takes a password.
find_root() {
  as_root=()
  ((EUID == 0)) && return 0
  command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
  as_root=(sudo -n)
}

# Installs Debian packages if that is possible without asking.
apt_install() {
  command -v apt-get >/dev/null && find_root || return 1
  say "installing $*"
  "${as_root[@]}" apt-get -qq update >&2 || say "apt-get update failed; trying without"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -y --no-install-recommends install "$@" >/dev/null
}

# Prints the package with a JDK that this release of Debian has.
jdk_package() {
  if [[ -n $(apt-cache --quiet=2 search '^openjdk-17-jdk-headless$' 2>/dev/null) ]]; then
    printf 'openjdk-17-jdk-headless'
  else
    printf 'default-jdk-headless'
  fi
}

# Sees to a JDK and Maven, or ends with one line that says what to install.
require_build_tools() {
  local -a missing=()
  find_java || missing+=("$(jdk_package)")
  command -v mvn >/dev/null || missing+=(maven)
  ((${#missing[@]} == 0)) && return 0
  if apt_install "${missing[@]}" && find_java && command -v mvn >/dev/null; then
    return 0
  fi
  die "a JDK of version $MIN_JAVA or newer and Maven are needed: install ${missing[*]}"
}

# Prints the Debian packages that the tests need and that are not there.
missing_test_packages() {
  command -v memcached >/dev/null || printf 'memcached\n'
  command -v memccapable >/dev/null || printf 'libmemcached-tools\n'
  # Debian's own Python: another one, first on the PATH, would not see Debian's packages.
  /usr/bin/python3 -c 'import pymemcache' 2>/dev/null || printf 'python3-pymemcache\n'
  /usr/bin/python3 -c 'import pylibmc' 2>/dev/null || printf 'python3-pylibmc\n'
  /usr/bin/python3 -c 'import django' 2>/dev/null || printf 'python3-django\n'
  command -v ruby >/dev/null || printf 'ruby\n'
  ruby -e 'require "dalli"; exit Dalli::VERSION < "5"' 2>/dev/null || printf 'ruby-dalli\n'
  command -v php >/dev/null || printf 'php-cli\n'
  php -r 'exit(Memcached::HAVE_SASL ? 0 : 1);' >/dev/null 2>&1 || printf 'php-memcached\n'
  command -v openssl >/dev/null || printf 'openssl\n'
  command -v node >/dev/null || printf 'nodejs\n'
  command -v npm >/dev/null || printf 'npm\n'
  if ! command -v gcc >/dev/null; then
    printf 'gcc\nlibc6-dev\n'
  fi
}

# Sees to what the tests need, or ends with one line that names it.
require_test_packages() {
  local -a missing
  mapfile -t missing < <(missing_test_packages)
  ((${#missing[@]} == 0)) && return 0
  apt_install "${missing[@]}" || true
  mapfile -t missing < <(missing_test_packages)
  ((${#missing[@]} == 0)) || die "the tests need these Debian packages: ${missing[*]}"
}
