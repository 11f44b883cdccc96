import { integerSetting, textSetting, wordSetting } from '../../core/settings/setting-types.js';

export const agentTokenLifetime = integerSetting({
  name: 'agent_token_lifetime',
  scope: 'server',
  min: 60,
  max: 86_400,
  default: 3_600,
  meaning: 'Seconds for which an agent’s OAuth 2.0 access token works. Authentication methods, section 1.3.',
});

export const agentRequestsPerSecond = integerSetting({
  name: 'agent_requests_per_second',
  scope: 'server',
  min: 0,
  max: 1_000_000,
  default: 20_000,
  meaning:
    'Requests of one agent that one server process takes in a second; more are answered with code 3. 0 = without limit. ' +
    'Authentication methods, sections 3 and 6.4.',
});

export const agentCertificateHeader = textSetting({
  name: 'agent_certificate_header',
  scope: 'server',
  maxLength: 64,
  default: '',
  meaning:
    'Header in which a proxy of LATCHKEY_TRUSTED_PROXIES forwards the client certificate that it has verified, e.g. ' +
    '`X-SSL-Client-Cert`; empty = only certificates shown to our own listener count. The proxy must remove the header ' +
    'from what clients send. Authentication methods, section 1.3.',
});

export const agentCertificateFormat = wordSetting({
  name: 'agent_certificate_format',
  scope: 'server',
  words: ['url-encoded-pem', 'base64-der', 'sha256'],
  default: 'url-encoded-pem',
  meaning:
    'What `agent_certificate_header` holds: the certificate as PEM with percent-encoding (nginx ' +
    '`$ssl_client_escaped_cert`), as Base64 of its DER form (RFC 9440, colons around it or not), or the SHA-256 of its DER form ' +
    'in hexadecimal.',
});
