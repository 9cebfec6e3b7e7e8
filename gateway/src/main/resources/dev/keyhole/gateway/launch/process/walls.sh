# Builds the walls of one workspace, as root in mount and IPC namespaces of its own, and then keeps them by staying.
# Says on its output which wall stands ("in WORD") and which does not ("out WORD WHY"), and at last "built".
# A wall that cannot be had costs no other.
#
# $1 directory for what is the workspace's own: a new one, root's, which nobody can have put anything into
# $2 $3 the OS user and group   $4 bytes that /dev/shm may hold   $5 file for /etc/resolv.conf, or -
# then: paths that must stay visible, --, device nodes, --, NAME=DIRECTORY of what /sys/fs/cgroup shows
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH
own=$1 uid=$2 gid=$3 shm=$4 resolv=$5
shift 5
keep= nodes= groups=
while [ "$1" != -- ]; do keep="$keep$1
"; shift; done
shift
while [ "$1" != -- ]; do nodes="$nodes$1
"; shift; done
shift
for one; do groups="$groups$one
"; done
umask 022
IFS='
'

wall() {
    word=$1
    shift
    if why=$("$@" 2>&1); then echo "in $word"; else echo "out $word $(echo "$why" | tail -n 1)"; fi
}

# Lays an own directory over $1. What must stay visible is mounted into it first, while nobody else can reach it.
over() {
    new=$own$1
    mkdir -p "$new" || return 1
    for path in $keep; do
        case $path in
        "$1"/*)
            mkdir -p "$own$path" && mount --rbind "$path" "$own$path" || return 1
            ;;
        esac
    done
    chown "$uid:$gid" "$new" && chmod 700 "$new" && mount --rbind "$new" "$1"
}

files() { over /tmp && over /var/tmp; }

devices() {
    dev=$own/dev
    mkdir -p "$dev" && mount -t tmpfs -o nosuid,noexec,mode=755,size=1m keyhole "$dev" || return 1
    for node in null zero full random urandom tty; do
        : >"$dev/$node" && mount --bind "/dev/$node" "$dev/$node" || return 1
    done
    for node in $nodes; do
        place=$dev/${node#/dev/}
        mkdir -p "${place%/*}" && : >"$place" && mount --bind "$node" "$place" || return 1
    done
    mkdir "$dev/pts" "$dev/shm" || return 1
    mount -t devpts -o newinstance,nosuid,noexec,gid=5,mode=620,ptmxmode=666 keyhole "$dev/pts" || return 1
    mount -t tmpfs -o "nosuid,nodev,mode=700,uid=$uid,gid=$gid,size=$shm" keyhole "$dev/shm" || return 1
    ln -s pts/ptmx "$dev/ptmx" && ln -s /proc/self/fd "$dev/fd" || return 1
    ln -s fd/0 "$dev/stdin" && ln -s fd/1 "$dev/stdout" && ln -s fd/2 "$dev/stderr" || return 1
    mount --rbind "$dev" /dev
}

# Before Linux 5.8 all mounts of /proc shared one setting; then it is not ours to change.
processes() {
    mount -t proc -o nosuid,nodev,noexec,hidepid=2 keyhole /proc || return 1
    if ! grep -q '^keyhole /proc proc .*hidepid=\(2\|invisible\)' /proc/self/mounts; then
        umount /proc
        echo 'This kernel hides processes for everybody or for nobody; Linux 5.8 can do it for one.'
        return 1
    fi
}

# Whoever asks how much it may use sees its own group, and no name of another.
groups() {
    mount -t tmpfs -o nosuid,nodev,noexec,mode=755,size=64k keyhole /sys/fs/cgroup || return 1
    for group in $groups; do
        mkdir -p "/sys/fs/cgroup/${group%%=*}" || return 1
        mount --bind "$own/groups/${group%%=*}" "/sys/fs/cgroup/${group%%=*}" || return 1
    done
}

# The tree is reached through these while its usual place is covered.
prepare_groups() {
    for group in $groups; do
        mkdir -p "$own/groups/${group%%=*}" && mount --bind "${group#*=}" "$own/groups/${group%%=*}" || return 1
    done
}

resolver() { [ "$resolv" = - ] || mount --bind "$resolv" /etc/resolv.conf; }

wall groups prepare_groups
wall groups groups
wall names resolver
wall devices devices
wall processes processes
wall files files
echo built
exec sleep infinity </dev/null >/dev/null 2>&1
