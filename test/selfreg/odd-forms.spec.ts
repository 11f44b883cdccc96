import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../src/core/directory/builtin/builtin-person.entity.js';
import { databaseOfSuite } from '../pwreset/contract/database-of-suite.js';
import { World } from '../pwreset/contract/world.js';
import { enrolmentLink, type Enrolling, formTo, pageOf, pastLogin } from './contract/enrolling.js';

describe('odd forms on the pages of an enrolment link', () => {
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

  const begun = async (item: string, fields: Record<string, string>) =>
    formTo(await browser.submit(await browser.get(pageOf(item)), fields), pageOf(`${item}/code`));
  const pendingOf = ({ html }: { html: string }) => /name="pending" value="([^"]+)"/.exec(html)?.[1] ?? '';

  it.each(['', 'x', '\0', '7', "'", '00000000-0000-0000-0000-00000000000g'])(
    'attack 63: nothing is pending under %j',
    async (pending) => {
      const code = await begun('token', {});
      expect((await browser.submit(code, { pending, code: '123456' })).status).toBe(422);
    },
  );

  it('attack 10: nothing is proved on the page of something else', async () => {
    const token = await begun('token', {});
    const list = await begun('otp-list', { size: '25' });
    expect((await browser.submit(list, { pending: pendingOf(token), code: '12345678' })).status).toBe(422);
    const card = await begun('grid-card', {});
    for (const other of [list, card]) {
      expect((await browser.submit(token, { pending: pendingOf(other), code: '12345678' })).status).toBe(422);
    }
  });

  it('attack 63: a serial number that no database holds is one that there is not', async () => {
    const form = formTo(await browser.get(pageOf('token/hardware')), pageOf('token/hardware'));
    expect((await browser.submit(form, { serial: '30\u000086', code: '123456' })).status).toBe(422);
  });
});
