import { Global, Module } from '@nestjs/common';
import { Throttle } from './throttle.js';
import { ThrottleHousekeeping } from './throttle-housekeeping.js';

@Global()
@Module({ providers: [Throttle, ThrottleHousekeeping], exports: [Throttle] })
export class ThrottleModule {}
