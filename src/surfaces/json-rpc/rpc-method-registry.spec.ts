import { Injectable, Scope, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Right } from '../../core/administrators/rights.js';
import { NoParams, RpcMethod, type RpcMethodDeclaration } from './rpc-method.js';
import { RpcMethodRegistry } from './rpc-method-registry.js';

const declaration = (name: string) =>
  ({
    name,
    summary: name,
    right: 'send-links',
    changes: false,
    params: NoParams,
    result: {},
  }) satisfies RpcMethodDeclaration<NoParams>;

@Injectable()
class Second {
  private readonly answer = 'second';

  @RpcMethod(declaration('B.Second'))
  async second(): Promise<string> {
    return this.answer;
  }

  async undeclared(): Promise<string> {
    return this.answer;
  }
}

@Injectable()
class First {
  @RpcMethod(declaration('A.First'))
  async first(): Promise<string> {
    return 'first';
  }

  @RpcMethod(declaration('a.first'))
  async lower(): Promise<string> {
    return 'lower';
  }
}

@Injectable()
class FirstAgain extends First {}

@Injectable({ scope: Scope.REQUEST })
class ForOneRequest extends First {}

async function registryOf(...providers: Type[]): Promise<RpcMethodRegistry> {
  const module = await Test.createTestingModule({
    imports: [DiscoveryModule],
    providers: [RpcMethodRegistry, ...providers],
  }).compile();
  await module.init();
  return module.get(RpcMethodRegistry);
}

const caller = {
  label: 'A\\b',
  accountId: '1',
  domainId: '2',
  role: 'global-admin',
  clientAddress: '127.0.0.1',
  correlationId: '3',
} as const;

describe('RpcMethodRegistry', () => {
  it('finds declared methods and no others, ordered by name', async () => {
    const registry = await registryOf(Second, First);
    expect(registry.all().map(({ name }) => name)).toEqual(['A.First', 'B.Second', 'a.first']);
  });

  it('calls a method on its provider', async () => {
    const registry = await registryOf(Second);
    await expect(registry.get('B.Second')?.call(new NoParams(), caller)).resolves.toBe('second');
  });

  it('tells names apart by their case and knows no inherited ones', async () => {
    const registry = await registryOf(First);
    await expect(registry.get('a.first')?.call(new NoParams(), caller)).resolves.toBe('lower');
    for (const name of ['A.FIRST', '', 'constructor', 'toString', '__proto__']) {
      expect(registry.get(name)).toBeUndefined();
    }
  });

  it('refuses to start with two methods of one name', async () => {
    await expect(registryOf(First, FirstAgain)).rejects.toThrow('A.First is declared twice');
  });

  it('refuses to start with methods on a provider that lives for one request', async () => {
    await expect(registryOf(ForOneRequest)).rejects.toThrow('ForOneRequest has JSON-RPC methods');
  });

  it('has a right for every method, by type', () => {
    expectTypeOf<Pick<RpcMethodDeclaration<NoParams>, 'right'>>().toEqualTypeOf<{ readonly right: Right }>();
    expectTypeOf<Omit<RpcMethodDeclaration<NoParams>, 'right'>>().not.toExtend<RpcMethodDeclaration<NoParams>>();
  });
});
