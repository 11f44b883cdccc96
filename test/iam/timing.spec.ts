import { afterAll, beforeAll, expect, it } from 'vitest';
import { Orders } from '../../src/core/orders/orders.js';
import { describeOnPostgres } from '../support/test-database.js';
import { IamWorld, PBX } from './iam-world.js';

/**
 * How far from one half the share of pairs may be: a hash that is skipped for some brings it to 0 or 1. A search is too
 * short to be told on a busy machine; `same-work.spec.ts` looks for those.
 */
const BOUND = 0.12;
const ATTEMPTS = 3;

/** How often a sample of one kind took longer than one of the other, of all pairs (Mann and Whitney's U by its maximum). */
function shareOfLonger(times: readonly number[], others: readonly number[]): number {
  let longer = 0;
  for (const time of times) for (const other of others) longer += time > other ? 1 : time === other ? 0.5 : 0;
  return longer / (times.length * others.length);
}

/**
 * How far the ranks of two kinds are apart, 0 to 0.5, by interleaved samples; the best of a few attempts, for noise comes
 * and goes and a real difference stays.
 */
async function apart(
  kinds: readonly (() => Promise<unknown>)[],
  { samples, between }: { samples: number; between?: () => Promise<void> },
): Promise<number> {
  let least = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && least > BOUND; attempt++) {
    const times = kinds.map((): number[] => []);
    for (let round = 0; round < samples; round++) {
      for (let turn = 0; turn < kinds.length; turn++) {
        const kind = (turn + round) % kinds.length;
        await between?.();
        const begun = performance.now();
        await kinds[kind]?.();
        times[kind]?.push(performance.now() - begun);
      }
    }
    const [first = [], ...others] = times;
    least = Math.min(least, Math.max(...others.map((other) => Math.abs(shareOfLonger(first, other) - 0.5))));
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
    // What one call has left to do is no part of the next one's time.
    const orders = world.app.get(Orders);
    expect(await apart(kinds, { samples: 250, between: () => orders.run() })).toBeLessThan(BOUND);
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
    expect(await apart(kinds, { samples: 60 })).toBeLessThan(BOUND);
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
