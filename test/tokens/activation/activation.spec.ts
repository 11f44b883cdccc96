import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { ActivationCodes } from '../../../src/tokens/activation/activation-codes.js';
import { ActivationDispatch } from '../../../src/tokens/activation/activation-dispatch.js';
import { ActivationHousekeeping } from '../../../src/tokens/activation/activation-housekeeping.js';
import { activationCodeRules, subjectOf } from '../../../src/tokens/activation/activation-rules.js';
import { ActivationSender } from '../../../src/tokens/activation/activation-sender.js';
import { AssignedTokens } from '../../../src/tokens/activation/assigned-tokens.js';
import { acHash } from '../../../src/tokens/activation/code-text.js';
import { TokenActivation } from '../../../src/tokens/activation/token-activation.js';
import { tokenRules } from '../../../src/tokens/token-rules.js';
import { type HeldToken, TokenStore } from '../../../src/tokens/token-store.js';
import { eachPool } from '../../support/each-pool.js';
import { describeOnPostgres, eachDatabase, type TestDatabase } from '../../support/test-database.js';
import { RIVALS, tally, type TokenWorld, tokenWorld, word } from '../../support/token-world.js';

const DAY = 86_400;

class ActivationWorld {
  private constructor(
    readonly world: TokenWorld,
    readonly held: HeldToken,
  ) {}

  static async start(database: TestDatabase): Promise<ActivationWorld> {
    const world = await tokenWorld(database);
    const slot = { status: 'INACTIVE', slot: 'Token1' } as const;
    return new ActivationWorld(world, await world.tokens.totp(world.jane.found.account, { serial: '70011852' }, slot));
  }

  async order(purpose: 'activation' | 'authorisation' = 'activation') {
    const { found, context } = this.world.jane;
    const snapshot = await this.world.services.get(Configuration).snapshot();
    const rules = activationCodeRules(snapshot, subjectOf(found));
    return { found, context, snapshot, rules, purpose, held: this.held };
  }

  async send(more: object = {}): Promise<string> {
    const order = { ...(await this.order()), ...more };
    return this.world.services
      .get(ActivationSender)
      .send(order)
      .then(
        ({ channel }) => channel,
        (error: { code: string }) => error.code,
      );
  }

  /** The codes that were sent, oldest first. */
  async codes(): Promise<string[]> {
    const messages = await this.world.services.outbox.messages();
    return messages.flatMap(({ variables }) => variables['PASSCODE'] ?? []);
  }

  async activate(code: string, held = this.held): Promise<string> {
    const order = await this.order();
    const rules = tokenRules(order.snapshot, order.found.domain.id);
    const hash = acHash(plainSecret(code));
    return word(await this.world.services.get(TokenActivation).activate({ ...order, held, rules }, hash));
  }

  async status(): Promise<string> {
    return (await this.world.tokens.stored(this.held)).assignment.status;
  }

  wait(seconds: number): void {
    this.world.services.clock.advance(seconds);
  }

  async policy(category: string, options: Record<string, string>, more: object = {}): Promise<void> {
    const { database } = this.world.services;
    await database.query(
      `INSERT INTO declared_objects (kind, name, position, spec, updated_at) VALUES ('policy', $1, 0, $2::jsonb, $3)`,
      [
        category,
        JSON.stringify({ name: category, category, applications: [], enabled: true, priority: 0, options, ...more }),
        this.world.services.clock.now(),
      ],
    );
    await this.world.services.configure({});
  }
}

/** Another code of the same form. */
const other = (code: string) => code.replace(/./, (digit) => String((Number(digit) + 1) % 10));

