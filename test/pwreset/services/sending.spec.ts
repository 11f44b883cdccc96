import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../../src/core/errors/domain-error.js';
import type { PasswordResetWish } from '../../../src/pwreset/pwreset.service.js';
import { eachPool } from '../../support/each-pool.js';
import { CLIENT, type ResetWorld, secretOf, startResetWorld } from './reset-world.js';

const CANARY = 'canary-7f3';

describe('sending a password reset link', () => {
  eachPool((database) => {
    let world: ResetWorld;

    beforeEach(async () => {
      world = await startResetWorld(database());
    });

    afterEach(async () => {
      await world.close();
      await database().clear();
    });

    /** The code with which a call is refused. */
    async function refusal(wish: Partial<PasswordResetWish>, as: Parameters<ResetWorld['caller']>[0] = {}) {
      try {
        return await world.send(wish, as);
      } catch (error) {
        return DomainError.is(error) ? error.code : error;
      }
    }

    it('answers with a link that opens, and writes request, messages and audit together', async () => {
      const url = await world.send({ method: 'MAILSMS', expires: 72, comments: 'Ticket 812' });
      expect(url).toMatch(/^https:\/\/id\.example\.test\/webapps\/pwreset\/\?req=[A-Za-z0-9_-]{43}$/);
      const [request] = await world.requests();
      expect(request).toMatchObject({
        purpose: 'password-reset',
        state: 'sent',
        login: 'jane',
        deliveryMethod: 'MAILSMS',
        comments: 'Ticket 812',
        createdBy: 'ACME\\desk',
        createdAddress: '192.0.2.1',
        expiresAt: world.services.clock.in(72 * 3_600),
      });
      expect(await world.services.outbox.messages()).toMatchObject([
        {
          channel: 'MAIL',
          to: 'jane@example.test',
          language: 'fr',
          requestId: request?.id,
          accountId: request?.accountId,
        },
        {
          channel: 'SMS',
          to: '+35226000001',
          variables: { LINK: url, HOURS: '72', COMMENTS: 'Ticket 812', ADMIN: 'ACME\\desk' },
        },
      ]);
      expect(await world.services.audit()).toMatchObject([
        { event: 'password-reset.created', actor: 'ACME\\desk', target: 'cn=jane,dc=ACME', requestId: request?.id },
        { event: 'password-reset.sent', outcome: 'success', detail: { method: 'MAILSMS', MAIL: 'sent', SMS: 'sent' } },
      ]);
      expect(await world.pages.landing(secretOf(url))).toMatchObject({
        displayName: 'Jane Doe',
        domainName: 'ACME',
        requestedBy: 'ACME\\desk',
        comments: 'Ticket 812',
      });
    });

    it('attack 42: leaves the secret of the link in no table but that of messages', async () => {
      const secret = secretOf(await world.send({ method: 'MAIL' }));
      const tables = ['one_time_requests', 'audit_events', 'accounts', 'throttle_counters', 'settings'];
      for (const table of tables) {
        const rows = await world.services.database.query(`SELECT * FROM ${table}`);
        expect([table, JSON.stringify(rows).includes(secret)]).toEqual([table, false]);
      }
    });

    it('attack 2: makes the link from the configuration in force, not from the first one seen', async () => {
      const before = await world.send();
      await world.services.configure({ publicUrl: 'http://127.0.0.1:8080', defaultDomain: 'ACME' });
      const after = await world.send();
      expect([new URL(before).origin, new URL(after).origin]).toEqual([
        'https://id.example.test',
        'http://127.0.0.1:8080',
      ]);
    });

    it('attack 2: makes none without a public URL, and nothing else either', async () => {
      await world.services.configure({ publicUrl: null, defaultDomain: 'ACME' });
      expect(await refusal({ method: 'MAIL' })).toBe('internal');
      expect(await world.requests()).toEqual([]);
      expect(await world.services.outbox.messages()).toEqual([]);
    });

    it.each([
      [{ username: 'nobody' }, 'account-not-found'],
      [{ username: '' }, 'account-not-found'],
      [{ username: '%' }, 'account-not-found'],
      [{ username: 'jan_' }, 'account-not-found'],
      [{ username: '*' }, 'account-not-found'],
      [{ username: 'ja\0ne' }, 'account-not-found'],
      [{ username: 'jane\ud800' }, 'account-not-found'],
      [{ username: 'j'.repeat(10_000) }, 'account-not-found'],
      [{ domain: 'NOWHERE' }, 'domain-not-found'],
      [{ domain: '' }, 'domain-not-found'],
      [{ domain: 'AC\0ME' }, 'domain-not-found'],
      [{ method: 'FAX' }, 'unknown-word'],
      [{ method: '' }, 'unknown-word'],
      [{ expires: 0 }, 'value-out-of-range'],
      [{ expires: -1 }, 'value-out-of-range'],
      [{ expires: 721 }, 'value-out-of-range'],
      [{ comments: 'x'.repeat(1_001) }, 'value-out-of-range'],
    ])('refuses %j with %s and leaves nothing behind', async (wish, code) => {
      expect(await refusal(wish)).toBe(code);
      expect(await world.requests()).toEqual([]);
      expect(await world.services.outbox.messages()).toEqual([]);
    });

    it('attack 28: finds one person under every spelling of the login, with one budget', async () => {
      await world.services.set('link_sends_per_person_per_hour', 4);
      const spellings = ['JANE', ' jane ', 'ｊａｎｅ', 'Jane'];
      for (const username of spellings) await world.send({ username });
      expect(await refusal({ username: 'jane' })).toBe('send-limit-reached');
      expect(new Set((await world.requests()).map(({ accountId }) => accountId)).size).toBe(1);
    });

    it('attack 67: sends no more than the budget of an hour, exactly, also in parallel', async () => {
      const results = await Promise.all(Array.from({ length: 30 }, () => refusal({ method: 'SMS' })));
      expect(results.filter((result) => result !== 'send-limit-reached')).toHaveLength(5);
      expect(await world.services.outbox.messages()).toHaveLength(5);
      world.services.clock.advance(3_600);
      expect(await refusal({})).toMatch(/^https:/);
    });

    it('takes what is at the bounds', async () => {
      await world.send({ expires: 1, comments: '🔑'.repeat(1_000) });
      await world.send({ expires: 720, method: 'mailsms' });
      const [first, second] = await world.requests();
      expect(first).toMatchObject({ expiresAt: world.services.clock.in(3_600), comments: '🔑'.repeat(1_000) });
      expect(second).toMatchObject({ expiresAt: world.services.clock.in(720 * 3_600), deliveryMethod: 'MAILSMS' });
    });

    it('takes method and hours from the nearest setting when the call does not say', async () => {
      await world.services.set('link_expiration_hours', 5);
      await world.services.set('link_delivery_mode', 'SMS', world.domain);
      await world.send({ method: undefined });
      expect(await world.requests()).toMatchObject([
        { deliveryMethod: 'SMS', expiresAt: world.services.clock.in(5 * 3_600) },
      ]);
    });

    it('strips control characters from comments, but not line breaks', async () => {
      await world.send({ comments: ' a\0b\u001b[31m\r\n\tc ' });
      expect(await world.requests()).toMatchObject([{ comments: 'ab[31m\n\tc' }]);
    });

    it('needs a domain when none is the default', async () => {
      await world.services.configure({ defaultDomain: null });
      expect(await refusal({})).toBe('domain-missing');
    });

    describe('to a person', () => {
      const change = (sql: string) =>
        world.services.database.query(`UPDATE builtin_people SET ${sql} WHERE id = $1`, [world.jane.id]);

      it('without an address for the method answers no-address', async () => {
        await change('mobile = NULL');
        expect(await refusal({ method: 'SMS' })).toBe('no-address');
        expect(await world.requests()).toEqual([]);
      });

      it('with one of two addresses uses that one and says so in the audit', async () => {
        await change('mobile = NULL');
        await world.send({ method: 'MAILSMS' });
        expect((await world.services.outbox.messages()).map(({ channel }) => channel)).toEqual(['MAIL']);
        expect((await world.services.audit('password-reset.sent'))[0]?.detail).toMatchObject({
          MAIL: 'sent',
          SMS: 'failed: no address',
        });
      });

      it.each([
        ['disabled', 'account-disabled'],
        ['deactivated', 'account-not-activated'],
      ])('who is %s answers %s', async (what, code) => {
        if (what === 'disabled') await change('disabled = true');
        else {
          await world.send();
          await world.services.database.query(`UPDATE accounts SET state = 'deactivated'`);
        }
        expect(await refusal({})).toBe(code);
      });

      it('attack 31: who is locked gets one all the same', async () => {
        await change('locked_at = now(), failed_logins = 5');
        expect(await refusal({})).toMatch(/^https:/);
      });

      it('whose directory forbids it answers password-change-forbidden', async () => {
        world.services.directory.change(world.remoteJane, { mayChangePassword: false });
        expect(await refusal({ domain: 'CORP' })).toBe('password-change-forbidden');
      });

      it('attack 19: who was deleted and made again has a new account and none of the old links', async () => {
        const link = secretOf(await world.send());
        await world.services.database.query('DELETE FROM builtin_people WHERE id = $1', [world.jane.id]);
        await world.services.factory.person(world.domain, { login: 'jane' });
        expect(await world.pages.landing(link)).toBeUndefined();
        expect(await world.pages.open(link, CLIENT)).toBeUndefined();
        await world.send();
        const [old, fresh] = await world.requests();
        expect(old).toMatchObject({ state: 'cancelled', endReason: 'account-closed' });
        expect(fresh?.accountId).not.toBe(old?.accountId);
      });

      it.each(['mail', 'mobile'])('attack 12: whose %s changed has no older link any more', async (column) => {
        const link = secretOf(await world.send());
        await change(`${column} = 'new' || ${column}`);
        expect(await world.pages.landing(link)).toBeUndefined();
        const newer = await world.send({ method: 'MAILSMS' });
        expect(await world.requests()).toMatchObject([
          { state: 'cancelled', endReason: 'address-changed' },
          { state: 'sent' },
        ]);
        expect(await world.pages.landing(secretOf(newer))).toBeDefined();
        expect(await world.pages.landing(link)).toBeUndefined();
      });

      it('attack 12: who was sent three can use the last one only', async () => {
        const links = [await world.send(), await world.send(), await world.send()].map(secretOf);
        const open = await Promise.all(links.map((link) => world.pages.landing(link)));
        expect(open.map((landing) => landing !== undefined)).toEqual([false, false, true]);
      });
    });

    describe('as a caller', () => {
      it.each([
        ['global-admin', 'ACME', true],
        ['global-admin', 'CORP', true],
        ['domain-admin', 'ACME', true],
        ['domain-admin', 'CORP', 'access-denied'],
        ['user-manager', 'ACME', true],
        ['user-manager', 'CORP', 'access-denied'],
        ['user-manager', 'NOWHERE', 'access-denied'],
      ] as const)('attack 65: who is %s reaches %s: %s', async (role, domain, expected) => {
        const result = await refusal({ domain }, { role });
        expect(expected === true ? String(result).startsWith('https:') : result).toBe(expected);
      });

      it.each([
        ['user-manager', 'user-manager', 'access-denied'],
        ['user-manager', 'global-admin', 'access-denied'],
        ['domain-admin', 'domain-admin', true],
        ['domain-admin', 'global-admin', 'access-denied'],
        ['global-admin', 'global-admin', true],
      ] as const)('attack 65: who is %s sends to a %s: %s', async (role, target, expected) => {
        await world.services.factory.administrator(world.jane, target);
        const result = await refusal({}, { role });
        expect(expected === true ? String(result).startsWith('https:') : result).toBe(expected);
      });
    });

    describe('when delivery', () => {
      it('fails on every channel, answers delivery-failed and kills the link', async () => {
        Object.assign(world.services.outbox.outcomes, { MAIL: 'failed', SMS: 'failed' });
        expect(await refusal({ method: 'MAILSMS' })).toBe('delivery-failed');
        expect(await world.requests()).toMatchObject([{ state: 'failed', linkDigest: null }]);
        expect(await world.services.audit()).toMatchObject([
          { event: 'password-reset.created' },
          {
            event: 'password-reset.failed',
            outcome: 'failed',
            code: 'delivery-failed',
            detail: { MAIL: 'failed: MAIL said no' },
          },
        ]);
      });

      it('fails on one channel of two, answers with the link and notes which', async () => {
        Object.assign(world.services.outbox.outcomes, { SMS: 'failed' });
        const url = await world.send({ method: 'MAILSMS' });
        expect(await world.pages.landing(secretOf(url))).toBeDefined();
        expect((await world.services.audit('password-reset.sent'))[0]?.detail).toMatchObject({
          MAIL: 'sent',
          SMS: 'failed: SMS said no',
        });
      });

      it('is put off, answers with the link', async () => {
        Object.assign(world.services.outbox.outcomes, { MAIL: 'queued' });
        expect(await world.pages.landing(secretOf(await world.send({ method: 'MAIL' })))).toBeDefined();
      });

      it('cannot be written, makes no request either', async () => {
        world.services.outbox.beforeEnqueue = ({ channel }) => {
          if (channel === 'SMS') throw new Error(CANARY);
        };
        await expect(world.send({ method: 'MAILSMS' })).rejects.toThrow(CANARY);
        expect(await world.requests()).toEqual([]);
        expect(await world.services.outbox.messages()).toEqual([]);
        expect(JSON.stringify(await world.services.audit())).not.toContain(CANARY);
      });

      it('is overtaken by the person, leaves the opened request alone', async () => {
        let session: string | undefined;
        world.services.outbox.beforeDelivery = async () => {
          const [message] = await world.services.outbox.messages();
          session = await world.pages.open(secretOf(message?.variables['LINK'] ?? ''), CLIENT);
        };
        await world.send({ method: 'MAIL' });
        expect(await world.requests()).toMatchObject([{ state: 'opened' }]);
        expect(await world.pages.form(session ?? '')).toBeDefined();
      });
    });

    it('says that the directory is down', async () => {
      world.services.directory.before = () => {
        throw new DomainError('directory-unavailable');
      };
      expect(await refusal({ domain: 'CORP' })).toBe('directory-unavailable');
    });

    it('attack 68: gives each of many callers at once their own link', async () => {
      const people = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          world.services.factory.person(world.domain, { login: `p${i}`, displayName: `P${i}` }),
        ),
      );
      const urls = await Promise.all(people.map(({ login }) => world.send({ username: login, method: 'MAIL' })));
      const landings = await Promise.all(urls.map((url) => world.pages.landing(secretOf(url))));
      expect(landings.map((landing) => landing?.displayName)).toEqual(people.map(({ displayName }) => displayName));
      for (const message of await world.services.outbox.messages()) {
        const index = people.findIndex(({ login }) => login === message.variables['USERNAME']);
        expect([message.to, message.variables['LINK']]).toEqual([people[index]?.mail, urls[index]]);
      }
    });
  });
});
