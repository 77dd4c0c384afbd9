import { certificatesOf, registrationKey, type CredentialRecord } from '../credential/index.ts';
import { Fault } from '../faults.ts';
import type { Texts } from '../texts/index.ts';
import type { AskedAnswer, AskedArchive, StoredFault } from './asked-servers.ts';
import { daysLeft } from './expiry.ts';
import { failsAfterMove } from './moved.ts';

/** What a server is found to be in need of. The first four are about one of its credentials, the last about all of it or an instance. */
export type ServerFindingKind = 'expired' | 'expiring' | 'other-certificate' | 'failing-after-move' | 'failing' | 'empty' | 'not-asked';

/** One thing to do in a server. */
export interface ServerFinding {
  readonly finding: ServerFindingKind;
  /** Id of the server. */
  readonly server: string;
  readonly serverName: string;
  /** Null where the server has one archive. */
  readonly instance: string | null;
  /** What it is called there; null where it is not about one credential. */
  readonly name: string | null;
  /** Id of the credential here with the same application and tenant ID; null where there is none. */
  readonly credential: string | null;
  /** ISO 8601 UTC, when the server said so. */
  readonly askedAt: string;
  /** Placeholders of its text; times of runs are in the server's own zone. */
  readonly params: Readonly<Record<string, string | number>>;
  /** Why it could not be asked. */
  readonly fault: StoredFault | null;
}

type Own = ReadonlyMap<string, CredentialRecord>;

const isExpiry = (days: number, withinDays: number): 'expired' | 'expiring' | null =>
  days === 0 ? 'expired' : days <= withinDays ? 'expiring' : null;

/** Of one archive. What is told of a certificate here already is not told again of the same one there. */
function inArchive(archive: AskedArchive, answer: AskedAnswer, own: Own, now: Date, withinDays: number): ServerFinding[] {
  const { server, name: serverName, askedAt } = answer;
  const { instance, credentials, runs, fault } = archive;
  const about = { server, serverName, instance, askedAt, fault: null };
  const whole = { ...about, name: null, credential: null };
  if (fault !== null) return [{ ...whole, finding: 'not-asked', params: {}, fault }];
  const ofCredentials = credentials.flatMap((held): ServerFinding[] => {
    const { name, thumbprint, notAfter } = held;
    const record = own.get(registrationKey(held));
    const one = { ...about, name, credential: record?.id ?? null };
    const ours = record?.certificate?.thumbprint;
    // An earlier one of ours that is still published works until it ends.
    const isOurs = record !== undefined && certificatesOf(record).some((each) => each.thumbprint === thumbprint);
    if (ours !== undefined && !isOurs) return [{ ...one, finding: 'other-certificate', params: { thumbprint, ours } }];
    const days = daysLeft(notAfter, now);
    const finding = ours === thumbprint ? null : isExpiry(days, withinDays);
    return finding === null ? [] : [{ ...one, finding, params: { days, notAfter, thumbprint } }];
  });
  const { failing, emptySince } = runs;
  const told = failing === null ? {} : { since: failing.since, runs: failing.runs, reason: failing.reason ?? '' };
  const moved = credentials.flatMap((held): ServerFinding[] => {
    const record = own.get(registrationKey(held));
    if (failing === null || record === undefined || record.certificate?.thumbprint !== held.thumbprint) return [];
    if (!failsAfterMove(record, failing.since, now)) return [];
    return [
      { ...about, finding: 'failing-after-move', name: held.name, credential: record.id, params: { ...told, credential: record.name } },
    ];
  });
  return [
    ...ofCredentials,
    ...(failing === null ? [] : moved.length > 0 ? moved : [{ ...whole, finding: 'failing' as const, params: told }]),
    ...(emptySince === null ? [] : [{ ...whole, finding: 'empty' as const, params: { since: emptySince } }]),
  ];
}

/** What the servers are in need of, by what they said when they were asked last. */
export function serverFindings(
  answers: readonly AskedAnswer[],
  records: readonly CredentialRecord[],
  now: Date,
  withinDays: number,
): ServerFinding[] {
  const own = new Map(records.map((record) => [registrationKey(record), record]));
  return answers.flatMap((answer): ServerFinding[] => {
    const { server, name, askedAt, fault } = answer;
    if (fault === null) return answer.archives.flatMap((archive) => inArchive(archive, answer, own, now, withinDays));
    const whole = { server, serverName: name, instance: null, name: null, credential: null, askedAt };
    return [{ ...whole, finding: 'not-asked', params: {}, fault }];
  });
}

/** Where it is: the server, its instance, the credential there. */
export const findingPlace = ({ serverName, instance, name }: ServerFinding): string =>
  [serverName, instance, name].filter((part) => part !== null).join(' / ');

/** Why it could not be asked; null of one that was. */
export const findingFault = ({ fault }: ServerFinding): Fault | null =>
  fault === null ? null : new Fault(fault.code, { params: fault.params });

/** A time of the server's own zone, as people write it. */
export const localTime = (time: string | number | undefined): string => String(time).replace('T', ' ');

/** One sentence, in the language of the reader. */
export function findingText(each: ServerFinding, texts: Texts): string {
  const { finding, params } = each;
  const fault = findingFault(each);
  if (fault !== null) return texts.faultText(fault).message;
  const { t } = texts;
  const failing = () =>
    t('watch.server.failing', { runs: Number(params['runs']), since: localTime(params['since']), reason: String(params['reason']) }).trim();
  switch (finding) {
    case 'failing':
      return failing();
    case 'failing-after-move':
      return `${failing()} ${t('watch.server.moved', { name: String(params['credential']) })}`;
    case 'empty':
      return t('watch.server.empty', { since: localTime(params['since']) });
    case 'other-certificate':
      return t('watch.server.other-certificate', { thumbprint: String(params['thumbprint']), ours: String(params['ours']) });
    default:
      return t('watch.server.ends', { days: Number(params['days']), date: texts.date(new Date(params['notAfter'] ?? 0)) });
  }
}
