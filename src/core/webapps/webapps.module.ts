import { Global, Module } from '@nestjs/common';
import { WebappAccess } from './webapp-access.js';

@Global()
@Module({ providers: [WebappAccess], exports: [WebappAccess] })
export class WebappsModule {}
