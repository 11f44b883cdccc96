import type { FastifyRequest } from 'fastify';

/** Tells when the client of a request goes away before it has its answer. Costs nothing until somebody asks. */
export class HangUp {
  private controller: AbortController | undefined;

  constructor(private readonly request: FastifyRequest) {}

  /** Aborted once the connection is closed. */
  get signal(): AbortSignal {
    const { socket } = this.request.raw;
    if (!this.controller) {
      this.controller = new AbortController();
      socket.once('close', this.closed);
      if (socket.destroyed) this.closed();
    }
    return this.controller.signal;
  }

  /** Stops listening: the connection may serve other requests now. */
  release(): void {
    if (this.controller) this.request.raw.socket.removeListener('close', this.closed);
  }

  private readonly closed = (): void => this.controller?.abort();
}
