import { Global, Module } from '@nestjs/common';
import { ApplyConfiguration } from './apply-configuration.js';

@Global()
@Module({ providers: [ApplyConfiguration], exports: [ApplyConfiguration] })
export class ApplyModule {}
