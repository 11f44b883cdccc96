import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SiteStamps } from '../../../src/auth/site-stamps/site-stamps.js';
import { eachDatabase } from '../../support/test-database.js';
import type { AuthWorld } from '../auth-world.js';
import { startCatalogWorld, whoIs } from '../catalog-world.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABc3UBGAAAAABJRU5ErkJggg==',
  'base64',
);

eachDatabase((database) => {
  let world: AuthWorld;
  beforeAll(async () => {
    world = await startCatalogWorld(database());
  });
  afterEach(() => world.database.query('DELETE FROM site_stamps'));
  afterAll(() => world.stop());

  const list = (user: object, more: object = {}, agent = 'vpn') =>
    world.call('listSiteStamps', { user, ...more }, { agent });
  const JANE = { loginName: 'jane' };
  const NOTHING = { text: undefined, image: undefined, applicationId: undefined };
  async function set(stamp: object): Promise<void> {
    const { account } = await whoIs(world, JANE);
    await world.get(SiteStamps).set(world.database.manager, account.id, { name: 'main', ...NOTHING, ...stamp });
  }

  describe('section 4.16: listSiteStamps', () => {
    it('has everything about them', async () => {
      await set({ text: 'blue kettle', image: PNG, applicationId: 'app-31' });
      const { account } = await whoIs(world, JANE);
      expect((await list({ id: account.id })).result).toEqual({
        total: 1,
        rows: [
          {
            id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
            name: 'main',
            text: 'blue kettle',
            image: PNG.toString('base64'),
            application: { id: 'app-31' },
            dateCreated: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
          },
        ],
      });
    });

    it('is empty for a person without any', async () => {
      expect((await list(JANE)).result).toEqual({ total: 0, rows: [] });
    });

    it('leaves out those of applications that the agent is not published on', async () => {
      await set({ text: 'one' });
      await set({ name: 'other', text: 'two', applicationId: 'app-99' });
      expect((await list(JANE, { return: ['text'] })).result).toEqual({ total: 1, rows: [{ text: 'one' }] });
    });

    it('attack 45: makes up an answer for who is not there, the same every time', async () => {
      const answers = new Set<string>();
      let empty = 0;
      for (let index = 0; index < 20; index++) {
        const user = { loginName: `nobody ${index}`, 'domain.name': 'HARBOUR' };
        const reply = await list(user);
        expect(reply).toMatchObject({ status: 200, error: 0 });
        expect(await list({ ...user, loginName: `NOBODY  ${index}` })).toEqual(reply);
        if (reply.result?.['total'] === 0) empty++;
        else answers.add(JSON.stringify(reply.result));
      }
      // People may have stamps or none, and so may those who are not there.
      expect(empty).toBeGreaterThan(0);
      expect(empty).toBeLessThan(20);
      expect(answers.size).toBe(20 - empty);
      await set({ text: 'blue kettle' });
      const real = (await list(JANE)).result?.['rows'] as object[];
      for (const answer of answers) {
        const made = JSON.parse(answer) as { rows: Record<string, unknown>[] };
        expect(Object.keys(made.rows[0] ?? {})).toEqual(Object.keys(real[0] ?? {}));
        expect(made.rows[0]?.['id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      }
    });

    it('attack 45: makes up the same for each spelling of a name, as for somebody who is there', async () => {
      const seen = async (user: object) => JSON.stringify((await list(user)).result);
      for (let index = 0; index < 10; index++) {
        const login = `nobody${index}`;
        const own = await seen({ loginName: login, 'domain.name': 'HARBOUR' });
        expect(await seen({ loginName: `harbour\\${login}` })).toBe(own);
        expect(await seen({ loginName: `${login}@HARBOUR` })).toBe(own);
        expect(await seen({ loginName: `HARBOUR\\${login}`, 'domain.name': 'HARBOUR' })).toBe(own);
      }
    });

    it('attack 45: answers a name that several have, and an unknown identifier, likewise', async () => {
      expect((await list({ loginName: 'twin' })).error).toBe(0);
      expect((await list({ id: '00000000-0000-4000-8000-000000000000' })).error).toBe(0);
      expect((await list({ id: 'x' })).error).toBe(0);
    });

    it('is refused without a person, and outside the realm', async () => {
      expect((await list({})).error).toBe(101);
      expect((await list({ loginName: 'eve', 'domain.name': 'ELSEWHERE' })).error).toBe(242);
    });
  });

  describe('SiteStamps.Set, List and Remove', () => {
    const dn = 'cn=jane,dc=HARBOUR';
    async function rpc(method: string, params: object): Promise<unknown> {
      const authorization = `Basic ${Buffer.from('HARBOUR\\boss:Old harbour 21').toString('base64')}`;
      const payload = { jsonrpc: '2.0', id: 0, method, params };
      const answer = await world.app.inject({ method: 'POST', url: '/manag/', headers: { authorization }, payload });
      const { result, error } = answer.json<{ result?: unknown; error?: { data: unknown } }>();
      return error ?? result;
    }

    it('keep the stamps of a person, and leave a row in the audit', async () => {
      const image = PNG.toString('base64');
      expect(await rpc('SiteStamps.Set', { dn, text: 'blue kettle' })).toBe(true);
      expect(await rpc('SiteStamps.Set', { dn, name: 'vpn', image, application: 'harbour vpn' })).toBe(true);
      expect(await rpc('SiteStamps.List', { dn })).toEqual([
        { name: 'main', text: 'blue kettle', image: false, application: '' },
        { name: 'vpn', text: '', image: true, application: 'Harbour VPN' },
      ]);
      expect(await rpc('SiteStamps.Remove', { dn, name: 'vpn' })).toBe(true);
      expect(await rpc('SiteStamps.Remove', { dn, name: 'vpn' })).toBe(false);
      expect((await list(JANE, { return: ['text'] })).result).toEqual({ total: 1, rows: [{ text: 'blue kettle' }] });
      expect((await world.audit('site-stamp.set')).map(({ actor, outcome }) => [actor, outcome])).toEqual([
        ['HARBOUR\\boss', 'success'],
        ['HARBOUR\\boss', 'success'],
      ]);
    });

    it.each([
      ['nothing to show', {}],
      ['an image that is none', { image: 'R0lGODlh' }],
      ['an application that is not declared', { text: 'x', application: 'Nothing' }],
    ])('refuse %s', async (_, params) => {
      expect(await rpc('SiteStamps.Set', { dn, ...params })).not.toBe(true);
      expect(await rpc('SiteStamps.List', { dn })).toEqual([]);
    });
  });

  describe('a stamp', () => {
    it('takes the place of the one with its name, and keeps its identifier', async () => {
      await set({ text: 'one' });
      const before = (await list(JANE, { return: ['id'] })).result;
      await set({ text: 'two' });
      expect((await list(JANE, { return: ['id'] })).result).toEqual(before);
      expect((await list(JANE, { return: ['text'] })).result).toEqual({ total: 1, rows: [{ text: 'two' }] });
    });

    it.each([
      ['nothing to show', {}, 'text'],
      ['an image that is none', { image: Buffer.from('GIF89a') }, 'image'],
      ['an image that is too large', { image: Buffer.concat([PNG, Buffer.alloc(65_536)]) }, 'image'],
    ])('is refused with %s', async (_, stamp, parameter) => {
      await expect(set(stamp)).rejects.toMatchObject({ code: 'value-out-of-range', params: { parameter } });
    });

    it('is refused where there are twenty', async () => {
      for (let index = 0; index < 20; index++) await set({ name: `s${index}`, text: 'x' });
      await expect(set({ name: 's20', text: 'x' })).rejects.toMatchObject({ params: { parameter: 'name' } });
      await set({ name: 's19', text: 'y' });
    });

    it('is removed once', async () => {
      await set({ text: 'one' });
      const { account } = await whoIs(world, JANE);
      const remove = () => world.get(SiteStamps).remove(world.database.manager, account.id, 'main');
      expect([await remove(), await remove()]).toEqual([true, false]);
    });
  });
});
