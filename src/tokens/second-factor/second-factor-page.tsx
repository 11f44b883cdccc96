import type { JSX } from 'preact';
import { Card } from '../../core/web/page/card.js';
import { ProblemSummary } from '../../core/web/page/form-problems.js';
import { messagePage } from '../../core/web/page/message-page.js';
import type { Page } from '../../core/web/page/page.js';
import { FIDO_SCRIPT, SEND_ONCE_SCRIPT } from '../../core/web/page/scripts.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { Visit } from '../../core/web/visit.js';
import { QuestionForms } from './question-forms.js';
import type { TypedFactor } from './second-factor-checks.js';
import {
  FactorField,
  FactorForm,
  type FactorProblem,
  fieldId,
  type FormsOfPage,
  RESPONSE_FIELD,
} from './second-factor-fields.js';
import type { Question } from './second-factor-questions.js';
import type { OfferedFactors } from './second-factors.js';
import { SECOND_FACTOR_TEXTS } from './texts/second-factor-texts.js';

export interface SecondFactorPageProps extends FormsOfPage {
  readonly organisation: string;
  readonly service: string;
  /** What the person has shown already. */
  readonly beside: 'link' | 'password';
  readonly factors: OfferedFactors;
  /** Questions that wait for an answer. */
  readonly questions: readonly Question[];
  readonly problem?: FactorProblem | undefined;
  /** Where a passcode has just been sent, masked. */
  readonly sentTo?: string | undefined;
  /** Options of the FIDO ceremony that is to be held. */
  readonly ceremony?: object | undefined;
}

/** What a person can show as a second factor, one form each. */
export function secondFactorPage(props: SecondFactorPageProps): Page {
  const { visit, factors, questions, problem } = props;
  const texts = SECOND_FACTOR_TEXTS[visit.language];
  const shared = SHARED_TEXTS[visit.language];
  const wrongField = problem?.factor && isOnPage(problem.factor, props) ? fieldId(problem.factor) : undefined;
  return {
    status: problem?.status ?? 200,
    title: problem ? shared.errorTitle(texts.title) : texts.title,
    organisation: props.organisation,
    scripts: [SEND_ONCE_SCRIPT, ...(props.ceremony ? [FIDO_SCRIPT] : [])],
    body: (
      <Card eyebrow={props.service} heading={texts.title}>
        <ProblemSummary
          heading={shared.problem}
          general={problem && wrongField === undefined ? [problem.text] : []}
          fields={problem && wrongField !== undefined ? [{ field: wrongField, problems: [problem.text] }] : []}
        />
        <p class="lead">{texts.lead[props.beside]}</p>
        {factors.code && (
          <>
            <h2>{texts.code.heading}</h2>
            <TypedForm {...props} factor="OTP" label={texts.code.label} button={texts.code.button} />
          </>
        )}
        {factors.questions.map((factor) => (
          <QuestionForms
            key={factor}
            {...props}
            factor={factor}
            question={questions.find((question) => question.factor === factor)}
            problem={problem}
          />
        ))}
        {factors.fido && <FidoForm {...props} />}
        {factors.certificate && <CertificateForm {...props} />}
        <PasscodeForms {...props} />
        {factors.emergencyCode && (
          <>
            <h2>{texts.emergency.heading}</h2>
            <TypedForm {...props} factor="EMCODE" label={texts.emergency.label} button={texts.emergency.button} />
          </>
        )}
      </Card>
    ),
  };
}

/** For a person with nothing to show: nobody is told what is missing. */
export function noFactorPage({ language }: Visit): Page {
  return messagePage({ status: 403, ...SECOND_FACTOR_TEXTS[language].none, sign: 'notice' });
}

/** Whether the field is there that a problem is about; a question may have run out of attempts. */
function isOnPage(factor: NonNullable<FactorProblem['factor']>, { questions }: SecondFactorPageProps): boolean {
  const isTyped = factor === 'OTP' || factor === 'OTPoD' || factor === 'EMCODE';
  return isTyped || questions.some((question) => question.factor === factor);
}

interface TypedProps extends SecondFactorPageProps {
  readonly factor: TypedFactor;
  readonly label: string;
  readonly button: string;
}

function TypedForm({ factor, label, button, problem, ...props }: TypedProps): JSX.Element {
  return (
    <FactorForm {...props} form="code" button={button}>
      <FactorField factor={factor} label={label} numeric={factor === 'OTPoD'} problem={problem} />
    </FactorForm>
  );
}

/** A passcode is sent on demand; its field is there once it may be on its way. */
function PasscodeForms({ sentTo, ...props }: SecondFactorPageProps): JSX.Element | null {
  const { code, passcode } = SECOND_FACTOR_TEXTS[props.visit.language];
  const [route] = props.factors.passcodes;
  if (!route) return null;
  return (
    <>
      <h2>{passcode.heading}</h2>
      {sentTo !== undefined && (
        <p class="notice" role="status">
          {passcode.sent(sentTo)}
        </p>
      )}
      {(sentTo !== undefined || props.problem?.factor === 'OTPoD') && (
        <TypedForm {...props} factor="OTPoD" label={passcode.label} button={code.button} />
      )}
      <FactorForm {...props} form="send" button={passcode.button(route.recipient)} quiet />
    </>
  );
}

/** First the options are asked for, because making a challenge changes something; then the ceremony is held. */
function FidoForm({ ceremony, ...props }: SecondFactorPageProps): JSX.Element {
  const texts = SECOND_FACTOR_TEXTS[props.visit.language].fido;
  return (
    <>
      <h2>{texts.heading}</h2>
      {ceremony ? (
        <FactorForm {...props} form="fido" button={texts.proceed} ceremony={ceremony}>
          <input type="hidden" name={RESPONSE_FIELD} value="" />
          <p role="alert" data-fido-says="unsupported" hidden>
            {texts.unsupported}
          </p>
          <p role="alert" data-fido-says="failed" hidden>
            {texts.failed}
          </p>
        </FactorForm>
      ) : (
        <FactorForm {...props} form="fido/begin" button={texts.button} quiet />
      )}
    </>
  );
}

/** The browser showed its certificate when it connected, or it did not: no page can ask for it. */
function CertificateForm(props: SecondFactorPageProps): JSX.Element {
  const texts = SECOND_FACTOR_TEXTS[props.visit.language].certificate;
  return (
    <>
      <h2>{texts.heading}</h2>
      {props.factors.certificate === 'shown' ? (
        <FactorForm {...props} form="certificate" button={texts.button} quiet />
      ) : (
        <p>{texts.notShown}</p>
      )}
    </>
  );
}
