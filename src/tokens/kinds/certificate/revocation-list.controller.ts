import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../../core/web/access.js';
import { DomainError } from '../../../core/errors/domain-error.js';
import { CRL_PATH } from './issuing-authority.js';
import { RevocationList } from './revocation-list.js';

/** Publishes which of our certificates are revoked; their addresses stand in the certificates. */
@ApiTags('certificates')
@Controller(CRL_PATH)
@Public('whoever reads a certificate of ours must be able to see whether it is revoked')
export class RevocationListController {
  constructor(private readonly list: RevocationList) {}

  @Get()
  @ApiOperation({ summary: 'List of revoked certificates (RFC 5280, section 5)' })
  @ApiOkResponse({ description: 'The list, DER.', content: { 'application/pkix-crl': {} } })
  async crl(@Res() reply: FastifyReply): Promise<void> {
    const list = await this.list.current().catch((error: unknown) => {
      if (!DomainError.is(error, 'feature-locked')) throw error;
    });
    if (!list) {
      void reply.code(404).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('Not found\n');
      return;
    }
    void reply.header('cache-control', 'public, max-age=60').type('application/pkix-crl').send(list);
  }
}
