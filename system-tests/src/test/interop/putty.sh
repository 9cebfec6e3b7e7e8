. "$6/interop/answers.sh"
puttygen "$key" -O private -o k.ppk --new-passphrase /dev/null
o="-batch -P $port -i k.ppk -hostkey $hostkey"
plink -ssh $o "$login@127.0.0.1" 'exit 7' </dev/null
note exec seven $?
plink -ssh $o "$login@127.0.0.1" cat <"$blob" >piped
note pipe cmp piped "$blob"
files() {
    printf 'put %s from-psftp\nget from-psftp one\nquit\n' "$blob" >batch
    psftp -b batch $o "$login@127.0.0.1" && cmp one "$blob"
}
note files files
note forward sh -c "(printf 'GET /api HTTP/1.0\r\nHost: localhost\r\n\r\n'; sleep 2) | plink -ssh $o -nc localhost:8888 $login@127.0.0.1 | grep -q '200 OK'"
verdict
