import { Module } from '@nestjs/common';
import { DemoSeeder } from './demo-seeder.js';
import { DemoTokens } from './demo-tokens.js';

@Module({ providers: [DemoSeeder, DemoTokens], exports: [DemoSeeder] })
export class DemoModule {}
