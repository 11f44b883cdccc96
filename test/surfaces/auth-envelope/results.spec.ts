import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DemoAuthSurface } from './demo-auth-surface.js';

let surface: DemoAuthSurface;

beforeAll(async () => {
  surface = await DemoAuthSurface.start();
});
beforeEach(() => surface.reset());
afterAll(() => surface.close());

describe('authentication methods, section 2.2: return', () => {
  const one = async (wanted: unknown): Promise<unknown> => {
    surface.methods.tokens = [surface.methods.token({ expires: new Date('2026-02-11T08:14:00.750Z') })];
    const answer = await surface.call('getToken', { return: wanted });
    return answer.error === 0 ? answer.result : answer.error;
  };

  it('answers what the method says when nothing is asked for', async () => {
    surface.methods.tokens = [surface.methods.token({})];
    expect(await surface.call('listTokens', {})).toEqual({
      error: 0,
      result: { total: 1, rows: [{ id: 't-1', serial: '100' }] },
    });
    expect(await surface.call('getToken', {})).toEqual({ error: 0 });
    expect(surface.methods.calls[0]?.wanted).toMatchObject({ asked: false });
  });

  it.each([
    [['id', 'status'], { id: 't-1', status: 'ACTIVE' }],
    [['id', 'id', 'none', 'constructor', '__proto__', ''], { id: 't-1' }],
    [[], {}],
    [['expires'], { expires: '2026-02-11T08:14:00Z' }],
    [['options', 'functions'], { options: { length: '6' }, functions: ['OTP'] }],
    [['product.name'], { 'product.name': 'Card' }],
    [['product'], { product: { id: 'p-1' } }],
    [[{ product: ['name', 'none'] }], { product: { name: 'Card' } }],
    [[{ product: ['*'] }], { product: { id: 'p-1', name: 'Card', method: 'GridCard' } }],
    [['product', { product: ['name'] }], { product: { id: 'p-1', name: 'Card' } }],
    [['product.name', { product: ['method'] }], { 'product.name': 'Card', product: { method: 'GridCard' } }],
    [['assignments'], { assignments: [{ id: 'a-1' }] }],
    [[{ assignments: ['status'] }], { assignments: [{ status: 'ACTIVE' }] }],
    [[{ assignments: [{ elements: ['id'] }] }], { assignments: { elements: [{ id: 'a-1' }] } }],
    [[{ assignments: [{ token: ['serial'] }] }], { assignments: [{ token: { serial: '100' } }] }],
    [[{ none: ['id'] }, { id: ['x'] }, 'id.x', 'assignments.id', 'product.none'], {}],
  ])('answers %j', async (wanted, expected) => {
    expect(await one(wanted)).toEqual(expected);
  });

  it('answers for * everything but what belongs to related objects', async () => {
    expect(await one(['*'])).toEqual({
      id: 't-1',
      serial: '100',
      status: 'ACTIVE',
      digits: 6,
      locked: false,
      expires: '2026-02-11T08:14:00Z',
      functions: ['OTP'],
      options: { length: '6' },
      product: { id: 'p-1' },
      assignments: [{ id: 'a-1' }],
    });
  });

  it('gives null for what there is not', async () => {
    surface.methods.tokens = [{ id: 't-2' }];
    const wanted = ['expires', 'product', 'product.name', { product: ['id'] }];
    expect(await surface.call('getToken', { return: wanted })).toEqual({
      error: 0,
      result: { expires: null, product: null, 'product.name': null },
    });
  });

  it('works related objects out only when they are asked for', async () => {
    await one(['id', { assignments: ['id'] }]);
    expect(surface.methods.products).toBe(0);
    await one(['product.name']);
    expect(surface.methods.products).toBe(1);
  });

  it('tells the method what is asked for', async () => {
    await one(['serial', { product: ['id'] }]);
    const wanted = surface.methods.calls[0]?.wanted;
    expect([wanted?.asked, wanted?.has('serial'), wanted?.has('product'), wanted?.has('id')]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it.each([
    [['seed']],
    [['password']],
    [['pin']],
    [['id', 'passcodeHistory']],
    [['product.password']],
    [['none.seed']],
    [['seed.none']],
    [[{ product: ['seed'] }]],
    [[{ none: ['password'] }]],
    [[{ password: ['*'] }]],
    [[{ assignments: ['challengeCodes'] }]],
    [[{ assignments: [{ elements: ['activationCode'] }] }]],
  ])('attack 42: refuses the secret in %j with 106', async (wanted) => {
    expect(await one(wanted)).toBe(106);
  });

  it('attack 42: no form of return leads to a secret', async () => {
    for (const name of ['seed', 'password']) {
      for (const form of [name, `product.${name}`, { [name]: ['*'] }, { product: [name] }, name.toUpperCase()]) {
        expect(JSON.stringify(await one([form, '*']))).not.toContain('CANARY');
      }
    }
  });

  it.each([
    ['*'],
    [{ id: true }],
    [[5]],
    [[null]],
    [[['id']]],
    [[{ product: 'id' }]],
    [Array(65).fill('id')],
    [[{ product: Array(65).fill('id') }]],
    [['a.b.c.d.e']],
    [[{ assignments: [{ token: [{ assignments: [{ token: ['id'] }] }] }] }]],
    [['a\0b']],
  ])('refuses %j with 102', async (wanted) => {
    expect(await one(wanted)).toBe(102);
  });

  it('follows relations four deep', async () => {
    expect(await one([{ assignments: [{ token: [{ product: ['id'] }] }] }])).toEqual({
      assignments: [{ token: { product: null } }],
    });
  });
});

describe('authentication methods, section 2.3: lists', () => {
  const serials = async (request: object): Promise<unknown> => {
    const { methods } = surface;
    methods.tokens = [
      methods.token({
        id: 't-3',
        serial: '300',
        digits: 8,
        status: 'DISABLED',
        functions: ['OTP', 'OOBA'],
      }),
      methods.token({ id: 't-1', serial: '100', expires: new Date('2026-01-01T00:00:00Z') }),
      methods.token({ id: 't-2', serial: '200', digits: 10, functions: [] }),
    ];
    const { error, result } = await surface.call('listTokens', { return: ['serial'], ...request });
    if (error !== 0) return error;
    const { total, rows } = result as { total: number; rows: { serial: string }[] };
    return [total, ...rows.map(({ serial }) => serial)];
  };

  it.each([
    [{}, [3, '100', '200', '300']],
    [{ sort: 'serial', order: 'desc' }, [3, '300', '200', '100']],
    [{ order: 'desc' }, [3, '300', '200', '100']],
    [{ sort: 'digits' }, [3, '100', '300', '200']],
    [{ sort: 'product.name' }, [3, '300', '100', '200']],
    [{ max: 1 }, [3, '100']],
    [{ max: 2, offset: 1 }, [3, '200', '300']],
    [{ offset: 5 }, [3]],
    [{ match: [] }, [3, '100', '200', '300']],
    [{ match: [['status', '=', 'DISABLED']] }, [1, '300']],
    [{ match: [['status', '=', 'disabled']] }, [0]],
    [{ match: [['serial', '=', 200]] }, [1, '200']],
    [{ match: [['functions', '=', 'OOBA']] }, [1, '300']],
    [
      {
        match: [
          ['status', '!=', 'DISABLED'],
          ['digits', '>', 6],
        ],
      },
      [1, '200'],
    ],
    [{ match: [['digits', '<=', 8]] }, [2, '100', '300']],
    [{ match: [['expires', '<', '2026-06-01T00:00:00Z']] }, [1, '100']],
    [{ match: [['expires', '=', null]] }, [2, '200', '300']],
    [{ match: [['serial', 'like', '%0%']] }, [3, '100', '200', '300']],
    [{ match: [['serial', 'like', '2%0']] }, [1, '200']],
    [{ match: [['serial', 'like', '2%00%0']] }, [0]],
    [{ match: [['serial', 'like', '2_0']] }, [0]],
    [{ match: [['serial', 'in', ['100', 300]]] }, [2, '100', '300']],
    [{ match: [['serial', 'in', []]] }, [0]],
    [{ match: [['product.method', '=', 'GridCard']], max: 1 }, [3, '100']],
  ])('answers %j', async (request, expected) => {
    expect(await serials(request)).toEqual(expected);
  });

  it('has a hundred rows unless more are asked for, a thousand at most, and counts all', async () => {
    surface.methods.tokens = Array.from({ length: 1_001 }, (_, index) =>
      surface.methods.token({ serial: String(1_000 + index) }),
    );
    const sizes = async (request: object) => {
      const { total, rows } = (await surface.call('listTokens', request)).result as { total: number; rows: unknown[] };
      return [total, rows.length];
    };
    expect(await sizes({})).toEqual([1_001, 100]);
    expect(await sizes({ max: 1_000 })).toEqual([1_001, 1_000]);
    expect(await sizes({ max: 1_000, offset: 1_000 })).toEqual([1_001, 1]);
  });

  it('keeps the order of a method that has one of its own, and turns it round with desc', async () => {
    surface.methods.tokens = ['200', '300', '100'].map((serial) => surface.methods.token({ serial }));
    const order = async (request: object) =>
      ((await surface.call('listSteps', request)).result as { rows: { serial: string }[] }).rows.map(
        ({ serial }) => serial,
      );
    expect(await order({})).toEqual(['200', '300', '100']);
    expect(await order({ order: 'asc' })).toEqual(['200', '300', '100']);
    expect(await order({ order: 'desc' })).toEqual(['100', '300', '200']);
    expect(await order({ order: 'desc', sort: 'serial' })).toEqual(['300', '200', '100']);
  });

  it.each([
    [{ match: 'x' }],
    [{ match: ['serial', '=', '100'] }],
    [{ match: [['serial', '=']] }],
    [{ match: [['serial', '~', 'x']] }],
    [{ match: [['serial', 'constructor', 'x']] }],
    [{ match: [['none', '=', 'x']] }],
    [{ match: [['product', '=', 'x']] }],
    [{ match: [['serial', '=', {}]] }],
    [{ match: [['serial', 'like', 5]] }],
    [{ match: [['serial', 'in', 'x']] }],
    [{ match: [['serial', 'in', Array(101).fill('x')]] }],
    [{ match: Array.from({ length: 17 }, () => ['serial', '=', '100']) }],
    [{ sort: 'none' }],
    [{ sort: 'product' }],
    [{ sort: 5 }],
    [{ order: 'up' }],
    [{ max: 0 }],
    [{ max: 1_001 }],
    [{ max: '5' }],
    [{ offset: -1 }],
  ])('refuses %j with 102', async (request) => {
    expect(await serials(request)).toBe(102);
  });

  it.each([
    [{ match: [['seed', 'like', 'S%']] }],
    [{ sort: 'password' }],
    [{ match: [['product.pin', '=', '1']] }],
    [{ match: [['uri', 'like', '%']] }],
    [{ sort: 'uri' }],
  ])('attack 48: refuses to be asked about a secret with 106: %j', async (request) => {
    expect(await serials(request)).toBe(106);
  });

  it('attack 44: a pattern of many wildcards costs no more than its length', async () => {
    surface.methods.tokens = [surface.methods.token({ serial: 'a'.repeat(20_000) })];
    const pattern = `${'%a'.repeat(10_000)}b`;
    expect(await surface.call('listTokens', { match: [['serial', 'like', pattern]] })).toMatchObject({
      result: { total: 0 },
    });
  });

  it('attack 68: answers each of many parallel calls with its own rows', async () => {
    surface.methods.tokens = [surface.methods.token({})];
    const calls = Array.from({ length: 100 }, (_, index) =>
      surface.call(index % 2 === 0 ? 'listTokens' : 'getToken', { return: [index % 3 === 0 ? 'id' : 'serial'] }),
    );
    (await Promise.all(calls)).forEach(({ result }, index) => {
      const row = index % 3 === 0 ? { id: 't-1' } : { serial: '100' };
      expect(result).toEqual(index % 2 === 0 ? { total: 1, rows: [row] } : row);
    });
  });
});
