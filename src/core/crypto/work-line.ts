import { DomainError } from '../errors/domain-error.js';

/** A place in a line of work; given back by {@link Place.leave}. */
export interface Place {
  /** Does a piece of work when its turn has come. */
  work<T>(piece: () => Promise<T>): Promise<T>;
  leave(): void;
}

export interface WorkLineSize {
  /** Pieces of work that run at once. */
  readonly atOnce: number;
  /** Places in all, running and waiting. */
  readonly places: number;
  /** Places that strangers leave free for others. */
  readonly kept: number;
}

/** A line of bounded length for costly work: pieces run a bounded number at a time, in the order they came. */
export class WorkLine {
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private taken = 0;

  constructor(private readonly size: WorkLineSize) {}

  /**
   * Takes a place, from before the work is begun. Strangers find the line full earlier than others.
   *
   * @throws DomainError `overloaded` when there is none
   */
  enter(who: 'stranger' | 'known'): Place {
    const { places, kept } = this.size;
    const open = who === 'stranger' ? places - kept : places;
    if (this.taken >= open) throw new DomainError('overloaded', { detail: `${this.taken} passwords are being hashed` });
    this.taken += 1;
    return {
      work: (piece) => this.inTurn(piece),
      leave: () => {
        this.taken -= 1;
      },
    };
  }

  private async inTurn<T>(piece: () => Promise<T>): Promise<T> {
    if (this.running >= this.size.atOnce) await new Promise<void>((go) => this.waiting.push(go));
    else this.running += 1;
    try {
      return await piece();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
