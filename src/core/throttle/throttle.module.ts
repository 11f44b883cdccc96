import { Global, Module } from '@nestjs/common';
import { AttemptCounters } from './attempt-counters.js';
import { GuardedAttempts } from './guarded-attempt.js';
import { Throttle } from './throttle.js';
import { ThrottleHousekeeping } from './throttle-housekeeping.js';

@Global()
@Module({
  providers: [Throttle, ThrottleHousekeeping, AttemptCounters, GuardedAttempts],
  exports: [Throttle, GuardedAttempts],
})
export class ThrottleModule {}
