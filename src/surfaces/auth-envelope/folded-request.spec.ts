import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/web/strict-json.js';
import { foldRequest } from './folded-request.js';

const NAMES = new Set(['user', 'token']);

describe('dotted keys of a request', () => {
  it('go into the objects that they lead to', () => {
    const request: JsonObject = { 'user.domain.id': 'd-7', user: { loginName: 'jane' }, 'token.serial': '1', 'x.y': 2 };
    expect(foldRequest(request, NAMES)).toMatchObject({
      user: { loginName: 'jane', 'domain.id': 'd-7' },
      token: { serial: '1' },
      'x.y': 2,
    });
  });

  it.each<JsonObject>([
    { user: 'jane', 'user.id': '1' },
    { user: { id: '1' }, 'user.id': '2' },
  ])('are refused where something else is there: %o', (request) => {
    expect(() => foldRequest(request, NAMES)).toThrow(expect.objectContaining({ code: 102 }));
  });

  // Copying the object for each of them takes ten seconds, in which nobody else is served.
  it('attack 40: as many as a body holds keep nobody waiting', () => {
    const keys = Array.from({ length: 5_000 }, (_, number) => `user.${number}`);
    const folded = foldRequest(Object.fromEntries(keys.map((key) => [key, 1])), NAMES);
    expect(Object.keys(folded['user'] ?? {})).toHaveLength(5_000);
  });
});
