import type { JSX } from 'preact';
import type { Language } from '../../core/web/language/languages.js';
import { COPY_SCRIPT, KEEP_SCRIPT } from '../../core/web/page/scripts.js';
import { KEEP_TEXTS } from './keep-texts.js';

/** What a page with {@link KeepButtons} needs. */
export const KEEP_SCRIPTS = [COPY_SCRIPT, KEEP_SCRIPT];

interface Props {
  readonly language: Language;
  /** Id of the element whose text is kept. */
  readonly of: string;
  /** Name of the file. */
  readonly file: string;
  readonly print?: boolean;
}

/**
 * Ways to keep what is shown once: copy, print, download. Scripts bring the buttons to life; without them the text can be
 * selected, and the browser prints as it always does.
 */
export function KeepButtons({ language, of, file, print = false }: Props): JSX.Element {
  const texts = KEEP_TEXTS[language];
  return (
    <p class="keep">
      {print && (
        <button class="button button-quiet" type="button" data-print hidden>
          {texts.print}
        </button>
      )}
      <button class="button button-quiet" type="button" data-copy={of} hidden>
        {texts.copy}
      </button>
      <button class="button button-quiet" type="button" data-download={of} data-file={file} hidden>
        {texts.download}
      </button>
      <span role="status" data-copied-from={of} data-copied={texts.copied} />
    </p>
  );
}
