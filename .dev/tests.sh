# ./dev test and its stages. Every stage runs whatever became of those before it; the last line counts
# every test of every kind, and the exit status says whether any failed.

PASSED=0
FAILED=0
FAILED_STAGES=()

test_everything() {
    local began=$SECONDS
    TEST_LOGS="$(mktemp -d)"
    trap 'rm -rf "$TEST_LOGS"' EXIT
    stage "format" "a few seconds" check_format
    stage "tools" "usually half a minute" tools_tests
    stage "words" "a few seconds" words_tests
    stage "lint" "usually 1 to 3 minutes the first time" lint_native
    stage "lint for the web" "usually 2 to 4 minutes the first time" lint_web
    stage "native tests" "usually 1 to 2 minutes the first time" native_tests
    stage "scores" "usually 20 seconds" scores_tests
    stage "browser tests" "usually 3 minutes the first time" web_tests
    stage "page" "usually 2 to 4 minutes the first time" build_web
    stage "size budget" "seconds" size
    stage "journeys" "usually 2 to 5 minutes" journeys
    say "All of it took $(((SECONDS - began) / 60)) min $(((SECONDS - began) % 60)) s"
    [ "${#FAILED_STAGES[@]}" -eq 0 ] || say "Failing: $(printf '%s; ' "${FAILED_STAGES[@]}")"
    printf '%d passed, %d failed\n' "$PASSED" "$FAILED"
    [ "$FAILED" -eq 0 ]
}

