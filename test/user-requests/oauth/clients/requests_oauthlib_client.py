"""Calls a Latchkey server with requests-oauthlib: a step, its arguments, and the answer as JSON."""

import json
import sys

from requests_oauthlib import OAuth1Session

server, step, *rest = sys.argv[1:]
consumer = {"client_key": "myConsumer", "client_secret": "mySecret"}

if step == "request":
    session = OAuth1Session(**consumer, callback_uri=rest[0])
    token = session.fetch_request_token(f"{server}/oauth/requestToken")
    print(json.dumps({"token": token, "page": session.authorization_url(f"{server}/oauth/authorizeRequestToken")}))
elif step == "access":
    key, secret, redirected = rest
    session = OAuth1Session(**consumer, resource_owner_key=key, resource_owner_secret=secret)
    session.parse_authorization_response(redirected)
    print(json.dumps({"token": session.fetch_access_token(f"{server}/oauth/accessToken")}))
else:
    key, secret, method, place, url = rest
    session = OAuth1Session(
        **consumer,
        resource_owner_key=key,
        resource_owner_secret=secret,
        signature_method=method,
        signature_type=place,
    )
    answer = session.post(f"{server}{url}", data={"request_type": "PASSWORD_RESET", "requestPin": "true"})
    print(json.dumps({"status": answer.status_code, "text": answer.text}))
