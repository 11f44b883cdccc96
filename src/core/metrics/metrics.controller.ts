import { Controller, Get, Header } from '@nestjs/common';
import { Registry } from 'prom-client';
import { Public } from '../web/access.js';
import { Metrics } from './metrics.js';

@Controller('metrics')
@Public('holds numbers only; who may read them is the business of the network or of the proxy in front')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  /** Everything measured, in the text format of Prometheus. Holds numbers only, no names of people. */
  @Get()
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @Header('cache-control', 'no-store')
  scrape(): Promise<string> {
    return this.metrics.metrics();
  }
}
