import type { OpenAPIObject } from '@nestjs/swagger';
import { describe, expect, it } from 'vitest';
import { addRpcPaths } from './openapi.js';
import { IntegerParam, StringParam } from './rpc-parameter-types.js';
import type { RegisteredMethod } from './rpc-method-registry.js';
import { NoParams } from './rpc-method.js';

class Params {
  @StringParam({ required: true, description: 'Login.' })
  username!: string;

  @IntegerParam({ description: 'Hours.', schema: { minimum: 1, maximum: 720 } })
  expires?: number;
}

const METHODS: RegisteredMethod[] = [
  {
    name: 'Demo.Send',
    summary: 'Sends.',
    right: 'send-links',
    changes: true,
    params: Params,
    result: { type: 'string', format: 'uri' },
    examples: [{ summary: 'A day', params: { username: 'jane', expires: 24 }, result: 'https://x.example.test/' }],
    call: () => Promise.resolve(true),
  },
  {
    name: 'Server_Status',
    summary: 'Tells.',
    right: 'use-server',
    changes: false,
    params: NoParams,
    result: { type: 'object' },
    call: () => Promise.resolve(true),
  },
];

function describeMethods(methods = METHODS): OpenAPIObject {
  const document: OpenAPIObject = { openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {} };
  return addRpcPaths(document, { all: () => methods });
}

describe('addRpcPaths', () => {
  it('describes every method with its request, parameters and answer', () => {
    const { components } = describeMethods();
    expect(components?.schemas).toMatchObject({
      'Demo.Send.Params': {
        required: ['username'],
        properties: {
          username: { type: 'string', description: 'Login.', maxLength: 10_000 },
          expires: { type: 'integer', description: 'Hours.', minimum: 1, maximum: 720 },
        },
      },
      'Demo.Send.Request': {
        required: ['jsonrpc', 'method', 'params'],
        properties: { method: { enum: ['Demo.Send'] } },
      },
      'Demo.Send.Response': {
        properties: { result: { anyOf: [{ type: 'string', format: 'uri' }, { enum: [false] }] } },
      },
      'Server_Status.Params': { type: 'object', properties: {} },
      'Server_Status.Request': { required: ['jsonrpc', 'method'] },
      RpcFailure: { properties: { error: { properties: { code: { type: 'integer' } } } } },
    });
  });

  it('has one operation that takes any of them, alone or in a batch', () => {
    const operation = describeMethods().paths['/manag/']?.post;
    const requests = [
      { $ref: '#/components/schemas/Demo.Send.Request' },
      { $ref: '#/components/schemas/Server_Status.Request' },
    ];
    expect(operation?.requestBody).toMatchObject({
      content: {
        'application/json': {
          schema: { oneOf: [...requests, { type: 'array', maxItems: 50, items: { oneOf: requests } }] },
          examples: {
            'Demo.Send: A day': {
              value: { jsonrpc: '2.0', method: 'Demo.Send', params: { username: 'jane', expires: 24 }, id: 0 },
            },
          },
        },
      },
    });
    expect(Object.keys(operation?.responses ?? {})).toEqual(['200', '204', '401', '403', '413', '429']);
    expect(operation?.security).toEqual([{ managerBasic: [] }]);
  });

  it('refers to nothing that is not there', () => {
    const text = JSON.stringify(describeMethods());
    const { components } = describeMethods();
    const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(references.length).toBeGreaterThan(0);
    for (const name of references) expect(components?.schemas).toHaveProperty([name]);
  });

  it('gives the same bytes for the same methods, and keeps what was there', () => {
    expect(JSON.stringify(describeMethods())).toBe(JSON.stringify(describeMethods()));
    const document: OpenAPIObject = {
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: { '/x': {} },
      components: { schemas: { X: {} }, securitySchemes: { x: { type: 'http' } } },
    };
    addRpcPaths(document, { all: () => [] });
    expect(Object.keys(document.paths)).toEqual(['/x', '/manag/']);
    expect(document.components?.schemas).toHaveProperty('X');
    expect(document.components?.securitySchemes).toHaveProperty('x');
  });
});
