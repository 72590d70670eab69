# Read by the runners in this folder: a program that is missing is installed by its name, from the distribution.

# need PROGRAM PACKAGE
need() {
    if command -v "$1" > /dev/null; then return; fi
    if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
        echo "$0: $1 is missing; install it (on Debian: apt-get install $2)" >&2
        exit 3
    fi
    echo "installing $2"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" > /dev/null
}
