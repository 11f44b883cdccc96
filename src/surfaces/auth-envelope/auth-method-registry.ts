import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { type AuthHandler, type AuthMethodDeclaration, declarationOf } from './auth-method.js';
import { type CompiledMethod, compileMethod } from './compiled-method.js';

/** A declared method, compiled, and the provider that carries it out. */
export interface RegisteredAuthMethod extends AuthMethodDeclaration<object>, CompiledMethod {
  readonly call: AuthHandler<object>;
}

/** Every method of the surface, gathered from the providers of all modules when the application starts. */
@Injectable()
export class AuthMethodRegistry implements OnModuleInit {
  private byName: ReadonlyMap<string, RegisteredAuthMethod> = new Map();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws Error when two methods have one name, a result says nothing of its type, or a provider lives for a request only */
  onModuleInit(): void {
    const byName = new Map<string, RegisteredAuthMethod>();
    for (const method of this.discovered().toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (byName.has(method.name)) throw new Error(`authentication method ${method.name} is declared twice`);
      if (method.result !== 'none' && !method.returns) throw new Error(`${method.name} does not say what it returns`);
      byName.set(method.name, method);
    }
    this.byName = byName;
  }

  get(name: string): RegisteredAuthMethod | undefined {
    return this.byName.get(name);
  }

  /** All methods, ordered by name. */
  all(): readonly RegisteredAuthMethod[] {
    return [...this.byName.values()];
  }

  private discovered(): RegisteredAuthMethod[] {
    return this.discovery.getProviders().flatMap((provider) => {
      const instance: unknown = provider.isAlias ? undefined : provider.instance;
      if (typeof instance !== 'object' || instance === null) return [];
      const methods = this.methodsOf(instance);
      if (methods.length > 0 && !provider.isDependencyTreeStatic()) {
        throw new Error(`${String(provider.name)} has authentication methods and must be a singleton`);
      }
      return methods;
    });
  }

  private methodsOf(instance: object): RegisteredAuthMethod[] {
    return this.scanner.getAllMethodNames(Reflect.getPrototypeOf(instance)).flatMap((name) => {
      const handler: unknown = Reflect.get(instance, name);
      const declaration = typeof handler === 'function' ? declarationOf(handler) : undefined;
      if (!declaration) return [];
      const call = (handler as AuthHandler<object>).bind(instance);
      return [{ ...declaration, ...compileMethod(declaration), call }];
    });
  }
}
