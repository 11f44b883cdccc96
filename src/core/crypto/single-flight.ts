import { createHmac, randomBytes } from 'node:crypto';

/**
 * Makes equal calls that are under way at the same moment one call: a caller who sends the same credentials many times
 * at once spends one attempt and one password hash. They are told apart by a digest under a key that only this process
 * knows, so that no secret is kept as a key.
 */
export class SingleFlight<T> {
  private readonly processKey = randomBytes(32);
  private readonly running = new Map<string, Promise<T>>();

  /** Runs `work`, or joins the call under way with the same `parts`. */
  run(parts: readonly (string | undefined)[], work: () => Promise<T>): Promise<T> {
    const key = createHmac('sha256', this.processKey).update(JSON.stringify(parts)).digest('base64');
    const running = this.running.get(key);
    if (running) return running;
    const call = work().finally(() => this.running.delete(key));
    this.running.set(key, call);
    return call;
  }
}
