import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';

/** How the window's pages are bundled; the build and the tests use the same. */
export const rendererBuild: InlineConfig = {
  configFile: false,
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  logLevel: 'warn',
  plugins: [react()],
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
