import { readFileSync } from 'node:fs';
import { createTransport, type SMTPTransportOptions, type Transporter } from 'nodemailer';
import type { MailRelay } from './mail-account.js';

/** Milliseconds without a byte from the relay. */
const SILENCE_MS = 30_000;
const POOL_CONNECTIONS = 5;

/**
 * A nodemailer transporter for a relay. TLS certificates are checked unless the profile says otherwise; `requireTls`
 * sends nothing, not even the login, before STARTTLS (RFC 3207) has succeeded.
 *
 * @throws Error when the CA file cannot be read
 */
export function connectRelay(relay: MailRelay): Transporter {
  const { url } = relay;
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const options: SMTPTransportOptions = {
    host,
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    requireTLS: relay.requireTls && !secure,
    ...(url.username
      ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
      : {}),
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: relay.verifyCertificate,
      ...(relay.caFile ? { ca: readFileSync(relay.caFile) } : {}),
    },
    connectionTimeout: relay.connectTimeoutMs,
    greetingTimeout: relay.connectTimeoutMs,
    dnsTimeout: relay.connectTimeoutMs,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  return relay.pooled
    ? createTransport({ ...options, pool: true, maxConnections: POOL_CONNECTIONS })
    : createTransport(options);
}
