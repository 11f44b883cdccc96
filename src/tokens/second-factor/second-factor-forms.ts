import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../core/errors/domain-error.js';
import type { FormFields } from '../../core/web/form-fields.js';
import { type Owing, SecondFactorDesk, type SecondFactorPages } from './second-factor-desk.js';
import { SecondFactorChecks, TYPED_FACTORS } from './second-factor-checks.js';
import {
  CHALLENGE_FIELD,
  CODE_FIELD,
  FACTOR_FIELD,
  type FactorProblem,
  RESPONSE_FIELD,
} from './second-factor-fields.js';
import { ASKED_FACTORS, SecondFactorQuestions } from './second-factor-questions.js';
import { SECOND_FACTOR_TEXTS } from './texts/second-factor-texts.js';

/**
 * The forms of the step `second-factor`, for every feature whose links ask for one. Each answers a POST and throws FormError
 * or DomainError `form-not-valid` for what is none of our forms.
 */
@Injectable()
export class SecondFactorForms {
  constructor(
    private readonly desk: SecondFactorDesk,
    private readonly checks: SecondFactorChecks,
    private readonly questions: SecondFactorQuestions,
  ) {}

  /** Answers a GET. Changes nothing. */
  async ask(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<void> {
    const owing = await this.desk.enter(request, reply, pages);
    if (owing) await this.desk.send(owing);
  }

  /** A typed code. */
  async submitCode(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<void> {
    await this.desk.submit(request, reply, pages, async (owing, fields) => {
      const factor = oneOf(TYPED_FACTORS, fields);
      const text = fields.text(CODE_FIELD).trim();
      if (text === '') return this.sendEmpty(owing, factor);
      await this.desk.judge(owing, factor, () => this.checks.typed(owing.held, owing.client, factor, text));
    });
  }

  /** The wish for a question. */
  async beginQuestion(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<void> {
    await this.desk.submit(request, reply, pages, async (owing, fields) => {
      await this.questions.ask(owing.held, oneOf(ASKED_FACTORS, fields));
      await this.desk.send(owing);
    });
  }

  /** The answer to a question. */
  async submitAnswer(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<void> {
    await this.desk.submit(request, reply, pages, async (owing, fields) => {
      const factor = oneOf(ASKED_FACTORS, fields);
      // Cells and digits are typed in groups.
      const text = fields.text(CODE_FIELD).replaceAll(/\s/g, '');
      if (text === '') return this.sendEmpty(owing, factor);
      const answer = { factor, challengeId: fields.text(CHALLENGE_FIELD), text };
      await this.desk.judge(owing, factor, () => this.questions.answer(owing.held, owing.client, answer));
    });
  }

  /** The wish for a passcode. */
  async sendPasscode(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<void> {
    await this.desk.submit(request, reply, pages, async (owing) => {
      const { recipient } = await this.checks.send(owing.held, owing.client);
      await this.desk.send(owing, { sentTo: recipient });
    });
  }

  /** The begin of a FIDO ceremony. */
  async beginFido(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<void> {
    await this.desk.submit(request, reply, pages, async (owing) => {
      await this.desk.send(owing, { ceremony: await this.checks.beginFido(owing.held) });
    });
  }

  /** What the browser's ceremony gave. */
  async submitFido(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<void> {
    await this.desk.submit(request, reply, pages, async (owing, fields) => {
      const response = fields.text(RESPONSE_FIELD);
      await this.desk.judge(owing, undefined, () => this.checks.fidoResponse(owing.held, owing.client, response));
    });
  }

  /** The certificate of the connection that this form came by. */
  async submitCertificate(request: FastifyRequest, reply: FastifyReply, pages: SecondFactorPages): Promise<void> {
    await this.desk.submit(request, reply, pages, async (owing) => {
      const { certificate } = owing;
      if (!certificate) return this.desk.send(owing, { problem: problem(owing, 'certificate') });
      await this.desk.judge(owing, undefined, () => this.checks.certificate(owing.held, owing.client, certificate));
    });
  }

  private sendEmpty(owing: Owing, factor: NonNullable<FactorProblem['factor']>): Promise<void> {
    return this.desk.send(owing, { problem: { ...problem(owing, 'empty'), factor } });
  }
}

function problem({ visit }: Owing, what: 'empty' | 'certificate'): FactorProblem {
  const texts = SECOND_FACTOR_TEXTS[visit.language];
  return { status: 422, text: what === 'empty' ? texts.empty : texts.certificate.notShown };
}

/** The factor that a form names. @throws DomainError `form-not-valid` */
function oneOf<Factor extends string>(factors: readonly Factor[], fields: FormFields): Factor {
  const factor = factors.find((known) => known === fields.text(FACTOR_FIELD));
  if (!factor) throw new DomainError('form-not-valid', { detail: 'a factor that is not offered' });
  return factor;
}
