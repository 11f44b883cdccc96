import { DomainError } from '../../errors/domain-error.js';

/** A bounded number of things at a time; whoever finds all taken waits in line, but not for ever. */
export class Slots {
  private readonly waiting: (() => void)[] = [];
  private taken = 0;

  constructor(
    private readonly size: number,
    private readonly patienceMs: number,
  ) {}

  /**
   * Runs `work` in a slot.
   *
   * @throws DomainError `directory-unavailable` when none became free in time
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.taken >= this.size) await this.turn();
    else this.taken += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.taken -= 1;
    }
  }

  private async turn(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = () => {
      this.waiting.splice(this.waiting.indexOf(go), 1);
      const detail = `all ${this.size} connections were busy for ${this.patienceMs} ms`;
      reject(new DomainError('directory-unavailable', { detail }));
    };
    const patience = setTimeout(giveUp, this.patienceMs);
    const go = () => {
      clearTimeout(patience);
      resolve();
    };
    this.waiting.push(go);
    return promise;
  }
}
