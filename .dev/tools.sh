# Finding or installing what the commands need: first what is on PATH, then the cache, then an installation.

# Small, quick-to-compile tools: they run for seconds, so optimising them for minutes is a loss.
light_profile() {
    env -u CARGO_TARGET_DIR -u RUSTFLAGS CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
        CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_DEBUG=0 "$@"
}

need_cargo() {
    if ! have cargo && [ -f "$HOME/.cargo/env" ]; then
        # shellcheck source=/dev/null
        source "$HOME/.cargo/env"
    fi
    have cargo || stop "Rust is not here. Install it from https://rustup.rs, open a new terminal, and run this again."
    local wanted version
    wanted="$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)"
    version="$(rustc --version | cut -d ' ' -f 2)"
    is_at_least "${version%%-*}" "$wanted" || stop "Rust $version is older than the $wanted this needs. Run: rustup update stable"
}

need_node() {
    have node || stop "Node.js is not here. Install version 20 or newer (https://nodejs.org, or your package manager), and run this again."
    local version
    version="$(node --version)"
    is_at_least "${version#v}" 20 || stop "Node.js $version is older than the 20 this needs. Install a newer one from https://nodejs.org."
    have npm || stop "npm is not here. It comes with Node.js from https://nodejs.org, or as the package npm."
}

# The compiler for the web. Sets WASM_CARGO, the words every WASM cargo command starts with.
need_wasm_target() {
    WASM_CARGO=(cargo)
    [ -d "$(rustc --print sysroot)/lib/rustlib/$WASM_TRIPLE/lib" ] && return 0
    if have rustup; then
        say "Installing the $WASM_TRIPLE target with rustup (usually under a minute)"
        quietly "rustup could not install the target" rustup target add "$WASM_TRIPLE" && return 0
    fi
    use_debian_rust && return 0
    stop "The $WASM_TRIPLE target is missing and could not be installed. With rustup and a network: rustup target add $WASM_TRIPLE"
}

# The same compiler with the standard library built anew for size: a fifth of the WASM less (docs/size.md).
# Sets SMALL_CARGO. Unstable switches on a stable compiler; where the library's sources are not to be had, the
# ordinary library is used and the page is larger.
need_small_library() {
    SMALL_CARGO=("${WASM_CARGO[@]}")
    if [ "${WASM_CARGO[0]}" = cargo ]; then
        if ! [ -d "$(rustc --print sysroot)/lib/rustlib/src/rust/library" ]; then
            say "Installing the standard library's sources with rustup (usually under a minute)"
            { have rustup && quietly "rustup could not install rust-src" rustup component add rust-src; } || {
                say "Without the standard library's sources the page is a fifth larger."
                return 0
            }
        fi
        SMALL_CARGO=(env RUSTC_BOOTSTRAP=1 cargo -Z build-std=std,panic_abort)
    fi
    # A panic stops at once and formats nothing: there is nobody to read it, and loader.js falls back.
    SMALL_CARGO=(env "RUSTFLAGS=-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none"
        "${SMALL_CARGO[@]}" -Z build-std-features=optimize_for_size)
}

# Debian's rustc-web carries the standard library's sources, from which the target is built.
use_debian_rust() {
    have apt-get || return 1
    local linker
    if ! [ -d /usr/share/cargo-web ] && ! dpkg -s cargo-web >/dev/null 2>&1; then
        say "Installing Debian's rustc-web, cargo-web and rust-web-src instead (usually 2 minutes)"
        quietly "apt could not install rustc-web" as_root sh -c \
            'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq rustc-web cargo-web rust-web-src lld-19' || return 1
    fi
    linker="$(command -v wasm-ld-19 || command -v wasm-ld)" || return 1
    WASM_CARGO=(env RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$linker"
        /usr/bin/cargo -Z build-std=std,panic_abort)
    say "Using Debian's Rust for the web build"
}

# The version Cargo.lock names: the tool and the crate must be the same, to the last digit.
wasm_bindgen_version() {
    sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"/\1/p;}' Cargo.lock
}

# Sets WASM_BINDGEN and WASM_BINDGEN_TEST_RUNNER.
need_wasm_bindgen() {
    local version folder
    version="$(wasm_bindgen_version)"
    folder="wasm-bindgen-$version"
    if have wasm-bindgen && have wasm-bindgen-test-runner && [ "$(wasm-bindgen --version)" = "wasm-bindgen $version" ]; then
        WASM_BINDGEN="$(command -v wasm-bindgen)"
        WASM_BINDGEN_TEST_RUNNER="$(command -v wasm-bindgen-test-runner)"
        return 0
    fi
    in_cache "$folder" install_wasm_bindgen "$version" || stop "wasm-bindgen $version could not be installed. Check the network and run this again."
    WASM_BINDGEN="$CACHE/$folder/bin/wasm-bindgen"
    WASM_BINDGEN_TEST_RUNNER="$CACHE/$folder/bin/wasm-bindgen-test-runner"
}

