"""Starts sekmet-fhir 0.1.1, an independent FHIR R4 server, for the demonstration and the tests.

    python fhir_server.py --database FILE [--port 8090] [--any-port] [--token TOKEN]

It listens on 127.0.0.1 only and keeps its SQLite file where it is told. As shipped the package has no
search parameters for QuestionnaireResponse, so every conditional operation on `identifier` is a 400:
this launcher adds them to `sekmet.fhir.search_params.PARAMS`. That is a private table of the package,
which is why its version is pinned.

When it is listening it prints one line of JSON: {"base": "...", "console": "...", "port": 8090}.
"""

import argparse
import json
import logging
import os
import socket
import sys
import tempfile

SEARCH = {
    "QuestionnaireResponse": {
        "identifier": ("token", "identifier"),
        "status": ("token", "status"),
        "authored": ("date", "authored"),
        "questionnaire": ("uri", "questionnaire"),
        "subject": ("reference", "subject"),
        "author": ("reference", "author"),
    },
    "Questionnaire": {
        "identifier": ("token", "identifier"),
        "url": ("uri", "url"),
        "version": ("token", "version"),
        "status": ("token", "status"),
        "title": ("string", "title"),
    },
}


def add_search_parameters():
    """Teaches the server to search what What Matters sends."""
    from sekmet.fhir.search_params import PARAMS, SearchParam

    for resource_type, params in SEARCH.items():
        known = PARAMS.setdefault(resource_type, {})
        for name, (kind, path) in params.items():
            known.setdefault(name, SearchParam(name, kind, (path,)))


def listen(port, any_port):
    """A listening socket on the loopback address: the wanted port or, if allowed, any free one."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        if not any_port:
            sys.exit(f"Port {port} on 127.0.0.1 is in use. Give another with --port, or --any-port.")
        listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    return listener


def main():
    options = argparse.ArgumentParser(description="An independent FHIR R4 server on the loopback address.")
    options.add_argument("--database", required=True, help="SQLite file; made if it is not there")
    options.add_argument("--port", type=int, default=8090, help="0 takes any free port")
    options.add_argument("--any-port", action="store_true", help="take another port if the wanted one is in use")
    options.add_argument("--token", help="bearer token to ask for; without it anyone on this machine may write")
    options.add_argument("--quiet", action="store_true", help="only warnings")
    chosen = options.parse_args()

    listener = listen(chosen.port, chosen.any_port)
    port = listener.getsockname()[1]
    root = f"http://127.0.0.1:{port}"
    database = os.path.abspath(chosen.database)
    os.makedirs(os.path.dirname(database), exist_ok=True)
    # The package also writes a data folder and keys beside where it runs: keep those out of the tree.
    os.chdir(os.path.dirname(database) or tempfile.gettempdir())

    import uvicorn
    from sekmet.config import ServerAuth, Settings, SimulatorSettings, set_settings

    add_search_parameters()
    auth = ServerAuth(types=["bearer"], tokens=[chosen.token]) if chosen.token else ServerAuth()
    settings = Settings(
        base_url=f"{root}/fhir",
        host="127.0.0.1",
        port=port,
        db_path=database,
        data_dir=os.path.dirname(database),
        facility_name="Demonstration link worker service",
        software_name="What Matters demonstration server",
        server_auth=auth,
        simulator=SimulatorSettings(enabled=False),
    )
    set_settings(settings)

    from sekmet.main import create_app

    app = create_app(settings)
    logging.getLogger().setLevel(logging.WARNING)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=2))

    announced = {"base": f"{root}/fhir", "console": f"{root}/ui", "port": port}
    started = server.startup

    async def startup(sockets=None):
        await started(sockets)
        print(json.dumps(announced), flush=True)

    server.startup = startup
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
