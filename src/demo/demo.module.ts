import { Module } from '@nestjs/common';
import { DemoCardPages } from './demo-card.pages.js';
import { DemoSeeder } from './demo-seeder.js';
import { DemoTokens } from './demo-tokens.js';

@Module({ controllers: [DemoCardPages], providers: [DemoSeeder, DemoTokens], exports: [DemoSeeder] })
export class DemoModule {}
