import { beforeEach, describe, expect, it } from 'vitest';
import type { HeldToken } from '../../../src/tokens/token-store.js';
import { Authenticators } from '../authenticators.js';
import { change } from '../tokens-of-people/tokens-world.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };

describe('section 2.1: a token reference that fits several', () => {
  const world = worldOfSuite();
  let give: Authenticators;
  beforeEach(() => {
    give = new Authenticators(world());
  });

  const priority = (held: HeldToken, value: number) => change(world(), held, 'token_assignments', 'priority', value);
  const older = (held: HeldToken, seconds: number) =>
    change(world(), held, 'token_assignments', 'created_at', world().clock.in(-seconds));

  /** Serial number of the token that a method has used. */
  const used = async (token?: object): Promise<unknown> => {
    world().clock.advance(30);
    const credential = { otp: world().tokens.code() };
    const { error, result } = await world().call('verify', { user: USER, token, credential, return: ['token.serial'] });
    return error === 0 ? result?.['token.serial'] : error;
  };

  async function three(): Promise<readonly HeldToken[]> {
    const held = [];
    for (const serial of ['A', 'B', 'C']) held.push(await give.totp({ serial, product: 'LK/TOTP' }));
    return held;
  }
  const TOTP = { 'product.functions': 'OTP' };

  it('means the one with the higher priority, then the older one', async () => {
    const [a, b, c] = (await three()) as [HeldToken, HeldToken, HeldToken];
    await older(b, 60);
    expect(await used(TOTP)).toBe('B');
    await priority(c, 1);
    expect(await used(TOTP)).toBe('C');
    await priority(a, 2);
    expect(await used(TOTP)).toBe('A');
  });

  it('means usable ones only, and none is 251', async () => {
    const [a, b, c] = (await three()) as [HeldToken, HeldToken, HeldToken];
    await priority(a, 2);
    await priority(b, 1);
    await change(world(), a, 'tokens', 'status', 'DISABLED');
    expect(await used(TOTP)).toBe('B');
    await change(world(), b, 'token_assignments', 'status', 'LOCKED');
    expect(await used(TOTP)).toBe('C');
    await change(world(), c, 'token_assignments', 'expires', world().clock.in(-1));
    expect(await used(TOTP)).toBe(251);
  });

  it('means the same one for challenges and for codes in sequence', async () => {
    const [first, second] = [await give.ocra({ serial: 'O1' }), await give.ocra({ serial: 'O2' })];
    await older(first, 60);
    await priority(second, 1);
    await world().call('getChallengeCode', { user: USER });
    const asked = await world().database.query('SELECT token_id AS id FROM token_challenges');
    expect(asked).toEqual([{ id: second.token.id }]);

    const [, b] = (await three()) as [HeldToken, HeldToken];
    await priority(b, 1);
    const credential = [90, 91].map((step) => world().tokens.code(step)).join(',');
    expect(await world().code('syncToken', { user: USER, token: { 'product.method': 'OTP' }, credential })).toBe(0);
    expect((await world().tokens.stored(b)).token.drift).toBe(91);
  });

  it('more than one key: all must hold', async () => {
    const [a] = (await three()) as [HeldToken];
    expect(await used({ serial: 'A', 'product.functions': 'OTP' })).toBe('A');
    expect(await used({ serial: 'A', id: a.token.id })).toBe('A');
    expect(await used({ serial: 'A', 'product.functions': 'OOBA' })).toBe(251);
    expect(await used({ serial: 'B', id: a.token.id })).toBe(250);
  });

  it('one that is left out means every usable token of the method, and one failure', async () => {
    await three();
    expect(['A', 'B', 'C']).toContain(await used());
    expect(await world().code('verify', { user: USER, credential: { otp: '000000' } })).toBe(300);
    const counters = await world().database.query('SELECT authenticator, failures FROM authenticator_counters');
    expect(counters).toEqual([{ authenticator: 'OTP', failures: 1 }]);
  });
});

describe('section 1.2: an answer', () => {
  const world = worldOfSuite();

  it('names the request in a header and nowhere else', async () => {
    for (const method of ['listApplications', 'none']) {
      const answer = await world().app.inject({
        method: 'POST',
        url: `/das5/rest/auth/${method}`,
        headers: { authorization: `Bearer ${await world().bearer('vpn')}` },
      });
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(answer.body).not.toContain(String(answer.headers['x-request-id']));
      expect(answer.body).not.toContain('Succeeded');
    }
  });
});

describe('section 2.4: scalars', () => {
  const world = worldOfSuite();

  it('passwords are never trimmed', async () => {
    const verify = (password: string) =>
      world().code('verify', { user: USER, credential: { method: 'SPASS', password } });
    expect(await verify('Old harbour 21')).toBe(0);
    expect(await verify(' Old harbour 21')).toBe(300);
    expect(await verify('Old harbour 21 ')).toBe(300);
  });

  it('enumerations are compared case-sensitively', async () => {
    const verify = (method: string) =>
      world().code('verify', { user: USER, credential: { method, password: 'Old harbour 21' } });
    expect(await verify('SPASS')).toBe(0);
    for (const method of ['spass', 'SPass', ' SPASS']) expect(await verify(method)).toBe(303);
  });
});
