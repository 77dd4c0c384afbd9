import { unescaped } from './identity/html.ts';

export interface PageButton {
  readonly name: string;
  readonly value: string;
  readonly disabled: boolean;
}

export interface PageForm {
  readonly action: string;
  /** Hidden fields. */
  readonly fields: Readonly<Record<string, string>>;
  /** Names of the fields somebody types into. */
  readonly inputs: readonly string[];
  readonly buttons: readonly PageButton[];
}

function attributes(tag: string): ReadonlyMap<string, string> {
  return new Map([...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].slice(1).map(([, name = '', value = '']) => [name, unescaped(value)]));
}

/** The forms of a page of the practice tenant. Made for these pages only; nobody else's HTML looks like this. */
export function formsOf(page: string): PageForm[] {
  return [...page.matchAll(/(<form [^>]*>)([\s\S]*?)<\/form>/g)].map(([, tag = '', content = '']) => {
    const inputs = [...content.matchAll(/<input [^>]*>/g)].map(([input]) => attributes(input));
    return {
      action: attributes(tag).get('action') ?? '',
      fields: Object.fromEntries(
        inputs.filter((input) => input.get('type') === 'hidden').map((input) => [input.get('name') ?? '', input.get('value') ?? '']),
      ),
      inputs: inputs.filter((input) => input.get('type') !== 'hidden').map((input) => input.get('name') ?? ''),
      buttons: [...content.matchAll(/<button[^>]*>/g)].map(([button]) => {
        const of = attributes(button);
        return { name: of.get('name') ?? '', value: of.get('value') ?? '', disabled: of.has('disabled') };
      }),
    };
  });
}

/** What a page that says no says: its text below the heading. */
export const messageOf = (page: string): string => unescaped(/<\/h1>\s*<p>([^<]*)<\/p>/.exec(page)?.[1] ?? '');

/** Who signs in when nobody says who; only the account chooser names one. */
export const usualAccountOf = (page: string): string | null => {
  const [, account] = /data-usual-account="([^"]*)"/.exec(page) ?? [];
  return account === undefined ? null : unescaped(account);
};
