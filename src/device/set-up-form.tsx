import type { JSX } from 'preact';
import type { DeviceTexts } from './texts/device-texts.js';

/** Characters of the longest name of a device. */
const LONGEST_NAME = 60;

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly maxLength: number;
  readonly required?: boolean;
}

/** What to do when this device is not set up, and the code that sets it up. */
export function SetUpForm({ texts }: { readonly texts: DeviceTexts['none'] }): JSX.Element {
  return (
    <>
      <p class="lead">{texts.lead}</p>
      <p>{texts.link}</p>
      <h2>{texts.heading}</h2>
      <form data-activate>
        <p class="summary" role="alert" data-says="wrong" hidden>
          {texts.wrong}
        </p>
        <p class="summary" role="alert" data-says="full" hidden>
          {texts.full}
        </p>
        <p class="summary" role="alert" data-says="offline" hidden>
          {texts.offline}
        </p>
        <Field name="code" label={texts.code} hint={texts.codeHint} maxLength={32} required />
        <Field name="pin" label={texts.pin} hint={texts.pinHint} maxLength={64} />
        <Field name="name" label={texts.name} hint={texts.nameHint} maxLength={LONGEST_NAME} required />
        <button class="button" type="submit">
          {texts.button}
        </button>
      </form>
    </>
  );
}

function Field({ name, label, hint, maxLength, required = false }: FieldProps): JSX.Element {
  const id = `set-up-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <p class="aside" id={`${id}-hint`}>
        {hint}
      </p>
      <div class="entry">
        <input
          id={id}
          name={name}
          type="text"
          maxlength={maxLength}
          required={required}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-describedby={`${id}-hint`}
        />
      </div>
    </div>
  );
}
