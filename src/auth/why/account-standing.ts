import { Injectable } from '@nestjs/common';
import { Database } from '../../core/database/database.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { AccountBlocks } from '../../tokens/blocking/account-blocks.js';
import { obstacle } from './obstacle.js';

/** Whether a person may log on anywhere. */
@Injectable()
export class AccountStanding {
  constructor(
    private readonly blocks: AccountBlocks,
    private readonly database: Database,
  ) {}

  /** @throws ObstacleFound */
  async require(found: FoundPerson): Promise<void> {
    const { account, person } = found;
    if (account.state !== 'active') {
      throw obstacle(
        'account-not-activated',
        202,
        'The account was not activated yet.',
        'Have the person finish the registration, or activate the account (Activate_LDAP_Object).',
      );
    }
    if (person.disabled) {
      throw obstacle(
        'account-disabled',
        204,
        'The account is switched off in the directory.',
        'Switch it on in the directory, if the person is to log on again.',
      );
    }
    if (person.expired) {
      throw obstacle(
        'account-expired',
        204,
        'The account has an end date in the directory, and it is over.',
        'Set a later end date in the directory, if the person is to log on again.',
      );
    }
    const { block } = await this.blocks.state(this.database.manager, found);
    if (!block) return;
    const until = block.until === null ? 'until it is taken back' : `until ${block.until.toISOString()}`;
    throw obstacle(
      'blocked',
      203,
      `${block.by} has blocked the person, ${until}.`,
      'Ask who blocked the person, and take the block back (OpenOTP.Block_Reset).',
    );
  }
}
