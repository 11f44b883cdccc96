import type { FastifyRequest } from 'fastify';
import passport from 'passport';

type Verify = (request: FastifyRequest, done: (error: unknown, caller?: object | null) => void) => void;

let instances = 0;

/**
 * A Passport strategy that hands the request as a whole to `validate`, whose refusal goes on as it was thrown. The
 * ready-made strategies cannot serve here: they look at credentials before any address, and know one kind of them.
 *
 * Passport keeps strategies in one place for the whole process; the number in the name keeps two applications in one
 * process apart.
 */
export class RequestStrategy extends passport.Strategy {
  override readonly name = `request-${++instances}`;

  constructor(private readonly verify: Verify) {
    super();
  }

  override authenticate(request: unknown): void {
    this.verify(request as FastifyRequest, (error, caller) => (caller ? this.success(caller) : this.error(error)));
  }
}
