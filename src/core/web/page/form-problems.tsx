import type { JSX } from 'preact';

/** What is wrong with one field, in words. */
export interface FieldProblems {
  readonly field: string;
  readonly problems: readonly string[];
}

interface SummaryProps {
  readonly heading: string;
  /** What is not about a field. */
  readonly general?: readonly string[];
  readonly fields: readonly FieldProblems[];
}

/**
 * What was refused, at the top of the page that comes back, with links to the fields. It takes the focus, so that a
 * screen reader begins there (WCAG 2.2, 3.3.1).
 */
export function ProblemSummary({ heading, general = [], fields }: SummaryProps): JSX.Element | null {
  if (general.length === 0 && fields.every(({ problems }) => problems.length === 0)) return null;
  return (
    <div class="summary" role="alert" tabindex={-1} autofocus aria-labelledby="summary-heading">
      <h2 id="summary-heading">{heading}</h2>
      <ul>
        {general.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
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
