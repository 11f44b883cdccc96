import type { INestApplicationContext, Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { type Access, declaredAccess } from '../../src/core/web/access.js';

/** Where Nest keeps the path that a route decorator names. */
const PATH = 'path';

/** A handler of a controller, with what it says about its access. */
export interface DeclaredRoute {
  /** `Controller.method`. */
  readonly name: string;
  readonly access: Access | undefined;
}

/** Walks every route of every controller of the application. */
export function declaredRoutes(app: INestApplicationContext): DeclaredRoute[] {
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => {
    const controller = metatype as Type;
    const prototype = controller.prototype as Record<string, (...args: unknown[]) => unknown>;
    return scanner.getAllMethodNames(prototype).flatMap((method) => {
      const handler = prototype[method];
      if (!handler || reflector.get<unknown>(PATH, handler) === undefined) return [];
      return { name: `${controller.name}.${method}`, access: declaredAccess(reflector, handler, controller) };
    });
  });
}
