import { Clock } from '../../src/core/time/clock.js';

/** A clock that stands still until a test moves it. */
export class TestClock extends Clock {
  constructor(private at = new Date('2026-08-03T09:00:00Z')) {
    super();
  }

  now(): Date {
    return this.at;
  }

  advance(seconds: number): void {
    this.at = this.in(seconds);
  }
}
