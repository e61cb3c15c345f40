# What takes too long for ./dev test, or measures a machine rather than the code.

readonly FUZZ_CASES=100000

# The property tests of the reader and of the engine, each with 100,000 cases (or as many as named), optimised
# but with every check on. The last lines say how many of each.
fuzz() {
    need_cargo
    local cases="${1:-$FUZZ_CASES}" name log status=0 began=$SECONDS
    case "$cases" in
        '' | *[!0-9]*) stop "Give the number of cases, or nothing for $FUZZ_CASES." ;;
    esac
    log="$(mktemp)"
    say "Compiling the property tests (usually 1 minute the first time)"
    cargo test --quiet --profile fuzz --no-run --test reading_fuzz --test engine_properties
    say "Running them, $cases cases of each"
    WM_FUZZ="$cases" cargo test --profile fuzz --no-fail-fast --test reading_fuzz --test engine_properties \
        2>&1 | tee "$log" || status=$?
    printf '\n'
    for name in $(sed -n 's/^test \([a-z0-9_]*\) \.\.\. ok$/\1/p' "$log"); do
        case "$name" in
            # One fixed set of seeds, whatever the number of cases.
            enough_of_what_is_generated_is_read) ;;
            *) printf '%9d  %s\n' "$cases" "$(printf '%s' "$name" | tr _ ' ')" ;;
        esac
    done
    grep -E '^test .* FAILED$' "$log" || true
    rm -f "$log"
    say "It took $(((SECONDS - began) / 60)) min $(((SECONDS - began) % 60)) s"
    return "$status"
}

# What storage and sending have to withstand, in the long form: the simulated device with every case it has, then
# a real browser killed 500 times (or as often as named), its tab as often, and the time a save takes.
torture() {
    local times="${1:-500}" began=$SECONDS status=0
    case "$times" in
        '' | *[!0-9]*) stop "Give the number of kills, or nothing for 500." ;;
    esac
    need_cargo
    say "The simulated device, 100,000 and more of each case (usually 5 to 10 minutes)"
    WM_TORTURE=1 cargo test --quiet --profile fuzz --no-fail-fast --test crash --test carriers --test clocks \
        --test queue --test sealing --test shared_device --test versions -- --nocapture || status=$?
    need_journeys
    say "Sealed answers tampered with, 100,000 for each of two libraries (usually 3 to 10 minutes)"
    WM_TORTURE=1 node --test --test-reporter=spec --test-name-pattern 'nothing tampered with' tests/e2e/sealed.test.mjs ||
        status=$?
    say "Real kills: $times of the browser, $times of its tab (usually $((times / 9 + 1)) minutes)"
    node tests/e2e/torture.mjs "$times" || status=$?
    say "It took $(((SECONDS - began) / 60)) min $(((SECONDS - began) % 60)) s"
    return "$status"
}

# What the engine costs as forms grow, then what the page costs beside the floor; or one of the two, with its options.
bench() {
    case "${1:-}" in
        engine) bench_engine "${@:2}" ;;
        page) bench_page "${@:2}" ;;
        *)
            bench_engine "$@"
            bench_page
            ;;
    esac
}

# what-matters bench, as released.
bench_engine() {
    need_cargo
    say "Compiling as for release (usually 1 to 2 minutes the first time)"
    cargo run --quiet --release --bin what-matters -- bench "$@"
}

# Our page and a page written by hand, in turn, in a slow Chromium on a slow network (tests/bench/).
bench_page() {
    build_web
    need_chromium
    need_journey_packages
    say "Visiting both pages in turn (usually a minute for each round, and 7 rounds)"
    WHAT_MATTERS_PACKAGES="$JOURNEY_PACKAGES" WHAT_MATTERS_CHROMIUM="$CHROMIUM" WHAT_MATTERS_DIST="$ROOT/dist" \
        node tests/bench/page.mjs --into "$TARGET/bench" --esbuild "$ESBUILD" "$@"
}
