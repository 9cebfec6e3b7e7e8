set -e
gcc -O1 -o client "$6/c/libssh_client.c" -lssh
exec ./client "$1" "$2" "$3" "$4"
