"""A generator of specsmith that is a program: who may call which operation, as a page of Markdown.

It reads what the document means from standard input, and prints files and findings.
"""

import json
import sys

request = json.load(sys.stdin)
api, options = request["api"], request["options"]
schemes = [scheme["name"] for scheme in api["security_schemes"]]


def who(requirement):
    """The schemes of a requirement that all have to be met."""
    return " and ".join(f"`{schemes[one['scheme']]}`" for one in requirement["schemes"]) or "everybody"


lines = [f"# {options.get('title', 'Permissions')}", "", "| Operation | Call | Who |", "| --- | --- | --- |"]
diagnostics = []
for operation, names in zip(api["operations"], request["rust"]["operations"]):
    callers = " or ".join(who(requirement) for requirement in operation["security"]) or "everybody"
    lines.append(f"| {operation['method']} {operation['path']['text']} | `{names['client']['call']}` | {callers} |")
    if callers == "everybody" and operation["method"] not in ("GET", "HEAD", "OPTIONS"):
        diagnostics.append({
            "severity": "warning",
            "message": f"everybody may call {operation['method']} {operation['path']['text']}",
            "location": operation["location"],
            "help": "give the operation a `security`",
        })

print(json.dumps({"files": {"permissions.md": "\n".join(lines) + "\n"}, "diagnostics": diagnostics}))
