/** The one source of "now". Injected, so that tests move time instead of sleeping. */
export abstract class Clock {
  abstract now(): Date;

  /** The instant `seconds` from now; negative values lie in the past. */
  in(seconds: number): Date {
    return new Date(this.now().getTime() + seconds * 1000);
  }
}

/** The machine's own clock. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
