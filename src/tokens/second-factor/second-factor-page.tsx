import type { ComponentChildren, JSX } from 'preact';
import { CSRF_FIELD } from '../../core/web/csrf-tokens.js';
import { Card } from '../../core/web/page/card.js';
import { FieldError, ProblemSummary } from '../../core/web/page/form-problems.js';
import { messagePage } from '../../core/web/page/message-page.js';
import type { Page } from '../../core/web/page/page.js';
import { FIDO_SCRIPT, SEND_ONCE_SCRIPT } from '../../core/web/page/scripts.js';
import { SHARED_TEXTS } from '../../core/web/texts/shared-texts.js';
import type { Visit } from '../../core/web/visit.js';
import type { TypedFactor } from './second-factor-checks.js';
import type { OfferedFactors } from './second-factors.js';
import { SECOND_FACTOR_TEXTS } from './texts/second-factor-texts.js';

export const FACTOR_FIELD = 'factor';
export const CODE_FIELD = 'code';
export const RESPONSE_FIELD = 'response';

/** Names of the forms below the page's path. */
export const FORMS = { code: 'code', send: 'send', fido: 'fido' } as const;

/** Why the page came back, in words. */
export interface FactorProblem {
  readonly status: 422 | 429 | 503;
  readonly text: string;
  /** What was typed wrongly; the whole page when absent. */
  readonly factor?: TypedFactor;
}

export interface SecondFactorPageProps {
  readonly visit: Visit;
  readonly organisation: string;
  readonly service: string;
  /** Path of the page; its forms are sent below it. */
  readonly path: string;
  readonly csrf: string;
  readonly factors: OfferedFactors;
  readonly problem?: FactorProblem | undefined;
  /** Where a passcode has just been sent, masked. */
  readonly sentTo?: string | undefined;
  /** Options of the FIDO ceremony that is to be held. */
  readonly ceremony?: object | undefined;
}

/** What a person can show as a second factor, one form each. */
export function secondFactorPage(props: SecondFactorPageProps): Page {
  const { visit, factors, problem, sentTo } = props;
  const texts = SECOND_FACTOR_TEXTS[visit.language];
  const shared = SHARED_TEXTS[visit.language];
  const [route] = factors.passcodes;
  return {
    status: problem?.status ?? 200,
    title: problem ? shared.errorTitle(texts.title) : texts.title,
    organisation: props.organisation,
    scripts: [SEND_ONCE_SCRIPT, ...(props.ceremony ? [FIDO_SCRIPT] : [])],
    body: (
      <Card eyebrow={props.service} heading={texts.title}>
        <ProblemSummary
          heading={shared.problem}
          general={problem && !problem.factor ? [problem.text] : []}
          fields={problem?.factor ? [{ field: fieldId(problem.factor), problems: [problem.text] }] : []}
        />
        <p class="lead">{texts.lead}</p>
        {factors.code && <TypedForm {...props} factor="OTP" texts={texts.code} />}
        {factors.fido && <FidoForm {...props} />}
        {route && (
          <>
            {sentTo !== undefined && (
              <p class="notice" role="status">
                {texts.passcode.sent(sentTo)}
              </p>
            )}
            {(sentTo !== undefined || problem?.factor === 'OTPoD') && (
              <TypedForm
                {...props}
                factor="OTPoD"
                texts={{ ...texts.code, heading: texts.passcode.heading, label: texts.passcode.label }}
              />
            )}
            <Form {...props} form={FORMS.send} button={texts.passcode.button(route.recipient)} quiet />
          </>
        )}
        {factors.emergencyCode && <TypedForm {...props} factor="EMCODE" texts={texts.emergency} />}
      </Card>
    ),
  };
}

/** For a person with nothing to show: nobody is told what is missing. */
export function noFactorPage({ language }: Visit): Page {
  return messagePage({ status: 403, ...SECOND_FACTOR_TEXTS[language].none, sign: 'notice' });
}

interface TypedProps extends SecondFactorPageProps {
  readonly factor: TypedFactor;
  readonly texts: { readonly heading: string; readonly label: string; readonly button: string };
}

function TypedForm({ factor, texts, problem, ...props }: TypedProps): JSX.Element {
  const id = fieldId(factor);
  const problems = problem?.factor === factor ? [problem.text] : [];
  const invalid = problems.length > 0;
  return (
    <>
      <h2>{texts.heading}</h2>
      <Form {...props} form={FORMS.code} button={texts.button}>
        <input type="hidden" name={FACTOR_FIELD} value={factor} />
        <div class={invalid ? 'field field-invalid' : 'field'}>
          <label for={id}>{texts.label}</label>
          <FieldError id={`${id}-error`} problems={problems} />
          <div class="entry">
            <input
              id={id}
              name={CODE_FIELD}
              type="text"
              inputmode={factor === 'OTPoD' ? 'numeric' : 'text'}
              autocomplete="one-time-code"
              autocapitalize="none"
              spellcheck={false}
              required
              aria-invalid={invalid ? 'true' : undefined}
              aria-describedby={invalid ? `${id}-error` : undefined}
            />
          </div>
        </div>
      </Form>
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
        <Form {...props} form={FORMS.fido} button={texts.proceed} ceremony={ceremony}>
          <input type="hidden" name={RESPONSE_FIELD} value="" />
          <p role="alert" data-fido-says="unsupported" hidden>
            {texts.unsupported}
          </p>
          <p role="alert" data-fido-says="failed" hidden>
            {texts.failed}
          </p>
        </Form>
      ) : (
        <Form {...props} form={`${FORMS.fido}/begin`} button={texts.button} quiet />
      )}
    </>
  );
}

interface FormProps extends Pick<SecondFactorPageProps, 'visit' | 'path' | 'csrf'> {
  readonly form: string;
  readonly button: string;
  readonly quiet?: boolean;
  readonly ceremony?: object;
  readonly children?: ComponentChildren;
}

function Form({ visit, path, csrf, form, button, quiet, ceremony, children }: FormProps): JSX.Element {
  const action = `${path}/${form}${visit.inline ? '?inline=1' : ''}`;
  const script = ceremony ? { 'data-fido': 'get', 'data-options': JSON.stringify(ceremony) } : {};
  return (
    <form method="post" action={action} novalidate {...script}>
      <input type="hidden" name={CSRF_FIELD} value={csrf} />
      {children}
      <button class={quiet ? 'button button-quiet' : 'button'} type="submit">
        {button}
      </button>
    </form>
  );
}

function fieldId(factor: TypedFactor): string {
  return `code-${factor.toLowerCase()}`;
}
