import type { JSX } from 'preact';
import type { Visit } from '../../core/web/visit.js';
import { LANDING_PATH, LINK_FIELD } from './paths.js';

interface Props {
  readonly visit: Visit;
  readonly link: string;
  readonly label: string;
}

/** The button that opens a link. The secret travels in the body, so that no later address holds it (attack class 70). */
export function OpenForm({ visit, link, label }: Props): JSX.Element {
  return (
    <form method="post" action={visit.inline ? `${LANDING_PATH}?inline=1` : LANDING_PATH}>
      <input type="hidden" name={LINK_FIELD} value={link} />
      <button class="button" type="submit">
        {label}
      </button>
    </form>
  );
}
