import type { Accounts } from '../directory/accounts.js';
import type { FoundPerson } from '../directory/people.js';
import type { AdministratorCaller } from './administrator-caller.js';

/** Whether an administrator is this person, also by way of another domain whose directory shows the same one. */
export async function isOwnAccount(
  accounts: Accounts,
  by: AdministratorCaller,
  { account, person }: FoundPerson,
): Promise<boolean> {
  return account.id === by.accountId || (await accounts.now(by.accountId))?.directoryKey === person.key;
}
