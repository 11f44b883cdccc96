import type { Page } from 'playwright-core';
import type { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { OLD_PASSWORD, type World } from '../pwreset/contract/world.js';
import type { TestBrowser, Visitor } from '../support/browser.js';
import { enrolmentLink } from './contract/enrolling.js';

/** Follows a new link past the log-in, to what can be set up. */
export async function upToChoice(
  world: World,
  browser: TestBrowser,
  person: BuiltinPerson,
  visitor: Visitor = {},
): Promise<Page> {
  const page = await browser.open(visitor);
  await page.goto(await enrolmentLink(world, person));
  await page.locator('main form button[type=submit]').click();
  await page.getByLabel('Current password').fill(OLD_PASSWORD);
  await page.locator('main form button[type=submit]').first().click();
  await page.getByRole('heading', { name: 'What would you like to set up?' }).waitFor();
  return page;
}
