import { parse } from '@formatjs/icu-messageformat-parser';
import react from '@vitejs/plugin-react';
import type { InlineConfig, Plugin } from 'vite';
import english from '../assets/i18n/en.json' with { type: 'json' };
import { saidByMain } from './bridge/said-by-main.ts';

/** Whether only main says a text. */
export const isSaidByMain = (key: string): boolean => saidByMain.some((begin) => key.startsWith(`${begin}.`));

/** Texts that the list says; the others are read when it stands. A test finds what the list can say and is not among them. */
export const saidFirst = /^(?:app|calendar|expiry|field|handover|key|list|manager|menu|setup\.proof|state|verification|watch-status)\./;

/** A text with an argument, taken to pieces as the formatter wants it; one without is its own text. */
const compiled = (text: string) => (/[{}'<>]/.test(text) ? parse(text) : text);

/** Those that are read later, in the order of all languages: their keys are bundled once. */
const restKeys = Object.keys(english).filter((key) => !isSaidByMain(key) && !saidFirst.test(key));

function halfOf(texts: Readonly<Record<string, string>>, half: string | undefined): unknown {
  if (half === 'keys') return restKeys;
  if (half === 'rest') return restKeys.map((key) => texts[key]);
  return Object.fromEntries(
    Object.entries(texts)
      .filter(([key]) => saidFirst.test(key))
      .map(([key, text]) => [key, compiled(text)]),
  );
}

/**
 * A catalogue in two halves. The one that is read before anything is shown needs no parser of messages, which is as large as the
 * half itself.
 */
const halvesOfTexts: Plugin = {
  name: 'halves-of-texts',
  enforce: 'pre',
  transform: {
    filter: { id: /\/assets\/i18n\/[a-z]+\.json\?(?:first|keys|rest)$/ },
    handler: (code, id) => {
      const texts: Readonly<Record<string, string>> = JSON.parse(code);
      return { code: `export default ${JSON.stringify(halfOf(texts, id.split('?').at(-1)))};`, moduleType: 'js', map: null };
    },
  },
};

/** The formatter brings its parser; the window's comes with the second half. */
const parserLater: Plugin = {
  name: 'parser-later',
  enforce: 'pre',
  resolveId(source, importer) {
    if (source !== '@formatjs/icu-messageformat-parser' || importer?.includes('/intl-messageformat/') !== true) return null;
    return this.resolve(`${source}/no-parser.js`, importer);
  },
};

/** Fluent's tokens are an object of twenty kB; each is a short text, and stands where it is read. */
function tokensAsTexts(): Plugin {
  let tokens: Readonly<Record<string, string>> = {};
  return {
    name: 'tokens-as-texts',
    enforce: 'pre',
    buildStart: async () => {
      ({ tokens } = await import('@fluentui/react-components'));
    },
    transform: {
      filter: { id: /\/renderer\/.*\.tsx?$|\/@fluentui\/.*\.js$/, code: /\btokens\./ },
      handler: (code) => ({
        code: code.replaceAll(/(?<![.\w])tokens\.(\w+)(?!['"])/g, (whole, name: string) =>
          tokens[name] === undefined ? whole : JSON.stringify(tokens[name]),
        ),
        map: null,
      }),
    },
  };
}

const ownSources = /\/renderer\/(?:bridge|parts|run|features|app)\/.*\.tsx?$/;

/** How the window's pages are bundled; the build and the tests use the same. */
export const rendererBuild: InlineConfig = {
  configFile: false,
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  logLevel: 'warn',
  plugins: [halvesOfTexts, parserLater, tokensAsTexts(), react()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome148',
    // Fonts and pictures stay files: the content security policy allows no data addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    // None of our own modules does anything by being imported: of an index only what is used is read.
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => (ownSources.test(id) ? false : undefined) },
      // What the list needs is one file: sixty that are shared with pages that come later take longer to ask for than to read.
      output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
    },
  },
};
