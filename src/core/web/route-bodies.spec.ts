import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBody } from './request-body.js';
import { leaveBodiesToRoutes } from './route-bodies.js';

describe('leaveBodiesToRoutes', () => {
  let app: FastifyInstance;

  beforeEach(() => {
    app = fastify();
    leaveBodiesToRoutes(app);
    app.all('/late', async (request) => ({
      body: request.body ?? 'unread',
      raw: Buffer.from(await readBody(request.raw, 100)).toString(),
    }));
    app.post(
      '/upper',
      {
        config: {
          readBody: async ({ raw }) =>
            Buffer.from(await readBody(raw, 5))
              .toString()
              .toUpperCase(),
        },
      },
      async (request) => ({ body: request.body }),
    );
  });

  afterEach(() => app.close());

  it.each([
    ['application/json'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['text/plain; charset=utf-16'],
    ['nonsense'],
    ['a/b/c'],
    ['/'],
    [''],
    [undefined],
  ])('leaves the body unread in the stream when the type is %j', async (type) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/late',
      headers: type === undefined ? {} : { 'content-type': type },
      payload: Buffer.from('{"a":1}'),
    });
    expect(answer.json()).toEqual({ body: 'unread', raw: '{"a":1}' });
  });

  it('keeps a well-formed type for the route to read', async () => {
    app.post('/type', async (request) => ({ type: request.headers['content-type'] }));
    const answer = await app.inject({
      method: 'POST',
      url: '/type',
      headers: { 'content-type': 'text/plain; charset=ISO-8859-1' },
      payload: 'x',
    });
    expect(answer.json()).toEqual({ type: 'text/plain; charset=ISO-8859-1' });
  });

  it('lets a route name the reader of its body', async () => {
    const answer = await app.inject({ method: 'POST', url: '/upper', payload: 'abc' });
    expect(answer.json()).toEqual({ body: 'ABC' });
  });

  it('answers with an error when the reader refuses', async () => {
    const answer = await app.inject({ method: 'POST', url: '/upper', payload: 'abcdef' });
    expect(answer.statusCode).toBe(500);
  });

  it('reaches the handler of a QUERY without a content type', async () => {
    const answer = await app.inject({ method: 'QUERY', url: '/late', payload: Buffer.from('x') });
    expect(answer.json()).toMatchObject({ raw: 'x' });
  });
});
