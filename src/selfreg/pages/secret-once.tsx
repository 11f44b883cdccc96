import type { JSX } from 'preact';
import type { PlainSecret } from '../../core/crypto/secret-types.js';
import type { Language } from '../../core/web/language/languages.js';
import { KeepButtons } from './keep-buttons.js';
import { ENROLMENT_TEXTS } from './texts/enrolment-texts.js';

interface Props {
  readonly language: Language;
  readonly label: string;
  readonly secret: PlainSecret;
  /** Name of the file that it is downloaded to. */
  readonly file: string;
  /** A text of several lines. */
  readonly long?: boolean;
}

/** A secret that is shown this once, to be copied or written down. */
export function SecretOnce({ language, label, secret, file, long = false }: Props): JSX.Element {
  const texts = ENROLMENT_TEXTS[language].once;
  return (
    <>
      <p class="eyebrow">{label}</p>
      {long ? (
        <pre class="secret secret-text" id="secret" tabindex={0}>
          {secret}
        </pre>
      ) : (
        <p class="secret">
          <code class="key" id="secret">
            {secret}
          </code>
        </p>
      )}
      <KeepButtons language={language} of="secret" file={file} />
      <p class="notice">{texts.warning}</p>
    </>
  );
}
