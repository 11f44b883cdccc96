import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Orders } from '../../src/core/orders/orders.js';
import { statementsDuring } from '../support/sent-statements.js';
import { describeOnPostgres } from '../support/test-database.js';
import { IamWorld, PBX } from './iam-world.js';

/** What belongs to a call, and to no work in the background. */
const OF_THE_CALL =
  /throttle_counters|one_time_requests|audit_events|accounts|builtin_people|administrators|messages|INTO orders/;
const OF_THE_BACKGROUND = /UPDATE orders|DELETE FROM throttle/;

describeOnPostgres('what a recovery that a stranger asks for does', (database) => {
  let world: IamWorld;

  beforeAll(async () => {
    world = await IamWorld.start(database());
  });
  beforeEach(async () => {
    await world.begin();
    await world.newcomer('mara');
    // What goes on after the answer has to wait, or it would be counted too.
    const orders = world.app.get(Orders);
    vi.spyOn(orders, 'beginSoon').mockReturnValue();
    vi.spyOn(orders, 'run').mockResolvedValue();
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => world?.stop());

  it('attack 46: is the same whoever is named, and never a look at anybody', async () => {
    const keys = [
      { key: 'mara', domain: PBX },
      { key: 'nobody', domain: PBX },
      { key: 'mara', domain: 'nowhere' },
      { key: 'mara@example.test' },
      { key: 'nobody@example.test' },
      { key: 'Jane Doe', domain: 'RCDEVSDOCS' },
    ];
    const seen: string[][] = [];
    for (const fields of keys) {
      const texts = await statementsDuring(async () => expect((await world.forgot(fields)).status).toBe(200));
      seen.push(texts.filter((text) => OF_THE_CALL.test(text) && !OF_THE_BACKGROUND.test(text)));
    }
    expect(seen[0]?.length).toBeGreaterThan(1);
    expect(new Set(seen.map((texts) => JSON.stringify(texts))).size).toBe(1);
    expect(JSON.stringify(seen)).not.toMatch(/builtin_people|FROM accounts|administrators/);
  });
});
