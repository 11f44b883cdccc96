import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Orders } from '../../../src/core/orders/orders.js';
import { statementsDuring } from '../../support/sent-statements.js';
import { describeOnPostgres } from '../../support/test-database.js';
import { RequestsWorld } from '../requests-world.js';

/** What belongs to a call, and to no work in the background. */
const OF_THE_CALL =
  /throttle_counters|one_time_requests|audit_events|accounts|builtin_people|administrators|INTO orders/;

describeOnPostgres('what a stranger’s call does', (database) => {
  let world: RequestsWorld;

  beforeAll(async () => {
    world = await RequestsWorld.start(database());
    // What goes on after the answer has to wait, or it would be counted too.
    const orders = world.house.app.get(Orders);
    vi.spyOn(orders, 'beginSoon').mockReturnValue();
    vi.spyOn(orders, 'run').mockResolvedValue();
  });
  beforeEach(() => world.begin());
  afterEach(() => vi.restoreAllMocks());
  afterAll(() => world?.stop());

  it('attack 46: is the same whoever is named, and never a look at anybody', async () => {
    const seen: string[][] = [];
    for (const name of [
      'username1',
      'idle1',
      'nomail1',
      'john',
      'nobody at all',
      'username1',
      'username1',
      'username1',
    ]) {
      const texts = await statementsDuring(() => world.given('PASSWORD_RESET', name));
      seen.push(texts.filter((text) => OF_THE_CALL.test(text) && !/UPDATE orders|DELETE FROM throttle/.test(text)));
    }
    expect(seen[0]?.length).toBeGreaterThan(2);
    expect(new Set(seen.map((texts) => JSON.stringify(texts))).size).toBe(1);
    expect(JSON.stringify(seen)).not.toMatch(/builtin_people|FROM accounts|administrators/);
  });
});
