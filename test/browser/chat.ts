import assert from 'node:assert/strict';
import type { BrowserContext, Download, Locator, Page } from 'playwright-core';

/** Ample for a busy machine; what takes longer is broken. */
const patience = 60_000;

/** One person's chat window, as somebody sits before it. */
export type Chat = {
  page: Page;
  say(text: string): Promise<void>;
  /** The latest card that holds all of these, once it is there. */
  card(...texts: Array<string | RegExp>): Promise<Locator>;
};

/** Opens a window and waits until it can be written into. */
export async function openChat(context: BrowserContext, address: string): Promise<Chat> {
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  const composer = page.getByRole('textbox').last();
  await composer.waitFor();
  await page.getByRole('button', { name: 'Hide log panel' }).click();
  return {
    page,
    async say(text) {
      await composer.click();
      await composer.pressSequentially(text);
      await page.keyboard.press('Enter');
    },
    async card(...texts) {
      let cards = page.locator('.ac-adaptiveCard');
      for (const text of texts) cards = cards.filter({ hasText: text });
      await cards.last().waitFor();
      return cards.last();
    },
  };
}

export const press = (card: Locator, label: string, which: 'first' | 'last' = 'first'): Promise<void> =>
  card.getByRole('button', { name: label, exact: true })[which]().click();

/** The row of a list that holds this text and a button of that name. */
export const rowOf = (list: Locator, text: string, button: string): Locator =>
  list
    .locator('.ac-container')
    .filter({ hasText: text })
    .filter({ has: list.page().getByRole('button', { name: button, exact: true }) })
    .last();

/** Presses a button that unfolds a field below the card, fills that, and sends it by the button of the same name. */
export async function tell(card: Locator, label: string, field: string, text: string): Promise<void> {
  await press(card, label);
  await card.getByRole('textbox', { name: field }).fill(text);
  await press(card, label, 'last');
}

export const typedIn = (card: Locator, role: 'combobox' | 'textbox' | 'spinbutton', name: string) =>
  card.getByRole(role, { name }).inputValue();

/** The number of the booking that a card is about. */
export async function numberOn(card: Locator): Promise<string> {
  const text = (await card.textContent()) ?? '';
  const [, number] = /#(\d+)/.exec(text) ?? [];
  assert(number, `no number on: ${text}`);
  return number;
}

/** Chooses one option of a list. */
export async function choose(card: Locator, label: string, option: string | RegExp): Promise<void> {
  await card.getByRole('combobox', { name: label }).click();
  await card.page().getByRole('option', { name: option }).click();
}

/** Ticks one option of a list of several, and closes it. */
export async function tick(card: Locator, label: string, option: string | RegExp): Promise<void> {
  await card.getByRole('combobox', { name: label }).click();
  await card.page().getByRole('menuitemcheckbox', { name: option }).click();
  await card.page().keyboard.press('Escape');
}

/** Finds people by the first letters of their names and adds them. */
export async function addPeople(card: Locator, names: readonly string[]): Promise<void> {
  const picker = card.getByRole('combobox', { name: 'People Picker' });
  for (const name of names) {
    await picker.click();
    await picker.pressSequentially(name.slice(0, 4));
    await card.page().getByRole('option', { name }).click();
  }
  await card.page().keyboard.press('Escape');
}

/** Writes a day as `2026-12-03`. */
export async function enterDate(card: Locator, label: string, date: string): Promise<void> {
  const field = card.getByRole('combobox', { name: label });
  await field.fill(date);
  await field.press('Tab');
}

/** Presses a button that is a link to a file, and gives what the browser saves. */
export async function download(card: Locator, label: string): Promise<Download> {
  const page = card.page();
  // It opens in a window of its own, which may be gone again by the time that it turns out to be a file.
  const own = page.context().waitForEvent('page', { timeout: patience });
  const started = Promise.any([
    page.waitForEvent('download'),
    own.then((window) => window.waitForEvent('download', { timeout: patience })),
  ]);
  await card.getByRole('link', { name: label, exact: true }).click();
  return started;
}

/** Waits until the picture of a card is there to be seen. @throws where it can't be shown. */
export async function painted(card: Locator): Promise<void> {
  const image = card.getByRole('img').first();
  await image.waitFor();
  await image.evaluate((it) => (it as unknown as { decode(): Promise<void> }).decode());
}
