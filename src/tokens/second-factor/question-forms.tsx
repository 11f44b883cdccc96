import type { JSX } from 'preact';
import { plainSecret } from '../../core/crypto/secret-types.js';
import { gridFromText } from '../grid/grid.js';
import { GridTable } from '../grid/grid-table.js';
import {
  CHALLENGE_FIELD,
  FACTOR_FIELD,
  FactorField,
  FactorForm,
  type FactorProblem,
  type FormsOfPage,
} from './second-factor-fields.js';
import type { AskedFactor, Question } from './second-factor-questions.js';
import { SECOND_FACTOR_TEXTS } from './texts/second-factor-texts.js';

interface Props extends FormsOfPage {
  readonly factor: AskedFactor;
  /** The question, once it was put. */
  readonly question: Question | undefined;
  readonly problem: FactorProblem | undefined;
}

/** First the question is asked for, because putting it changes something; then it is answered. */
export function QuestionForms({ factor, question, problem, ...page }: Props): JSX.Element {
  const texts = SECOND_FACTOR_TEXTS[page.visit.language];
  const { heading, begin, label, hint } = texts.questions[factor];
  return (
    <>
      <h2>{heading}</h2>
      {question ? (
        <>
          {factor === 'GridGo' && <GridTable id="grid" grid={gridOf(question)} caption={heading} />}
          <FactorForm {...page} form="answer" button={texts.code.button}>
            <input type="hidden" name={CHALLENGE_FIELD} value={question.challengeId} />
            <FactorField
              factor={factor}
              label={label(question.text)}
              hint={hint}
              numeric={factor === 'OCRA' || factor === 'OTPList'}
              problem={problem}
            />
          </FactorForm>
        </>
      ) : (
        <FactorForm {...page} form="question" button={begin} quiet>
          <input type="hidden" name={FACTOR_FIELD} value={factor} />
        </FactorForm>
      )}
    </>
  );
}

function gridOf({ text }: Question): ReturnType<typeof gridFromText> {
  const { grid } = JSON.parse(text) as { grid: string[] };
  return gridFromText(plainSecret(grid.join('\n')));
}
