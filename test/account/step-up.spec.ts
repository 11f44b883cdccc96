import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Sessions } from '../../src/sessions/sessions.js';
import { eachDatabase } from '../support/test-database.js';
import type { AccountVisitor } from './account-visitor.js';
import { AccountWorld, JOHN } from './account-world.js';

const PASSWORD_PAGE = '/account/password';

eachDatabase((database) => {
  let world: AccountWorld;

  beforeAll(async () => {
    world = await AccountWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  const tenMinutes = () => world.iam.app.clock.advance(600);

  /** Whether the page may be seen on which something can be changed. */
  const mayChange = async (visitor: AccountVisitor) => (await visitor.get(PASSWORD_PAGE)).status === 200;

  /** Somebody whom a portal let in, without any password. */
  async function letIn(): Promise<AccountVisitor> {
    const { account } = await world.iam.person(JOHN.login, JOHN.domain);
    const visitor = world.visitor();
    const opened = await world.iam.app
      .get(Sessions)
      .open({ account, begunBy: 'request', kind: 'cookie', clientAddress: visitor.address });
    visitor.cookies.set('JSESSIONID', opened?.secret ?? '');
    return visitor;
  }

  describe('the fresh proof before a change', () => {
    it('is the log-in for ten minutes, and then asked for again', async () => {
      const visitor = await world.signedIn();
      expect(await mayChange(visitor)).toBe(true);
      tenMinutes();
      expect((await visitor.get(PASSWORD_PAGE)).location).toBe('/account/confirm?to=%2Faccount%2Fpassword');
      expect((await visitor.confirm('no', PASSWORD_PAGE)).status).toBe(422);
      expect(await mayChange(visitor)).toBe(false);
      expect((await visitor.confirm(JOHN.password, PASSWORD_PAGE)).location).toBe(PASSWORD_PAGE);
      expect(await mayChange(visitor)).toBe(true);
      expect(await world.audited('account-confirmation')).toEqual([
        'account-confirmation.refused',
        'account-confirmation.completed',
      ]);
    });

    it('lasts as long as the domain says', async () => {
      await world.iam.set('account_step_up_minutes', 1, JOHN.domain);
      const visitor = await world.signedIn();
      world.iam.app.clock.advance(61);
      expect(await mayChange(visitor)).toBe(false);
    });

    it('is bound to the session', async () => {
      const [one, other] = [await world.signedIn(), await world.signedIn()];
      tenMinutes();
      await one.confirm(JOHN.password, PASSWORD_PAGE);
      expect([await mayChange(one), await mayChange(other)]).toEqual([true, false]);
    });

    it('is never a log-in without a password', async () => {
      const visitor = await letIn();
      expect((await visitor.get('/account')).status).toBe(200);
      expect(await mayChange(visitor)).toBe(false);
      expect((await visitor.confirm(JOHN.password, PASSWORD_PAGE)).location).toBe(PASSWORD_PAGE);
      expect(await mayChange(visitor)).toBe(true);
    });

    it.each(['begun by a request', 'ten minutes old'])(
      'attack 36, 37: takes both factors of who has two, in a session %s',
      async (session) => {
        await world.totp();
        const visitor = session === 'ten minutes old' ? await world.signedInWithCode() : await letIn();
        tenMinutes();
        expect((await visitor.get('/account')).status).toBe(200);
        expect((await visitor.confirm(JOHN.password, PASSWORD_PAGE)).location).toBe('/account/second-factor');
        expect(await mayChange(visitor)).toBe(false);
        expect((await visitor.showCode(world.tokens.code())).location).toBe(PASSWORD_PAGE);
        expect(await mayChange(visitor)).toBe(true);
      },
    );

    it('attack 37: asks for a second factor that was set up since', async () => {
      const visitor = await world.signedIn();
      expect(await mayChange(visitor)).toBe(true);
      await world.totp();
      expect(await mayChange(visitor)).toBe(false);
      expect((await visitor.get('/account')).location).toBe('/account/confirm');
    });

    it.each(['LOCKED', 'DISABLED'])('attack 37: asks for one that is %s, and for nothing less', async (status) => {
      await world.iam.set('second_factor_passcode_channels', [], JOHN.domain);
      const { assignment } = await world.totp();
      await world.query('UPDATE token_assignments SET status = $2 WHERE id = $1', [assignment.id, status]);
      const visitor = await letIn();
      await visitor.confirm(JOHN.password, PASSWORD_PAGE);
      expect(await mayChange(visitor)).toBe(false);
      expect((await visitor.get('/account/second-factor')).status).toBe(403);
    });

    it('attack 26: counts passwords with log-ins, before they are looked at', async () => {
      const visitor = await world.signedIn();
      tenMinutes();
      const { body } = await visitor.get('/account/confirm?to=/account/password');
      const csrf = /name="csrf" value="([^"]+)"/.exec(body)?.[1] ?? '';
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, guess) =>
          visitor.post('/account/confirm', { csrf, to: PASSWORD_PAGE, password: `guess ${guess}` }),
        ),
      );
      expect(answers.filter(({ status }) => status === 422).length).toBeLessThanOrEqual(10);
      expect((await visitor.confirm(JOHN.password, PASSWORD_PAGE)).status).toBe(429);
      expect(await mayChange(visitor)).toBe(false);
    });

    it('attack 56: leads on to our own pages only', async () => {
      const visitor = await world.signedIn();
      for (const to of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
        expect((await visitor.get(`/account/confirm?to=${encodeURIComponent(to)}`)).location).toBe('/account');
      }
    });

    it('attack 13: is given by no GET', async () => {
      await world.totp();
      const visitor = await letIn();
      for (let look = 0; look < 20; look++) {
        await visitor.get('/account/confirm?to=/account/password');
        await visitor.head('/account/second-factor');
        await visitor.get('/account/authenticators/add');
      }
      expect(await world.query('SELECT 1 FROM one_time_requests')).toEqual([]);
      expect(await world.query('SELECT 1 FROM sessions WHERE password_proved_at IS NOT NULL')).toEqual([]);
      expect(await mayChange(visitor)).toBe(false);
    });

    it('dies with the session that it was begun in', async () => {
      await world.totp();
      const visitor = await letIn();
      await visitor.confirm(JOHN.password, PASSWORD_PAGE);
      await visitor.press('/account', '/account/sign-out');
      expect(await world.query(`SELECT state FROM one_time_requests`)).toEqual([{ state: 'cancelled' }]);
    });
  });
});
