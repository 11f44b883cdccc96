import type { JSX } from 'preact';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { Language } from '../../core/web/language/languages.js';
import { ENROLMENT_TEXTS } from './texts/enrolment-texts.js';

interface Props {
  readonly language: Language;
  readonly label: string;
  readonly secret: PlainSecret;
}

/** A secret that is shown this once, to be copied or written down. */
export function SecretOnce({ language, label, secret }: Props): JSX.Element {
  const texts = ENROLMENT_TEXTS[language].once;
  return (
    <>
      <p class="eyebrow">{label}</p>
      <p class="secret">
        <code class="key" id="secret">
          {secret}
        </code>
      </p>
      <p class="notice">{texts.warning}</p>
    </>
  );
}
