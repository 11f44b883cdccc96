import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnPostgres } from '../support/test-database.js';
import { IamWorld, PBX } from './iam-world.js';

const SAMPLES = 200;
/** How far apart two medians may be on a machine that has other things to do. */
const BOUND = 1.5;
const ATTEMPTS = 3;

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

/** How many times longer the slower kind takes, by the medians of interleaved samples; the best of a few attempts. */
async function apart(kinds: readonly (() => Promise<unknown>)[], samples = SAMPLES): Promise<number> {
  let least = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && least > BOUND; attempt++) {
    const times = kinds.map((): number[] => []);
    for (let round = 0; round < samples; round++) {
      for (let turn = 0; turn < kinds.length; turn++) {
        const kind = (turn + round) % kinds.length;
        const begun = performance.now();
        await kinds[kind]?.();
        times[kind]?.push(performance.now() - begun);
      }
    }
    const medians = times.map(median);
    least = Math.min(least, Math.max(...medians) / Math.min(...medians));
  }
  return least;
}

// Durations are asserted here because they are the matter itself.
describeOnPostgres('what an answer of the IAM surface takes', (database) => {
  let world: IamWorld;

  beforeAll(async () => {
    world = await IamWorld.start(database());
    await world.begin();
    await world.newcomer('known');
    await world.set('lock_after', 0, PBX);
  });
  afterAll(() => world?.stop());

  it('attack 46: recovery takes as long for a known key as for an unknown one', async () => {
    const keys = [{ key: 'known', domain: PBX }, { key: 'unknown', domain: PBX }, { key: 'known@example.test' }];
    const kinds = keys.map((fields) => () => world.forgot(fields));
    expect(await apart(kinds)).toBeLessThan(BOUND);
    await world.settle();
  }, 300_000);

  it('attack 46: a wrong log-in takes as long whoever is named', async () => {
    let guess = 0;
    const names = [
      { domain: PBX, login: 'known' },
      { domain: PBX, login: 'unknown' },
      { domain: 'nowhere', login: 'known' },
    ];
    const kinds = names.map((name) => () => {
      // In a window of its own, so that the password of the one who is known is looked at each time.
      world.app.clock.advance(1_800);
      return world.call('POST', 'iam/sessions', { body: { ...name, pwd: `guess ${guess++}` } });
    });
    expect(await apart(kinds, 60)).toBeLessThan(BOUND);
  }, 300_000);

  it('attack 47: no password lets anybody in who has none', async () => {
    const token = await world.administrator();
    const body = { login: 'empty', name: 'Empty', opts: { email: 'empty@example.test' } };
    expect((await world.call('POST', `iam/users?domain=${PBX}`, { token, body })).status).toBe(200);
    for (const pwd of ['x', 'null', 'undefined', '*****', 'empty', ' ', '$argon2id$', 'nobody']) {
      const answer = await world.call('POST', 'iam/sessions', { body: { domain: PBX, login: 'empty', pwd } });
      expect(answer.status).toBe(401);
    }
  });
});
