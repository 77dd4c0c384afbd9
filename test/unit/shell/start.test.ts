import { describe, expect, it } from 'vitest';
import { isExternalLink } from '../../../main/shell/external-links.ts';
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

describe('links to the system browser', () => {
  it.each([
    'https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id=x',
    'https://login.partner.microsoftonline.cn/common',
    'https://entra.microsoft.us/#view/x',
    'https://microsoft.com/devicelogin',
  ])('may go to %s', (address) => {
    expect(isExternalLink(address)).toBe(true);
  });

  it.each([
    'http://login.microsoftonline.com/',
    'https://login.microsoftonline.com.example.com/',
    'https://login.microsoftonline.com@example.com/',
    'https://someone@login.microsoftonline.com/',
    'https://login.microsoftonline.com:8443/',
    'https://example.com/?https://login.microsoftonline.com/',
    'file:///C:/Windows/System32/cmd.exe',
    'ms-settings:',
    'javascript:alert(1)',
    '',
  ])('may not go to %s', (address) => {
    expect(isExternalLink(address)).toBe(false);
  });
});
