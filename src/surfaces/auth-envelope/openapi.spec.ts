import type { OpenAPIObject } from '@nestjs/swagger';
import { describe, expect, it } from 'vitest';
import type { AuthMethodDeclaration } from './auth-method.js';
import { NoParameters } from './auth-method.js';
import type { RegisteredAuthMethod } from './auth-method-registry.js';
import { IntegerParam } from './auth-parameter-types.js';
import { compileMethod } from './compiled-method.js';
import { collection, type ObjectType, related, text } from './object-type.js';
import { addAuthPaths } from './openapi.js';
import { APPLICATION, type ApplicationReference, ReferenceParam } from './references.js';

class StepParameters {
  @IntegerParam({ required: true, min: 1, max: 10, description: 'Step.' })
  step!: number;

  @ReferenceParam(APPLICATION, { description: 'Application.' })
  application?: ApplicationReference;
}

const AUTHENTICATOR: ObjectType = { name: 'authenticator', attributes: { code: text('Code.') } };
const STEP: ObjectType = {
  name: 'logonStep',
  attributes: {
    name: text('Name.'),
    authenticators: collection(() => AUTHENTICATOR, 'What may be presented.'),
    previous: related(() => STEP, 'The step before.'),
  },
};

const DECLARATIONS: AuthMethodDeclaration<object>[] = [
  {
    name: 'getSteps',
    summary: 'Tells.',
    permission: 'read',
    changes: false,
    parameters: StepParameters,
    result: 'list',
    returns: { type: STEP, defaults: ['name'] },
    codes: [220, 231],
    examples: [{ summary: 'One', request: { step: 1 }, response: { error: 0 } }],
  },
  {
    name: 'logout',
    summary: 'Ends.',
    permission: 'logon',
    changes: true,
    parameters: NoParameters,
    result: 'none',
    codes: [],
  },
];

function registered(declarations = DECLARATIONS): RegisteredAuthMethod[] {
  return declarations.map((declaration) => ({
    ...declaration,
    ...compileMethod(declaration),
    call: () => Promise.resolve(),
  }));
}

function describeMethods(methods = registered()): OpenAPIObject {
  const document: OpenAPIObject = { openapi: '3.1.0', info: { title: 't', version: '1' }, paths: {} };
  return addAuthPaths(document, { all: () => methods });
}

describe('addAuthPaths', () => {
  it('describes every method at both forms of its path, each with a name of its own', () => {
    const { paths } = describeMethods();
    expect(Object.entries(paths).map(([path, item]) => [path, item.post?.operationId])).toEqual([
      ['/auth/getSteps', 'auth_getSteps'],
      ['/das5/rest/auth/getSteps', 'das5_getSteps'],
      ['/auth/logout', 'auth_logout'],
      ['/das5/rest/auth/logout', 'das5_logout'],
    ]);
  });

  it('describes requests with their bounds, and what all methods take', () => {
    expect(describeMethods().components?.schemas?.['auth.getSteps.Request']).toMatchObject({
      required: ['step'],
      properties: {
        step: { type: 'integer', minimum: 1, maximum: 10 },
        application: { properties: { id: { maxLength: 128 }, name: {} } },
        return: { type: 'array', items: { $ref: '#/components/schemas/AuthReturnItem' } },
        max: { maximum: 1_000 },
        remoteIp: { type: 'string' },
      },
    });
    expect(describeMethods().components?.schemas?.['auth.logout.Request']).not.toHaveProperty('properties.return');
  });

  it('tells success from refusal by `error`, with the codes that the method and every method have', () => {
    const { schemas = {} } = describeMethods().components ?? {};
    expect(schemas['auth.getSteps.Success']).toMatchObject({
      required: ['error'],
      properties: {
        error: { enum: [0] },
        result: { properties: { rows: { items: { $ref: '#/components/schemas/auth.object.logonStep' } } } },
      },
    });
    expect(schemas['auth.logout.Success']).not.toHaveProperty('properties.result');
    expect(schemas['auth.getSteps.Failure']).toMatchObject({
      properties: { error: { enum: [1, 2, 3, 100, 101, 102, 106, 120, 121, 122, 220, 231] } },
    });
  });

  it('gives examples, codes and permission', () => {
    const operation = describeMethods().paths['/auth/getSteps']?.post;
    expect(operation?.description).toContain('- 231: Logon step out of range');
    expect(operation?.description).toContain('Permission `read`');
    expect(operation?.requestBody).toMatchObject({
      content: { 'application/json': { examples: { One: { value: { step: 1 } } } } },
    });
    expect(operation?.responses['200']).toMatchObject({
      content: { 'application/json': { examples: { One: { value: { error: 0 } } } } },
    });
    expect(Object.keys(operation?.responses ?? {})).toEqual(['200', '400', '401', '403', '413', '429', '500', '503']);
  });

  it('refers to nothing that is not there', () => {
    const document = describeMethods();
    const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name = '']) => name,
    );
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(document.components?.schemas).toHaveProperty([name]);
  });

  it('refuses two object types of one name', () => {
    const [first, ...others] = DECLARATIONS;
    const other: ObjectType = { name: 'authenticator', attributes: { id: text('Id.') } };
    const declared = { ...(first as AuthMethodDeclaration<object>), name: 'x', returns: { type: other, defaults: [] } };
    const methods = registered([...others, ...DECLARATIONS.slice(0, 1), declared]);
    expect(() => describeMethods(methods)).toThrow('authenticator is declared twice');
  });

  it('gives the same bytes for the same methods', () => {
    expect(JSON.stringify(describeMethods())).toBe(JSON.stringify(describeMethods()));
  });
});