eachDatabase((database) => {
  describe('an activation code', () => {
    let here: ActivationWorld;
    beforeEach(async () => {
      here = await ActivationWorld.start(database());
    });
    afterEach(() => here.world.close());

    it('makes a token usable, once, and its person is told', async () => {
      expect(await here.send()).toBe('MAIL');
      const [code = ''] = await here.codes();
      expect(code).toMatch(/^[0-9]{6}$/);
      expect(await here.status()).toBe('INACTIVE');
      expect(await here.activate(code)).toBe('ok');
      expect(await here.status()).toBe('ACTIVE');
      expect(await here.activate(code)).toBe('nothing-to-change');
      expect(await here.world.services.audit('authenticator.activated')).toMatchObject([
        { outcome: 'success', detail: { serial: '70011852', slot: 'Token1' } },
      ]);
      const told = await here.world.services.outbox.messages();
      expect(told.map(({ purpose }) => purpose).toSorted()).toEqual(['activation-code', 'authenticator-added']);
      expect(await here.world.services.database.query('SELECT id FROM activation_codes')).toEqual([]);
    });

    it('is sent again as it is, with the deadline and the attempts that it has', async () => {
      await here.send();
      const [code = ''] = await here.codes();
      for (let guess = 0; guess < 4; guess++) expect(await here.activate(other(code))).toBe('passcode-wrong');
      here.wait(DAY - 1);
      expect(await here.send({ channel: 'SMS' })).toBe('SMS');
      expect(await here.codes()).toEqual([code, code]);
      here.wait(1);
      expect(await here.activate(code)).toBe('passcode-expired');
    });

    it('attack 26: is not looked at after five attempts, and a new one has to be sent', async () => {
      await here.world.services.set('authenticator_max_failures', 100);
      await here.send();
      const [code = ''] = await here.codes();
      for (let guess = 0; guess < 5; guess++) expect(await here.activate(other(code))).toBe('passcode-wrong');
      expect(await here.activate(code)).toBe('passcode-expired');
      here.wait(30);
      await here.send();
      const [, fresh = ''] = await here.codes();
      expect(fresh).not.toBe(code);
      expect(await here.activate(fresh)).toBe('ok');
    });

    it('attack 27: a new one buys no more guesses than the person has', async () => {
      await here.send();
      for (let guess = 0; guess < 5; guess++) await here.activate('000000x');
      here.wait(30);
      await here.send();
      const [, fresh = ''] = await here.codes();
      expect(await here.activate(fresh)).toBe('authenticator-locked');
      here.wait(1_800);
      expect(await here.activate(fresh)).toBe('ok');
    });

    it('attack 27: leaves the counts of the person’s authenticators alone', async () => {
      await here.send();
      for (let guess = 0; guess < 5; guess++) await here.activate('000000x');
      expect(
        await here.world.services.database.query('SELECT authenticator, failures FROM authenticator_counters'),
      ).toEqual([{ authenticator: 'AUTHCODE', failures: 5 }]);
    });

    it('attack 9: is worth nothing for another purpose or another token', async () => {
      const { world } = here;
      await here.send({ purpose: 'authorisation' });
      const [code = ''] = await here.codes();
      expect(await here.activate(code)).toBe('passcode-expired');
      const second = await world.tokens.totp(world.jane.found.account, {}, { status: 'INACTIVE', slot: 'Token2' });
      here.wait(30);
      await here.send();
      const activation = (await here.codes()).find((each) => each !== code) ?? '';
      expect(await here.activate(activation, second)).toBe('passcode-expired');
      expect(await here.activate(activation)).toBe('ok');
    });

    it('is sent five times in a quarter of an hour at most, half a minute apart', async () => {
      expect(await here.send()).toBe('MAIL');
      here.wait(29);
      expect(await here.send()).toBe('passcode-sent-recently');
      for (let again = 0; again < 4; again++) {
        here.wait(31);
        await here.send();
      }
      here.wait(31);
      expect(await here.send()).toBe('passcode-sent-recently');
      here.wait(900);
      expect(await here.send()).toBe('MAIL');
    });

    it('goes by channels that there are, to an address that there is', async () => {
      expect(await here.send({ channel: 'TELEPHONE' })).toBe('channel-not-allowed');
      const { jane } = here.world;
      const found = { ...jane.found, person: { ...jane.found.person, mobile: undefined } };
      expect(await here.send({ channel: 'SMS', found })).toBe('no-address');
      here.world.services.outbox.outcomes.MAIL = 'failed';
      expect(await here.send()).toBe('delivery-failed');
      expect(await here.world.services.audit('activation-code.not-delivered')).toHaveLength(1);
    });

    it('attack 42: is stored, recorded and told nowhere', async () => {
      await here.send();
      const [code = ''] = await here.codes();
      await here.activate(other(code));
      const stored = JSON.stringify([
        await here.world.services.database.query('SELECT * FROM activation_codes'),
        await here.world.services.audit(),
      ]);
      expect(stored).not.toContain(code);
      expect(stored).not.toContain(acHash(plainSecret(code)));
    });

    it('follows its policy', async () => {
      await here.policy('activationCode', {
        length: '8',
        charset: 'ALPHABETIC',
        lifetimeHours: '0',
        channel: 'SMS',
        maxAttempts: '1',
      });
      expect(await here.send()).toBe('SMS');
      const [code = ''] = await here.codes();
      expect(code).toMatch(/^[A-HJKMNP-Z]{8}$/);
      here.wait(1_000 * DAY);
      expect(await here.activate(code.toLowerCase())).toBe('ok');
    });

    it('brings a token that is set aside into the first free slot, and waits while there is none', async () => {
      const { world } = here;
      const { account } = world.jane.found;
      await world.run((tx) => world.services.get(TokenStore).end(tx, here.held.assignment.id, 'removed'));
      const { token, assignment } = await world.tokens.totp(account, { serial: '70011853' }, { status: 'INACTIVE' });
      await world.services.database.query('UPDATE token_assignments SET slot = NULL WHERE id = $1', [assignment.id]);
      assignment.slot = null;
      const held = { token, assignment };
      await here.send({ held });
      const [code = ''] = await here.codes();
      for (const slot of ['Token1', 'Token2', 'Token3']) await world.tokens.totp(account, {}, { slot });
      await expect(here.activate(code, held)).rejects.toThrow('slot-taken');
      await world.services.set('token_slots', 4);
      expect(await here.activate(code, held)).toBe('ok');
      expect((await world.tokens.stored(held)).assignment.slot).toBe('Token4');
    });

    it('goes a day after its time', async () => {
      await here.send();
      const housekeeping = here.world.services.get(ActivationHousekeeping);
      here.wait(2 * DAY - 1);
      expect(await housekeeping.run()).toBe(0);
      here.wait(1);
      expect(await housekeeping.run()).toBe(1);
    });
  });
});

