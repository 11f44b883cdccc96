import type { Account } from '../../../src/core/directory/account.entity.js';
import { Accounts } from '../../../src/core/directory/accounts.js';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { Database } from '../../../src/core/database/database.js';
import { type FoundPerson, People } from '../../../src/core/directory/people.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import type { Browserless, SeenPage } from '../../support/browserless.js';
import type { World } from './world.js';

/** The page of the step. */
export const STEP = '/webapps/pwreset/second-factor';

/** A link that was opened, at the step that it owes. */
export interface Owing {
  readonly browser: Browserless;
  readonly page: SeenPage;
}

/** Follows a new link that asks for a second factor up to that step. */
export async function owing(world: World, person: BuiltinPerson, browser = world.browser()): Promise<Owing> {
  const link = await browser.get(await world.link(person, { mfa: true }));
  return { browser, page: await browser.submit(link, {}) };
}

export async function foundOf(world: World, person: BuiltinPerson): Promise<FoundPerson> {
  const domain = (await world.app.get(Configuration).snapshot()).domainById(person.domainId);
  if (!domain) throw new Error('no domain');
  return world.app.get(People).byLogin(domain, person.login);
}

/** The person's account, which is made when it is not there yet. */
export async function accountOf(world: World, person: BuiltinPerson): Promise<Account> {
  const { account } = await foundOf(world, person);
  return world.app.get(Accounts).byId(world.app.get(Database).manager, account.id) as Promise<Account>;
}

/** The CSRF value of the page's forms; they share one. */
export function csrfOf({ html }: SeenPage): string {
  return /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
}
