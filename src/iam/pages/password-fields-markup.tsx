import { renderToString } from 'preact-render-to-string';
import type { PasswordRules } from '../../core/directory/password-rules.js';
import type { Language } from '../../core/web/language/languages.js';
import { PasswordFields } from '../../core/web/password/password-fields.js';
import { RuleList } from '../../core/web/password/rule-list.js';
import type { RuleSentence } from '../../core/web/password/rule-sentences.js';
import { APP_ROOT_TEXTS } from './texts/app-root-texts.js';

/** What a password may hold that is set by a link (iam-rest section 3.2). */
const SYMBOLS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.~!';

/**
 * The rules and fields of a new password, to be put into the page.
 *
 * @param names login and name of the person
 * @param by a `link` takes only the symbols of the contract; the `own` password may hold anything
 */
export function passwordFieldsMarkup(
  rules: PasswordRules,
  names: readonly string[],
  language: Language,
  by: 'link' | 'own',
): string {
  const symbols: RuleSentence = {
    text: APP_ROOT_TEXTS[language].fields.symbols,
    check: { kind: 'symbols', value: SYMBOLS },
  };
  return renderToString(
    <>
      <RuleList rules={rules} names={names} language={language} more={by === 'link' ? [symbols] : []} />
      <PasswordFields rules={rules} language={language} passwordProblems={[]} repeatedProblems={[]} />
    </>,
  );
}
