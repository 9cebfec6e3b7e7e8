# Installs Debian packages, quietly and without extras. Sourced by jdk.sh, bin/keyhole and bin/test.

can_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null
}

# True when apt offers a package; an image without package lists gets them first, once.
apt_offers() {
    apt_candidate "$1" && return
    apt_refresh
    apt_candidate "$1"
}

apt_candidate() {
    apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]'
}

apt_refresh() {
    [ -z "${apt_refreshed:-}" ] || return 0
    apt_refreshed=yes
    apt-get update -qq >&2 || echo "keyhole: apt-get update had trouble; trying with what is known" >&2
}

# Waits for another apt for a while.
apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=300 "$@" >&2
}
