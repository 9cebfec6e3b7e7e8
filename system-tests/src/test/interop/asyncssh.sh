exec /usr/bin/python3 -B -W ignore "$6/python/interop/asyncssh_client.py" "$1" "$2" "$3" "$4" copy
