import { Module } from '@nestjs/common';
import { LinksModule } from '../delivery/links/links.module.js';
import { EnrolmentRpc } from './selfreg.rpc.js';
import { EnrolmentService } from './selfreg.service.js';

/** Enrolling authenticators by link: the method that sends it and the pages that it opens. */
@Module({
  imports: [LinksModule],
  providers: [EnrolmentRpc, EnrolmentService],
})
export class EnrolmentModule {}
