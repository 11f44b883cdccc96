import { beforeEach, describe, expect, it } from 'vitest';
import { tally } from '../../support/token-world.js';
import { JANES_PASSWORD, WITHOUT_DELAY } from '../auth-world.js';
import { ANSWERS, Authenticators } from '../authenticators.js';
import { worldOfSuite } from '../world-of-suite.js';

const USER = { loginName: 'jane' };
const SPASS = { method: 'SPASS', password: JANES_PASSWORD };
const WRONG = { otp: '000000' };

describe('section 6.4: a growing delay after wrong attempts', () => {
  const world = worldOfSuite({ settings: { authenticator_max_failures: 20 } });
  let give: Authenticators;
  beforeEach(async () => {
    give = new Authenticators(world());
    await give.totp();
  });

  const verify = (credential: object) => world().call('verify', { user: USER, credential });
  const guess = async (times: number): Promise<void> => {
    for (let done = 0; done < times; done++) {
      expect(await world().patiently('verify', { user: USER, credential: WRONG })).toBe(300);
    }
  };

  it('is answered 3, with 429 and the seconds to wait, and is over then', async () => {
    await guess(2);
    expect(await verify(WRONG)).toMatchObject({ error: 3, status: 429, retryAfter: '1', message: 'Too many requests' });
    await guess(1);
    expect(await verify(WRONG)).toMatchObject({ error: 3, status: 429, retryAfter: '2' });
    world().clock.advance(2);
    expect(await verify({ otp: world().tokens.code() })).toMatchObject({ error: 0, status: 200 });
    await guess(1);
    expect(await verify(WRONG)).toMatchObject({ error: 300 });
  });

  it('attack 27: holds for every agent and both methods, and not for other authenticators', async () => {
    const code = await give.emergencyCode();
    await guess(4);
    const { cookie } = await world().call('logon', { application: { name: 'mail' }, user: USER, credential: SPASS });
    const step = { application: { name: 'mail' }, credential: { otp: world().tokens.code() } };
    expect(await world().code('logon', step, { cookie })).toBe(3);
    expect(await world().code('verify', { user: USER, credential: WRONG }, { agent: 'portal' })).toBe(3);
    expect(await verify(SPASS)).toMatchObject({ error: 0 });
    expect(await verify({ method: 'EMCODE', otp: code })).toMatchObject({ error: 0 });
  });

  it('attack 26: of fifty at once two are looked at, none of them more than once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => verify(WRONG)));
    expect(tally(answers.map(({ error }) => String(error)))).toEqual({ 3: 48, 300: 2 });
  });

  describe('costs no attempt', () => {
    const twiceWrong = async (right: object, wrong: object): Promise<number[]> => {
      const codes: number[] = [];
      for (const credential of [wrong, wrong, wrong, right, right]) codes.push((await verify(credential)).error);
      world().clock.advance(1);
      return [...codes, (await verify(right)).error];
    };

    it('at a challenge', async () => {
      await give.gridCard();
      const { result } = await world().call('getChallengeCode', { user: USER });
      const [cc, cells] = [String(result?.['reference']), String(result?.['code'])];
      expect(await twiceWrong({ cc, otp: give.readCard(cells) }, { cc, otp: '----' })).toEqual([300, 300, 3, 3, 3, 0]);
    });

    it('at a passcode that was sent', async () => {
      await world().call('sendOTP', { user: USER });
      const [message] = await world().delivered();
      const method = 'OTPoD';
      const otp = /\b\d{6}\b/.exec(message?.text ?? '')?.[0];
      expect(await twiceWrong({ method, otp }, { method, ...WRONG })).toEqual([300, 300, 3, 3, 3, 0]);
    });

    it('at questions that were asked', async () => {
      await give.questions();
      const { result } = await world().call('getChallengeCode', {
        user: USER,
        token: { 'product.method': 'Questions' },
      });
      const { questions } = JSON.parse(String(result?.['code'])) as { questions: { id: string; question: string }[] };
      const answering = (answer: (question: string) => string | undefined) => ({
        method: 'QNA',
        answers: questions.map(({ id, question }) => ({ id, answer: answer(question) })),
      });
      const [right, wrong] = [answering((question) => ANSWERS[question]), answering(() => 'no')];
      expect(await twiceWrong(right, wrong)).toEqual([300, 300, 3, 3, 3, 0]);
    });
  });

  it('is none where the policy switches it off', async () => {
    await world().apply({ settings: { authenticator_max_failures: 20 }, policies: [WITHOUT_DELAY] });
    const answers = [];
    for (let done = 0; done < 6; done++) answers.push((await verify(WRONG)).error);
    expect(answers).toEqual([300, 300, 300, 300, 300, 300]);
  });
});
