import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FormError, readForm } from './form-fields.js';
import { leaveBodiesToRoutes } from './route-bodies.js';

const FORM = 'application/x-www-form-urlencoded';

describe('readForm', () => {
  let app: FastifyInstance;

  beforeAll(() => {
    app = fastify();
    leaveBodiesToRoutes(app);
    app.post('/', async (request) => {
      try {
        return { text: (await readForm(request)).text('a') };
      } catch (error) {
        return { refused: error instanceof FormError ? error.reason : String(error) };
      }
    });
  });

  afterAll(() => app.close());

  async function post(payload: string | Buffer, type?: string): Promise<unknown> {
    const headers = type === undefined ? {} : { 'content-type': type };
    return (await app.inject({ method: 'POST', url: '/', headers, payload })).json();
  }

  it.each([
    ['a=b', 'b'],
    ['a=', ''],
    ['a', ''],
    ['x=1&a=%C3%A4+%2B&y=2', 'ä +'],
    ['a=%00', '\0'],
    [`a=${'x'.repeat(60_000)}`, 'x'.repeat(60_000)],
  ])('reads a field', async (payload, text) => {
    expect(await post(payload, `${FORM}; charset=UTF-8`)).toEqual({ text });
  });

  it.each([
    ['nothing', '', FORM, 'field-missing'],
    ['another field', 'b=1', FORM, 'field-missing'],
    ['a list', 'a=1&a=2', FORM, 'field-repeated'],
    ['the list of other parsers', 'a[]=1', FORM, 'field-missing'],
    ['a nested object', 'a[b]=1', FORM, 'field-missing'],
    ['JSON', '{"a":"b"}', 'application/json', 'not-a-form'],
    ['a multipart form', 'a=b', 'multipart/form-data; boundary=x', 'not-a-form'],
    ['a nonsense type', 'a=b', 'nonsense', 'not-a-form'],
    ['no type', 'a=b', undefined, 'not-a-form'],
    ['more than 64 KiB', `a=${'x'.repeat(64 * 1024)}`, FORM, 'too-large'],
    ['bytes that are not UTF-8', Buffer.from([0x61, 0x3d, 0xff]), FORM, 'unreadable'],
  ])('attack 5: refuses %s', async (_what, payload, type, reason) => {
    expect(await post(payload, type)).toEqual({ refused: reason });
  });
});
