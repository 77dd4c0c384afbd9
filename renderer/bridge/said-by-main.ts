/**
 * Beginnings of the keys that only main says: faults, findings, reasons and progress come to the window in words. They are neither
 * bundled with it (`vite.config.ts`) nor known to the type of its keys.
 */
export const saidByMain = [
  'asked-server',
  'change-ahead',
  'cli',
  'ews',
  'fault',
  'finding',
  'key-use',
  'migration',
  'progress',
  'reason',
  'rotate',
  'task',
  'track.server',
  'watch.server',
  'window',
] as const;
