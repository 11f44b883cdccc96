import { Global, Module } from '@nestjs/common';
import { Orders } from './orders.js';

@Global()
@Module({ providers: [Orders], exports: [Orders] })
export class OrdersModule {}
