import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checksums } from '../../.ci/checksums.ts';
import { releaseNotes } from '../../.ci/release-notes.ts';
import manifest from '../../package.json' with { type: 'json' };

// GitHub's own parser is written for a bundler: it imports JSON without saying so.
registerHooks({
  load: (url, context, next) => next(url, /\/@actions\/.*\.json$/.test(url) ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');

const folder = '.github/workflows';
const workflows = readdirSync(folder);
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8');

/** What GitHub says of a workflow before it runs it. */
function faultsOf(name: string, content = textOf(name)): string[] {
  return parseWorkflow({ name, content }, new NoOperationTraceWriter()).context.errors.getErrors().map(String);
}

async function jobsOf(name: string) {
  const { context, value } = parseWorkflow({ name, content: textOf(name) }, new NoOperationTraceWriter());
  if (value === undefined) throw new Error(`${name} is empty`);
  const { jobs } = await convertWorkflowTemplate(context, value);
  return jobs.flatMap((job) => (job.type === 'job' ? [job] : []));
}

/** The lines of one job, without those of its steps. */
const headOf = (name: string, job: string): string => new RegExp(`\\n {2}${job}:\\n([^]*?)\\n {4}steps:`).exec(textOf(name))?.[1] ?? '';
const permissionsOf = (name: string, job: string): string[] =>
  [...(/\n {4}permissions:((?:\n {6}.*)+)/.exec(`\n${headOf(name, job)}`)?.[1] ?? '').matchAll(/[\w-]+: \w+/g)].map(([each]) => each);

describe('the workflows', () => {
  it.each(workflows)('%s is one that GitHub takes', (name) => {
    expect(faultsOf(name)).toEqual([]);
    const broken = textOf(name)
      .replace('runs-on:', 'runs-at:')
      .replace('timeout-minutes:', 'timeout-hours:')
      .replace('github.ref }}', 'gihtub.ref }}');
    expect(faultsOf(name, broken).join('\n')).toMatch(/gihtub[^]*timeout-hours|timeout-hours[^]*gihtub/);
  });

  it.each(workflows)('%s calls scripts, files and switches that exist', async (name) => {
    const commands = (await jobsOf(name)).flatMap(({ steps }) => steps.flatMap((step) => ('run' in step ? [String(step.run)] : [])));
    const scripts = commands
      .flatMap((each) => [...each.matchAll(/\bnpm (?:run )?(?:--silent )?([\w:]+)/g)].map((match) => match[1] ?? ''))
      .filter((each) => each !== 'ci');
    expect(scripts).toContain('typecheck');
    for (const script of scripts) expect(Object.keys(manifest.scripts), script).toContain(script);
    const files = commands
      .flatMap((each) => [...each.matchAll(/(?<![\w/$])(\.ci\/[\w.-]+|assets\/[\w./-]+)/g)].map((match) => match[1] ?? ''))
      .filter((each) => each !== 'assets/release-notes.md');
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(existsSync(file), file).toBe(true);
    // What comes from outside goes through the environment: in a script it would be code.
    for (const command of commands) expect(command).not.toContain('${{');
  });

  it.each(workflows)('%s gives each job its time, and the rights it needs and no more', async (name) => {
    expect(textOf(name)).toMatch(/\npermissions: \{\}\n/);
    for (const { id } of await jobsOf(name)) {
      expect(headOf(name, id.value), id.value).toMatch(/\n {4}timeout-minutes: \d+/);
      expect(permissionsOf(name, id.value), id.value).toEqual(
        name === 'release.yml' && id.value === 'draft'
          ? ['contents: write']
          : name === 'release.yml' && id.value === 'attest'
            ? ['id-token: write', 'attestations: write']
            : ['contents: read'],
      );
    }
    expect(textOf(name).match(/uses: actions\/checkout@/g)?.length).toBe(textOf(name).match(/persist-credentials: false/g)?.length);
  });

  it('pin every action to one commit, say its version, and where it was read', () => {
    const pins = workflows.flatMap((name) =>
      [...textOf(name).matchAll(/uses: (\S+)@(\S+)(?: # (v\S+))?$/gm)].map(([, action = '', commit = '', version = '']) => ({
        action,
        commit,
        version,
      })),
    );
    expect(pins.length).toBeGreaterThan(10);
    for (const { action, commit, version } of pins) {
      expect(commit, action).toMatch(/^[0-9a-f]{40}$/);
      expect(version, action).toMatch(/^v\d+\.\d+\.\d+$/);
      expect(workflows.map(textOf).join('\n'), action).toMatch(
        new RegExp(`^# {3}${action.replace('actions/', '')} ${version.replaceAll('.', '\\.')} +\\S+/\\S+ `, 'm'),
      );
    }
    for (const action of new Set(pins.map((each) => each.action)))
      expect(new Set(pins.filter((each) => each.action === action).map(({ commit, version }) => `${commit} ${version}`)).size, action).toBe(
        1,
      );
  });

  it('show secrets to the one step that signs', () => {
    expect(textOf('ci.yml')).not.toContain('secrets.');
    const steps = textOf('release.yml')
      .split('\n      - ')
      .filter((step) => step.includes('secrets.'));
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatch(/^name: Build and sign\n/);
  });
});

describe('a release', () => {
  const changelog = '# Changelog\n\n## 1.2.0 (unreleased)\n- soon\n\n## 1.1.0 (2026-12-31)\n- one\n- two\n\n## 1.0.0 (2026-12-01)\n\n';

  it('has the notes of its section, where tag, version and date agree', () => {
    expect(releaseNotes('v1.1.0', '1.1.0', changelog)).toBe('- one\n- two\n');
    expect(() => releaseNotes('v1.1.1', '1.1.0', changelog)).toThrow('the tag is v1.1.1, but package.json says 1.1.0');
    expect(() => releaseNotes('v1.2.0', '1.2.0', changelog)).toThrow(/no date: 1\.2\.0 \(unreleased\)/);
    expect(() => releaseNotes('v1.0.0', '1.0.0', changelog)).toThrow(/says nothing of 1\.0\.0/);
    expect(() => releaseNotes('v1.1', '1.1', changelog)).toThrow(/no section 1\.1/);
    const section = readFileSync('CHANGELOG.md', 'utf8').replace(
      `## ${manifest.version} (unreleased)`,
      `## ${manifest.version} (2026-12-31)`,
    );
    expect(releaseNotes(`v${manifest.version}`, manifest.version, section).length).toBeGreaterThan(1000);
  });

  it('has the checksums of its files in the form of sha256sum', async () => {
    const released = mkdtempSync(join(tmpdir(), 'tenant-keyring-released-'));
    onTestFinished(() => rmSync(released, { recursive: true, force: true }));
    await expect(checksums(released)).rejects.toThrow(/nothing/);
    for (const name of ['b.msi', 'a.exe', 'SHA256SUMS']) writeFileSync(join(released, name), name);
    const line = (name: string) => `${createHash('sha256').update(name).digest('hex')}  ${name}\n`;
    expect(await checksums(released)).toBe(line('a.exe') + line('b.msi'));
  });
});