eachPool((database) => {
  describe('the code of a token that was assigned', () => {
    let here: ActivationWorld;
    beforeEach(async () => {
      here = await ActivationWorld.start(database());
    });
    afterEach(() => here.world.close());

    async function follow(): Promise<void> {
      const { world } = here;
      const snapshot = await world.services.get(Configuration).snapshot();
      const assigned = world.services.get(AssignedTokens);
      await world.run((tx) => assigned.follow(tx, snapshot, 'SEND_CODE', world.jane.found, here.held.assignment.id));
    }

    it('is sent once by any number of processes, and works', async () => {
      await follow();
      const dispatch = here.world.services.get(ActivationDispatch);
      const sent = await Promise.all([dispatch.run(), dispatch.run(), dispatch.run()]);
      expect(sent.toSorted()).toEqual([0, 0, 1]);
      const [code = ''] = await here.codes();
      expect(await here.activate(code)).toBe('ok');
    });

    it('is of the length that the policy of the person’s group says', async () => {
      const { directory, person, domain } = here.world.jane.found;
      const group = await directory.groups?.keeping?.ensure('Night shift');
      await directory.groups?.keeping?.assign(person, [group?.key ?? '']);
      const holder = { domain: domain.name, group: 'Night shift' };
      await here.policy('activationCode', { length: '9' }, { holder });
      await follow();
      expect(await here.world.services.get(ActivationDispatch).run()).toBe(1);
      const [code = ''] = await here.codes();
      expect(code).toHaveLength(9);
      expect(await here.activate(code)).toBe('ok');
    });

    it('is not sent to who is gone, and is written down for who has no address', async () => {
      await follow();
      await here.world.services.database.query('UPDATE builtin_people SET mail = NULL');
      const dispatch = here.world.services.get(ActivationDispatch);
      expect(await dispatch.run()).toBe(0);
      expect(await here.world.services.audit('activation-code.not-sent')).toMatchObject([{ code: 'no-address' }]);
      expect(await here.world.services.get(ActivationCodes).unsent(10)).toEqual([]);
    });
  });
});

describeOnPostgres(
  'an activation code, at the same moment',
  (database) => {
    let here: ActivationWorld;
    beforeEach(async () => {
      here = await ActivationWorld.start(database());
    });
    afterEach(() => here.world.close());

    it('attack 23: makes the token usable once for fifty', async () => {
      await here.policy('activationCode', { maxAttempts: '20' });
      await here.world.services.set('authenticator_max_failures', 100);
      await here.send();
      const [code = ''] = await here.codes();
      const outcomes = tally(await Promise.all(RIVALS.map(() => here.activate(code))));
      expect(outcomes['ok']).toBe(1);
      expect(outcomes['nothing-to-change'] ?? 0).toBeGreaterThan(0);
      expect(
        Object.keys(outcomes).filter((each) => !['ok', 'nothing-to-change', 'passcode-expired'].includes(each)),
      ).toEqual([]);
      expect(await here.world.services.audit('authenticator.activated')).toHaveLength(1);
    });

    it('attack 26: is looked at five times for two hundred guesses', async () => {
      await here.world.services.set('authenticator_max_failures', 100);
      await here.send();
      const outcomes = tally(await Promise.all(Array.from({ length: 200 }, () => here.activate('000000x'))));
      expect(outcomes['passcode-wrong']).toBe(5);
      expect(outcomes['ok']).toBeUndefined();
    });

    it('is one for everybody who asks for it', async () => {
      const outcomes = tally(await Promise.all(RIVALS.map(() => here.send())));
      expect(outcomes).toEqual({ MAIL: 1, 'passcode-sent-recently': RIVALS.length - 1 });
    });
  },
  { poolSize: 32 },
);
