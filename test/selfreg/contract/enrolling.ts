import type { BuiltinPerson } from '../../../src/core/directory/builtin/builtin-person.entity.js';
import type { Browserless, SeenPage } from '../../support/browserless.js';
import { OLD_PASSWORD, type World } from '../../pwreset/contract/world.js';

/** The link's pages up to one where something is enrolled. */
export interface Enrolling {
  readonly browser: Browserless;
  readonly page: SeenPage;
}

/** What a person has, as the store says. */
export interface StoredToken {
  readonly kind: string;
  readonly slot: string | null;
  readonly status: string;
  readonly ended: boolean;
}

/** An enrolment link for a person, not delivered. */
export async function enrolmentLink(world: World, person: BuiltinPerson, params: object = {}): Promise<string> {
  const answer = await world.chief.call('SelfReg.Send_Request', { username: person.login, method: 'NONE', ...params });
  if (!('result' in answer) || typeof answer.result !== 'string') throw new Error(JSON.stringify(answer));
  return answer.result;
}

/** Follows a link past the log-in, to the choice or the item that it names. */
export async function pastLogin(world: World, link: string, browser = world.browser()): Promise<Enrolling> {
  const login = await browser.submit(await browser.get(link), {});
  return { browser, page: await browser.submit(login, { current: OLD_PASSWORD }) };
}

/** What the store has of a person, oldest first. */
export function storedTokens(world: World, person: BuiltinPerson): Promise<StoredToken[]> {
  return world.query(
    `SELECT t.kind, ta.slot, ta.status, ta.ended_at IS NOT NULL AS ended FROM token_assignments ta
     JOIN tokens t ON t.id = ta.token_id JOIN accounts a ON a.id = ta.account_id
     WHERE a.directory_key = $1 ORDER BY ta.created_at, ta.id`,
    [person.id],
  );
}

/** Path of an item's page. */
export function pageOf(name: string): string {
  return `/webapps/selfreg/${name}`;
}

/** The page with only the form that is sent to this path. */
export function formTo(page: SeenPage, path: string): SeenPage {
  const forms = page.html.match(/<form\b[^>]*>[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((text) => text.includes(`action="${path}"`));
  if (form === undefined) throw new Error(`no form to ${path} on ${page.url} (${page.status})`);
  return { ...page, html: form };
}
