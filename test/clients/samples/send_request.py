"""Asks for a link: send_request.py URL USER PASSWORD VERIFY PARAMS [METHOD]

VERIFY is `yes`, `no` or the path of a CA file; PARAMS is a JSON object. METHOD is
`PwReset.Send_Request` unless given. Prints status and body, one a line.
"""
import json
import sys
import warnings

import requests

url, user, password, verify, params = sys.argv[1:6]
method = sys.argv[6] if len(sys.argv) > 6 else "PwReset.Send_Request"
warnings.simplefilter("ignore")

response = requests.post(
    url,
    auth=(user, password),
    headers={"Content-Type": "application/json", "Connection": "close"},
    data=json.dumps({"jsonrpc": "2.0", "method": method, "params": json.loads(params), "id": 0}),
    verify={"yes": True, "no": False}.get(verify, verify),
    allow_redirects=False,
    timeout=20,
)
# A client that takes any status from 400 on for a failure of the transport never sees the JSON.
response.raise_for_status()
print(response.status_code)
print(json.dumps(response.json()))
