import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeOnPostgres } from '../../support/test-database.js';
import { RIVALS, tally } from '../../support/token-world.js';
import { AuthWorld, JANES_PASSWORD, JOHNS_PASSWORD, WITHOUT_DELAY } from '../auth-world.js';
import { Authenticators } from '../authenticators.js';

const SPASS = { method: 'SPASS', password: JANES_PASSWORD };
const USER = { loginName: 'jane' };

for (const poolSize of [1, 20]) {
  describe(`with a pool of ${poolSize}`, () => {
    describeOnPostgres(
      'fifty calls at once',
      (database) => {
        let world: AuthWorld;
        let give: Authenticators;

        beforeAll(async () => {
          const steps = [
            { name: 'one', authenticators: ['SPASS'] },
            { name: 'two', authenticators: ['SPASS'] },
            { name: 'three', authenticators: ['OTP'] },
          ];
          const lockout = { name: 'lock', category: 'lockout', options: { maxFailures: '100', growingDelay: 'false' } };
          world = await AuthWorld.start(database(), { steps, policies: [lockout] });
        });
        beforeEach(() => {
          give = new Authenticators(world);
        });
        afterEach(() => world.reset());
        afterAll(() => world.stop());

        const atOnce = async (call: (rival: number) => Promise<number>) =>
          tally((await Promise.all(RIVALS.map(call))).map(String));
        const logon = (body: object, cookie?: string) =>
          world.call('logon', { application: { name: 'files' }, return: ['*'], ...body }, { cookie });

        it('attack 23: of one code one is right, the others are replays', async () => {
          await give.totp();
          const otp = world.tokens.code();
          expect(await atOnce(() => world.code('verify', { user: USER, credential: { otp } }))).toEqual({
            0: 1,
            302: 49,
          });
          expect(await world.audit('authenticator.verified')).toHaveLength(1);
        });

        it('attack 23: of one response to a challenge one is right', async () => {
          await give.gridCard();
          const { result } = await world.call('getChallengeCode', { user: USER });
          await world.database.query('UPDATE token_challenges SET attempt_limit = 100');
          const { code: cc } = result as { code: string };
          const credential = { cc, otp: give.readCard(cc) };
          const outcomes = await atOnce(() => world.code('verifyResponse', { user: USER, credential }));
          expect(outcomes).toEqual({ 0: 1, 320: 49 });
        });

        it('attack 23: of one emergency code one is right', async () => {
          const otp = await give.emergencyCode();
          const outcomes = await atOnce(() =>
            world.code('verify', { user: USER, credential: { method: 'EMCODE', otp } }),
          );
          expect(outcomes['0']).toBe(1);
        });

        it('attack 26: no more guesses are looked at than there may be', async () => {
          await world.apply({ policies: [WITHOUT_DELAY] });
          await give.totp();
          const guess = (rival: number) =>
            world.code('verify', { user: USER, credential: { otp: String(100_000 + rival) } });
          const outcomes = await atOnce(guess);
          expect(outcomes['300']).toBeLessThanOrEqual(5);
          expect(await world.audit('authenticator.verified')).toEqual([]);
          expect(await world.code('verify', { user: USER, credential: { otp: world.tokens.code() } })).not.toBe(0);
        });

        it('attack 23: of right credentials for one step of one session one takes it on', async () => {
          const first = await logon({ user: USER, credential: SPASS });
          await world.database.query('UPDATE logon_sessions SET attempts = -100');
          const outcomes = await atOnce(async () => (await logon({ credential: SPASS }, first.cookie)).error);
          expect(outcomes['0']).toBe(1);
          expect(await world.audit('logon.step-passed')).toHaveLength(2);
          expect(await world.database.query('SELECT passed_steps FROM logon_sessions')).toMatchObject([
            { passed_steps: expect.objectContaining({ length: 2 }) as string[] },
          ]);
        });

        it('attack 23: of the last step of one session one completes it', async () => {
          await give.totp();
          const first = await logon({ user: USER, credential: SPASS });
          await logon({ credential: SPASS }, first.cookie);
          await world.database.query('UPDATE logon_sessions SET attempts = -100');
          const code = world.tokens.code();
          const outcomes = await atOnce(async () => (await logon({ credential: { otp: code } }, first.cookie)).error);
          expect(outcomes['0']).toBe(1);
          expect(await world.audit('logon.completed')).toHaveLength(1);
        });

        it('attack 17: a change of password and logons at the same moment leave no session of the old one', async () => {
          await give.totp();
          const { account } = await world.person();
          const first = await logon({ user: USER, credential: SPASS });
          await Promise.all([
            world.code('changePassword', {
              user: USER,
              oldPassword: JANES_PASSWORD,
              newPassword: 'seven grey herons wade',
            }),
            ...RIVALS.map(() => logon({ user: USER, credential: SPASS })),
          ]);
          expect((await world.person()).account.credentialGeneration).toBe(account.credentialGeneration + 1);
          const cookies = await world.database.query<{ credential_generation: number }>(
            'SELECT credential_generation FROM logon_sessions',
          );
          for (const session of cookies) expect(session.credential_generation).toBe(account.credentialGeneration);
          expect((await logon({ credential: SPASS }, first.cookie)).error).toBe(233);
        });

        it('attack 68: everybody gets their own answer', async () => {
          const [jane, john] = [await give.totp(), await give.totp({}, {}, 'john')];
          const people = [
            { login: 'jane', password: JANES_PASSWORD, serial: jane.token.serial },
            { login: 'john', password: JOHNS_PASSWORD, serial: john.token.serial },
          ];
          const answers = await Promise.all(
            RIVALS.map(async (rival) => {
              const { login, password } = people[rival % 2] ?? { login: '', password: '' };
              const user = { loginName: login };
              const opened = await logon({ user, credential: { method: 'SPASS', password } });
              const again = await logon({ credential: { method: 'SPASS', password } }, opened.cookie);
              return [opened.error, again.error, opened.cookie];
            }),
          );
          expect(answers.map(([opened, again]) => [opened, again])).toEqual(RIVALS.map(() => [0, 0]));
          expect(new Set(answers.map(([, , cookie]) => cookie)).size).toBe(RIVALS.length);
          const held = await world.database.query<{ login: string; sessions: number }>(
            `SELECT a.login, count(*)::int AS sessions FROM logon_sessions s JOIN accounts a ON a.id = s.account_id
             GROUP BY a.login ORDER BY a.login`,
          );
          expect(held).toEqual([
            { login: 'jane', sessions: 25 },
            { login: 'john', sessions: 25 },
          ]);
        });
      },
      { poolSize },
    );
  });
}
