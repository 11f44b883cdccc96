import type { JSX } from 'preact';
import type { PasswordRules } from '../../directory/password-rules.js';
import type { Language } from '../language/languages.js';
import { writtenSpan } from '../language/moments.js';
import { SHARED_TEXTS } from '../texts/shared-texts.js';
import { type RuleCheck, type RuleSentence, ruleSentences } from './rule-sentences.js';

/** Id of the rules, which describe the field. */
export const RULES_ID = 'password-rules';

interface Props {
  /** Absent when nobody can tell at the moment. */
  readonly rules: PasswordRules | undefined;
  /** Login and name of the person. */
  readonly names: readonly string[];
  readonly language: Language;
  /** What the occasion demands besides. */
  readonly more?: readonly RuleSentence[];
}

/** What a new password needs. The script ticks off what it can judge; without it, the list reads just as well. */
export function RuleList({ rules, names, language, more = [] }: Props): JSX.Element {
  const texts = SHARED_TEXTS[language].password;
  const own = rules && !rules.text ? ruleSentences(rules, names, language) : [];
  const sentences = [...own, ...more];
  const checked = sentences.filter(({ check }) => check);
  const later = sentences.filter(({ check }) => !check);
  return (
    <section class="rules" aria-labelledby="rules-heading">
      <h2 id="rules-heading">{texts.rulesHeading}</h2>
      <div id={RULES_ID}>
        {own.length === 0 && <p class="rules-text">{rules?.text ?? texts.rulesUnknown}</p>}
        {checked.length > 0 && (
          <ul>
            {checked.map(({ text, check }) => (
              <Rule key={text} text={text} check={check} language={language} />
            ))}
          </ul>
        )}
        {later.length > 0 && (
          <>
            <p class="rules-later">{texts.later}</p>
            <ul class="points">
              {later.map(({ text }) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      {rules?.maxAge && !rules.text && <p class="aside">{texts.maxAge(writtenSpan(language, rules.maxAge))}</p>}
      <p class="visually-hidden" role="status" data-progress={texts.progress} />
    </section>
  );
}

interface RuleProps {
  readonly text: string;
  readonly check: RuleCheck | undefined;
  readonly language: Language;
}

function Rule({ text, check, language }: RuleProps): JSX.Element {
  const texts = SHARED_TEXTS[language].password;
  return (
    <li class="rule" data-check={JSON.stringify(check)}>
      <svg class="tick" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
        <circle class="tick-ground" cx="10" cy="10" r="9" />
        <path class="tick-stroke" d="m5.8 10.4 2.8 2.8 5.6-6" />
      </svg>
      <span>
        {text}
        <span class="visually-hidden" data-met={texts.met} data-open={texts.open} />
      </span>
    </li>
  );
}
