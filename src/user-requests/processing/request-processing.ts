import { Injectable } from '@nestjs/common';
import { ProcessedTypes } from './processed-types.js';
import { ProcessingAnswers } from './processing-answers.js';
import type { ProcessingCall } from './processing-call.js';
import { RequestProof } from './proof/request-proof.js';

/** Processing of user requests: what is shown is proved, then the type takes its step (user-requests section 4). */
@Injectable()
export class RequestProcessing {
  constructor(
    private readonly proof: RequestProof,
    private readonly types: ProcessedTypes,
    private readonly answers: ProcessingAnswers,
  ) {}

  async process(call: ProcessingCall): Promise<void> {
    const proven = await this.proof.of(call);
    if ('word' in proven) return this.answers.refuse(call, proven);
    const { type } = proven;
    await this.answers.send(call, await this.types.of(type).process(proven, call), type);
  }
}
