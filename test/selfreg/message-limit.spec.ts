import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { databaseOfSuite } from '../pwreset/contract/database-of-suite.js';
import { World } from '../pwreset/contract/world.js';
import { enrolmentLink, type Enrolling, formTo, pageOf, pastLogin } from './contract/enrolling.js';

describe('messages about what is stored through one link', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;
  let browser: Enrolling['browser'];

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
    ({ browser } = await pastLogin(world, await enrolmentLink(world, person)));
  });
  afterAll(() => world.stop());

  it('attack 67: a link cannot be made to send messages without end', async () => {
    for (let time = 0; time < 40; time++) {
      const page = await browser.get(pageOf('pin-code'));
      const replaces = /name="replaces"[^>]*value="([^"]+)"/.exec(page.html)?.[1] ?? '';
      await browser.submit(formTo(page, pageOf('pin-code')), { pin: 'Pelican7', again: 'Pelican7', replaces });
    }
    expect(await world.messages(person)).toHaveLength(30);
  });
});
