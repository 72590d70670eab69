# Read by the runners in this folder: three nodes of Garage, a store that speaks S3, passes over conditions, and lists what is gone.
#
# It takes minutes to build, so it is used where it is in the cache of whoever runs the tests, and its name is said where it is not:
#   cargo install garage --version 2.5.0 --locked --no-default-features --features bundled-libs,lmdb,sqlite --root ~/.cache/folkmoot-tests/garage-2.5.0

garage_version=2.5.0
garage_home=${XDG_CACHE_HOME:-$HOME/.cache}/folkmoot-tests/garage-$garage_version

has_garage() { [ -x "$garage_home/bin/garage" ]; }

# start_garage FOLDER: `store` is the address of the first node, `nodes` are the processes.
start_garage() {
    local folder=$1 secret node
    secret=$(printf '%064d' 7)
    export AWS_ACCESS_KEY_ID=GK000000000000000000000001 AWS_SECRET_ACCESS_KEY=$secret FOLKMOOT_STORE_REGION=garage
    garage_base=$((20500 + RANDOM % 400 * 10))
    nodes=()
    for node in 1 2 3; do
        mkdir -p "$folder/garage$node"
        garage_settings "$folder" "$node" "$secret" > "$folder/garage$node.toml"
        RUST_LOG=error "$garage_home/bin/garage" -c "$folder/garage$node.toml" server > "$folder/garage$node.log" 2>&1 &
        nodes+=($!)
        disown "$!"
    done
    for node in 2 3; do
        until_done connect_garage "$node"
    done
    for node in 1 2 3; do
        tell_garage layout assign -z "z$node" -c 1G "$(id_of_garage "$node" | head -c 16)"
    done
    tell_garage layout apply --version 1
    until_done tell_garage key import --yes -n test "$AWS_ACCESS_KEY_ID" "$secret"
    tell_garage key allow --create-bucket "$AWS_ACCESS_KEY_ID"
    store=http://127.0.0.1:$((garage_base + 1))
}

tell_garage() { "$garage_home/bin/garage" -c "$folder/garage1.toml" "$@" > "$folder/answer" 2>&1; }

id_of_garage() { "$garage_home/bin/garage" -c "$folder/garage$1.toml" node id -q 2> /dev/null; }

connect_garage() { id_of_garage "$1" > "$folder/id" && tell_garage node connect "$(cat "$folder/id")"; }

# The nodes need a moment to begin.
until_done() {
    local try
    for try in $(seq 100); do
        if "$@"; then return; fi
        sleep 0.1
    done
    cat "$folder/answer" "$folder"/garage*.log >&2
    echo "$0: Garage does not start" >&2
    exit 1
}

garage_settings() {
    cat << SETTINGS
metadata_dir = "$1/garage$2/meta"
data_dir = "$1/garage$2/data"
db_engine = "sqlite"
replication_factor = 3
rpc_bind_addr = "127.0.0.1:$((garage_base + 3 + $2))"
rpc_public_addr = "127.0.0.1:$((garage_base + 3 + $2))"
rpc_secret = "$3"
s3_api = { api_bind_addr = "127.0.0.1:$((garage_base + $2))", s3_region = "garage" }
s3_web = { bind_addr = "127.0.0.1:$((garage_base + 6 + $2))", root_domain = ".web.garage.localhost", index = "index.html" }
SETTINGS
}
