import { describe, expect, it } from 'vitest';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import de from '../../../assets/i18n/de.json' with { type: 'json' };
import en from '../../../assets/i18n/en.json' with { type: 'json' };
import fr from '../../../assets/i18n/fr.json' with { type: 'json' };
import { faultTable } from '../../../main/faults.ts';
import { createTexts, languages, type TextKey } from '../../../main/texts/index.ts';
import { keysIn, loadedWith } from './reach.ts';

const catalogues = { en, fr, de };
const textsOf = (language: keyof typeof catalogues): Readonly<Record<string, string>> => catalogues[language];

/** Thrown by the verb `watch` alone, which the window does not have, although it shares a room with what the window does. */
const ofTheVerbWatch = /^(task\.password-needs-terminal|watch\.event-log)/;

/** Texts that the window, or what main does for it, can show. The tables of all faults and of all texts name every key. */
function shownInWindow(): string[] {
  const source = [...loadedWith(['main/shell/index.ts', 'renderer/main.tsx'])]
    .filter(([path]) => !/^main\/(faults|texts)[./]/.test(path))
    .map(([, text]) => text)
    .join('\n');
  const codes = Object.keys(faultTable).filter((code) => source.includes(`'${code}'`) && !ofTheVerbWatch.test(code));
  const own = Object.keys(en).filter((key) => !key.startsWith('fault.') && !key.endsWith('.window'));
  return [...keysIn(source, own), ...codes.flatMap((code) => [`fault.${code}`, `fault.${code}.fix`])];
}

/** Who else works on a credential; what imports a PFX on the server; the window's own buttons and menus. */
const mayNameIt = new Set([
  'fault.lease.held',
  'rotation.handover.import',
  'dialog.pfx.commands',
  'manager.more',
  'manager.commands',
  'fault.program.network-path.fix',
]);

/** Verbs of the command line in quotes, as they are typed. */
const verbs = 'audit|connect|export|handover|import|keys|list|plan|profiles|remove|repair|restore|rotate|show|track|verify|watch';
const typed = new RegExp(`(^|[^\\w-])--[a-z]|[“„«]\\s?(${verbs})(\\s?[”“»]|\\s)`, 'u');
const words = {
  en: /\bcommands?\b|\bcommand line\b|\bwith connect\b|\b[Rr]epairs?\b/,
  fr: /\bcommandes?\b|\bavec connect\b|\brepair\b|\b[Rr]épar/,
  de: /\bBefehl|\bmit connect\b|\b[Rr]epa[ri]/,
} as const;

function placeholders(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((each) => {
    if (each.type === TYPE.literal || each.type === TYPE.pound) return [];
    const inner = each.type === TYPE.tag ? each.children : [];
    const options = each.type === TYPE.plural || each.type === TYPE.select ? Object.values(each.options).flatMap(({ value }) => value) : [];
    return [each.value, ...placeholders([...inner, ...options])];
  });
}

describe('what the window says', () => {
  const shown = shownInWindow();

  it.each(languages)('names no option and no verb of the command line (%s)', (language) => {
    const catalogue = textsOf(language);
    const wrong = shown
      .filter((key) => !mayNameIt.has(key))
      .map((key) => [key, catalogue[`${key}.window`] ?? catalogue[key] ?? ''] as const)
      .filter(([, text]) => typed.test(text) || words[language].test(text));
    expect(wrong).toEqual([]);
  });

  it('is nearly the whole catalogue, the command line’s own left out', () => {
    expect(shown.length).toBeGreaterThan(1000);
    expect(shown).toContain('fault.rotation.key-elsewhere.fix');
    expect(shown).toContain('check.view.external');
    expect(shown.filter((key) => key.startsWith('cli.verb'))).toEqual([]);
  });

  it('is looked for under what a sentence would be told as', () => {
    for (const sentence of ['verify with --sign-in.', '“repair” makes one.', 'Run « rotate {name} » first.', 'mit „show“']) {
      expect(sentence).toMatch(typed);
    }
    for (const sentence of ['“Rotate certificate…”', 'well-known', '“Import a PFX…”']) expect(sentence).not.toMatch(typed);
  });
});

describe('a text of the window’s own', () => {
  const variants = Object.keys(en).filter((key) => key.endsWith('.window'));

  it('stands beside one of the command line, and fills in nothing that is not given for that', () => {
    expect(variants.length).toBeGreaterThan(40);
    for (const key of variants) {
      const base = textsOf('en')[key.slice(0, -'.window'.length)];
      expect(base, key).toBeDefined();
      const given = placeholders(parse(base ?? ''));
      expect(
        placeholders(parse(textsOf('en')[key] ?? '')).filter((name) => !given.includes(name)),
        key,
      ).toEqual([]);
    }
  });

  it('is needed: the command line says something else, and the window can show it', () => {
    const shown = new Set(shownInWindow());
    for (const key of variants) {
      const base = key.slice(0, -'.window'.length);
      for (const language of languages) expect(textsOf(language)[key], key).not.toBe(textsOf(language)[base]);
      expect(shown.has(base), key).toBe(true);
    }
  });

  it('is said by main for the window, and never on the command line', () => {
    const key: TextKey = 'check.view.external';
    const own = en['check.view.external.window'];
    expect(createTexts('en', 'window').t(key)).toBe(own);
    expect(createTexts('en').t(key)).toBe(en[key]);
    expect(createTexts('en', 'window').say({ code: key, params: {} })).toBe(own);
    expect(createTexts('en', 'window').faultText({ code: 'interrupted', params: {} }).fix).toBe(en['fault.interrupted.fix.window']);
  });
});
