"""Reads `cargo metadata` and fails where a package that is built into the library has a licence not listed here."""
import json
import re
import sys

ALLOWED = {"MIT", "Apache-2.0", "Unicode-3.0", "Unlicense", "Zlib", "BSD-2-Clause", "BSD-3-Clause", "ISC"}

metadata = json.load(sys.stdin)
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
todo, seen = [metadata["resolve"]["root"]], set()
bad = 0
while todo:
    identifier = todo.pop()
    if identifier in seen:
        continue
    seen.add(identifier)
    for dependency in nodes[identifier]["deps"]:
        # `None` is a normal dependency; those of tests and build scripts are not shipped.
        if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
            todo.append(dependency["pkg"])
    package = packages[identifier]
    if identifier == metadata["resolve"]["root"]:
        continue
    licence = package["license"] or ""
    choices = [re.sub(r"[()]", "", choice).strip() for choice in re.split(r" OR |/", licence)]
    ok = any(all(part.strip() in ALLOWED for part in choice.split(" AND ")) for choice in choices)
    print(f"{package['name']} {package['version']}: {licence}")
    bad += not ok
print(f"{len(seen) - 1} dependencies, {bad} with a licence that is not allowed")
sys.exit(bad > 0)
