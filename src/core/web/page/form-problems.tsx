import type { JSX } from 'preact';
import type { SharedTexts } from '../texts/shared-texts.js';

/** What is wrong with one field, in words. */
export interface FieldProblems {
  readonly field: string;
  readonly problems: readonly string[];
}

/**
 * What was refused, at the top of the page that comes back, with links to the fields. It takes the focus, so that a
 * screen reader begins there (WCAG 2.2, 3.3.1).
 */
export function ProblemSummary(props: {
  readonly fields: readonly FieldProblems[];
  readonly texts: SharedTexts;
}): JSX.Element | null {
  const fields = props.fields.filter(({ problems }) => problems.length > 0);
  if (fields.length === 0) return null;
  return (
    <div class="summary" role="alert" tabindex={-1} autofocus aria-labelledby="summary-heading">
      <h2 id="summary-heading">{props.texts.problem}</h2>
      <ul>
        {fields.flatMap(({ field, problems }) =>
          problems.map((problem) => (
            <li key={problem}>
              <a href={`#${field}`}>{problem}</a>
            </li>
          )),
        )}
      </ul>
    </div>
  );
}

/** What was refused, next to its field. */
export function FieldError(props: { readonly id: string; readonly problems: readonly string[] }): JSX.Element | null {
  if (props.problems.length === 0) return null;
  return (
    <p class="field-error" id={props.id}>
      {props.problems.map((problem, index) => (
        <span key={problem}>
          {index > 0 && <br />}
          {problem}
        </span>
      ))}
    </p>
  );
}
