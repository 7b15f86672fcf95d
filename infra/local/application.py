"""Enters an Amazon application, on AWS and locally: the function `rotate` tries and stores its secret."""

from __future__ import annotations

import json

from progress import GiveUp


def enter(lambdas, rotate: str, tenant: str, name: str, application: dict[str, str]) -> str:
    """Has the stack's function `rotate` store an application; what came of it, in plain words.

    `lambdas` is a boto3 client, `tenant` the home tenant. The secret travels in the request to Lambda only.
    """
    event = {"v": 1, "kind": "api", "tenant": tenant, "role": "operator", "user": "setup", "method": "PUT",
             "path": f"/api/applications/{name}", "body": json.dumps(application)}
    answer = lambdas.invoke(FunctionName=rotate, Payload=json.dumps(event).encode())
    text = answer["Payload"].read().decode()
    if "FunctionError" in answer:
        raise GiveUp(f"{rotate} failed, and it is not known whether the application was stored; look at its log, "
                     f"then enter it again (entering it twice does no harm). It says: {text}")
    response = json.loads(text)
    body = json.loads(response.get("body") or "null")
    if response.get("statusCode") != 200:
        error = (body or {}).get("error", {})
        raise GiveUp(f"The application was not stored. {error.get('message', 'No reason was given.')} "
                     f"({error.get('code', response.get('statusCode'))}, reference {error.get('reference', '-')})")
    return "\n".join([
        f"The application {body['name']} ({body['stage']}, {body['realm']}) is stored; Amazon took its client id "
        f"and secret. The secret lasts {body['secret_days_left']} more days.",
        "Register these at Amazon:",
        f"  Log-in URI     {body['login_uri']}",
        *(f"  Redirect URI   {uri}" for uri in body["redirect_uris"]),
    ])
