import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuthMethodRegistry, type RegisteredAuthMethod } from './auth-method-registry.js';
import { type PathForm, readPath } from './auth-paths.js';
import { AuthRefusal } from './auth-refusal.js';

/** A method as it was called. */
export interface CalledMethod {
  readonly method: RegisteredAuthMethod;
  readonly form: PathForm;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What {@link CalledMethodGuard} found. */
    calledMethod?: CalledMethod;
  }
}

/**
 * Turns away paths where no method is, and every verb but POST. It comes before the agent is looked at: the names of the
 * methods are published, and a wrong path should not cost more than its answer.
 */
@Injectable()
export class CalledMethodGuard implements CanActivate {
  constructor(private readonly registry: AuthMethodRegistry) {}

  /** @throws AuthRefusal 103, 104 */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { '*': below = '' } = request.params as { readonly '*'?: string };
    const { form, name } = readPath(request.routeOptions.url?.startsWith('/das5') ? '/das5' : '/auth', below);
    const method = name === undefined ? undefined : this.registry.get(name);
    if (!method) throw new AuthRefusal(103);
    if (request.method !== 'POST') throw new AuthRefusal(104);
    request.calledMethod = { method, form };
    return true;
  }
}
