import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eachDatabase } from '../../support/test-database.js';
import { type ApiReply, type Caller, CALLERS, refusalOf, UsersWorld } from './users-world.js';

/** Users by the role that they hold, and where. */
const TARGETS = {
  'other root': 'alpha',
  'other boss': 'alpha',
  'other helper': 'alpha',
  lee: 'alpha',
  otto: 'beta',
} as const;

/** What each caller gets who reads, in the order of {@link TARGETS}. */
const READING: Readonly<Record<Caller, readonly number[]>> = {
  root: [200, 200, 200, 200, 200],
  boss: [403, 200, 200, 200, 404],
  helper: [403, 403, 403, 200, 404],
  kim: [403, 403, 403, 403, 403],
  betaBoss: [404, 404, 404, 404, 200],
};

/** And who changes: helping people needs no right to change them. */
const CHANGING: Readonly<Record<Caller, readonly number[]>> = {
  ...READING,
  helper: [403, 403, 403, 403, 403],
};

/** What refusals say. */
const ERRORS: Readonly<Record<number, string>> = { 403: 'not permitted', 404: 'user not found' };

const NOBODY = '00000000-0000-4000-8000-000000000000';

eachDatabase((database) => {
  let world: UsersWorld;

  beforeAll(async () => {
    world = await UsersWorld.start(database());
  });
  beforeEach(() => world.begin());
  afterAll(() => world?.stop());

  type Route = (as: Caller, id: string, login: string) => Promise<ApiReply>;
  const routes: Readonly<Record<string, readonly [Route, typeof READING]>> = {
    'GET /api/users/{id}': [(as, id) => world.call(`/api/users/${id}`, { as }), READING],
    'GET /api/users/username/{username}': [
      (as, _id, login) => world.call(`/api/users/username/${encodeURIComponent(login)}`, { as }),
      READING,
    ],
    'GET /api/users/{id}/status': [(as, id) => world.call(`/api/users/${id}/status`, { as }), READING],
    'POST /api/users/{id}/status': [
      (as, id) => world.call(`/api/users/${id}/status`, { as, form: { status: 'ACTIVE' } }),
      CHANGING,
    ],
    'POST /api/users/{id}': [(as, id) => world.change(id, { info: 'x' }, as), CHANGING],
    'POST /belladati/api/users/{id}': [
      (as, id) => world.call(`/belladati/api/users/${id}`, { as, form: { data: '{"info": "x"}' } }),
      CHANGING,
    ],
  };

  it.each(Object.keys(routes))('attack 65: %s is as the role reaches', async (name) => {
    const [route, expected] = routes[name] ?? [];
    if (!route || !expected) throw new Error('no route');
    const seen: Record<string, number[]> = {};
    for (const as of Object.keys(CALLERS) as Caller[]) {
      seen[as] = [];
      for (const [login, domain] of Object.entries(TARGETS)) {
        const answer = await route(as, await world.id(login, domain), login);
        seen[as].push(answer.status);
        expect(answer.json['error']).toBe(ERRORS[answer.status]);
      }
    }
    expect(seen).toEqual(expected);
  });

  it('attack 45: somebody of another domain is answered like nobody', async () => {
    const otto = await world.id('otto', 'beta');
    for (const path of ['', '/status', '/image']) {
      const there = await world.call(`/api/users/${otto}${path}`);
      const nobody = await world.call(`/api/users/${NOBODY}${path}`);
      expect([path, there.status, there.text]).toEqual([path, nobody.status, nobody.text]);
    }
    const forms: readonly Readonly<Record<string, string>>[] = [{ status: 'INACTIVE' }, { data: '{}' }, {}];
    for (const form of forms) {
      const path = 'status' in form ? '/status' : '';
      const there = await world.call(`/api/users/${otto}${path}`, { form });
      const nobody = await world.call(`/api/users/${NOBODY}${path}`, { form });
      expect([there.status, there.text]).toEqual([nobody.status, nobody.text]);
      expect(there.status).toBe(404);
    }
  });

  it('attack 65: everybody may see themselves, and not change themselves without a role', async () => {
    for (const [as, domain] of Object.entries(CALLERS) as [Caller, string][]) {
      const id = await world.id(as, domain);
      expect((await world.call(`/api/users/${id}`, { as })).json['username']).toBe(as);
      expect((await world.call(`/api/users/${id}/status`, { as })).text).toBe('ACTIVE');
      expect(refusalOf(await world.call(`/api/users/${id}/image`, { as }))).toEqual([404, 'image not found']);
    }
    for (const as of ['kim', 'helper'] as const) {
      expect(refusalOf(await world.change(await world.id(as), { roles: ['ADMIN'] }, as))).toEqual([
        403,
        'not permitted',
      ]);
    }
  });

  it('attack 65: nobody changes the address or number of the own account, to which links go', async () => {
    for (const as of ['root', 'boss'] as const) {
      const id = await world.id(as, CALLERS[as]);
      for (const body of [{ email: 'thief@evil.test' }, { phone: '+35226000666' }]) {
        expect(refusalOf(await world.change(id, body, as))).toEqual([403, 'not permitted']);
      }
    }
  });

  describe('roles that are given', () => {
    const CODES = ['ADMIN', 'WORKSPACE_ADMIN', 'USER_MANAGER', 'REPORT_ADMIN'] as const;
    const GIVING: Readonly<Record<Caller, readonly number[]>> = {
      root: [200, 200, 200, 200],
      boss: [403, 200, 200, 200],
      helper: [403, 403, 403, 403],
      kim: [403, 403, 403, 403],
      betaBoss: [403, 200, 200, 200],
    };

    it('attack 64: with a new user are none above the caller’s own', async () => {
      for (const as of Object.keys(CALLERS) as Caller[]) {
        for (const [index, code] of CODES.entries()) {
          const username = `${as}-${code}`;
          const made = await world.create({ username, roles: [code] }, as);
          expect([as, code, made.status]).toEqual([as, code, GIVING[as][index]]);
          const shown = await world.call(`/api/users/username/${username}`, { as: 'root' });
          expect([shown.status, shown.json['roles']]).toEqual(
            made.status === 200 ? [200, [{ role: code }]] : [404, undefined],
          );
        }
      }
    });

    it('attack 64: with a change are none above the caller’s own, and none is taken from who is above', async () => {
      const lee = await world.id('lee');
      for (const [index, code] of CODES.entries()) {
        expect((await world.change(lee, { roles: [code] })).status).toBe(GIVING.boss[index]);
      }
      const otherRoot = await world.id('other root');
      expect(refusalOf(await world.change(otherRoot, { roles: [] }))).toEqual([403, 'not permitted']);
      expect((await world.change(await world.id('other boss'), { roles: [] })).status).toBe(200);
    });

    it('attack 65: count at once, and not beyond the domain', async () => {
      await world.change(await world.id('kim'), { roles: ['WORKSPACE_ADMIN'] });
      expect((await world.change(await world.id('lee'), { info: 'by kim' }, 'kim')).status).toBe(200);
      const otto = await world.id('otto', 'beta');
      expect(refusalOf(await world.change(otto, { info: 'by kim' }, 'kim'))).toEqual([404, 'user not found']);
      await world.change(await world.id('kim'), { roles: [] });
      expect((await world.change(await world.id('lee'), { info: 'again' }, 'kim')).status).toBe(403);
    });

    it('attack 19: do not outlive their holder', async () => {
      const made = await world.create({ roles: ['WORKSPACE_ADMIN'] });
      const { directory, person } = await world.person('new');
      await directory.registry?.remove(person);
      expect((await world.call(`/api/users/${made.text}`)).status).toBe(404);
      await directory.registry
        ?.create({ login: 'new', displayName: 'Somebody else' })
        .then(({ write }) => world.database.database.transaction(write));
      expect((await world.call('/api/users/username/new')).json['roles']).toEqual([]);
    });
  });
});
