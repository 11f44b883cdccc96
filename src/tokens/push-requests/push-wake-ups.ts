import { fetch } from 'undici';
import webPush, { type PushSubscription as WebPushSubscription } from 'web-push';
import { Injectable, Logger } from '@nestjs/common';
import { KeyRing } from '../../core/crypto/key-ring.js';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { Database } from '../../core/database/database.js';
import { Configuration, type ConfigurationSnapshot } from '../../core/domains/configuration.js';
import { Clock } from '../../core/time/clock.js';
import { readSubscription } from './push-subscription-text.js';
import { type PushSubscription, subscriptionPurpose } from './push-subscription.entity.js';
import { pushServices } from './push-request-settings.js';
import { PushSignals } from './push-signals.js';

/** Milliseconds that a push service has to answer. */
const PATIENCE_MS = 10_000;
/** Seconds for which a push service keeps a message for a device that is switched off; later there is nothing to see. */
const KEPT_SECONDS = 60;
/** The device has unsubscribed, or never was (RFC 8030, section 7.3). */
const GONE = new Set([404, 410]);

interface Row {
  readonly token_id: string;
  readonly subscription_sealed: PushSubscription['subscriptionSealed'];
}

/**
 * Wakes devices by Web Push (RFC 8030) where the configuration has keys for it (RFC 8292). The message is empty: neither
 * the push service nor a locked screen learns anything but that there is something to see.
 */
@Injectable()
export class PushWakeUps extends PushSignals {
  private readonly logger = new Logger(PushWakeUps.name);

  constructor(
    private readonly configuration: Configuration,
    private readonly keyRing: KeyRing,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** For browsers that subscribe; undefined where the server wakes nobody. */
  publicKey(snapshot: ConfigurationSnapshot): string | undefined {
    return vapid(snapshot)?.publicKey;
  }

  /**
   * Keeps where a device can be woken, in place of where it could before.
   *
   * @param text `PushSubscription.toJSON()` of the browser (Push API), as text
   * @throws DomainError `value-out-of-range` when it is none, or leads to no known push service
   */
  async subscribe(tokenId: string, text: string): Promise<void> {
    const snapshot = await this.configuration.snapshot();
    const subscription = readSubscription(text, snapshot.setting(pushServices));
    const sealed = this.keyRing.seal(plainSecret(JSON.stringify(subscription)), subscriptionPurpose(tokenId));
    await this.database.query(
      `INSERT INTO push_subscriptions (token_id, subscription_sealed, created_at) VALUES ($1, $2, $3)
       ON CONFLICT (token_id) DO UPDATE SET subscription_sealed = excluded.subscription_sealed,
         created_at = excluded.created_at RETURNING token_id`,
      [tokenId, sealed, this.clock.now()],
    );
  }

  wake(tokenIds: readonly string[]): void {
    this.wakeAll(tokenIds).catch((error: unknown) => this.logger.warn(`devices were not woken: ${String(error)}`));
  }

  private async wakeAll(tokenIds: readonly string[]): Promise<void> {
    const snapshot = await this.configuration.snapshot();
    const keys = vapid(snapshot);
    if (!keys) return;
    const found = await this.database.query<Row>(
      'SELECT token_id, subscription_sealed FROM push_subscriptions WHERE token_id = ANY($1)',
      [tokenIds],
    );
    const services = snapshot.setting(pushServices);
    await Promise.all(
      found.map(async (row) => {
        const text = this.keyRing.open(row.subscription_sealed, subscriptionPurpose(row.token_id));
        if (!(await this.send(readSubscription(text, services), keys))) await this.forget(row.token_id);
      }),
    );
  }

  /** @returns false when the push service says that the device is gone */
  private async send(subscription: WebPushSubscription, keys: Vapid): Promise<boolean> {
    const { endpoint, method, headers } = webPush.generateRequestDetails(subscription, null, {
      vapidDetails: keys,
      TTL: KEPT_SECONDS,
      urgency: 'high',
    });
    const fields = Object.entries(headers ?? {}).map(([name, value]) => [name, value] as [string, string]);
    const { status } = await fetch(endpoint, {
      method,
      headers: fields.filter(([name]) => name.toLowerCase() !== 'content-length'),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return !GONE.has(status);
  }

  private async forget(tokenId: string): Promise<void> {
    await this.database.query('DELETE FROM push_subscriptions WHERE token_id = $1 RETURNING token_id', [tokenId]);
  }
}

interface Vapid {
  readonly subject: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

function vapid(snapshot: ConfigurationSnapshot): Vapid | undefined {
  const [declared] = snapshot.declared('web-push');
  const privateKey = declared?.secrets['privateKey'];
  if (!declared || privateKey === undefined) return undefined;
  return { subject: String(declared.spec['subject']), publicKey: String(declared.spec['publicKey']), privateKey };
}
