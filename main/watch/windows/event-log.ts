import type { DamagedRow } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import type { Texts } from '../../texts/index.ts';
import { cutText } from '../../visible-text.ts';
import { stepAt } from '../expiry.ts';
import type { WatchLine, WatchReport } from '../report.ts';
import { findingPlace, findingText, type ServerFinding } from '../server-findings.ts';
import type { RunProgram } from '../../windows/index.ts';
import { powerShell, powerShellArguments } from './power-shell.ts';

/** The source an administrator may register; docs/watch.md says how. */
export const eventSource = 'Tenant Keyring';

/** Every Windows has it, also for users who may not register one; its entries are less well displayed. */
const spareSource = 'Application';

/** Documented in docs/watch.md; monitoring relies on them. Between `watched` and `expired`: 100 + the level. */
export const eventIds = { watched: 100, beforeLevels: 195, expired: 200, damaged: 210, server: 220, serverNotAsked: 221 } as const;

export interface WindowsEvent {
  readonly id: number;
  readonly type: 'Information' | 'Warning' | 'Error';
  readonly message: string;
}

/** Characters; Windows takes 31,839 in one string (ReportEvent). */
const longestMessage = 30_000;

/**
 * Written for Windows PowerShell 5.1, also in its constrained language mode. The entries come on standard input, so that
 * this text is always the same. Only an administrator can register a source (New-EventLog), and Write-EventLog refuses one
 * that is not registered.
 */
const script = [
  `$ErrorActionPreference = 'Stop'`,
  `$source = '${eventSource}'`,
  `try { foreach ($entry in (@($input) -join '' | ConvertFrom-Json)) { ${[
    `$what = @{ LogName = 'Application'; EventId = $entry.id; EntryType = $entry.type; Message = $entry.message }`,
    `try { Write-EventLog -Source $source @what } catch { if ($source -eq '${spareSource}') { throw }; $source = '${spareSource}'; Write-EventLog -Source $source @what }`,
  ].join('; ')} } } catch { $_.Exception.Message; exit 1 }`,
  `$source`,
].join('; ');

export const eventLogArguments = powerShellArguments(script);

const idOf = ({ days, level }: WatchLine): number =>
  days === 0 ? eventIds.expired : level === null ? eventIds.beforeLevels : eventIds.watched + level;

/** A sentence for people, then what a program looks for. */
function eventOf(line: WatchLine, mark: string, texts: Texts): WindowsEvent {
  const { t } = texts;
  const { id, name, tenantId, tenantName, days, thumbprint, notAfter, superseded } = line;
  const sentence = t('watch.event', { name, tenant: tenantName || tenantId, days: days ?? 0, date: texts.date(new Date(notAfter ?? 0)) });
  const facts = `credential=${id}\ntenant=${tenantId}\nthumbprint=${thumbprint ?? ''}\nnotAfter=${notAfter ?? ''}`;
  const message = `${mark}${sentence}${superseded ? ` ${t('watch.event.superseded')}` : ''}\n${facts}`;
  return { id: idOf(line), type: days === 0 ? 'Error' : 'Warning', message };
}

/** What cannot be read cannot be watched: nobody would hear of its certificate otherwise. */
const damagedEvent = ({ id, name, reason }: DamagedRow, mark: string, { t }: Texts): WindowsEvent => ({
  id: eventIds.damaged,
  type: 'Error',
  message: `${mark}${t('watch.event.damaged', { name: name ?? t('damaged.unnamed') })}\ncredential=${id}\nreason=${reason}`,
});

/** What a server was found to be in need of; the end of a certificate there is one as any other. */
function serverEvent(found: ServerFinding, mark: string, texts: Texts): WindowsEvent {
  const { finding, server, instance, credential, params } = found;
  const thumbprint = 'thumbprint' in params ? `\nthumbprint=${params['thumbprint']}` : '';
  const facts = `finding=${finding}\nserver=${server}\ninstance=${instance ?? ''}\ncredential=${credential ?? ''}${thumbprint}`;
  const message = `${mark}${findingPlace(found)}: ${findingText(found, texts)}\n${facts}`;
  const days = Number(params['days']);
  switch (finding) {
    case 'expired':
      return { id: eventIds.expired, type: 'Error', message };
    case 'expiring': {
      const level = stepAt(days);
      return { id: level === null ? eventIds.beforeLevels : eventIds.watched + level, type: 'Warning', message };
    }
    case 'not-asked':
      return { id: eventIds.serverNotAsked, type: 'Warning', message };
    default:
      return { id: eventIds.server, type: 'Error', message };
  }
}

/**
 * One entry that says that the watch has run, and one for each certificate that expires or has expired, each row that cannot be read,
 * and each thing that a server is in need of.
 */
export function eventsOf(
  { certificates, withinDays, servers }: WatchReport,
  damaged: readonly DamagedRow[],
  practice: boolean,
  texts: Texts,
): WindowsEvent[] {
  const mark = practice ? `${texts.t('app.practice.mark')} ` : '';
  const count = (wanted: WatchLine['status']) => certificates.filter(({ status }) => status === wanted).length;
  const [expired, expiring] = [count('expired'), count('expiring')];
  const sum = texts.t('watch.sum', { total: certificates.length - count('no-certificate'), expired, expiring, within: withinDays });
  const urgent = certificates.filter(({ status }) => status === 'expired' || status === 'expiring');
  return [
    { id: eventIds.watched, type: 'Information', message: `${mark}Tenant Keyring: ${sum}\nexpired=${expired}\nexpiring=${expiring}` },
    ...urgent.map((line) => eventOf(line, mark, texts)),
    ...damaged.map((row) => damagedEvent(row, mark, texts)),
    ...servers.map((found) => serverEvent(found, mark, texts)),
  ];
}

const refused = (reason: string, cause?: unknown): Fault => new Fault('watch.event-log-refused', { params: { reason }, cause });

export interface EventLogContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly runProgram: RunProgram;
}

/** @throws Fault watch.event-log-elsewhere where there is no Windows */
export function requireEventLog({ platform }: Pick<EventLogContext, 'platform'>): void {
  if (platform !== 'win32') throw new Fault('watch.event-log-elsewhere');
}

/**
 * Writes to the Application log of Windows, with no more rights than any user has.
 *
 * @returns the source they were written under: ours where an administrator has registered it, else `Application`
 * @throws Fault watch.event-log-elsewhere, watch.event-log-refused
 */
export async function writeEvents(events: readonly WindowsEvent[], { env, platform, runProgram }: EventLogContext): Promise<string> {
  requireEventLog({ platform });
  const entries = events.map((each) => ({ ...each, message: cutText(each.message, longestMessage) }));
  const ended = await runProgram(powerShell(script, entries, env)).catch((error: unknown) => {
    throw refused(error instanceof Error ? error.message : String(error), error);
  });
  const source = [eventSource, spareSource].find((each) => each === ended.output);
  if (ended.code !== 0 || source === undefined) throw refused(ended.output.replaceAll(/\s+/g, ' ').trim() || `exit ${ended.code ?? '–'}`);
  return source;
}
