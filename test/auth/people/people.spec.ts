import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuthPeople } from '../../../src/auth/people/auth-people.js';
import { Configuration } from '../../../src/core/domains/configuration.js';
import { AccountBlocks } from '../../../src/tokens/blocking/account-blocks.js';
import { eachDatabase } from '../../support/test-database.js';
import type { AuthWorld } from '../auth-world.js';
import { domainId, PAYROLL, startCatalogWorld, VPN, whoIs } from '../catalog-world.js';

const OUTSIDE = { error: 242, message: 'The requested domain is not defined in the realm', severity: 'ERROR' };

eachDatabase((database) => {
  let world: AuthWorld;
  beforeAll(async () => {
    world = await startCatalogWorld(database());
  });
  afterAll(() => world.stop());

  const found = async (...question: Parameters<typeof whoIs> extends [unknown, ...infer Rest] ? Rest : never) => {
    const { domain, person } = await whoIs(world, ...question);
    return `${domain.name}\\${person.login}`;
  };
  const steps = (user: object, application: object = VPN, agent = 'vpn') =>
    world.call('getLogonSteps', { application, user }, { agent });

  describe('section 2.1: a login beside a domain', () => {
    it.each([
      ['jane', 'HARBOUR', 'HARBOUR\\jane'],
      ['JANE', 'harbour', 'HARBOUR\\jane'],
      [' jane ', ' Harbour ', 'HARBOUR\\jane'],
      ['ｊａｎｅ', 'HARBOUR', 'HARBOUR\\jane'],
      ['fullwidth', 'HARBOUR', 'HARBOUR\\Ｆullwidth'],
      ['HARBOUR\\jane', 'HARBOUR', 'HARBOUR\\jane'],
      ['jane@harbour', 'HARBOUR', 'HARBOUR\\jane'],
      ['back\\slash', 'HARBOUR', 'HARBOUR\\back\\slash'],
      ['jane@PIER', 'HARBOUR', 'HARBOUR\\jane@PIER'],
      ['mail@harbour.test', 'HARBOUR', 'HARBOUR\\mail@harbour.test'],
      ['twin', 'pier.example', 'pier.example\\twin'],
    ])('%s in %s is %s', async (loginName, domainName, who) => {
      expect(await found({ loginName, domainName })).toBe(who);
      expect(await found({ loginName, domainId: await domainId(world, who.split('\\')[0] ?? '') })).toBe(who);
    });

    it.each([
      ['jan', 'HARBOUR'],
      ['j*', 'HARBOUR'],
      ['j%', 'HARBOUR'],
      ['_ane', 'HARBOUR'],
      ['mara', 'HARBOUR'],
      ['pier.example\\mara', 'HARBOUR'],
      ['mara@pier.example', 'HARBOUR'],
      ['*)(uid=*', 'HARBOUR'],
    ])('attack 53: %s in %s is nobody', async (loginName, domain) => {
      expect(await steps({ loginName, 'domain.name': domain })).toMatchObject({
        error: 200,
        message: 'User not found',
      });
    });

    it('needs both ways of naming the domain to mean the same one', async () => {
      const id = await domainId(world, 'HARBOUR');
      expect(await found({ loginName: 'jane', domainId: id, domainName: 'harbour' })).toBe('HARBOUR\\jane');
      await expect(found({ loginName: 'jane', domainId: id, domainName: 'PIER' })).rejects.toMatchObject({ code: 241 });
    });

    it('is not found in a domain that there is none, or a blocked one', async () => {
      expect((await steps({ loginName: 'jane', 'domain.name': 'NOWHERE' })).error).toBe(241);
      expect((await steps({ loginName: 'jane', 'domain.id': 'HARBOUR' })).error).toBe(241);
      expect((await steps({ loginName: 'carl', 'domain.name': 'CLOSED' })).error).toBe(241);
      const blocked = await domainId(world, 'CLOSED');
      expect((await steps({ loginName: 'carl', 'domain.id': blocked })).error).toBe(241);
    });

    it('is refused for a domain outside the realm, whoever is in it', async () => {
      const id = await domainId(world, 'ELSEWHERE');
      expect(await steps({ loginName: 'eve', 'domain.name': 'ELSEWHERE' })).toMatchObject(OUTSIDE);
      expect(await steps({ loginName: 'nobody', domain: { id } })).toMatchObject(OUTSIDE);
      expect(await steps({ loginName: 'jane', 'domain.name': 'HARBOUR' }, PAYROLL)).toMatchObject(OUTSIDE);
    });
  });

  describe('section 2.1: a login without a domain', () => {
    it.each([
      ['jane', 'HARBOUR\\jane'],
      ['mara', 'pier.example\\mara'],
      ['pia', 'PIER\\pia'],
      ['HARBOUR\\jane', 'HARBOUR\\jane'],
      ['harbour\\JANE', 'HARBOUR\\jane'],
      ['pier.example\\twin', 'pier.example\\twin'],
      ['twin@pier.example', 'pier.example\\twin'],
      ['Twin@Harbour', 'HARBOUR\\twin'],
      ['mail@harbour.test', 'HARBOUR\\mail@harbour.test'],
    ])('%s is %s', async (loginName, who) => {
      expect(await found({ loginName })).toBe(who);
    });

    it('is looked for in the realm of the application alone', async () => {
      expect(await found({ loginName: 'twin' }, { application: 'Payroll' })).toBe('pier.example\\twin');
      await expect(found({ loginName: 'jane' }, { application: 'Payroll' })).rejects.toMatchObject({ code: 200 });
      await expect(found({ loginName: 'jane' }, { agent: 'pier' })).rejects.toMatchObject({ code: 200 });
      await expect(found({ loginName: 'eve' })).rejects.toMatchObject({ code: 200 });
      await expect(found({ loginName: 'jane' }, { agent: 'idle' })).rejects.toMatchObject({ code: 200 });
    });

    it('is ambiguous when several domains of the realm have it', async () => {
      expect(await steps({ loginName: 'twin' })).toMatchObject({ error: 201, message: 'User is ambiguous' });
    });

    it.each([
      ['NOWHERE\\jane', 241],
      ['ELSEWHERE\\eve', 242],
      ['eve@elsewhere', 242],
      ['HARBOUR\\mara', 200],
      ['mara@HARBOUR', 200],
      ['\\jane', 200],
      ['jane\\', 200],
      ['@HARBOUR', 200],
      ['jane@', 200],
      ['carl', 200],
      ['CLOSED\\carl', 241],
      ['carl@CLOSED', 200],
    ])('%s is refused with %d', async (loginName, code) => {
      expect((await steps({ loginName })).error).toBe(code);
    });

    it('attack 19: that names a domain never means somebody elsewhere who took that login', async () => {
      // jane@PIER is a login of HARBOUR, and no jane is in PIER.
      await expect(found({ loginName: 'jane@PIER' })).rejects.toMatchObject({ code: 200 });
      await expect(found({ loginName: 'pia@PIER' })).rejects.toMatchObject({ code: 'account-ambiguous' });
    });
  });

  describe('section 2.1: an identifier', () => {
    it('is the account’s, as text', async () => {
      const { account } = await whoIs(world, { loginName: 'jane' });
      expect(await found({ id: account.id })).toBe('HARBOUR\\jane');
      expect((await steps({ id: account.id })).error).toBe(0);
    });

    it('must go with a login and a domain beside it', async () => {
      const { account } = await whoIs(world, { loginName: 'jane' });
      const { id } = account;
      expect(await found({ id, loginName: 'JANE', domainName: 'HARBOUR' })).toBe('HARBOUR\\jane');
      expect(await found({ id, loginName: 'HARBOUR\\jane' })).toBe('HARBOUR\\jane');
      await expect(found({ id, loginName: 'mara' })).rejects.toMatchObject({ code: 200 });
      await expect(found({ id, domainName: 'PIER' })).rejects.toMatchObject({ code: 200 });
      await expect(found({ id, domainName: 'ELSEWHERE' })).rejects.toMatchObject({ code: 242 });
    });

    it('attack 65: is never anybody’s but the one that it is spelt as', async () => {
      const { account } = await whoIs(world, { loginName: 'jane' });
      for (const id of [
        account.id.toUpperCase(),
        `{${account.id}}`,
        account.id.replaceAll('-', ''),
        `${account.id} `,
      ]) {
        expect((await steps({ id })).error).toBe(200);
      }
      expect((await steps({ id: 1 })).error).toBe(200);
      expect((await steps({ id: "' OR 1=1 --" })).error).toBe(200);
      expect((await steps({ id: '00000000-0000-4000-8000-000000000000' })).error).toBe(200);
    });

    it('of somebody outside the realm is refused as their domain is', async () => {
      const { account } = await whoIs(world, { loginName: 'jane' });
      expect(await steps({ id: account.id }, PAYROLL)).toMatchObject(OUTSIDE);
    });

    it('of somebody who is gone from the directory is nobody’s', async () => {
      const { account, person } = await whoIs(world, { loginName: 'mara' });
      await world.database.query('DELETE FROM builtin_people WHERE id = $1', [person.key]);
      expect((await steps({ id: account.id })).error).toBe(200);
    });
  });

  describe('a reference', () => {
    it('that names a domain and nobody in it is refused', async () => {
      expect(await steps({ 'domain.name': 'HARBOUR' })).toMatchObject({ error: 101 });
    });

    it('is looked at after the application and its realm', async () => {
      const unknown = { loginName: 'nobody' };
      expect((await steps(unknown, { id: 'app-0' })).error).toBe(220);
      expect((await steps(unknown, { name: 'Hidden' })).error).toBe(221);
      expect((await steps(unknown, { name: 'Bare' })).error).toBe(240);
    });

    it('attack 46: tells where nobody was looked for, so that a password can be tried on nobody there', async () => {
      const snapshot = await world.get(Configuration).snapshot();
      const caller = { snapshot, agent: { applications: ['Harbour VPN'] } };
      const lookup = await world.get(AuthPeople).lookFor(caller, { loginName: 'nobody', domainName: 'HARBOUR' });
      expect(lookup).toMatchObject({ found: undefined, refusal: { code: 200 }, directory: { kind: 'builtin' } });
      const anywhere = await world.get(AuthPeople).lookFor(caller, { loginName: 'nobody' });
      expect(anywhere).toMatchObject({ found: undefined, directory: { kind: 'builtin' } });
    });
  });

  describe('the status of a person', () => {
    it.each([
      ['account-not-activated', "UPDATE accounts SET state = 'deactivated' WHERE id = $1"],
      [
        'account-disabled',
        'UPDATE builtin_people SET disabled = true WHERE id::text = (SELECT directory_key FROM accounts WHERE id = $1)',
      ],
    ])('%s', async (code, statement) => {
      const people = world.get(AuthPeople);
      const before = await whoIs(world, { loginName: 'pia' });
      people.requireActive(before);
      await world.database.query(statement, [before.account.id]);
      const after = await whoIs(world, { loginName: 'pia' });
      expect(() => people.requireActive(after)).toThrow(expect.objectContaining({ code }));
      await world.database.query("UPDATE accounts SET state = 'active' WHERE id = $1", [before.account.id]);
    });

    it('is locked while an administrator’s block holds', async () => {
      const people = world.get(AuthPeople);
      const jane = await whoIs(world, { loginName: 'jane' });
      await people.requireUnblocked(jane);
      const { manager } = world.database;
      await world.get(AccountBlocks).start(manager, jane.account.id, 'somebody', 60);
      await expect(people.requireUnblocked(jane)).rejects.toMatchObject({ code: 'account-locked' });
      world.clock.advance(61);
      await people.requireUnblocked(jane);
    });
  });
});
