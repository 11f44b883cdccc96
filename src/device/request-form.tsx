import type { ComponentChildren, JSX } from 'preact';
import { Fact, Facts } from '../core/web/page/facts.js';
import { LONGEST_PIN } from '../tokens/kinds/pin-code/pin-code.js';
import type { DeviceTexts } from './texts/device-texts.js';

/** One request, with what the person needs to know to answer it (attack class 43). */
export function RequestForm({ texts }: { readonly texts: DeviceTexts['request'] }): JSX.Element {
  return (
    <form novalidate>
      <Facts>
        <Fact name={texts.application}>
          <strong data-fill="application" />
        </Fact>
        <Fact name={texts.account}>
          <span data-fill="person" /> (<span data-fill="domain" />)
        </Fact>
        <Fact name={texts.time}>
          <span data-fill="time" />
        </Fact>
        <div data-if="address">
          <dt>{texts.address}</dt>
          <dd data-fill="address" />
        </div>
        <Fact name={texts.until}>
          <span data-fill="until" />
        </Fact>
      </Facts>
      <AnswerField
        id="number"
        label={texts.number}
        hint={texts.numberHint}
        shownIf="number"
        problem={texts.numberMissing}
        problemIf="problem"
      >
        <div class="entry entry-number">
          <input {...typed('number')} name="number" type="text" inputmode="numeric" maxlength={2} />
        </div>
      </AnswerField>
      <AnswerField
        id="own-pin"
        label={texts.pin}
        hint={texts.pinHint}
        shownIf="pin"
        problem={texts.pinWrong}
        problemIf="pinProblem"
      >
        <div class="entry">
          <input {...typed('own-pin')} name="pin" type="password" maxlength={LONGEST_PIN} />
        </div>
      </AnswerField>
      <p class="notice">{texts.warning}</p>
      <p class="choices">
        <button class="button" type="submit" value="approve">
          {texts.approve}
        </button>
        <button class="button button-deny" type="submit" value="deny">
          {texts.deny}
        </button>
      </p>
    </form>
  );
}

interface AnswerFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly problem: string;
  /** What the script shows the field, and the problem, by. */
  readonly shownIf: string;
  readonly problemIf: string;
  readonly children: ComponentChildren;
}

/** What has to be typed for an approval; the script shows it where it is asked for. */
function AnswerField({ id, label, hint, problem, shownIf, problemIf, children }: AnswerFieldProps): JSX.Element {
  return (
    <div class="field" data-if={shownIf} hidden>
      <label for={id}>{label}</label>
      <p class="aside" id={`${id}-hint`}>
        {hint}
      </p>
      <p class="field-error" id={`${id}-problem`} role="alert" data-if={problemIf} hidden>
        {problem}
      </p>
      {children}
    </div>
  );
}

function typed(id: string) {
  return { id, autocomplete: 'off', 'aria-describedby': `${id}-hint ${id}-problem` } as const;
}
