import type { Page } from 'playwright-core';
import type { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { type FoundPerson, People } from '../../src/core/directory/people.js';
import { Configuration } from '../../src/core/domains/configuration.js';
import type { PushOrder } from '../../src/tokens/push-requests/push-order.js';
import type { PushOutcome } from '../../src/tokens/push-requests/push-request-states.js';
import { PushRequests } from '../../src/tokens/push-requests/push-requests.js';
import { OLD_PASSWORD, type World } from '../pwreset/contract/world.js';
import { enrolmentLink } from '../selfreg/contract/enrolling.js';
import { pressWhenLoaded } from '../support/browser.js';

/** The person as the server knows them. */
export async function found(world: World, person: BuiltinPerson): Promise<FoundPerson> {
  const people = world.app.get(People);
  const snapshot = await world.app.get(Configuration).snapshot();
  return people.byLogin(people.domain(snapshot, 'ACME'), person.login);
}

/** Asks the person, as an application would. */
export async function ask(
  world: World,
  person: BuiltinPerson,
  order: Partial<PushOrder> = {},
): Promise<{ readonly outcome: Promise<PushOutcome> }> {
  const whom = await found(world, person);
  const outcome = world.app
    .get(PushRequests)
    .ask(whom, { applicationName: 'Harbour VPN', remoteIp: '203.0.113.20', ...order });
  // A request that is open when the test ends is refused when the server stops.
  outcome.catch(() => undefined);
  return { outcome };
}

/** Follows an enrolment link in a browser and makes that browser a device. */
export async function enrolBrowser(world: World, person: BuiltinPerson, page: Page): Promise<void> {
  await page.goto(await enrolmentLink(world, person));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Current password').fill(OLD_PASSWORD);
  await page.locator('form button[type=submit]').first().click();
  await page.getByRole('link', { name: 'Approve on this phone or browser' }).click();
  await page.getByLabel('What do you call this device?').fill('my laptop');
  await page.getByRole('button', { name: 'Continue' }).click();
  await pressWhenLoaded(page, 'Set up this device');
  await page.getByRole('heading', { name: 'This device is set up' }).waitFor();
}
