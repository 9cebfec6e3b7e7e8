. "$6/interop/answers.sh"
dropbearconvert openssh dropbear "$key" k.db >>log 2>&1
o="-y -y -p $port -i k.db"
dbclient $o "$login@127.0.0.1" 'exit 7' </dev/null 2>>log
note exec seven $?
dbclient $o "$login@127.0.0.1" cat <"$blob" >piped 2>>log
note pipe cmp piped "$blob"
note forward sh -c "(printf 'GET /api HTTP/1.0\r\nHost: localhost\r\n\r\n'; sleep 2) | dbclient $o -B localhost:8888 $login@127.0.0.1 | grep -q '200 OK'"
verdict
