import { Global, Module } from '@nestjs/common';
import { Configuration } from './configuration.js';

@Global()
@Module({ providers: [Configuration], exports: [Configuration] })
export class DomainsModule {}
