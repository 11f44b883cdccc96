import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Clock } from '../../core/time/clock.js';
import { hasSigned } from '../kinds/push/device-key.js';
import { pushState } from '../kinds/push/push-token.js';
import { type DeviceAction, deviceText } from '../kinds/push/signed-texts.js';
import { usableAt } from '../verification/attempt-statements.js';
import { PushNonces } from './push-nonces.js';
import { PushRequestRepository } from './push-request.repository.js';
import type { PushRequest } from './push-request.entity.js';

/** What a device sends to be recognised; nothing of it is trusted yet. */
export interface DeviceClaim {
  /** Thumbprint of its key. */
  readonly device: string;
  readonly nonce: string;
  /** ES256 over `deviceText`, base64url. */
  readonly signature: string;
}

/** A device that somebody has, or had. */
export interface PushDevice {
  readonly tokenId: string;
  readonly accountId: string;
  readonly domainId: string;
  /** What the person calls it. */
  readonly name: string;
  readonly login: string;
  /** Whether it may be used; one that was taken away or disabled may not. */
  readonly usable: boolean;
  readonly state: Readonly<Record<string, unknown>>;
}

interface Row {
  readonly token_id: string;
  readonly account_id: string;
  readonly domain_id: string;
  readonly name: string | null;
  readonly login: string;
  readonly usable: boolean;
  readonly state: Record<string, unknown>;
}

const THUMBPRINT = /^[A-Za-z0-9_-]{43}$/;

/** The newest holder of a device; `$1` is its serial number, `$2` now. */
const DEVICE = `
  SELECT t.id AS token_id, t.state, a.account_id, a.name, p.domain_id, p.login,
    (p.state = 'active' AND ${usableAt('$2')}) AS usable
  FROM tokens t JOIN token_assignments a ON a.token_id = t.id JOIN accounts p ON p.id = a.account_id
  WHERE t.serial = $1 AND t.kind = 'Push'
  ORDER BY a.ended_at DESC NULLS FIRST, a.created_at DESC LIMIT 1`;

/** Devices that speak in their own name: no cookie, no password, a signature over a fresh nonce. */
@Injectable()
export class PushDevices {
  constructor(
    private readonly nonces: PushNonces,
    private readonly repository: PushRequestRepository,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * The device that signed.
   *
   * @param digest of what it sends along, as it signed it
   * @throws DomainError `challenge-not-valid` when the nonce is not ours, over or used; `proof-not-valid` when there is no
   *   such device or it did not sign, which sound the same; `token-disabled` when it may not be used any more
   */
  async recognise(
    { device, nonce, signature }: DeviceClaim,
    action: DeviceAction,
    digest?: string,
  ): Promise<PushDevice> {
    if (!this.nonces.isOurs(nonce)) throw new DomainError('challenge-not-valid');
    const found = await this.byThumbprint(device);
    if (!found || !hasSigned(pushState(found.state).key, deviceText(action, nonce, device, digest), signature)) {
      throw new DomainError('proof-not-valid');
    }
    if (!(await this.nonces.use(nonce))) throw new DomainError('challenge-not-valid');
    if (!found.usable) throw new DomainError('token-disabled');
    return found;
  }

  /** A device by its key; nothing is proved. */
  async byThumbprint(thumbprint: string): Promise<PushDevice | undefined> {
    if (!THUMBPRINT.test(thumbprint)) return undefined;
    const [row] = await this.database.query<Row>(DEVICE, [`PUSH-${thumbprint}`, this.clock.now()]);
    if (!row) return undefined;
    return {
      tokenId: row.token_id,
      accountId: row.account_id,
      domainId: row.domain_id,
      name: row.name ?? '',
      login: row.login,
      usable: row.usable,
      state: row.state,
    };
  }

  /** The request that a device has to show now. */
  pending({ accountId, tokenId }: PushDevice): Promise<PushRequest | undefined> {
    return this.repository.deliver(accountId, tokenId, this.clock.now());
  }
}
