import {
  applyDecorators,
  type CanActivate,
  Injectable,
  type ExecutionContext,
  SetMetadata,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '../errors/domain-error.js';

const ACCESS = 'latchkey:access';

/** Who may call a route, as its declaration says. */
export type Access =
  | { readonly kind: 'public'; readonly reason: string }
  | { readonly kind: 'guarded'; readonly guards: readonly string[] };

/**
 * Declares that anybody may call a route, or every route of a controller, and why that is right: what protects it
 * instead, or that there is nothing to protect. It does not lift guards that the controller names.
 */
export function Public(reason: string): ClassDecorator & MethodDecorator {
  return SetMetadata(ACCESS, { kind: 'public', reason } satisfies Access);
}

/** Declares the guards that decide who may call a route, or every route of a controller, and puts them there. */
export function Guarded(...guards: [Type<CanActivate>, ...Type<CanActivate>[]]): ClassDecorator & MethodDecorator {
  const access: Access = { kind: 'guarded', guards: guards.map((guard) => guard.name) };
  return applyDecorators(SetMetadata(ACCESS, access), UseGuards(...guards));
}

/** The access declared by a handler or else by its controller. */
export function declaredAccess(
  reflector: Reflector,
  handler: Parameters<Reflector['get']>[1],
  controller: Parameters<Reflector['get']>[1],
): Access | undefined {
  return reflector.getAllAndOverride<Access | undefined>(ACCESS, [handler, controller]);
}

/**
 * The guard of the whole application: a route that declares no access is closed (invariant 8). It lets declared routes
 * on to the guards that they name.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws DomainError `access-denied` for a route without a declaration */
  canActivate(context: ExecutionContext): boolean {
    if (declaredAccess(this.reflector, context.getHandler(), context.getClass())) return true;
    throw new DomainError('access-denied', {
      detail: `${context.getClass().name}.${context.getHandler().name} declares no access`,
    });
  }
}
