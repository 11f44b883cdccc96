import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { AdministratorCaller } from '../../core/administrators/administrator-caller.js';
import type { FoundPerson } from '../../core/directory/people.js';
import { declarationOf, type RpcMethodDeclaration } from './rpc-method.js';
import type { RpcResult } from './rpc-result.js';

/** `found` is there for methods that declare a `person`. */
type Handler = (params: object, caller: AdministratorCaller, found?: FoundPerson) => Promise<RpcResult>;

/** A declared method and the provider that carries it out. */
export interface RegisteredMethod extends RpcMethodDeclaration<object> {
  readonly call: Handler;
}

/** Every method of the surface, gathered from the providers of all modules when the application starts. */
@Injectable()
export class RpcMethodRegistry implements OnModuleInit {
  private byName: ReadonlyMap<string, RegisteredMethod> = new Map();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws Error when two methods have one name, or when a provider of methods lives for a request only */
  onModuleInit(): void {
    const byName = new Map<string, RegisteredMethod>();
    for (const method of this.discovered().toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (byName.has(method.name)) throw new Error(`JSON-RPC method ${method.name} is declared twice`);
      byName.set(method.name, method);
    }
    this.byName = byName;
  }

  get(name: string): RegisteredMethod | undefined {
    return this.byName.get(name);
  }

  /** All methods, ordered by name. */
  all(): readonly RegisteredMethod[] {
    return [...this.byName.values()];
  }

  private discovered(): RegisteredMethod[] {
    return this.discovery.getProviders().flatMap((provider) => {
      const instance: unknown = provider.isAlias ? undefined : provider.instance;
      if (typeof instance !== 'object' || instance === null) return [];
      const methods = this.methodsOf(instance);
      if (methods.length > 0 && !provider.isDependencyTreeStatic()) {
        throw new Error(`${String(provider.name)} has JSON-RPC methods and must be a singleton`);
      }
      return methods;
    });
  }

  private methodsOf(instance: object): RegisteredMethod[] {
    return this.scanner.getAllMethodNames(Reflect.getPrototypeOf(instance)).flatMap((name) => {
      const handler: unknown = Reflect.get(instance, name);
      const declaration = typeof handler === 'function' ? declarationOf(handler) : undefined;
      return declaration ? [{ ...declaration, call: (handler as Handler).bind(instance) }] : [];
    });
  }
}
