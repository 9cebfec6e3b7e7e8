# Finds a JDK 25 or newer without starting one: a JDK says its version in its file "release".
# Sourced by bin/keyhole, bin/test and bin/dependencies, which set here= to the checkout.

. "$here/bin/lib/apt.sh"

# Prints the major version of the JDK in a folder; nothing when there is none.
jdk_major() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the folders where a JDK usually lies, the person's own choice first.
jdk_folders() {
    printf '%s\n' "${KEYHOLE_JAVA_HOME:-}" "${JAVA_HOME:-}"
    java_on_path=$(command -v java) && readlink -f "$java_on_path" | sed 's,/bin/java$,,'
    ls -d /usr/lib/jvm/* /opt/*jdk* /opt/java/* "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home 2>/dev/null
}

# Sets and exports JAVA_HOME to a JDK 25 or newer; prefers exactly 25.
# As root, where apt offers one, it installs it and says so. Otherwise one sentence, and 1.
find_jdk25() {
    jdk_found=
    while read -r folder; do
        [ -n "$folder" ] || continue
        major=$(jdk_major "$folder") || continue
        [ "${major:-0}" -ge 25 ] || continue
        if [ "$major" -eq 25 ]; then
            jdk_found=$folder
            break
        fi
        [ -n "$jdk_found" ] || jdk_found=$folder
    done <<EOF
$(jdk_folders)
EOF
    if [ -z "$jdk_found" ] && [ -z "${1:-}" ] && install_jdk25; then
        find_jdk25 after-install
        return
    fi
    if [ -z "$jdk_found" ]; then
        echo "keyhole: no JDK 25 was found; install one (Debian: openjdk-25-jdk-headless or temurin-25-jdk) or point JAVA_HOME to it." >&2
        return 1
    fi
    JAVA_HOME=$jdk_found
    export JAVA_HOME
}

install_jdk25() {
    can_install || return 1
    for package in openjdk-25-jdk-headless temurin-25-jdk; do
        if apt_offers "$package"; then
            echo "keyhole: no JDK 25 here; installing Debian's $package" >&2
            apt_install "$package"
            return
        fi
    done
    return 1
}
