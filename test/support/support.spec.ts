import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestBrowser, expectAccessible, expectNoSidewaysScrolling } from './browser.js';
import { describeWith } from './describe-with.js';
import { Factory } from './factory.js';
import { FixedRandom } from './fixed-random.js';
import { eachDatabase } from './test-database.js';

describe('fixed randomness', () => {
  it('repeats itself, whatever the pieces it is drawn in', () => {
    const [one, two] = [new FixedRandom(), new FixedRandom()];
    const pieces = [...one.bytes(1), ...one.bytes(40), ...one.bytes(23)];
    expect(pieces).toEqual([...two.bytes(64)]);
    expect(new FixedRandom('other').bytes(8)).not.toEqual(new FixedRandom().bytes(8));
  });

  it('draws every value below a limit', () => {
    const random = new FixedRandom();
    const drawn = new Set(Array.from({ length: 200 }, () => random.below(10)));
    expect(drawn).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  });
});

describe('the factory', () => {
  eachDatabase((database) => {
    it('writes people of a domain, with account and role', async () => {
      const factory = new Factory(database());
      const domain = await factory.domain({ name: 'ACME' });
      const person = await factory.person(domain, { login: 'Jane Doe', password: 'correct horse' });
      const account = await factory.account(person);
      await factory.administrator(person, 'domain-admin');
      expect(account).toMatchObject({ domainId: domain.id, directoryKey: person.id, login: 'Jane Doe' });
      expect(person.passwordHash).toMatch(/^\$argon2id\$/);
    });
  });
});

describeWith('chromium', 'the test browser', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await TestBrowser.start();
  });
  afterAll(() => browser.stop());

  it('comes as the visitor it is told to be', async () => {
    const page = await browser.open({ language: 'de', colorScheme: 'dark', viewport: 'phone' });
    const seen = await page.evaluate(() => [
      navigator.language,
      matchMedia('(prefers-color-scheme: dark)').matches,
      innerWidth,
    ]);
    expect(seen).toEqual(['de', true, 375]);
  });

  it('leaves scripts alone for a visitor without them', async () => {
    const page = await browser.open({ javaScript: false });
    await page.setContent('<p>before</p><script>document.querySelector("p").textContent = "after"</script>');
    expect(await page.textContent('p')).toBe('before');
  });

  it('finds what bars people from a page', async () => {
    const page = await browser.open();
    await page.setContent('<html lang="en"><title>t</title><main><h1>h</h1><input></main></html>');
    await expect(expectAccessible(page)).rejects.toThrow(/label/);
    await page.setContent('<html lang="en"><title>t</title><main><h1>h</h1><label>x <input></label></main></html>');
    await expectAccessible(page);
    await expectNoSidewaysScrolling(page);
  });
});
