#!/bin/bash
# Makes a base image as a docker-archive, without an engine.
#   make-base.sh debian  OUT                 Debian's smallest system with Python: a layer for the others
#   make-base.sh jupyter OUT DEBIAN VENV     with a copy of an environment that has jupyter_server 2
#   make-base.sh classic OUT DEBIAN PYTHON   with a Python 3.8 and notebook 6.4.12, as tensorflow 2.9.0-jupyter has
#   make-base.sh empty   OUT DEBIAN          without any Jupyter
set -euo pipefail
kind=$1 out=$2
work=$(mktemp -d "${TMPDIR:-/var/tmp}/keyhole-base.XXXXXX")
trap 'rm -rf "$work"' EXIT
libraries=libssl3,libffi8,libsqlite3-0,libbz2-1.0,liblzma5,libreadline8,zlib1g,libncursesw6,libexpat1

as_layer() { # tree -> a tar that is the same for the same files
    tar -C "$1" --sort=name --mtime=@1652659200 --owner=0 --group=0 --numeric-owner -cf "$2" .
}

archive() { # created path layer...
    created=$1 path=$2
    shift 2
    ids= names= history=
    for layer; do
        ids="$ids\"sha256:$(sha256sum "$layer" | cut -d' ' -f1)\","
        names="$names\"$(basename "$layer")\","
        history="$history{\"created\":\"$created\",\"created_by\":\"$(basename "$layer" .tar)\"},"
        [ "$(dirname "$layer")" = "$work/image" ] || ln "$layer" "$work/image/" 2>/dev/null || cp "$layer" "$work/image/"
    done
    printf '{"architecture":"amd64","os":"linux","created":"%s","config":{"Env":["PATH=%s"],"Cmd":["bash"]},"rootfs":{"type":"layers","diff_ids":[%s]},"history":[%s]}' \
        "$created" "$path" "${ids%,}" "${history%,}" >"$work/image/config.json"
    printf '[{"Config":"config.json","RepoTags":["localhost/base:%s"],"Layers":[%s]}]' "$kind" "${names%,}" >"$work/image/manifest.json"
    tar -C "$work/image" -cf "$out.new" manifest.json config.json $(cd "$work/image" && ls ./*.tar)
    mv "$out.new" "$out"
}

usual=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
root=$work/root
mkdir -p "$work/image" "$root"
case $kind in
debian)
    SOURCE_DATE_EPOCH=1652659200 mmdebstrap --quiet --variant=minbase \
        --include=python3,ca-certificates,procps,$libraries bookworm "$out.new.tar" && mv "$out.new.tar" "$out"
    ;;
empty)
    archive 2026-11-01T00:00:00Z $usual "$3"
    ;;
jupyter)
    mkdir -p "$root/opt"
    rsync -a --exclude='/lib/python3*/site-packages/'{tensorflow,tensorflow_cpu-*,clang,keras,keras-*,h5py,h5py.libs,ml_dtypes,pip,debugpy/_vendored} \
        --exclude __pycache__ "$4/" "$root/opt/venv/"
    sed -i "1s|^#!$4/bin/python.*|#!/opt/venv/bin/python3|" "$root"/opt/venv/bin/* 2>/dev/null || true
    ln -sfn /usr/bin/python3 "$root/opt/venv/bin/python3"
    as_layer "$root" "$work/image/jupyter.tar"
    archive 2026-11-01T00:00:00Z /opt/venv/bin:$usual "$3" "$work/image/jupyter.tar"
    ;;
classic)
    mkdir -p "$root/usr/local" "$root/usr/lib/x86_64-linux-gnu"
    rsync -a --exclude '/lib/python3.8/test' --exclude '/lib/python3.8/config-*' --exclude __pycache__ --exclude '*.a' "$4/" "$root/usr/local/"
    LD_LIBRARY_PATH=$root/usr/local/lib "$root/usr/local/bin/python3.8" -m pip install --quiet --disable-pip-version-check \
        --no-warn-script-location --root-user-action=ignore --no-compile \
        notebook==6.4.12 'jupyter-client<8' 'traitlets<5.10' tensorboard==2.9.1
    sed -i "1s|^#!.*/bin/python3.*|#!/usr/local/bin/python3.8|" "$root"/usr/local/bin/* 2>/dev/null || true
    ln -s /usr/local/lib/libpython3.8.so.1.0 "$root/usr/lib/x86_64-linux-gnu/"
    as_layer "$root" "$work/image/classic.tar"
    archive 2022-05-16T00:00:00Z $usual "$3" "$work/image/classic.tar"
    ;;
*) echo "make-base.sh: what is '$kind'?" >&2; exit 2 ;;
esac
