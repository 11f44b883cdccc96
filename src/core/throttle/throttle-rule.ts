/** At most `limit` events of one subject in `window` seconds, counted from the first of them. */
export interface ThrottleRule {
  readonly name: string;
  readonly limit: number;
  /** Seconds. */
  readonly window: number;
  /**
   * Whether nobody waits for the disk when an event is counted: a crash may forget the last second of them. For limits on
   * how much is done, and never for attempts at a secret. Events of one subject then do not queue up for the disk.
   */
  readonly forgetful?: boolean;
}

export interface ThrottleVerdict {
  readonly allowed: boolean;
  /** Events counted in the running window. */
  readonly count: number;
  /** Whole seconds until the window is over, at least 1. */
  readonly retryAfter: number;
}

/** An event that was counted, and can be taken back as long as its window lasts. */
export interface CountedEvent extends ThrottleVerdict {
  /** Whether it was counted. One that comes when the limit is reached already is only refused. */
  readonly counted: boolean;
  /** When its window is over. */
  readonly endsAt: Date;
}

/** An event as the statement that counted it tells. */
export interface EventRow {
  readonly count: number;
  readonly ends_at: Date;
  readonly counted: boolean;
}
