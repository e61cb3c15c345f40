# ./dev first-question: what runs until the first question is shown, found out in Chromium.

first_question() {
    compile_web
    need_chromium
    need_journey_packages
    local counted="$TARGET/counted"
    rm -rf "$counted"
    mkdir -p "$counted"
    say "Counting what runs until the first question is shown (usually a minute)"
    bind "$counted"
    node .dev/counting.mjs --wat "$counted/whole.wat" --out "$counted/counted.wat" --places "$counted/places.json"
    node .dev/glue.mjs count "$counted/what_matters.js"
    "$(dirname "$WASM_OPT")/wasm-as" "${WASM_FEATURES[@]}" "$counted/counted.wat" -o "$counted/what_matters_bg.wasm"
    cp "$counted/what_matters_bg.wasm" "$counted/what_matters_rest.wasm"
    node .dev/assemble.mjs --wasm "$counted" --out "$counted/dist"
    WHAT_MATTERS_PACKAGES="$JOURNEY_PACKAGES" WHAT_MATTERS_CHROMIUM="$CHROMIUM" WHAT_MATTERS_DIST="$counted/dist" \
        node tests/e2e/first_question.mjs "$counted/places.json" .dev/first-question.txt
    rm -rf "$counted"
    build_web
    size
}
