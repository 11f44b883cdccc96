import { Injectable, Logger } from '@nestjs/common';
import type { FoundPerson } from '../core/directory/people.js';

/** Locks that failed log-ons have left, once the person has a new password. */
@Injectable()
export class Lockout {
  private readonly logger = new Logger(Lockout.name);

  /**
   * Looks after the lock of a person whose password has just been set.
   *
   * @param lift whether to lift it; OpenLDAP lifts it by itself with a new password
   * @returns whether the person is still locked
   */
  async settle({ directory, person, account }: FoundPerson, lift: boolean): Promise<boolean> {
    if (!person.locked) return false;
    try {
      if (lift) await directory.unlock(person);
      return !lift && (await directory.findByKey(person.key))?.locked === true;
    } catch (error) {
      // The password is set and that stands; whoever asked is told that the lock is still there.
      this.logger.warn({ err: error, accountId: account.id }, 'a person could not be unlocked after a new password');
      return true;
    }
  }
}
