import type { FastifyReply } from 'fastify';
import { securityHeaders } from '../../core/web/security-headers.js';
import type { Visit } from '../../core/web/visit.js';
import { gridPdf, type PrintedGrid } from './grid-pdf.js';

/** Hands out a card as a file to be printed; nobody on the way keeps it. */
export async function sendGridPdf(reply: FastifyReply, visit: Visit, card: PrintedGrid): Promise<void> {
  const file = await gridPdf(card);
  void reply
    .headers({ ...securityHeaders(visit), 'content-disposition': 'attachment; filename="grid-card.pdf"' })
    .type('application/pdf')
    .send(file);
}
