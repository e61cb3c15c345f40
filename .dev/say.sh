# How the script speaks: what it is doing, how long that usually takes, and why it stops.

say() { printf '▸ %s\n' "$*" >&2; }

stop() {
    printf '✗ %s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# is_at_least HAVE WANT: compares dotted versions.
is_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# quietly WHAT COMMAND...: shows the output only if the command fails.
quietly() {
    local what="$1" log
    shift
    log="$(mktemp)"
    if "$@" >"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    tail -n 40 "$log" >&2
    rm -f "$log"
    printf '✗ %s\n' "$what" >&2
    return 1
}

# Runs a command as the administrator if we are one or may become one without a password.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif have sudo && sudo -n true 2>/dev/null; then
        sudo "$@"
    else
        return 1
    fi
}

# in_cache NAME MAKER: runs MAKER with a fresh folder and keeps it as $CACHE/NAME only when it succeeds, so
# an interrupted installation is begun again rather than half used.
in_cache() {
    local name="$1" folder
    shift
    [ -e "$CACHE/$name/.whole" ] && return 0
    folder="$CACHE/$name"
    rm -rf "$folder"
    mkdir -p "$folder" || stop "Cannot write to $CACHE. Set WHAT_MATTERS_CACHE to a folder you may write to."
    "$@" "$folder" || return 1
    touch "$folder/.whole"
}
