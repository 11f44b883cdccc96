import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { AccountBlocks } from '../../../src/tokens/blocking/account-blocks.js';
import { tokenRules } from '../../../src/tokens/token-rules.js';
import type { Authenticator } from '../../../src/tokens/token-kinds.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { Passcodes } from '../../../src/tokens/verification/passcodes.js';
import { TokenlessAttempts, type TokenlessOrder } from '../../../src/tokens/verification/tokenless-attempts.js';
import { eachDatabase } from '../../support/test-database.js';
import { type TokenWorld, tokenWorld, word } from '../../support/token-world.js';

describe('blocks', () => {
  eachDatabase((database) => {
    let world: TokenWorld;
    let blocks: AccountBlocks;

    beforeEach(async () => {
      world = await tokenWorld(database());
      blocks = world.services.get(AccountBlocks);
    });
    afterEach(() => world.close());

    const start = (seconds?: number) =>
      world.run((tx) => blocks.start(tx, world.jane.found.account.id, 'ACME\\chief', seconds));
    const state = () => blocks.state(world.services.database.manager, world.jane.found);

    async function order(holder = world.jane, authenticator: Authenticator = 'OTPoD') {
      const { account, domain } = holder.found;
      const rules = tokenRules(await world.services.get(Configuration).snapshot(), domain.id);
      return { accountId: account.id, authenticator, rules, context: holder.context } satisfies TokenlessOrder;
    }
    async function verify(holder = world.jane): Promise<string> {
      const typed = plainSecret(world.tokens.code());
      return word(await world.services.get(Passcodes).verify({ ...(await order(holder, 'OTP')), typed }));
    }

    it('hold every authenticator, those without a token too, and nobody else’s', async () => {
      const attempts = world.services.get(TokenlessAttempts);
      await world.tokens.totp(world.jane.found.account);
      await world.tokens.totp(world.john.found.account);
      await start(60);
      expect(await verify()).toBe('authenticator-locked');
      expect(await attempts.locked(await order())).toBe(true);
      expect(await attempts.count(await order())).toBe(false);
      expect(await verify(world.john)).toBe('ok');
      expect(await attempts.locked(await order(world.john))).toBe(false);
      expect(await attempts.count(await order(world.john))).toBe(true);
      world.services.clock.advance(60);
      expect(await verify()).toBe('ok');
      expect(await attempts.locked(await order())).toBe(false);
      expect(await attempts.count(await order())).toBe(true);
    });

    it('count no attempt, so that nothing is locked when they end', async () => {
      await world.tokens.totp(world.jane.found.account);
      await start();
      for (let attempt = 0; attempt < 10; attempt++) await verify();
      expect(await state()).toEqual({ blocked: true, block: { until: null, by: 'ACME\\chief' }, locked: [] });
      await world.run((tx) => blocks.reset(tx, world.jane.found.account.id));
      expect(await state()).toEqual({ blocked: false, block: undefined, locked: [] });
      expect(await verify()).toBe('ok');
    });

    it('of many at once one stays', async () => {
      await Promise.all(Array.from({ length: 16 }, (_, index) => start(index + 1)));
      expect((await state()).blocked).toBe(true);
      world.services.clock.advance(16);
      expect((await state()).blocked).toBe(false);
    });
  });
});
