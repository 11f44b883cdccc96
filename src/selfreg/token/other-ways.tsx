import type { JSX } from 'preact';
import type { Visit } from '../../core/web/visit.js';
import { itemPath } from '../pages/site.js';
import { TOKEN_WAY_TEXTS } from './token-ways.texts.js';

const PATH = itemPath('Token');

/** The pages of the choice "token". */
export const TOKEN_WAYS = { app: PATH, hardware: `${PATH}/hardware`, yubikey: `${PATH}/yubikey` } as const;
export type TokenWay = keyof typeof TOKEN_WAYS;

/** Links to the other ways to a token. */
export function OtherWays({ visit, current }: { readonly visit: Visit; readonly current: TokenWay }): JSX.Element {
  const texts = TOKEN_WAY_TEXTS[visit.language];
  const others = (Object.keys(TOKEN_WAYS) as TokenWay[]).filter((way) => way !== current);
  return (
    <>
      <h2>{texts.others}</h2>
      <ul class="points">
        {others.map((way) => (
          <li key={way}>
            <a href={visit.inline ? `${TOKEN_WAYS[way]}?inline=1` : TOKEN_WAYS[way]}>{texts[way]}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