install_wasm_bindgen() {
    local version="$1" folder="$2"
    if cargo binstall -V >/dev/null 2>&1; then
        say "Installing wasm-bindgen $version with cargo binstall (seconds)"
        quietly "cargo binstall could not install it; building it instead" \
            cargo binstall --no-confirm --root "$folder" "wasm-bindgen-cli@$version" && return 0
    fi
    say "Building wasm-bindgen $version, once (usually 2 to 4 minutes)"
    # Not --locked: that lock names a crate version that cannot be had everywhere.
    quietly "wasm-bindgen could not be built" light_profile cargo install --quiet --root "$folder" --version "=$version" wasm-bindgen-cli
}

# Sets WASM_OPT.
need_wasm_opt() {
    if have wasm-opt && have wasm-metadce && is_at_least "$(wasm-opt --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" "$OLDEST_WASM_OPT"; then
        WASM_OPT="$(command -v wasm-opt)"
        return 0
    fi
    need_node
    in_cache "binaryen-$BINARYEN" install_binaryen || stop "wasm-opt could not be installed. Check the network and run this again."
    WASM_OPT="$CACHE/binaryen-$BINARYEN/node_modules/.bin/wasm-opt"
}

install_binaryen() {
    say "Installing wasm-opt $BINARYEN from npm (usually 10 seconds)"
    quietly "npm could not install binaryen" npm install --silent --no-audit --no-fund --prefix "$1" "binaryen@$BINARYEN"
}

# Sets ESBUILD, which shakes and minifies the glue.
need_esbuild() {
    need_node
    in_cache "esbuild-$ESBUILD_VERSION" install_esbuild || stop "esbuild could not be installed. Check the network and run this again."
    ESBUILD="$CACHE/esbuild-$ESBUILD_VERSION/node_modules/.bin/esbuild"
}

install_esbuild() {
    say "Installing esbuild $ESBUILD_VERSION from npm (usually 5 seconds)"
    quietly "npm could not install esbuild" npm install --silent --no-audit --no-fund --prefix "$1" "esbuild@$ESBUILD_VERSION"
}

# Sets TRUNK_BIN.
need_trunk() {
    if have trunk && [ "$(trunk --version)" = "trunk $TRUNK" ]; then
        TRUNK_BIN="$(command -v trunk)"
        return 0
    fi
    in_cache "trunk-$TRUNK" install_trunk || stop "Trunk $TRUNK could not be installed. ./dev run does without it."
    TRUNK_BIN="$CACHE/trunk-$TRUNK/bin/trunk"
}

install_trunk() {
    if cargo binstall -V >/dev/null 2>&1; then
        say "Installing Trunk $TRUNK with cargo binstall (seconds)"
        quietly "cargo binstall could not install it; building it instead" \
            cargo binstall --no-confirm --root "$1" "trunk@$TRUNK" && return 0
    fi
    say "Building Trunk $TRUNK, once (usually 4 to 8 minutes)"
    quietly "Trunk could not be built" light_profile cargo install --quiet --locked --root "$1" --version "=$TRUNK" trunk
}

# Sets PYTHON to the interpreter of an environment holding the FHIR server. Fails, with a reason, if there is none.
need_fhir_server() {
    in_python_cache "fhir-server-$SEKMET" "the FHIR server sekmet-fhir $SEKMET (usually 20 to 40 seconds)" \
        "sekmet-fhir==$SEKMET" || return 1
    PYTHON="$CACHE/fhir-server-$SEKMET/bin/python"
}

# Sets VALIDATOR_PYTHON: an interpreter with an independent FHIR validator, and a JOSE library that opens sealed
# responses, for the journeys.
need_validators() {
    in_python_cache "validators-2" "an independent FHIR validator and a JOSE library (seconds)" \
        "fhirkit-rs==0.1.0" "jwcrypto==1.6.1" || return 1
    VALIDATOR_PYTHON="$CACHE/validators-2/bin/python"
}

# in_python_cache NAME WHAT PACKAGE...
in_python_cache() {
    local name="$1" what="$2"
    shift 2
    [ -e "$CACHE/$name/.whole" ] && return 0
    local python
    python="$(newest_python)" || return 1
    in_cache "$name" make_python_environment "$python" "$what" "$@"
}

# A Python of 3.11 or newer that can make virtual environments.
newest_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if have "$name" && "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    say "Python 3.11 or newer, with its venv module, is not here (Debian: apt install python3-venv)"
    return 1
}

make_python_environment() {
    local python="$1" what="$2" folder="${*: -1}"
    local packages=("${@:3:$#-3}")
    say "Installing $what"
    quietly "Python could not make a virtual environment" "$python" -m venv "$folder" || return 1
    quietly "pip could not install ${packages[*]}" "$folder/bin/python" -m pip install --quiet \
        --disable-pip-version-check "${packages[@]}"
}

# Sets CHROMIUM and CHROMEDRIVER.
need_chromium() {
    find_chromium && return 0
    if have apt-get; then
        say "Installing Chromium and its driver with apt (usually 1 to 2 minutes)"
        quietly "apt could not install them" as_root sh -c \
            'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-driver' || true
    fi
    find_chromium || stop "Chromium and chromedriver are not here, and the browser tests need them. Debian: apt install chromium chromium-driver. Or set CHROMIUM and CHROMEDRIVER to their paths."
}

find_chromium() {
    CHROMIUM="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}"
    CHROMEDRIVER="${CHROMEDRIVER:-$(command -v chromedriver || true)}"
    [ -x "$CHROMIUM" ] && [ -x "$CHROMEDRIVER" ]
}
