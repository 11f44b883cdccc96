import { Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { DomainError } from '../../core/errors/domain-error.js';
import { Public } from '../../core/web/access.js';
import type { FormFields } from '../../core/web/form-fields.js';
import { PageExceptionFilter } from '../../core/web/page-errors.js';
import {
  type AnsweredQuestion,
  type QuestionOffer,
  SecurityQuestions,
} from '../../tokens/kinds/questions/security-questions.js';
import { ItemDesk, type ItemVisit } from '../enrolling/item-desk.js';
import { readPlacement } from '../enrolling/read-placement.js';
import { ItemField, ItemForm, ItemSelect } from '../pages/item-form.js';
import { itemPage } from '../pages/item-page.js';
import type { ItemProblem } from '../pages/item-problem.js';
import { itemPath } from '../pages/site.js';
import { SlotChoice } from '../pages/slot-choice.js';
import { QUESTION_TEXTS } from './questions.texts.js';

const PATH = itemPath('Questions');
const OFFERED_ID = 'offered';
const LONGEST = 200;

const questionField = (number: number): string => `question-${number}`;
const answerField = (number: number): string => `answer-${number}`;

/** Enrolling security questions, all together (authentication methods, section 6.12). */
@ApiExcludeController()
@Controller(PATH)
@Public('the page session in the cookie decides; a form also needs its CSRF value')
@UseFilters(PageExceptionFilter)
export class QuestionPages {
  constructor(
    private readonly desk: ItemDesk,
    private readonly questions: SecurityQuestions,
  ) {}

  @Get()
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Questions');
    if (item) this.send(reply, item, await this.questions.offer(item.holder), []);
  }

  @Post()
  async save(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const item = await this.desk.enter(request, reply, 'Questions');
    if (!item) return;
    const fields = await this.desk.form(request, item, PATH);
    const offer = await this.questions.offer(item.holder);
    const answered = readAnswers(fields, offer);
    try {
      const placement = readPlacement(fields, item.offer);
      const { completed } = await this.desk.store(item, async (tx) => {
        const held = await this.questions.begin(tx, item.holder, answered);
        await this.desk.finish(tx, item, held, placement);
      });
      this.desk.leave(reply, item, placement.slot, completed);
    } catch (error) {
      const texts = QUESTION_TEXTS[item.visit.language];
      const problem = DomainError.is(error, 'value-out-of-range')
        ? { text: texts.refused }
        : DomainError.is(error, 'unknown-word')
          ? { text: texts.offered }
          : this.desk.problem(error, reply, item);
      if (problem) this.send(reply, item, offer, answered, problem);
    }
  }

  /** Questions come back after a refusal; answers are typed again. */
  private send(
    reply: FastifyReply,
    item: ItemVisit,
    { offered, own, count }: QuestionOffer,
    answered: readonly AnsweredQuestion[],
    problem?: ItemProblem,
  ): void {
    const { visit } = item;
    const texts = QUESTION_TEXTS[visit.language];
    const options = offered.map((text) => ({ value: text, text }));
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    const page = itemPage({
      item,
      title: texts.title,
      lead: texts.lead,
      problem,
      children: (
        <ItemForm visit={visit} action={PATH} csrf={this.desk.csrf(item, PATH)} button={texts.save}>
          {own && (
            <datalist id={OFFERED_ID}>
              {offered.map((text) => (
                <option key={text} value={text} />
              ))}
            </datalist>
          )}
          {numbers.map((number) => {
            const chosen = answered[number - 1]?.question ?? offered[number - 1] ?? '';
            return (
              <div key={number}>
                {own ? (
                  <ItemField
                    name={questionField(number)}
                    label={texts.question(number)}
                    hint={texts.own}
                    value={chosen}
                    maxLength={LONGEST}
                    list={OFFERED_ID}
                  />
                ) : (
                  <ItemSelect
                    name={questionField(number)}
                    label={texts.question(number)}
                    options={options}
                    selected={chosen}
                  />
                )}
                <ItemField
                  name={answerField(number)}
                  label={`${texts.answer} ${number}`}
                  hint={texts.hint}
                  maxLength={LONGEST}
                />
              </div>
            );
          })}
          <SlotChoice language={visit.language} offer={item.offer} />
        </ItemForm>
      ),
    });
    this.desk.send(reply, item, page);
  }
}

function readAnswers(fields: FormFields, { count }: QuestionOffer): AnsweredQuestion[] {
  return Array.from({ length: count }, (_, index) => ({
    question: fields.text(questionField(index + 1)),
    answer: plainSecret(fields.text(answerField(index + 1))),
  }));
}
