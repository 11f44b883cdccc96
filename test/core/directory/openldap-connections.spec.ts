import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { plainSecret } from '../../../src/core/crypto/secret-types.js';
import type { LdapSpec } from '../../../src/core/directory/ldap/ldap-settings.js';
import type { OpenLdapDirectory } from '../../../src/core/directory/openldap/openldap-directory.js';
import { describeWith } from '../../support/describe-with.js';
import { freePort } from '../../support/free-port.js';
import { openLdapOf, personOf } from '../../support/ldap-directories.js';
import { type Slapd, startSlapd } from '../../support/slapd.js';
import type { CertificateFault } from '../../support/test-ca.js';
import { type Fault, TcpProxy } from '../../support/tcp-proxy.js';
import { TestClock } from '../../support/test-clock.js';

const UNAVAILABLE = { code: 'directory-unavailable' };
const MISCONFIGURED = { code: 'directory-misconfigured' };
/** Without TLS, so that a proxy can read along. */
const CLEAR: Partial<LdapSpec> = { startTls: false, allowInsecure: true };

describeWith('openldap', 'OpenLDAP: connections', () => {
  let slapd: Slapd;
  const open: { close(): Promise<void> }[] = [];

  function directoryWith(more: Partial<LdapSpec> = {}, clock?: TestClock): OpenLdapDirectory {
    const directory = openLdapOf(slapd, more, clock);
    open.push(directory);
    return directory;
  }

  async function proxied(more: Partial<LdapSpec> = {}, clock?: TestClock) {
    const proxy = await TcpProxy.start(slapd.port);
    const directory = directoryWith({ ...CLEAR, urls: [proxy.url], ...more }, clock);
    open.push({ close: () => proxy.stop() });
    return { proxy, directory };
  }

  beforeAll(async () => {
    slapd = await startSlapd({ serviceAccess: 'write' });
    await slapd.addPerson({ uid: 'jane', password: 'Janes-password-1' });
  });

  afterEach(async () => {
    for (const opened of open.splice(0)) await opened.close();
  });

  afterAll(() => slapd.stop());

  describe('security', () => {
    it('speaks StartTLS and LDAPS', async () => {
      const startTls = directoryWith();
      const ldaps = directoryWith({ urls: [slapd.ldapsUrl], startTls: false });
      const byName = directoryWith({ urls: [slapd.url.replace('127.0.0.1', 'localhost')] });
      for (const directory of [startTls, ldaps, byName]) expect(await directory.findByLogin('jane')).toBeDefined();
    });

    it('refuses clear text unless it is allowed', async () => {
      await expect(directoryWith({ startTls: false }).probe()).rejects.toMatchObject(MISCONFIGURED);
      await directoryWith(CLEAR).probe();
    });

    it('does not fall back to clear text where StartTLS is asked for', async () => {
      const { proxy } = await proxied();
      proxy.failAfter(0, 'lost');
      const directory = directoryWith({ urls: [proxy.url], startTls: true, allowInsecure: true });
      await expect(directory.probe()).rejects.toMatchObject(UNAVAILABLE);
    });

    it('attack 51: trusts no authority but those of the machine, or of the file in their place', async () => {
      const { detail } = (await directoryWith({ caFile: null })
        .probe()
        .catch((error: unknown) => error)) as { detail: string };
      expect(detail).toMatch(/unable to verify|self-signed|unable to get/);
      await directoryWith({ caFile: null, tlsRejectUnauthorized: false }).probe();
      await expect(directoryWith({ caFile: '/nonexistent.pem' }).probe()).rejects.toMatchObject(MISCONFIGURED);
    });

    it.each<[CertificateFault, RegExp]>([
      ['wrong-name', /does not match certificate|not in the cert/],
      ['expired', /expired/],
      ['self-signed', /self-signed/],
    ])('attack 51: refuses a certificate that is %s, by StartTLS and LDAPS', async (certificate, words) => {
      const other = await startSlapd({ certificate });
      const startTls = openLdapOf(other);
      const ldaps = openLdapOf(other, { urls: [other.ldapsUrl], startTls: false });
      const lab = openLdapOf(other, { tlsRejectUnauthorized: false });
      try {
        for (const directory of [startTls, ldaps]) {
          await expect(directory.probe()).rejects.toMatchObject({
            ...UNAVAILABLE,
            detail: expect.stringMatching(words) as string,
          });
        }
        await lab.probe();
      } finally {
        await Promise.all([startTls.close(), ldaps.close(), lab.close()]);
        await other.stop();
      }
    });
  });

  describe('servers that are not there', () => {
    const servers: Server[] = [];
    const clients = new Set<Socket>();

    /** A server that accepts, and says what it is told to. */
    async function dumb(answer: (client: Socket) => void): Promise<string> {
      const server = createServer((client) => {
        clients.add(client);
        client.on('error', () => undefined);
        answer(client);
      });
      const port = await freePort();
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      servers.push(server);
      return `ldap://127.0.0.1:${port}`;
    }

    afterEach(() => {
      for (const client of clients) client.destroy();
      for (const server of servers.splice(0)) server.close();
    });

    it('gives up on a server that accepts and says nothing, in every way of speaking', async () => {
      const silent = await dumb(() => undefined);
      const quick = { connectTimeoutMs: 60, operationTimeoutMs: 60 };
      const clear = directoryWith({ ...CLEAR, ...quick, urls: [silent] });
      const startTls = directoryWith({ ...quick, urls: [silent] });
      const ldaps = directoryWith({ ...quick, urls: [silent.replace('ldap:', 'ldaps:')], startTls: false });
      for (const directory of [clear, startTls, ldaps]) {
        await expect(directory.findByLogin('jane')).rejects.toMatchObject(UNAVAILABLE);
      }
    });

    it('gives up on a server that stalls in the middle of StartTLS', async () => {
      const accepted = Buffer.from('300c02010178070a010004000400', 'hex');
      const silent = await dumb((client) => client.once('data', () => client.write(accepted)));
      const directory = directoryWith({ urls: [silent], connectTimeoutMs: 60 });
      await expect(directory.probe()).rejects.toMatchObject(UNAVAILABLE);
    });

    it.each([
      ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
      ['an endless element', Buffer.from('3084ffffffff', 'hex')],
      ['an unknown operation', Buffer.from('300502010142ff', 'hex')],
      ['nothing but zeroes', Buffer.alloc(100)],
    ])('gives up on a server that answers with %s', async (_what, bytes) => {
      const babbler = await dumb((client) => client.once('data', () => client.write(bytes)));
      const directory = directoryWith({ ...CLEAR, urls: [babbler], operationTimeoutMs: 500 });
      await expect(directory.probe()).rejects.toMatchObject(UNAVAILABLE);
    });

    it('takes a result code nobody knows for a directory out of order', async () => {
      const odd = Buffer.from('300e0201016109 0a02 0fff 0400 0400'.replaceAll(' ', ''), 'hex');
      odd[1] = odd.length - 2;
      odd[6] = odd.length - 7;
      const strange = await dumb((client) => client.once('data', () => client.write(odd)));
      await expect(directoryWith({ ...CLEAR, urls: [strange] }).probe()).rejects.toMatchObject({
        ...UNAVAILABLE,
        detail: expect.stringContaining('result code 4095') as string,
      });
    });

    it('heeds a notice of disconnection', async () => {
      const notice = Buffer.from('300c02010078070a013404000400', 'hex');
      const ending = await dumb((client) => client.once('data', () => client.write(notice)));
      await expect(directoryWith({ ...CLEAR, urls: [ending] }).probe()).rejects.toMatchObject(UNAVAILABLE);
    });

    it('passes over dead servers, and asks one that failed last for a while', async () => {
      const clock = new TestClock();
      let asked = 0;
      const broken = await dumb((client) => {
        asked += 1;
        client.destroy();
      });
      const dead = `ldap://127.0.0.1:${await freePort()}`;
      const directory = directoryWith({ ...CLEAR, urls: [dead, broken, slapd.url], idleSeconds: 1 }, clock);
      await personOf(directory, 'jane');
      expect(asked).toBe(1);
      clock.advance(2);
      await personOf(directory, 'jane');
      expect(asked).toBe(1);
      clock.advance(60);
      await personOf(directory, 'jane');
      expect(asked).toBe(2);
    });

    it('asks the next server when one hangs in the middle of a search', async () => {
      const { proxy } = await proxied();
      const urls = [proxy.url, slapd.url];
      const directory = directoryWith({ ...CLEAR, urls, operationTimeoutMs: 500 });
      await personOf(directory, 'jane');
      proxy.stalled = true;
      await personOf(directory, 'jane');
      expect(proxy.accepted).toBe(1);
    });

    it('names every server that could not be reached', async () => {
      const urls = [`ldap://127.0.0.1:${await freePort()}`, `ldap://127.0.0.1:${await freePort()}`];
      const directory = directoryWith({ urls });
      const error = (await directory.findByLogin('jane').catch((thrown: unknown) => thrown)) as { detail: string };
      for (const url of urls) expect(error.detail).toContain(url.slice('ldap://'.length));
      expect((await directory.examine()).map(({ ok }) => ok)).toEqual([false, false]);
    });
  });

  describe('pool', () => {
    it('reconnects after the server was restarted', async () => {
      const directory = directoryWith();
      await personOf(directory, 'jane');
      await slapd.restart();
      await personOf(directory, 'jane');
      await slapd.halt();
      await expect(directory.findByLogin('jane')).rejects.toMatchObject(UNAVAILABLE);
      await slapd.start();
      await personOf(directory, 'jane');
    });

    it('uses one connection again and again, and closes it when it was idle for long', async () => {
      const clock = new TestClock();
      const { proxy, directory } = await proxied({ idleSeconds: 60 }, clock);
      for (let i = 0; i < 5; i++) await personOf(directory, 'jane');
      expect(proxy.accepted).toBe(1);
      clock.advance(61);
      await personOf(directory, 'jane');
      expect(proxy.accepted).toBe(2);
    });

    it('never has more connections than allowed, and serves everybody in turn', async () => {
      const { proxy, directory } = await proxied({ poolSize: 3 });
      const found = await Promise.all(Array.from({ length: 60 }, () => directory.findByLogin('jane')));
      expect(new Set(found.map((person) => person?.login))).toEqual(new Set(['jane']));
      expect(proxy.accepted).toBeLessThanOrEqual(3);
    });

    it('lets nobody wait for ever for a free connection', async () => {
      const { proxy, directory } = await proxied({ poolSize: 1, operationTimeoutMs: 500 });
      await personOf(directory, 'jane');
      proxy.stalled = true;
      const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => directory.findByLogin('jane')));
      for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
      proxy.stalled = false;
      await personOf(directory, 'jane');
    });

    it('does not try a refused service account again at once, lest the directory locks it', async () => {
      const clock = new TestClock();
      const { proxy, directory } = await proxied({ bindPassword: plainSecret('not-the-Secret') }, clock);
      for (let i = 0; i < 3; i++) await expect(directory.probe()).rejects.toMatchObject(MISCONFIGURED);
      expect(proxy.accepted).toBe(1);
      clock.advance(31);
      await expect(directory.probe()).rejects.toMatchObject(MISCONFIGURED);
      expect(proxy.accepted).toBe(2);
    });

    it('checks people’s passwords on connections of their own', async () => {
      const { proxy, directory } = await proxied();
      const jane = await personOf(directory, 'jane');
      await directory.verifyPassword(jane, plainSecret('Janes-password-1'));
      expect(proxy.accepted).toBe(2);
      await personOf(directory, 'jane');
      await directory.passwordRules(jane);
      expect(proxy.accepted).toBe(2);
    });

    it('keeps the process when connections break late', async () => {
      const { proxy, directory } = await proxied();
      await personOf(directory, 'jane');
      await proxy.stop();
      await expect(directory.findByLogin('jane')).rejects.toMatchObject(UNAVAILABLE);
    });

    it('has no connection left after it was closed', async () => {
      const { proxy, directory } = await proxied();
      await personOf(directory, 'jane');
      expect(proxy.connections).toBe(1);
      await directory.close();
      await expect.poll(() => proxy.connections).toBe(0);
    });
  });

  describe('attack 54: faults between the steps of a change', () => {
    it.each<[Fault, 'write' | 'manage']>([
      ['lost', 'write'],
      ['lost', 'manage'],
      ['answer-lost', 'write'],
      ['answer-lost', 'manage'],
    ])('ends with an outcome that agrees with the directory: %s, %s access', async (kind, serviceAccess) => {
      const server = await startSlapd({ serviceAccess, mustChange: true });
      const proxy = await TcpProxy.start(server.port);
      const directory = openLdapOf(server, { ...CLEAR, urls: [proxy.url] });
      open.push({ close: () => server.stop() }, { close: () => proxy.stop() }, directory);
      let changed = 0;
      for (let step = 0, beyondLastStep = false; !beyondLastStep; step++) {
        const uid = `person-${step}`;
        await server.addPerson({ uid, password: 'First-password-1' });
        const person = await personOf(directory, uid);
        proxy.failAfter(step, kind);
        const outcome = await directory.setPassword(person, plainSecret('Second-password-2')).then(
          () => 'done',
          (error: { code: string }) => error.code,
        );
        beyondLastStep = proxy.pending;
        proxy.clear();
        const check = await directory.verifyPassword(person, plainSecret('Second-password-2'));
        const works = check.ok || check.code === 'password-must-change';
        expect({ step, outcome }).toEqual({ step, outcome: works ? 'done' : 'directory-unavailable' });
        const former = await directory.verifyPassword(person, plainSecret('First-password-1'));
        expect(former.ok).toBe(!works);
        changed += Number(works);
      }
      expect(changed).toBeGreaterThan(0);
    });

    it('changes a password although the connection at hand was closed meanwhile', async () => {
      const { proxy, directory } = await proxied();
      await slapd.addPerson({ uid: 'patient', password: 'First-password-1' });
      const patient = await personOf(directory, 'patient');
      proxy.failAfter(0, 'lost');
      await directory.setPassword(patient, plainSecret('Second-password-2'));
      expect(await directory.verifyPassword(patient, plainSecret('Second-password-2'))).toEqual({ ok: true });
    });

    it('repeats a search on a new connection', async () => {
      const { proxy, directory } = await proxied();
      await personOf(directory, 'jane');
      proxy.failAfter(0, 'lost');
      expect((await personOf(directory, 'jane')).login).toBe('jane');
    });
  });
});
