. "$6/interop/answers.sh"
mkdir -p tree/below
cp "$blob" tree/below/blob
ln -s below/blob tree/link
e="ssh -F none -p $port -i $key -o IdentitiesOnly=yes -o IdentityAgent=none -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=known -o LogLevel=ERROR"
files() {
    rsync -a -e "$e" tree "$login@127.0.0.1:from-rsync" && rsync -a -e "$e" "$login@127.0.0.1:from-rsync/tree" back &&
        cmp back/tree/below/blob "$blob" && [ "$(readlink back/tree/link)" = below/blob ]
}
note files files
verdict
