import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type PlainSecret, plainSecret } from '../../core/crypto/secret-types.js';
import type { Tx } from '../../core/database/database.js';
import type { Language } from '../../core/web/language/languages.js';
import type { Placement } from '../../tokens/enrolment/enrolments.js';
import type { Choice } from '../items.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { CODE_FIELD, PENDING_FIELD } from '../pages/proof-form.js';
import { ItemDesk, type ItemVisit } from './item-desk.js';
import { readPlacement } from './read-placement.js';

/** Where the person wants a proved authenticator to go. */
export type WantedPlacement = Pick<Placement, 'slot' | 'replaces'>;

/** How one item is proved by what its owner types. */
export interface Proof {
  readonly choice: Choice;
  /** Path that the form of `ProofForm` is sent to. */
  readonly path: string;
  /** What to say when nothing was typed. */
  readonly empty: (language: Language) => string;
  /**
   * Looks at what was typed, without white space, for the pending assignment of this id; counted before it is looked at.
   *
   * @returns what stores the authenticator as usable, in the transaction that it is given
   */
  readonly look: (
    item: ItemVisit,
    pending: string,
    typed: PlainSecret,
  ) => Promise<(tx: Tx, placement: WantedPlacement) => Promise<unknown>>;
  /** Shows the form again. */
  readonly show: (item: ItemVisit, problem: ItemProblem) => Promise<void>;
}

/** The proof that every pending authenticator needs before it is usable (manager-json-rpc section 10.1, step 4). */
@Injectable()
export class ProofDesk {
  constructor(private readonly desk: ItemDesk) {}

  /** Answers a form of `ProofForm`. */
  async take(request: FastifyRequest, reply: FastifyReply, proof: Proof): Promise<void> {
    const item = await this.desk.enter(request, reply, proof.choice);
    if (!item) return;
    const fields = await this.desk.form(request, item, proof.path);
    const typed = fields.text(CODE_FIELD).replaceAll(/\s/g, '');
    if (typed === '') return proof.show(item, { field: CODE_FIELD, text: proof.empty(item.visit.language) });
    try {
      const placement = readPlacement(fields, item.offer);
      const keep = await proof.look(item, fields.text(PENDING_FIELD), plainSecret(typed));
      const { completed } = await this.desk.store(item, (tx) => keep(tx, placement));
      this.desk.leave(reply, item, placement.slot, completed);
    } catch (error) {
      const problem = this.desk.problem(error, reply, item);
      if (problem) await proof.show(item, { ...problem, field: CODE_FIELD });
    }
  }
}
