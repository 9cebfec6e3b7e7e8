# Prometheus' checker alone. Its Debian package brings a server that would listen on a port of this machine, so it is
# unpacked and not installed. Sourced by bin/test; without it the tests that use it are skipped.

fetch_promtool() {
    local to=$1
    ! command -v promtool >/dev/null && [ ! -x "$to/usr/bin/promtool" ] || return 0
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 0
    local work
    work=$(mktemp -d)
    if (cd "$work" && apt-get download -qq -o APT::Sandbox::User=root prometheus >/dev/null 2>&1); then
        mkdir -p "$to"
        dpkg-deb --fsys-tarfile "$work"/prometheus_*.deb | tar -x -C "$to" ./usr/bin/promtool
    else
        echo "bin/test: no promtool here, and apt does not give it; its checks are skipped" >&2
    fi
    rm -rf "$work"
}
