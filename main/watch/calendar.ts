import type { Texts } from '../texts/index.ts';
import { visibleLine } from '../visible-text.ts';
import { certificatesOf, type CredentialRecord } from '../credential/index.ts';
import type { AskedAnswer } from './asked-servers.ts';
import { expirySteps, watched, type Watched } from './expiry.ts';

/** Seconds from which revisions are counted, so that they fit the 31 bits of SEQUENCE until 2088: 2020-01-01. */
const firstRevision = Date.UTC(2020, 0, 1) / 1000;

/** Rises whenever the stored credential changes, and is the same for as long as it does not (RFC 5545, section 3.8.7.4). */
const revisionOf = ({ updatedAt }: CredentialRecord): number => Math.max(0, Math.floor(Date.parse(updatedAt) / 1000) - firstRevision);

/**
 * The one that ends first of each credential. One event for each credential, not for each certificate it ever had: imported
 * again after a renewal the event moves, where otherwise the old one would go on giving alarm.
 */
function nextEnds(records: readonly CredentialRecord[], now: Date): Watched[] {
  const first = new Map<string, Watched>();
  for (const each of watched(records, now)) {
    const known = first.get(each.record.id);
    if (known === undefined || Date.parse(each.certificate.notAfter) < Date.parse(known.certificate.notAfter))
      first.set(each.record.id, each);
  }
  return [...first.values()];
}

function descriptionOf({ record, certificate, superseded }: Watched, { t }: Texts): string {
  const { name, tenantName, tenantId, clientId } = record;
  const facts = [
    [t('field.name'), name],
    [t('field.tenant'), tenantName || tenantId],
    [t('field.client-id'), clientId ?? '–'],
    [t('field.certificate'), certificate.thumbprint],
  ].map(([label = '', value = '']) => `${label}: ${visibleLine(value)}`);
  return [t('calendar.text'), ...(superseded ? [t('watch.event.superseded')] : []), '', ...facts].join('\n');
}

/** Certificates in servers that no credential here has; those of the list have an event of their own. */
function endsInServers(answers: readonly AskedAnswer[], records: readonly CredentialRecord[]) {
  const here = new Set(records.flatMap((record) => certificatesOf(record).map(({ thumbprint }) => thumbprint)));
  return answers.flatMap(({ server, name, askedAt, archives }) =>
    archives.flatMap(({ instance, credentials }) =>
      credentials
        .filter(({ thumbprint }) => !here.has(thumbprint))
        .map((held) => ({
          uid: `${server}-${instance ?? ''}-${held.id}`,
          place: [name, instance, held.name].filter((part) => part !== null).join(' / '),
          notAfter: held.notAfter,
          thumbprint: held.thumbprint,
          askedAt,
        })),
    ),
  );
}

export interface CalendarFile {
  readonly text: string;
  /** How many events it has. */
  readonly events: number;
}

/**
 * An iCalendar file (RFC 5545) with one event at the end of each certificate and reminders at the steps before it. UIDs
 * stay the same for the life of a credential, so that importing it again updates what was imported before.
 *
 * @param practice marks calendar and events
 * @param answers what servers said last: certificates that are in a server alone end as well
 */
export async function calendarOf(
  records: readonly CredentialRecord[],
  now: Date,
  practice: boolean,
  texts: Texts,
  answers: readonly AskedAnswer[] = [],
): Promise<CalendarFile> {
  // Loaded for this alone: neither the window's start nor a watch waits for it.
  const { default: ical, ICalAlarmType, ICalCalendarMethod, ICalEventTransparency } = await import('ical-generator');
  const { t } = texts;
  const mark = practice ? `${t('app.practice.mark')} ` : '';
  const calendar = ical({
    name: `${mark}${t('calendar.name')}`,
    prodId: { company: 'Tenant Keyring', product: 'Expiry watch', language: texts.language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
  });
  const ends = nextEnds(records, now);
  for (const each of ends) {
    const { record, certificate } = each;
    const end = new Date(certificate.notAfter);
    const summary = `${mark}${t('calendar.event', { name: record.name })}`;
    const reminder = `${summary} (${texts.date(end)})`;
    calendar.createEvent({
      id: `${record.id}@tenant-keyring`,
      sequence: revisionOf(record),
      stamp: now,
      start: end,
      summary,
      description: descriptionOf(each, texts),
      // It takes nobody's time.
      transparency: ICalEventTransparency.TRANSPARENT,
      alarms: expirySteps.map((days) => ({ type: ICalAlarmType.display, triggerBefore: days * 24 * 60 * 60, description: reminder })),
    });
  }
  const inServers = endsInServers(answers, records);
  for (const { uid, place, notAfter, thumbprint, askedAt } of inServers) {
    const end = new Date(notAfter);
    const summary = `${mark}${t('calendar.event', { name: visibleLine(place) })}`;
    calendar.createEvent({
      id: `${uid}@tenant-keyring`,
      sequence: Math.max(0, Math.floor(Date.parse(askedAt) / 1000) - firstRevision),
      stamp: now,
      start: end,
      summary,
      description: `${t('calendar.text')}\n\n${t('field.certificate')}: ${thumbprint}`,
      transparency: ICalEventTransparency.TRANSPARENT,
      alarms: expirySteps.map((days) => ({
        type: ICalAlarmType.display,
        triggerBefore: days * 24 * 60 * 60,
        description: `${summary} (${texts.date(end)})`,
      })),
    });
  }
  return { text: `${calendar.toString()}\r\n`, events: ends.length + inServers.length };
}
