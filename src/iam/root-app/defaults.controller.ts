import { Controller, Get, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../core/web/access.js';
import { sendRest } from '../../surfaces/iam-rest/rest-answer.js';
import { RestFilter } from '../../surfaces/iam-rest/rest.filter.js';
import { RestOperation } from '../../surfaces/iam-rest/rest-operation.js';
import { DefaultsService } from './defaults.service.js';

/** `/rest/v1/public/resources/defaults.json` (iam-rest section 7). */
@Controller('rest/v1/public/resources')
@Public('what everybody sees on the log-in form')
@UseFilters(RestFilter)
export class DefaultsController {
  constructor(private readonly defaults: DefaultsService) {}

  @Get('defaults.json')
  @RestOperation({
    id: 'rootAppDefaults',
    summary: 'What the log-in form shows before anybody has logged in',
    answer: {
      type: 'object',
      required: ['defaultDomain', 'selfRegisterAllowed', 'selfRegisterDomains'],
      properties: {
        defaultDomain: { type: 'string', description: '`URL` means the domain of the address; empty means none.' },
        selfRegisterAllowed: { type: 'boolean' },
        selfRegisterDomains: { type: 'array', items: { type: 'string' } },
      },
    },
    codes: [],
  })
  async show(@Res() reply: FastifyReply): Promise<void> {
    sendRest(reply, await this.defaults.defaults());
  }
}
