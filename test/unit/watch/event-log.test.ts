import { describe, expect, it } from 'vitest';
import { createTexts } from '../../../main/texts/index.ts';
import { eventsOf, watchReport, writeEvents } from '../../../main/watch/index.ts';
import { oemText, runProgram, type Program, type ProgramEnded } from '../../../main/windows/index.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';

const now = new Date('2026-11-24T09:30:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();
const ending = (name: string, days: number) =>
  sampleRecord({
    id: '00000000-0000-4000-8000-000000000001',
    tenantId: '00000000-0000-4000-8000-000000000002',
    name,
    certificate: sampleCertificate({ notAfter: inDays(days) }),
  });
const events = (days: readonly number[], within = 30, practice = false) =>
  eventsOf(
    watchReport(
      days.map((each) => ending('Müller', each)),
      now,
      within,
    ),
    [],
    practice,
    createTexts('en'),
  );

const env = { SystemRoot: 'D:\\Windows' };

/** Windows, which answers like this. */
function windows(ended: ProgramEnded | Error) {
  const programs: Program[] = [];
  const run = async (program: Program) => {
    programs.push(program);
    if (ended instanceof Error) throw ended;
    return ended;
  };
  return { programs, context: { env, platform: 'win32' as const, runProgram: run } };
}

describe('the events of a watch', () => {
  it('are one for the run and one for each certificate that is told, by documented numbers', () => {
    expect(events([300]).map(({ id, type }) => [id, type])).toEqual([[100, 'Information']]);
    expect(events([-2, 0.5, 6, 13, 29, 80], 120).map(({ id, type }) => [id, type])).toEqual([
      [100, 'Information'],
      [200, 'Error'],
      [101, 'Warning'],
      [107, 'Warning'],
      [114, 'Warning'],
      [130, 'Warning'],
      [190, 'Warning'],
    ]);
    expect(events([100], 120).map(({ id }) => id)).toEqual([100, 195]);
    expect(events([50], 60).map(({ id }) => id)).toEqual([100, 160]);
  });

  it('name each row that cannot be read', () => {
    const damaged = { id: 'a1', name: null, reason: 'custody', deleted: false };
    const written = eventsOf(watchReport([], now, 30), [damaged, { ...damaged, name: 'Müller' }], false, createTexts('en')).slice(1);
    expect(written.map(({ id, type }) => [id, type])).toEqual([
      [210, 'Error'],
      [210, 'Error'],
    ]);
    expect(written[0]?.message).toContain('“(name unreadable)”');
    expect(written[1]?.message).toContain('“Müller”');
    expect(written[0]?.message).toMatch(/\ncredential=a1\nreason=custody$/);
  });

  it('say it to people and give programs what they look for', () => {
    const [sum, one] = events([12.5], 30, true);
    expect(sum?.message).toBe(
      '[Practice] Tenant Keyring: Certificates watched: 1. Expired: 0. Ending within 30 days: 1.\nexpired=0\nexpiring=1',
    );
    expect(one?.message).toBe(
      `[Practice] The certificate of “Müller” (Contoso) expires in 13 days, on Dec 6, 2026.\ncredential=00000000-0000-4000-8000-000000000001\ntenant=00000000-0000-4000-8000-000000000002\nthumbprint=${'A'.repeat(40)}\nnotAfter=${inDays(12.5)}`,
    );
  });
});

describe('writing events', () => {
  it('starts Windows PowerShell by its path, with arguments that never change and the events on its input, in ASCII', async () => {
    const { programs, context } = windows({ code: 0, output: 'Tenant Keyring' });
    const hostile = [{ id: 130, type: 'Warning', message: `"; Remove-Item C:\\ -Recurse; '$(calc)' 漢 Müller\n` }] as const;
    expect(await writeEvents(hostile, context)).toBe('Tenant Keyring');
    await writeEvents(events([5]), context);
    const [first, second] = programs;
    expect(first?.args).toEqual(second?.args);
    expect(first?.file).toBe('D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe');
    expect(first?.args).toEqual([
      '-NoLogo',
      '-NoProfile',
      '-NonInteractive',
      '-InputFormat',
      'Text',
      '-OutputFormat',
      'Text',
      '-Command',
      "$ErrorActionPreference = 'Stop'; $source = 'Tenant Keyring'; try { foreach ($entry in (@($input) -join '' | ConvertFrom-Json)) { $what = @{ LogName = 'Application'; EventId = $entry.id; EntryType = $entry.type; Message = $entry.message }; try { Write-EventLog -Source $source @what } catch { if ($source -eq 'Application') { throw }; $source = 'Application'; Write-EventLog -Source $source @what } } } catch { $_.Exception.Message; exit 1 }; $source",
    ]);
    expect(first?.input).toMatch(/^[\u0020-\u007E]*$/);
    expect(JSON.parse(first?.input ?? '')).toEqual(hostile);
  });

  it('says under which source they stand, and cuts what Windows would not take', async () => {
    const { programs, context } = windows({ code: 0, output: 'Application' });
    expect(await writeEvents([{ id: 100, type: 'Information', message: 'x'.repeat(50_000) }], context)).toBe('Application');
    expect(JSON.parse(programs[0]?.input ?? '')[0].message).toHaveLength(30_000);
  });

  it.each([
    [{ code: 1, output: 'Requested registry access\r\nis not allowed.' }, 'Requested registry access is not allowed.'],
    [{ code: 0, output: 'Something else' }, 'Something else'],
    [{ code: null, output: '' }, 'exit –'],
    [new Error('spawn ENOENT'), 'spawn ENOENT'],
  ])('%j is told as refused', async (ended, reason) => {
    await expect(writeEvents(events([5]), windows(ended).context)).rejects.toMatchObject({
      code: 'watch.event-log-refused',
      params: { reason },
    });
  });

  it('is for Windows alone', async () => {
    const { programs, context } = windows({ code: 0, output: 'Tenant Keyring' });
    await expect(writeEvents(events([5]), { ...context, platform: 'linux' })).rejects.toMatchObject({ code: 'watch.event-log-elsewhere' });
    expect(programs).toEqual([]);
  });
});

describe('a program of the operating system', () => {
  it('gets its arguments and input as they are, and its end and output are known', async () => {
    const program = {
      file: process.execPath,
      args: [
        '-e',
        'process.stdin.pipe(process.stdout); process.stdin.on("end", () => { console.error(process.argv[1]); process.exitCode = 3 })',
        '$HOME "; exit 0',
      ],
      input: 'à\n',
    };
    expect(await runProgram(program)).toEqual({ code: 3, output: 'à\n$HOME "; exit 0' });
    await expect(runProgram({ file: '/nowhere/program.exe', args: [] })).rejects.toThrow('ENOENT');
    expect(
      await runProgram({ file: process.execPath, args: ['-e', 'process.stdin.destroy()'], input: 'x'.repeat(1_000_000) }),
    ).toMatchObject({ code: 0 });
  });

  it('writes in the code page of the console', () => {
    expect(oemText(Buffer.from([0x46, 0x81, 0x72, 0x20, 0xe1, 0x20, 0x82, 0x20, 0xb5]))).toBe('Für ß é Á');
    expect(oemText(Buffer.from('Für'))).toBe('Für');
  });
});
