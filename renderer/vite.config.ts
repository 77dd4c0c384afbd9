import react from '@vitejs/plugin-react';
import type { InlineConfig, Plugin } from 'vite';

/** Texts that only main says: faults, findings, reasons and progress come to the window in words. Half of a catalogue; the type of the keys knows it too. */
export const saidByMain = /^(?:asked-server|cli|ews|fault|finding|key-use|migration|progress|reason|rotate|task|window)\./;

/** Leaves them out of the window's catalogues, which are read before anything is shown. */
const textsOfWindow: Plugin = {
  name: 'texts-of-window',
  enforce: 'pre',
  transform: {
    filter: { id: /\/assets\/i18n\/[a-z]+\.json$/ },
    handler: (code) => ({
      code: JSON.stringify(JSON.parse(code), (key, text: unknown) => (saidByMain.test(key) ? undefined : text)),
      map: null,
    }),
  },
};

/** How the window's pages are bundled; the build and the tests use the same. */
export const rendererBuild: InlineConfig = {
  configFile: false,
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  logLevel: 'warn',
  plugins: [textsOfWindow, react()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome148',
    // Fonts and pictures stay files: the content security policy allows no data addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
};
