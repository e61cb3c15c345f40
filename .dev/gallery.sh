# ./dev gallery: every part with every example, and whole questionnaires, on pages of their own.

readonly GALLERY="$TARGET/gallery"

# Makes $GALLERY, a folder to serve. Never dist/: nothing of this is released. The profile is the one that is
# quick to compile, so the WASM is large and slow.
build_gallery() {
    need_cargo
    need_node
    need_wasm_target
    need_wasm_bindgen
    say "Compiling the gallery (usually 1 to 2 minutes the first time, then seconds)"
    "${WASM_CARGO[@]}" build --quiet --bin gallery --features gallery --target "$WASM_TRIPLE"
    local wasm="$TARGET/$WASM_TRIPLE/debug/gallery.wasm" made_from
    made_from="$(digest <"$wasm") $("$WASM_BINDGEN" --version)"
    if ! is_current "$GALLERY" "$made_from"; then
        rm -rf "$GALLERY"
        mkdir -p "$GALLERY"
        "$WASM_BINDGEN" --target web --no-typescript --out-dir "$GALLERY" "$wasm"
        mark_current "$GALLERY" "$made_from"
    fi
    cp .dev/gallery/index.html .dev/gallery/start.js public/pictures.svg public/scenes.svg "$GALLERY/"
    node .dev/assemble.mjs --sheet "$GALLERY/what-matters.css"
}

gallery() {
    build_gallery
    local state page_pid address view
    state="$(mktemp -d)"
    node .dev/serve.mjs --root "$GALLERY" --port "$PORT" >"$state/page" &
    page_pid=$!
    # shellcheck disable=SC2064
    trap "kill $page_pid 2>/dev/null || true; wait 2>/dev/null || true; rm -rf '$state'" EXIT
    trap 'exit 0' INT TERM
    while [ ! -s "$state/page" ]; do
        kill -0 "$page_pid" 2>/dev/null || stop "The gallery could not be served."
        sleep 0.05
    done
    address="$(head -n 1 "$state/page")"
    printf '\n  Every part               %s\n' "$address#parts"
    printf '  Every kind of question   %s\n' "$address#every-kind,en"
    printf '  The same in Arabic       %s\n' "$address#every-kind,ar"
    printf '  1,000 questions          %s\n' "$address#flat,1000"
    printf '  In other colours         %s\n' "$address?contrast=more#parts"
    printf '                           %s\n' "$address?contrast=dark#parts"
    printf '\n  Ctrl-C stops it.\n'
    wait "$page_pid"
}
