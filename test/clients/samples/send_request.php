<?php
// Asks for a link: send_request.php URL USER PASSWORD VERIFY PARAMS [METHOD]
// METHOD is `PwReset.Send_Request` unless given.
// VERIFY is `yes`, `no` or the path of a CA file; PARAMS is a JSON object. Prints status and body, one a line.
// The body is JSON, and curl calls it application/x-www-form-urlencoded, since nobody says otherwise.
[, $url, $user, $password, $verify, $params] = $argv;
$method = $argv[6] ?? 'PwReset.Send_Request';

$request = curl_init($url);
curl_setopt($request, CURLOPT_POST, true);
curl_setopt($request, CURLOPT_POSTFIELDS, json_encode([
    'jsonrpc' => '2.0',
    'method' => $method,
    'params' => json_decode($params),
    'id' => 0,
]));
curl_setopt($request, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
curl_setopt($request, CURLOPT_USERPWD, "$user:$password");
curl_setopt($request, CURLOPT_HTTPHEADER, ['Connection: close']);
curl_setopt($request, CURLOPT_RETURNTRANSFER, true);
curl_setopt($request, CURLOPT_TIMEOUT, 20);
if ($verify === 'no') {
    curl_setopt($request, CURLOPT_SSL_VERIFYPEER, false);
    curl_setopt($request, CURLOPT_SSL_VERIFYHOST, 0);
} elseif ($verify !== 'yes') {
    curl_setopt($request, CURLOPT_CAINFO, $verify);
}

$body = curl_exec($request);
if ($body === false) {
    fwrite(STDERR, curl_error($request) . "\n");
    exit(1);
}
echo curl_getinfo($request, CURLINFO_RESPONSE_CODE), "\n", json_encode(json_decode($body), JSON_UNESCAPED_SLASHES), "\n";
