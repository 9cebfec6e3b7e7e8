# Shared by the scripts: port, key, login, blob, host key, sources of the tests. HOME is this directory, so that no client reads a person's files.
port=$1 key=$2 login=$3 blob=$4 hostkey=$5 tests=$6
HOME=$PWD
export HOME
answers='"login":true'
# note WORD COMMAND...: whether the command succeeds
note() {
    word=$1
    shift
    if "$@" >>log 2>&1; then answer=true; else answer=false; fi
    answers="$answers,\"$word\":$answer"
}
verdict() { cat log >&2; echo "{$answers}"; }
seven() { [ "$1" = 7 ]; }
