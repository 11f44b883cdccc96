import type { JSX } from 'preact';
import type { Visit } from '../visit.js';
import { LINK_FIELD, type LinkSite } from './link-site.js';

interface Props {
  readonly site: LinkSite;
  readonly visit: Visit;
  readonly link: string;
  readonly label: string;
}

/** The button that opens a link. The secret travels in the body, so that no later address holds it (attack class 70). */
export function OpenForm({ site: { path }, visit, link, label }: Props): JSX.Element {
  return (
    <form method="post" action={visit.inline ? `${path}?inline=1` : path}>
      <input type="hidden" name={LINK_FIELD} value={link} />
      <button class="button" type="submit">
        {label}
      </button>
    </form>
  );
}
