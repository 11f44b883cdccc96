import type { Account } from './account.entity.js';
import type { Person } from './person.js';

/** Held as long as the person is, and by nothing else. */
const accounts = new WeakMap<Person, Account>();

/**
 * Keeps the account that a directory has read together with a person, for the one who attaches the two next. The
 * built-in directory lies beside our accounts, so that one statement finds both.
 */
export function keepAccount(person: Person, account: Account): void {
  accounts.set(person, account);
}

/** The account that was read with `person`, once: whoever asks later wants what holds then. */
export function takeAccount(person: Person): Account | undefined {
  const account = accounts.get(person);
  accounts.delete(person);
  return account;
}
