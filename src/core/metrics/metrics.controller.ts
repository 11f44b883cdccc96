import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Registry } from 'prom-client';
import { Public } from '../web/access.js';
import { Metrics } from './metrics.js';

@ApiTags('Operations')
@Controller('metrics')
@Public('holds numbers only; who may read them is the business of the network or of the proxy in front')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  /** Everything measured, in the text format of Prometheus. Holds numbers only, no names of people. */
  @Get()
  @ApiOperation({ summary: 'Everything measured, for Prometheus' })
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @Header('cache-control', 'no-store')
  scrape(): Promise<string> {
    return this.metrics.metrics();
  }
}
