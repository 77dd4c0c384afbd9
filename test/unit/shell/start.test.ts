import { describe, expect, it } from 'vitest';
import { startOptions } from '../../../main/shell/start-options.ts';

describe('arguments of the window', () => {
  it.each([
    [[], { dataDir: undefined, practice: null, lang: undefined, verbose: false }],
    [['--practice'], { practice: { url: null, account: null } }],
    [['--practice', '--lang', 'fr'], { practice: { url: null, account: null }, lang: 'fr' }],
    [
      ['--practice=http://127.0.0.1:5000', '--practice-account=anna@contoso.com'],
      { practice: { url: 'http://127.0.0.1:5000', account: 'anna@contoso.com' } },
    ],
    [['--data-dir', '/tmp/x', '--verbose'], { dataDir: '/tmp/x', verbose: true }],
    [['--inspect=0', '--remote-debugging-port=0', '--data-dir=/tmp/x'], { dataDir: '/tmp/x' }],
    [['--lang'], { lang: undefined }],
  ])('%j', (args, expected) => {
    expect(startOptions(args)).toMatchObject(expected);
  });
});
