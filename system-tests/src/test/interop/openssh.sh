. "$6/interop/answers.sh"
o="-F none -i $key -o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=known -o LogLevel=ERROR"
ssh $o -p "$port" "$login@127.0.0.1" 'exit 7' </dev/null
note exec seven $?
ssh $o -p "$port" "$login@127.0.0.1" cat <"$blob" >piped
note pipe cmp piped "$blob"
files() {
    printf 'put %s from-sftp\nget from-sftp one\n' "$blob" >batch
    sftp -b batch $o -P "$port" "$login@127.0.0.1" &&
        scp $o -P "$port" "$blob" "$login@127.0.0.1:two" && scp $o -P "$port" "$login@127.0.0.1:two" two &&
        scp -O $o -P "$port" "$blob" "$login@127.0.0.1:three" && scp -O $o -P "$port" "$login@127.0.0.1:three" three &&
        cmp one "$blob" && cmp two "$blob" && cmp three "$blob"
}
note files files
note forward sh -c "(printf 'GET /api HTTP/1.0\r\nHost: localhost\r\n\r\n'; sleep 2) | ssh $o -p $port -W localhost:8888 $login@127.0.0.1 | grep -q '200 OK'"
verdict