# stage NAME HOW_LONG COMMAND...: runs it, shows its output, counts its tests.
stage() {
    local name="$1" long="$2" log status passed failed began=$SECONDS
    shift 2
    log="$TEST_LOGS/$(printf '%s' "$name" | tr ' ' '-')"
    say "$name ($long)"
    set +e
    (
        trap - EXIT
        set -e
        "$@"
    ) 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    set -e
    read -r passed failed < <(count_tests "$log")
    # A stage that counts nothing is one test; one that stopped without naming a failure is one failure.
    [ $((passed + failed)) -gt 0 ] || passed=$((status == 0))
    [ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
    PASSED=$((PASSED + passed))
    FAILED=$((FAILED + failed))
    [ "$failed" -eq 0 ] || FAILED_STAGES+=("$name")
    say "$name: $passed passed, $failed failed, $((SECONDS - began)) s"
}

# Adds up what the runners say: cargo test and wasm-bindgen-test, cargo nextest, node:test.
count_tests() {
    sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
        /^test result: / { for (i = 1; i <= NF; i++) { if ($i == "passed;") p += $(i - 1); if ($i == "failed;") f += $(i - 1) } }
        /^ *Summary \[/ { for (i = 1; i <= NF; i++) { if ($i ~ /^passed,?$/) p += $(i - 1); if ($i ~ /^(failed|timed)$/ || $i == "failed,") f += $(i - 1) } }
        /^(ℹ|#) pass [0-9]+$/ { p += $3 }
        /^(ℹ|#) (fail|cancelled) [0-9]+$/ { f += $3 }
        END { printf "%d %d\n", p, f }'
}

check_format() {
    need_cargo
    cargo fmt --check || {
        say "Run ./dev fmt"
        return 1
    }
}

# The scripts of .dev/ and every JSON file of public/.
tools_tests() {
    need_node
    need_wasm_opt
    WHAT_MATTERS_WASM_AS="$(dirname "$WASM_OPT")/wasm-as" node --test --test-reporter=spec tests/tools/*.test.mjs
}

# How hard our words are to read.
words() {
    need_word_packages
    node .dev/words.mjs "$@"
}

words_tests() {
    words --check
    node --test --test-reporter=spec tests/words/*.test.mjs
}

# Exports WHAT_MATTERS_WORD_PACKAGES: the folder whose node_modules holds what tests/words/package-lock.json names.
need_word_packages() {
    need_node
    local folder
    folder="words-$(digest <tests/words/package-lock.json | cut -c 1-16)"
    in_cache "$folder" install_word_packages || stop "The packages that measure words could not be installed. Check the network and run this again."
    export WHAT_MATTERS_WORD_PACKAGES="$CACHE/$folder"
}

install_word_packages() {
    say "Installing the packages that measure words from npm (seconds)"
    cp tests/words/package.json tests/words/package-lock.json "$1/"
    quietly "npm could not install them" npm ci --silent --ignore-scripts --no-audit --no-fund --prefix "$1"
}

lint() {
    lint_native
    lint_web
}

lint_native() {
    need_cargo
    cargo clippy --quiet --all-targets -- -D warnings
}

lint_web() {
    need_cargo
    need_wasm_target
    browser_test_files
    "${WASM_CARGO[@]}" clippy --quiet --target "$WASM_TRIPLE" --lib --bin gallery --features gallery \
        ${BROWSER_TESTS[@]+"${BROWSER_TESTS[@]}"} -- -D warnings
}

native_tests() {
    need_cargo
    if cargo nextest --version >/dev/null 2>&1; then
        cargo nextest run --no-fail-fast --status-level fail --hide-progress-bar "$@"
        cargo test --quiet --doc
    else
        cargo test --no-fail-fast "$@"
    fi
}

# The scores as a FHIRPath engine that is not ours computes them, over random responses.
scores_tests() {
    need_cargo
    need_node
    local folder
    folder="fhirpath-$(digest <tests/fhirpath/package-lock.json | cut -c 1-16)"
    in_cache "$folder" install_packages tests/fhirpath "the FHIRPath engine that judges the scores" ||
        stop "The FHIRPath engine could not be installed. Check the network and run this again."
    cargo build --quiet --bin what-matters
    WHAT_MATTERS_FHIRPATH="$CACHE/$folder" WHAT_MATTERS_NATIVE="$TARGET/debug/what-matters" \
        node --test --test-reporter=spec tests/fhirpath/*.test.mjs
}

# Sets BROWSER_TESTS: cargo's words for every tests/web_*.rs. The other tests are native.
browser_test_files() {
    local file
    BROWSER_TESTS=()
    for file in tests/web_*.rs; do
        if [ -e "$file" ]; then BROWSER_TESTS+=(--test "$(basename "$file" .rs)"); fi
    done
}

# The browser tests are tests/web_*.rs; a name narrows to one file, what follows goes to its tests.
web_tests() {
    need_cargo
    need_wasm_target
    need_wasm_bindgen
    need_chromium
    local folder status=0
    browser_test_files
    if [ $# -gt 0 ]; then
        BROWSER_TESTS=(--test "$1")
        shift
    fi
    if [ "${#BROWSER_TESTS[@]}" -eq 0 ]; then
        say "There are no browser tests yet"
        return 0
    fi
    folder="$(mktemp -d)"
    browser_settings >"$folder/webdriver.json"
    CHROMEDRIVER="$CHROMEDRIVER" WHAT_MATTERS_RUNNER="$WASM_BINDGEN_TEST_RUNNER" WHAT_MATTERS_RUNNER_FOLDER="$folder" \
        WASM_BINDGEN_TEST_TIMEOUT="${WASM_BINDGEN_TEST_TIMEOUT:-180}" \
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER="$ROOT/.dev/browser-runner" \
        "${WASM_CARGO[@]}" test --no-fail-fast --target "$WASM_TRIPLE" "${BROWSER_TESTS[@]}" "$@" || status=$?
    rm -rf "$folder"
    return "$status"
}

# What chromedriver starts: the browser found, without a window, and without a sandbox only where we are root.
browser_settings() {
    local sandbox=""
    [ "$(id -u)" -ne 0 ] || sandbox='"--no-sandbox", '
    printf '{"goog:chromeOptions": {"binary": "%s", "args": ["--headless=new", %s"--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]}}\n' \
        "$CHROMIUM" "$sandbox"
}

# Names given are looked for in the titles of the journeys.
journeys() {
    need_journeys
    local narrow=() name
    for name in "$@"; do narrow+=(--test-name-pattern "$name"); done
    # A page that hangs makes the file that visits it fail, not the run.
    node --test --test-timeout=900000 --test-reporter=spec --test-concurrency=1 ${narrow[@]+"${narrow[@]}"} tests/e2e/*.test.mjs
}

# Pictures of every screen at three sizes, in a folder; or, where languages are named, of a phone in each.
look() {
    need_journeys
    node tests/e2e/look.mjs "${1:?Give the folder the pictures go to}" "${@:2}"
}

# What assistive technology is told of every screen. The whole of that journey looks at more; this writes, or runs it.
trees() {
    need_journeys
    [ "${1:-}" != --write ] || export WHAT_MATTERS_WRITE_TREES=1
    node --test --test-reporter=spec tests/e2e/every_screen.test.mjs
    [ -z "${WHAT_MATTERS_WRITE_TREES:-}" ] || git diff --stat -- tests/e2e/trees
}

# The page, and everything that visits, serves and judges it; found by the journeys in the environment.
need_journeys() {
    build_web
    build_gallery
    need_chromium
    need_fhir_server || stop "The journeys need the FHIR server, and so Python 3.11 or newer with its venv module."
    need_validators || stop "The journeys need the independent validators, and so Python with its venv module."
    need_journey_packages
    need_native_program
    export WHAT_MATTERS_PACKAGES="$JOURNEY_PACKAGES" WHAT_MATTERS_CHROMIUM="$CHROMIUM" WHAT_MATTERS_PYTHON="$PYTHON" \
        WHAT_MATTERS_VALIDATOR_PYTHON="$VALIDATOR_PYTHON" WHAT_MATTERS_DIST="$ROOT/dist" \
        WHAT_MATTERS_GALLERY="$GALLERY"
}

# Exports WHAT_MATTERS_NATIVE, our native program, and WHAT_MATTERS_SCENARIO_FORMS, a folder with the form of
# every scenario as FHIR, for another renderer's opinion of both.
need_native_program() {
    need_cargo
    export WHAT_MATTERS_NATIVE="$TARGET/debug/what-matters" WHAT_MATTERS_SCENARIO_FORMS="$TARGET/scenario-forms"
    cargo build --quiet --bin what-matters
    quietly "the forms of the scenarios could not be written" \
        cargo test --quiet --test scenario -- --ignored --exact the_forms_are_written_out_for_a_second_opinion
}

# Sets JOURNEY_PACKAGES: the folder whose node_modules holds what tests/e2e/package-lock.json names.
need_journey_packages() {
    need_node
    local folder
    folder="journeys-$(digest <tests/e2e/package-lock.json | cut -c 1-16)"
    in_cache "$folder" install_packages tests/e2e "the packages of the journeys" || stop "The packages of the journeys could not be installed. Check the network and run this again."
    JOURNEY_PACKAGES="$CACHE/$folder"
}

# install_packages FOLDER WHAT INTO: what FOLDER's package-lock.json names.
install_packages() {
    say "Installing $2 from npm (usually 20 seconds)"
    cp "$1/package.json" "$1/package-lock.json" "$3/"
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 quietly "npm could not install them" \
        npm ci --silent --ignore-scripts --no-audit --no-fund --prefix "$3"
}
