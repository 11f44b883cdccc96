import { beforeEach, describe, expect, it } from 'vitest';
import type { HeldToken } from '../../../src/tokens/token-store.js';
import { RIVALS, tally } from '../../support/token-world.js';
import { Authenticators } from '../authenticators.js';
import { WITHOUT_DELAY } from '../auth-world.js';
import { setPin } from '../tokens-of-people/tokens-world.js';
import { worldOfSuite } from '../world-of-suite.js';
import { callsOfJane, USER } from './calls-of-jane.js';

describe('section 6.6: a card that a path protects', () => {
  const world = worldOfSuite();
  let give: Authenticators;

  beforeEach(() => {
    give = new Authenticators(world());
  });

  const { ask, verify, policies } = callsOfJane(world);

  /** Path 1364 from B3 and from C3, on the grid of section 4.17. */
  const PASSCODE = '0rxz6';
  const ANOTHER = 'px72e';
  const grid = (otp: string, more: object = {}) => verify({ method: 'GRID', otp }, more);
  async function card(path = '1364'): Promise<HeldToken> {
    const held = await give.gridCard();
    await setPin(world(), held, path);
    return held;
  }

  it('gives passcodes along the path, without a challenge, in whatever case', async () => {
    const held = await card();
    expect(await grid('0rxz7')).toBe(300);
    const answer = await world().call('verify', {
      user: USER,
      credential: { method: 'GRID', otp: PASSCODE.toUpperCase() },
      return: ['*'],
    });
    expect(answer).toMatchObject({ error: 0, result: { token: { serial: held.token.serial } } });
  });

  it('for a step of a logon, too', async () => {
    await card('0199');
    const logon = (credential: object) =>
      world().patiently('logon', { application: { name: 'door' }, user: USER, credential });
    expect(await logon({ method: 'GRID', otp: PASSCODE })).toBe(300);
    expect(await logon({ method: 'GRID', otp: 'npxrm' })).toBe(0);
  });

  it('attack 22: takes no passcode that was accepted lately, whichever way it came', async () => {
    await card();
    expect(await grid(PASSCODE)).toBe(0);
    expect(await grid(PASSCODE)).toBe(302);
    const { id } = await ask();
    expect(await world().patiently('verifyResponse', { user: USER, credential: { cc: id, otp: PASSCODE } })).toBe(302);
    expect(await grid(ANOTHER)).toBe(0);
  });

  it('attack 23: takes a passcode once of fifty at the same moment', async () => {
    await world().apply({ settings: { authenticator_max_failures: 100 }, policies: [WITHOUT_DELAY] });
    await card();
    const outcomes = await Promise.all(
      RIVALS.map(() => world().code('verify', { user: USER, credential: { method: 'GRID', otp: PASSCODE } })),
    );
    expect(tally(outcomes.map(String))).toEqual({ 0: 1, 302: RIVALS.length - 1 });
  });

  it('answers no challenge with its cells alone, and each with a passcode', async () => {
    await card();
    const { id, code } = await ask({ 'product.method': 'GridCard' });
    const respond = (otp: string) => world().patiently('verifyResponse', { user: USER, credential: { cc: id, otp } });
    expect(await respond(give.readCard(code))).toBe(300);
    expect(await respond(PASSCODE)).toBe(0);
    expect(await respond(PASSCODE)).toBe(320);
  });

  it('is left and entered at the other side where the policy says so', async () => {
    await card('9999');
    expect(await grid('kaw9t')).toBe(300);
    await policies({ name: 'g', category: 'GridGo', options: { wrap: 'true' } });
    expect(await grid('kaw9t')).toBe(0);
  });

  it('attack 26: counts wrong passcodes, and is locked', async () => {
    await card();
    for (let guess = 0; guess < 5; guess++) expect(await grid('zzzzz')).toBe(300);
    expect(await grid(PASSCODE)).toBe(203);
  });

  it.each(['', 'k', '0', '!', '0rxz6 ', 'K\u212A', '3'.repeat(34), 'k4'.repeat(16)])(
    'attack 44: %j is no passcode',
    async (otp) => {
      await card();
      expect([300, 303]).toContain(await grid(otp));
    },
  );

  it('without a path is asked for cells: 320, and nothing counted, where none were', async () => {
    await give.gridCard();
    expect(await grid(PASSCODE)).toBe(320);
    expect(await world().database.query('SELECT 1 FROM authenticator_counters')).toEqual([]);
  });

  it('says why it cannot be used when it is named', async () => {
    const { token, assignment } = await card();
    await world().database.query(`UPDATE token_assignments SET status = 'LOCKED' WHERE id = $1`, [assignment.id]);
    expect(await grid(PASSCODE, { token: { serial: token.serial } })).not.toBe(0);
  });
});
