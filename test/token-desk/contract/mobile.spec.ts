import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import { answer } from '../../help-desk/contract/desk.js';
import { databaseOfSuite } from '../../pwreset/contract/database-of-suite.js';
import { World } from '../../pwreset/contract/world.js';
import { everythingStored, openOtp } from './desk.js';

describe('section 12: OpenOTP.Mobile_Session and Mobile_Response', () => {
  const database = databaseOfSuite();
  let world: World;
  let person: BuiltinPerson;

  beforeAll(async () => {
    world = await World.start(database());
  });
  beforeEach(async () => {
    await world.calm();
    person = await world.person();
  });
  afterAll(() => world.stop());

  const session = (params: object = {}) => openOtp(world, person, 'Mobile_Session', { timeout: 600, ...params });
  const response = (id: unknown) => world.chief.call('OpenOTP.Mobile_Response', { session: id });

  it('give an id of 16 characters, which waits until its time is over', async () => {
    const reply = await session({ pincode: '4711' });
    const id = 'result' in reply ? reply.result : undefined;
    expect(id).toMatch(/^[0-9a-z]{16}$/);
    expect(await response(id)).toEqual(answer(2));
    world.app.clock.advance(600);
    expect(await response(id)).toEqual(answer(0));
  });

  it('know nothing of an id that was never given', async () => {
    for (const id of ['lgiM1mhGYLL6z3Hy', '', 'x'.repeat(10_000)]) expect(await response(id)).toEqual(answer(0));
  });

  it.each([{ timeout: 0 }, { timeout: 86_401 }])('are not made for %j', async (params) => {
    expect(await session(params)).toEqual(answer(false));
  });

  it.each([{ timeout: undefined }, { dn: undefined }, { pincode: 'x'.repeat(65) }])('refuse %j', async (params) => {
    expect(await session(params)).toMatchObject({ error: {} });
  });

  it('leave who did it in the audit, and no secret', async () => {
    const reply = await session({ pincode: 'QpZ4711x' });
    const stored = await everythingStored(world);
    expect(stored).not.toContain('QpZ4711x');
    expect(stored).not.toContain('result' in reply ? String(reply.result) : 'QpZ4711x');
    expect((await world.audit({ event: 'push-activation.made' })).at(-1)).toMatchObject({ actor: 'ACME\\chief' });
  });
});
