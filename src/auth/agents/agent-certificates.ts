import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Environment } from '../../core/config/environment.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { Clock } from '../../core/time/clock.js';
import { Networks } from '../../core/web/client-address.js';
import { verifiedCertificate } from '../../core/web/client-certificate.js';
import { agentCertificateFormat, agentCertificateHeader } from './agent-settings.js';

type Format = (typeof agentCertificateFormat)['default'];

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * The client certificate that a request comes with, as the SHA-256 of its DER form in hexadecimal: one that our own
 * listener has verified, or one that a trusted proxy forwards (authentication methods, section 1.3). Agents are told apart
 * by that digest and never by a name in it.
 */
@Injectable()
export class AgentCertificates {
  private readonly trustedProxies: Networks;
  /** A connection keeps its certificate, and reading one costs more than the rest of a request. */
  private readonly ofConnection = new WeakMap<Socket, { readonly fingerprint: string | undefined }>();

  constructor(
    environment: Environment,
    private readonly clock: Clock,
  ) {
    this.trustedProxies = new Networks(environment.trustedProxies);
  }

  /** Undefined without a certificate, and for one that cannot be read or is not in its time. */
  of(request: FastifyRequest, snapshot: ConfigurationSnapshot): string | undefined {
    const header = snapshot.setting(agentCertificateHeader).toLowerCase();
    const { remoteAddress } = request.raw.socket;
    if (header !== '' && remoteAddress !== undefined && this.trustedProxies.has(remoteAddress)) {
      const forwarded = request.headers[header];
      // The proxy's own certificate is not the agent's.
      return typeof forwarded === 'string' ? this.read(forwarded, snapshot.setting(agentCertificateFormat)) : undefined;
    }
    return this.shown(request);
  }

  private shown(request: FastifyRequest): string | undefined {
    const { socket } = request.raw;
    const known = this.ofConnection.get(socket);
    if (known) return known.fingerprint;
    const certificate = verifiedCertificate(request);
    const fingerprint = certificate && fingerprintOf(certificate);
    this.ofConnection.set(socket, { fingerprint });
    return fingerprint;
  }

  private read(forwarded: string, format: Format): string | undefined {
    if (format === 'sha256') {
      const digest = forwarded.trim().replaceAll(':', '').toLowerCase();
      return SHA256.test(digest) ? digest : undefined;
    }
    try {
      const certificate = new X509Certificate(READERS[format](forwarded));
      const now = this.clock.now();
      const inTime = certificate.validFromDate <= now && now < certificate.validToDate;
      return inTime ? fingerprintOf(certificate) : undefined;
    } catch {
      return undefined;
    }
  }
}

const READERS: Readonly<Record<Exclude<Format, 'sha256'>, (text: string) => string | Buffer>> = {
  'url-encoded-pem': decodeURIComponent,
  'base64-der': (text) => Buffer.from(text.trim().replace(/^:(.*):$/s, '$1'), 'base64'),
};

function fingerprintOf({ fingerprint256 }: X509Certificate): string {
  return fingerprint256.replaceAll(':', '').toLowerCase();
}
