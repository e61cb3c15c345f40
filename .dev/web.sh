# Building the page: cargo, wasm-bindgen, wasm-opt, then .dev/assemble.mjs.

# What rustc emits for this target, which wasm-opt must be told (rust-lang/rust#141080).
readonly WASM_FEATURES=(--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext
    --enable-mutable-globals --enable-reference-types --enable-multivalue)

need_web_tools() {
    need_cargo
    need_node
    need_wasm_target
    need_small_library
    need_wasm_bindgen
    need_wasm_opt
    need_esbuild
}

build_web() {
    compile_web
    bind_and_shrink
    build_setup
    if is_current "$ROOT/dist" "$(assembled_from)"; then
        say "dist/ is up to date"
        return 0
    fi
    say "Assembling dist/ (a few seconds)"
    node .dev/assemble.mjs --wasm "$TARGET/web" --setup "$TARGET/setup" --out "$ROOT/dist" --esbuild "$ESBUILD"
    mark_current "$ROOT/dist" "$(assembled_from)"
}

# From the sources to target/wasm32-unknown-unknown/release/what_matters.wasm.
compile_web() {
    need_web_tools
    if [ -e "$TARGET/$WASM_TRIPLE/release/what_matters.wasm" ]; then
        say "Compiling for the web what has changed"
    else
        say "Compiling for the web (usually 2 to 4 minutes the first time)"
    fi
    # Not `build`: with an rlib beside the cdylib, cargo leaves link-time optimisation out (12 % more bytes).
    # With relocations, from which .dev/library.mjs reads which function uses which data.
    "${SMALL_CARGO[@]}" rustc --quiet --release --lib --crate-type cdylib --target "$WASM_TRIPLE" -- -C link-arg=--emit-relocs
}

# From the compiled library to the files a page loads, unless those were made from this very library.
bind_and_shrink() {
    local library="$TARGET/$WASM_TRIPLE/release/what_matters.wasm" out="$TARGET/web" made_from
    made_from="$(digest <"$library") $("$WASM_BINDGEN" --version) $("$WASM_OPT" --version) $(cat "${SPLIT_BY[@]}" | digest)"
    is_current "$out" "$made_from" && return 0
    say "Making the WASM smaller, in two parts (usually 20 to 40 seconds)"
    rm -rf "$out"
    mkdir -p "$out"
    bind "$out"
    node .dev/split.mjs --wat "$out/whole.wat" --library "$library" --list .dev/first-question.txt --out "$out"
    node .dev/glue.mjs shorten "$out/what_matters.js" "$out/first.wat" "$out/rest.wat"
    shrink "$out/first.wat" "$out/what_matters_bg.wasm"
    shrink "$out/rest.wat" "$out/what_matters_rest.wasm"
    rm "$out/whole.wat" "$out/first.wat" "$out/rest.wat"
    mark_current "$out" "$made_from"
}

# The set-up page: a program of its own over the same library, in one piece. Practices load it, patients never.
build_setup() {
    local wasm="$TARGET/$WASM_TRIPLE/setup/setup.wasm" out="$TARGET/setup" made_from
    "${SMALL_CARGO[@]}" build --quiet --profile setup --bin setup --features setup --target "$WASM_TRIPLE"
    made_from="$(digest <"$wasm") $("$WASM_BINDGEN" --version) $("$WASM_OPT" --version)"
    is_current "$out" "$made_from" && return 0
    say "Making the WASM of the set-up page smaller (usually 20 seconds)"
    rm -rf "$out"
    mkdir -p "$out"
    "$WASM_BINDGEN" --target web --no-typescript --out-dir "$out" "$wasm"
    "$WASM_OPT" "${WASM_FEATURES[@]}" -Oz "$out/setup_bg.wasm" -o "$out/small.wasm"
    mv "$out/small.wasm" "$out/setup_bg.wasm"
    "$ESBUILD" "$out/setup.js" --minify --format=esm --log-level=warning --allow-overwrite --outfile="$out/setup.js"
    mark_current "$out" "$made_from"
}

# What decides how the WASM is divided, beside the WASM.
readonly SPLIT_BY=(.dev/first-question.txt .dev/split.mjs .dev/counting.mjs .dev/data.mjs .dev/library.mjs
    .dev/outline.mjs .dev/pieces.mjs .dev/wat.mjs .dev/glue.mjs .dev/exports.mjs)

# Writes $1/what_matters.js, bundled and minified, and $1/whole.wat, without what the glue does not use.
bind() {
    local out="$1"
    "$WASM_BINDGEN" --target web --no-typescript --no-demangle --out-dir "$out" "$TARGET/$WASM_TRIPLE/release/what_matters.wasm"
    node .dev/glue.mjs open "$out/what_matters.js"
    printf 'export { mount, imports, finish } from "./what_matters.js";' >"$out/entry.js"
    "$ESBUILD" "$out/entry.js" --bundle --minify --format=esm --log-level=warning --outfile="$out/shaken.js"
    mv "$out/shaken.js" "$out/what_matters.js"
    node .dev/exports.mjs "$out/what_matters.js" "$out/what_matters_bg.wasm" >"$out/used.json"
    "$(dirname "$WASM_OPT")/wasm-metadce" "${WASM_FEATURES[@]}" "$out/what_matters_bg.wasm" -g \
        --graph-file "$out/used.json" -o "$out/fewer.wasm" >/dev/null
    # One name for one value of a local, so that .dev/outline.mjs sees what a piece of code needs and gives.
    "$WASM_OPT" "${WASM_FEATURES[@]}" -g --ssa-nomerge "$out/fewer.wasm" -o "$out/named.wasm"
    "$(dirname "$WASM_OPT")/wasm-dis" "${WASM_FEATURES[@]}" "$out/named.wasm" -o "$out/whole.wat"
    rm "$out/entry.js" "$out/used.json" "$out/fewer.wasm" "$out/named.wasm" "$out/what_matters_bg.wasm"
}

shrink() {
    "$(dirname "$WASM_OPT")/wasm-as" "${WASM_FEATURES[@]}" "$1" -o "$1.wasm"
    "$WASM_OPT" "${WASM_FEATURES[@]}" -Oz --converge "$1.wasm" -o "$2"
    rm "$1.wasm"
}

digest() { if have sha256sum; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1; }

# Everything dist/ is made from, as one digest.
assembled_from() {
    local from=(public .dev/assemble.mjs .dev/offline.mjs .dev/explanations.mjs "$TARGET/web" "$TARGET/setup")
    [ -d style ] && from+=(style)
    find "${from[@]}" -type f -print0 | sort -z | xargs -0 cat | digest
    find "${from[@]}" -type f | sort | digest
}

# The note is kept beside the folder, in target/, so that what is served holds nothing of ours.
note_for() { printf '%s/%s.made-from' "$TARGET" "$(basename "$1")"; }
is_current() { [ -d "$1" ] && [ -f "$(note_for "$1")" ] && [ "$(cat "$(note_for "$1")")" = "$2" ]; }
mark_current() { printf '%s' "$2" >"$(note_for "$1")"; }

watch() {
    need_web_tools
    need_trunk
    say "Watching: the page is rebuilt and reloaded as you edit. Ctrl-C stops."
    # Trunk takes the tools it finds on PATH; it refuses NO_COLOR=1 (it wants "true").
    PATH="$(dirname "$WASM_BINDGEN"):$(dirname "$WASM_OPT"):$PATH" env -u NO_COLOR "$TRUNK_BIN" serve --port "$PORT" "$@"
}

size() { node .dev/size.mjs --root "$ROOT/dist"; }
