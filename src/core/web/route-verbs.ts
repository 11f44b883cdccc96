import { Injectable, type OnApplicationBootstrap, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';

interface Route {
  readonly path: RegExp;
  readonly verb: string;
}

type Handlers = Record<string, (...args: unknown[]) => unknown>;

/**
 * Which verbs each path of the server has, as the controllers declare them: for `Allow` (RFC 9110 section 15.5.6). A
 * module that provides it imports `DiscoveryModule`.
 */
@Injectable()
export class RouteVerbs implements OnApplicationBootstrap {
  private routes: readonly Route[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    this.routes = this.discovery.getControllers().flatMap(({ metatype }) => this.ofController(metatype as Type));
  }

  /** The verbs that a path has, `HEAD` beside `GET`; none for an unknown path. */
  of(path: string): string[] {
    const found = this.routes.filter((route) => route.path.test(path)).map(({ verb }) => verb);
    const verbs = found.includes('GET') ? [...found, 'HEAD'] : found;
    return [...new Set(verbs)].toSorted();
  }

  private ofController(controller: Type): Route[] {
    const roots = [this.reflector.get<string | string[] | undefined>(PATH_METADATA, controller) ?? ''].flat();
    const handlers = controller.prototype as Handlers;
    return new MetadataScanner().getAllMethodNames(handlers).flatMap((name) => {
      const handler = handlers[name];
      const method = handler && this.reflector.get<RequestMethod | undefined>(METHOD_METADATA, handler);
      if (!handler || method === undefined || method === RequestMethod.ALL) return [];
      const paths = [this.reflector.get<string | string[] | undefined>(PATH_METADATA, handler) ?? ''].flat();
      return roots
        .flatMap((root) => paths.map((path) => `/${root}/${path}`.replaceAll(/\/+/g, '/').replace(/\/$/, '')))
        .map((path) => ({ path: patternOf(path), verb: RequestMethod[method] }));
    });
  }
}

/** `/a/:id` as a pattern; a slash at the end is as good. */
function patternOf(path: string): RegExp {
  const parts = path.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll('.', String.raw`\.`)));
  return new RegExp(`^${parts.join('/')}/?$`);
}
