# Finds a Maven that can build this. Sourced by bin/keyhole, bin/test and bin/dependencies, after jdk.sh.

# Sets MAVEN: the one on PATH when it is new enough, else the wrapper, else Debian's.
find_maven() {
    if maven_is_new_enough mvn; then
        MAVEN=mvn
    elif [ -x "$here/mvnw" ] && "$here/mvnw" --version >/dev/null 2>&1; then
        MAVEN=$here/mvnw
    elif can_install && apt_offers maven; then
        echo "keyhole: no Maven here; installing Debian's" >&2
        apt_install maven
        MAVEN=mvn
    else
        echo "keyhole: Maven 3.8.6 or newer is needed; install it (Debian: apt install maven)." >&2
        return 1
    fi
}

# 3.8.6 is the oldest that all plugins here accept.
maven_is_new_enough() {
    command -v "$1" >/dev/null || return 1
    found=$("$1" -B --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
    [ "$(printf '%s\n' 3.8.6 "$found" | sort -V | head -n 1)" = 3.8.6 ]
}
