import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../src/core/crypto/secret-types.js';
import { DEMO_WORLD } from '../../src/demo/demo-world.js';
import { EmergencyCodes } from '../../src/tokens/kinds/emergency-code/emergency-codes.js';
import { PinCodes } from '../../src/tokens/kinds/pin-code/pin-codes.js';
import { eachDatabase } from '../support/test-database.js';
import { type AccountVisitor, csrfOf } from './account-visitor.js';
import { AccountWorld, JOHN } from './account-world.js';

const PIN = '/account/pin';
const CODES = '/account/emergency-codes';

eachDatabase((database) => {
  let world: AccountWorld;

  beforeAll(async () => {
    world = await AccountWorld.start(database());
  });
  beforeEach(async () => {
    await world.begin();
    await allow({});
  });
  afterAll(() => world?.stop());

  /** Has the policy of john's domain say this. */
  async function allow(options: Readonly<Record<string, string>>): Promise<void> {
    const policy = { name: 'own', category: 'self-service', holder: { domain: JOHN.domain }, options };
    const { port } = new URL(world.iam.app.url);
    await world.iam.app.apply(`${DEMO_WORLD}\npolicies: ${JSON.stringify([policy])}\n`, { PORT: port });
  }
  const holder = async () => ({
    found: await world.iam.person(JOHN.login, JOHN.domain),
    requestId: undefined,
    context: { actor: 'system' },
  });

  describe('the own PIN code', () => {
    const give = async (pin = 'Abcd') => {
      const john = await holder();
      const pins = world.iam.app.get(PinCodes);
      return world.iam.database.database.transaction((tx) => pins.register(tx, john, plainSecret(pin)));
    };
    const verdict = async (pin: string): Promise<boolean> =>
      (await world.iam.app.get(PinCodes).verify(await holder(), plainSecret(pin))).ok;
    const change = (visitor: AccountVisitor, pin: string, again = pin) => visitor.press(PIN, PIN, { pin, again });

    it('is changed; the old one is worth nothing, and a message tells of it', async () => {
      await give();
      const visitor = await world.signedIn();
      expect((await visitor.get('/account')).body).toContain(`href="${PIN}"`);
      const changed = await change(visitor, 'Wxyz42');
      expect([changed.status, changed.location]).toEqual([303, '/account']);
      expect((await visitor.get('/account')).body).toContain('Your PIN code is changed.');
      expect([await verdict('Abcd'), await verdict('Wxyz42')]).toEqual([false, true]);
      const letters = await world.iam.lettersTo('john@example.test');
      expect(letters.some(({ text }) => /PIN code/i.test(text))).toBe(true);
      expect(JSON.stringify(letters)).not.toContain('Wxyz42');
    });

    it('attack 36: is changed after a fresh proof only, and not after the session', async () => {
      await give();
      const visitor = await world.signedIn();
      const csrf = csrfOf((await visitor.get(PIN)).body, PIN);
      world.iam.app.clock.advance(600);
      const owed = await visitor.post(PIN, { csrf, pin: 'Wxyz42', again: 'Wxyz42' });
      expect(owed.location).toBe('/account/confirm?to=%2Faccount%2Fpin');
      const [late, owner] = [await world.signedIn(), await world.signedIn()];
      const held = late.holdBack(PIN, {
        csrf: csrfOf((await late.get(PIN)).body, PIN),
        pin: 'Wxyz42',
        again: 'Wxyz42',
      });
      for (let turn = 0; turn < 10; turn++) await owner.get('/account');
      await owner.press('/account', '/account/sessions/end-others');
      expect((await held()).location).toMatch(/^\/account\/login/);
      expect(await verdict('Abcd')).toBe(true);
    });

    it.each([
      ['abc', 'abc', 'A PIN code has 4 to 64 letters and digits'],
      ['ab cd', 'ab cd', 'A PIN code has 4 to 64 letters and digits'],
      ['', '', 'A PIN code has 4 to 64 letters and digits'],
      ['Wxyz42', 'wxyz42', 'The two entries are not the same.'],
    ])('is not %j, typed %j again', async (pin, again, text) => {
      await give();
      const visitor = await world.signedIn();
      const refused = await change(visitor, pin, again);
      expect(refused.status).toBe(422);
      expect(refused.body).toContain(text);
      expect(refused.body).not.toContain('Wxyz42');
      expect(await verdict('Abcd')).toBe(true);
    });

    it('attack 11: is one, however often the button is pressed', async () => {
      await give();
      const visitor = await world.signedIn();
      const csrf = csrfOf((await visitor.get(PIN)).body, PIN);
      const pins = Array.from({ length: 16 }, (_, rival) => `Wxyz${rival}`);
      const answers = await Promise.all(pins.map((pin) => visitor.post(PIN, { csrf, pin, again: pin })));
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      const held = await world.query(
        `SELECT a.id FROM token_assignments a JOIN tokens t ON t.id = a.token_id
         WHERE t.kind = 'PINCode' AND a.ended_at IS NULL AND a.slot IS NOT NULL`,
      );
      expect(held).toHaveLength(1);
    });

    it('attack 8: is not changed by the form of another page, of another session, or by none', async () => {
      await give();
      await allow({ requestEmergencyCode: 'true' });
      const [visitor, other] = [await world.signedIn(), await world.signedIn()];
      const typed = { pin: 'Wxyz42', again: 'Wxyz42' };
      const elsewhere = csrfOf((await visitor.get('/account')).body, '/account/sign-out');
      const others = csrfOf((await other.get(PIN)).body, PIN);
      for (const form of [typed, { ...typed, csrf: '' }, { ...typed, csrf: elsewhere }, { ...typed, csrf: others }]) {
        const { status, location } = await visitor.post(PIN, form);
        expect([status >= 400 && status < 500, location]).toEqual([true, null]);
      }
      expect(await verdict('Abcd')).toBe(true);
    });

    it('is not for who has none, or one that was switched off', async () => {
      const visitor = await world.signedIn();
      expect((await visitor.get('/account')).body).not.toContain(`href="${PIN}"`);
      expect((await visitor.get(PIN)).status).toBe(404);
      await give();
      await world.query(`UPDATE tokens SET status = 'DISABLED' WHERE kind = 'PINCode'`);
      expect((await visitor.get(PIN)).status).toBe(404);
    });

    it('stays where the policy switches that off, for those who set up one, too', async () => {
      await give();
      const visitor = await world.signedIn();
      const csrf = csrfOf((await visitor.get(PIN)).body, PIN);
      await visitor.press('/account', '/account/authenticators/add');
      expect((await visitor.get('/webapps/selfreg/choose')).body).toContain('/webapps/selfreg/pin-code');
      await allow({ changePin: 'false' });
      expect((await visitor.get('/account')).body).not.toContain(`href="${PIN}"`);
      expect((await visitor.post(PIN, { csrf, pin: 'Wxyz42', again: 'Wxyz42' })).status).toBe(404);
      const choice = (await visitor.get('/webapps/selfreg/choose')).body;
      expect(choice).not.toContain('/webapps/selfreg/pin-code');
      expect(choice).toContain('/webapps/selfreg/token');
      expect((await visitor.get('/webapps/selfreg/pin-code')).location).toBe('/webapps/selfreg/choose');
      expect(await verdict('Abcd')).toBe(true);
    });
  });

  describe('emergency codes by mail', () => {
    /** Somebody with a token, signed in with it. */
    const withCode = () => world.signedInWithCode();
    beforeEach(() => world.totp());
    const letter = async (): Promise<string> => {
      const letters = await world.iam.lettersTo('john@example.test');
      return letters.find(({ subject }) => subject?.startsWith('Your emergency code'))?.text ?? '';
    };
    const works = async () =>
      world.iam.app.get(EmergencyCodes).list(world.iam.database.database.manager, (await holder()).found.account.id);

    it('are not sent unless the policy says so', async () => {
      const visitor = await withCode();
      expect((await visitor.get('/account')).body).not.toContain(CODES);
      expect((await visitor.get(CODES)).status).toBe(404);
      await allow({ requestEmergencyCode: 'true' });
      const csrf = csrfOf((await visitor.get(CODES)).body, CODES);
      await allow({});
      expect((await visitor.post(CODES, { csrf })).status).toBe(404);
      expect(await works()).toEqual([]);
    });

    it('section 6.12: come by mail and no other way: ten symbols, once, for a week', async () => {
      await allow({ requestEmergencyCode: 'true' });
      const visitor = await withCode();
      expect((await visitor.get('/account')).body).toContain(`href="${CODES}"`);
      const shown = await visitor.get(CODES);
      expect(shown.body).not.toContain('john@example.test');
      const sent = await visitor.press(CODES, CODES);
      expect([sent.status, sent.location]).toEqual([303, '/account']);
      const code = /^[0-9a-hjkmnpr-z]{10}$/m.exec(await letter())?.[0] ?? '';
      expect(code).toHaveLength(10);
      expect((await visitor.get('/account')).body).toContain('An emergency code is on its way');
      expect((await visitor.get('/account')).body).not.toContain(code);
      expect((await works()).map(({ usesLeft, expires }) => [usesLeft, expires])).toEqual([
        [1, world.iam.app.clock.in(7 * 86_400)],
      ]);
      expect(JSON.stringify(await world.query('SELECT * FROM audit_events'))).not.toContain(code);
    });

    it('attack 36: are sent after a fresh proof only', async () => {
      await allow({ requestEmergencyCode: 'true' });
      const visitor = await withCode();
      const csrf = csrfOf((await visitor.get(CODES)).body, CODES);
      world.iam.app.clock.advance(600);
      expect((await visitor.post(CODES, { csrf })).location).toBe('/account/confirm?to=%2Faccount%2Femergency-codes');
      expect(await works()).toEqual([]);
    });

    it('attack 67: are five in an hour, however many sessions ask, and ten that work', async () => {
      await allow({ requestEmergencyCode: 'true' });
      const john = await holder();
      const codes = world.iam.app.get(EmergencyCodes);
      const visitor = await withCode();
      const csrf = csrfOf((await visitor.get(CODES)).body, CODES);
      const answers = await Promise.all(Array.from({ length: 8 }, () => visitor.post(CODES, { csrf })));
      const statuses = answers.map(({ status }) => status);
      expect(statuses.toSorted((one, other) => one - other)).toEqual([303, 303, 303, 303, 303, 429, 429, 429]);
      expect(await works()).toHaveLength(5);
      for (let more = 0; more < 5; more++) {
        await world.iam.database.database.transaction((tx) => codes.issue(tx, john));
      }
      world.iam.app.clock.advance(3_600);
      const refused = await (await withCode()).press(CODES, CODES);
      expect(refused.status).toBe(422);
      expect(refused.body).toContain('You have as many codes as you may.');
      expect(await works()).toHaveLength(10);
    });

    it('are not for who has nothing that they could stand in for', async () => {
      await allow({ requestEmergencyCode: 'true' });
      const visitor = await withCode();
      const csrf = csrfOf((await visitor.get(CODES)).body, CODES);
      await world.query('DELETE FROM token_assignments');
      expect((await visitor.get('/account')).body).not.toContain(CODES);
      expect((await visitor.get(CODES)).status).toBe(404);
      expect((await visitor.post(CODES, { csrf })).status).toBe(404);
      expect(await works()).toEqual([]);
    });

    it('are not offered to who has no mail address', async () => {
      await allow({ requestEmergencyCode: 'true' });
      const visitor = await withCode();
      const csrf = csrfOf((await visitor.get(CODES)).body, CODES);
      await world.query(`UPDATE builtin_people SET mail = NULL WHERE login_key = 'john'`);
      const shown = await visitor.get(CODES);
      expect(shown.status).toBe(200);
      expect(shown.body).toContain('There is no mail address of yours');
      expect((await visitor.post(CODES, { csrf })).status).toBe(422);
      expect(await works()).toEqual([]);
    });
  });
});
