# ./dev run: the page and the demonstration's FHIR server, started and stopped together.

run_everything() {
    build_web
    local state fhir_pid="" collector="" console=""
    state="$(mktemp -d)"
    if need_fhir_server; then
        start_fhir_server "$state" || say "The FHIR server did not start, so answers wait on the device. Its log: $CACHE/demonstration/server.log"
    else
        say "No FHIR server, so answers wait on the device. Everything else works."
    fi
    serve_page "$state"
}

start_fhir_server() {
    local state="$1" tries
    mkdir -p "$CACHE/demonstration"
    "$PYTHON" .dev/fhir_server.py --database "$CACHE/demonstration/received.db" --port "$FHIR_PORT" --any-port \
        >"$state/fhir" 2>"$CACHE/demonstration/server.log" &
    fhir_pid=$!
    for tries in $(seq 1 200); do
        if [ -s "$state/fhir" ]; then
            collector="$(sed 's/.*"base": "\([^"]*\)".*/\1/' "$state/fhir")"
            console="$(sed 's/.*"console": "\([^"]*\)".*/\1/' "$state/fhir")"
            return 0
        fi
        kill -0 "$fhir_pid" 2>/dev/null || break
        sleep 0.15
    done
    fhir_pid=""
    return 1
}

serve_page() {
    local state="$1" page_pid address=""
    node .dev/serve.mjs --root dist --port "$PORT" ${collector:+--collector "$collector"} >"$state/page" &
    page_pid=$!
    # shellcheck disable=SC2064
    trap "kill $page_pid $fhir_pid 2>/dev/null || true; wait 2>/dev/null || true; rm -rf '$state'" EXIT
    trap 'exit 0' INT TERM
    while [ ! -s "$state/page" ]; do
        kill -0 "$page_pid" 2>/dev/null || stop "The page could not be served."
        sleep 0.05
    done
    address="$(head -n 1 "$state/page")"
    printf '\n  What Matters            %s\n' "$address"
    [ -n "$console" ] && printf '  What the service has    %s\n' "$console"
    printf '\n  Ctrl-C stops both.\n'
    wait "$page_pid"
}
