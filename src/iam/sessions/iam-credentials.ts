import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plainSecret } from '../../core/crypto/secret-types.js';
import type { SessionKind } from '../../sessions/session.entity.js';
import { BanFilter } from './ban-filter.js';
import { SessionCookie } from './session-cookie.js';

/** What a call shows of a session. */
export interface ShownSession {
  readonly kind: SessionKind;
  readonly secret: string;
}

const BEARER = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i;

/** What calls show of sessions, and what becomes of a cookie. */
@Injectable()
export class IamCredentials {
  constructor(
    private readonly cookie: SessionCookie,
    private readonly bans: BanFilter,
  ) {}

  async shown(request: FastifyRequest): Promise<ShownSession | undefined> {
    const [, token] = BEARER.exec(request.headers.authorization ?? '') ?? [];
    if (token !== undefined) return { kind: 'bearer', secret: token };
    const secret = await this.cookie.read(request);
    return secret === undefined ? undefined : { kind: 'cookie', secret };
  }

  async refuse(why: 'dead' | 'unknown', { kind }: ShownSession, address: string, reply: FastifyReply): Promise<void> {
    if (why === 'unknown') await this.bans.countUnknownSession(address);
    if (kind === 'cookie') await this.cookie.drop(reply);
  }

  async prolong({ kind, secret }: ShownSession, reply: FastifyReply): Promise<void> {
    if (kind === 'cookie') await this.cookie.set(reply, plainSecret(secret));
  }
}
