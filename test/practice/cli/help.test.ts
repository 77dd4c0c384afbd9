import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languages } from '../../../main/texts/index.ts';
import { inside } from './command-line.ts';

const verbs = [
  'connect',
  'track',
  'plan',
  'verify',
  'ews',
  'migrate',
  'watch',
  'repair',
  'rotate',
  'edit',
  'list',
  'show',
  'export',
  'import',
  'handover',
  'keys',
  'remove',
  'restore',
  'restore-store',
  'profiles',
  'permissions',
  'server',
  'servers',
  'audit',
  'practice',
];
const globals = [
  '--json',
  '--data-dir',
  '--practice',
  '--practice-account',
  '--cloud',
  '--tenant',
  '--yes',
  '--lang',
  '--verbose',
  '--help',
  '--version',
  '--reset-store',
];
const help = async (language: string, ...args: string[]) => (await inside([...args, '--help', '--lang', language])).stdout;

/** The terms of a help text, without what they mean: `--fqdn <host>`, `<credential>`. */
const terms = (text: string) => [...text.matchAll(/^ {2}(\S+)/gm)].map(([, term]) => term);

/** Every sentence of a help text, without what is the same in every language. */
const words = (text: string) => text.replaceAll(/^ {2}\S+( <\w+>| \[\w+\])*/gm, '').split(/\s+/);

describe.each(languages)('help in %s', (language) => {
  it('names every verb and every exit code', async () => {
    const text = await help(language);
    expect(terms(text)).toEqual(expect.arrayContaining(verbs));
    for (const code of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) expect(text).toMatch(new RegExp(`\\b${code} \\p{L}`, 'u'));
  });

  it.each(verbs)('of %s has its own options and those of every verb', async (verb) => {
    const { code, stdout, stderr } = await inside([verb, '--help', '--lang', language]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(terms(stdout)).toEqual(expect.arrayContaining(globals));
  });
});

it.each(['fr', 'de'])('%s leaves no English of the parser', async (language) => {
  for (const args of [[], ...verbs.map((verb) => [verb])]) {
    const text = await help(language, ...args);
    expect(text).not.toMatch(/Usage:|Global Options|Commands:|\[command\]|display help|default:/);
    const common = words(text).filter((word) => ['the', 'of', 'with', 'and', 'every'].includes(word));
    expect(common).toEqual([]);
  }
});

it('version and help are said on standard output and end 0; no verb at all shows the help and ends 2', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await inside(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  const nothing = await inside([]);
  expect(nothing.code).toBe(2);
  expect(nothing.stdout).toContain('connect');
  expect(nothing.stderr).not.toBe('');
});

it('what the README says of verbs, options and exit codes is there', async () => {
  const readme = readFileSync('README.md', 'utf8');
  const all = (await Promise.all(['', ...verbs].map((verb) => help('en', ...(verb === '' ? [] : [verb]))))).join('\n');
  const known = new Set(terms(all));
  const section = /## Command line([^]*?)\n## /.exec(readme)?.[1] ?? '';
  const named = [...section.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([option]) => option).filter((option) => option !== '--silent');
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((option) => !known.has(option))).toEqual([]);
  for (const verb of verbs) expect(section).toContain(`\`${verb}`);
});
