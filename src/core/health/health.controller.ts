import { Controller, Get, Header, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../web/access.js';
import { type Readiness, ReadinessCheck } from './readiness.js';

/** Signs of life for load balancers and operators. */
@ApiTags('Operations')
@Public('says nothing but whether the parts answer')
@Controller()
export class HealthController {
  constructor(private readonly readiness: ReadinessCheck) {}

  @Get('healthz')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether the process is alive' })
  @ApiResponse({ status: 200, description: 'It is.' })
  healthz(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Whether the process can do its work: database, migrations, directories' })
  @ApiResponse({ status: 200, description: 'Ready, or degraded because a directory does not answer.' })
  @ApiResponse({ status: 503, description: 'The database does not answer or migrations are pending.' })
  async readyz(@Res({ passthrough: true }) reply: FastifyReply): Promise<Readiness> {
    const readiness = await this.readiness.check();
    void reply.code(readiness.status === 'not-ready' ? 503 : 200);
    return readiness;
  }
}
