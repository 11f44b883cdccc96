"""Asks for a password reset link: send_request.py URL USER PASSWORD VERIFY PARAMS

VERIFY is `yes`, `no` or the path of a CA file; PARAMS is a JSON object. Prints status and body, one a line.
"""
import json
import sys
import warnings

import requests

url, user, password, verify, params = sys.argv[1:6]
warnings.simplefilter("ignore")

response = requests.post(
    url,
    auth=(user, password),
    headers={"Content-Type": "application/json", "Connection": "close"},
    data=json.dumps({"jsonrpc": "2.0", "method": "PwReset.Send_Request", "params": json.loads(params), "id": 0}),
    verify={"yes": True, "no": False}.get(verify, verify),
    allow_redirects=False,
    timeout=20,
)
# A client that takes any status from 400 on for a failure of the transport never sees the JSON.
response.raise_for_status()
print(response.status_code)
print(json.dumps(response.json()))
