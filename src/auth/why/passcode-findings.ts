import { Injectable } from '@nestjs/common';
import { Environment } from '../../core/config/environment.js';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import type { ConfigurationSnapshot } from '../../core/domains/configuration-snapshot.js';
import { systemAccount } from '../../delivery/mail/mail-account.js';
import type { Channel } from '../../delivery/outbox.js';
import { usableGateway } from '../../delivery/sms/sms-gateway.js';
import { allowedChannels, routesOf } from '../../tokens/kinds/on-demand/passcode-channels.js';
import type { TokenRules } from '../../tokens/token-rules.js';
import type { Cause } from './obstacle.js';

const NAMES: Readonly<Record<Channel, string>> = { MAIL: 'mail', SMS: 'SMS' };
const ADDRESSES: Readonly<Record<Channel, string>> = { MAIL: 'mail address', SMS: 'mobile number' };

/** Why a passcode that is sent would not reach a person (authentication methods, section 6.7). */
@Injectable()
export class PasscodeFindings {
  constructor(
    private readonly environment: Environment,
    private readonly database: Database,
  ) {}

  /** Undefined when one would, as far as is known before it is sent. */
  async of(snapshot: ConfigurationSnapshot, found: FoundPerson, rules: TokenRules): Promise<Cause | undefined> {
    const channels = allowedChannels(snapshot, found.domain.id, 'logon', rules.onDemand);
    if (channels.length === 0) {
      return {
        reason: 'no-channel',
        code: 343,
        text: 'Passcodes are sent on no channel.',
        advice: 'Allow one: the policy T-Pass (allowedChannels), or the setting passcode_channels.',
      };
    }
    const routes = routesOf(found.person, channels);
    if (routes.length === 0) {
      const missing = channels.map((channel) => ADDRESSES[channel]).join(' and no ');
      return {
        reason: 'no-address',
        code: 342,
        text: `The person has no ${missing} in the directory.`,
        advice: 'Add one to the person in the directory, or allow another channel.',
      };
    }
    const open = routes.filter(({ channel }) => this.isOpen(snapshot, channel));
    if (open.length === 0) {
      const wanted = routes.map(({ channel }) => NAMES[channel]).join(' and ');
      return {
        reason: 'no-delivery-path',
        code: 341,
        text: `The server has nothing to send ${wanted} with.`,
        advice: 'Declare a mail account or an SMS gateway, and run latchkey doctor.',
      };
    }
    return this.lastFailure(found.account.id);
  }

  private isOpen(snapshot: ConfigurationSnapshot, channel: Channel): boolean {
    if (this.environment.embedded) return true;
    return (channel === 'MAIL' ? systemAccount(snapshot) : usableGateway(snapshot)) !== undefined;
  }

  /** The newest passcode for the person was refused on its way. */
  private async lastFailure(accountId: string): Promise<Cause | undefined> {
    const [last] = await this.database.query<{ state: string; recipient: string; reason: string | null; at: Date }>(
      `SELECT state, recipient, reason_category AS reason, created_at AS at FROM messages
       WHERE account_id = $1 AND purpose IN ('one-time-passcode', 'next-passcode') ORDER BY created_at DESC, id DESC LIMIT 1`,
      [accountId],
    );
    if (last?.state !== 'failed') return undefined;
    return {
      reason: 'delivery-failed',
      code: 341,
      text: `The last passcode, to ${last.recipient} at ${last.at.toISOString()}, was refused on its way (${last.reason ?? 'no reason given'}).`,
      advice:
        'Check the address in the directory and the relay or gateway (latchkey doctor), and have another one sent.',
    };
  }
}
