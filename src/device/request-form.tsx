import type { JSX } from 'preact';
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
      <div class="field" data-if="number" hidden>
        <label for="number">{texts.number}</label>
        <p class="aside" id="number-hint">
          {texts.numberHint}
        </p>
        <p class="field-error" id="number-problem" role="alert" data-if="problem" hidden>
          {texts.numberMissing}
        </p>
        <div class="entry entry-number">
          <input
            id="number"
            name="number"
            type="text"
            inputmode="numeric"
            autocomplete="off"
            maxlength={2}
            aria-describedby="number-hint number-problem"
          />
        </div>
      </div>
      <div class="field" data-if="pin" hidden>
        <label for="own-pin">{texts.pin}</label>
        <p class="aside" id="own-pin-hint">
          {texts.pinHint}
        </p>
        <p class="field-error" id="own-pin-problem" role="alert" data-if="pinProblem" hidden>
          {texts.pinWrong}
        </p>
        <div class="entry">
          <input
            id="own-pin"
            name="pin"
            type="password"
            autocomplete="off"
            maxlength={LONGEST_PIN}
            aria-describedby="own-pin-hint own-pin-problem"
          />
        </div>
      </div>
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
