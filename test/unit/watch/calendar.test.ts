import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { createTexts, languages } from '../../../main/texts/index.ts';
import { calendarOf } from '../../../main/watch/index.ts';
import type { CredentialRecord } from '../../../main/credential/index.ts';
import { sampleCertificate, sampleRecord } from '../vault/records.ts';

const now = new Date('2026-11-24T09:30:00Z');
const day = 86_400_000;
const iso = (time: number) => new Date(time).toISOString();
const ending = (days: number, changes: Partial<CredentialRecord> = {}) =>
  sampleRecord({ certificate: sampleCertificate({ notAfter: iso(now.getTime() + days * day) }), ...changes });
const written = async (records: readonly CredentialRecord[], options: { at?: Date; practice?: boolean } = {}) =>
  (await calendarOf(records, options.at ?? now, options.practice ?? false, createTexts('en'))).text;
const eventsOf = (text: string) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));

/** A calendar that things are imported into: a known UID is updated by a higher SEQUENCE, or by the same one with a later DTSTAMP (RFC 5546, section 2.1.5). */
function personalCalendar() {
  const kept = new Map<string, ICAL.Event>();
  const stamp = (event: ICAL.Event) => String(event.component.getFirstPropertyValue('dtstamp'));
  return {
    kept,
    import: (text: string) => {
      for (const event of eventsOf(text)) {
        const known = kept.get(event.uid);
        if (known === undefined || event.sequence > known.sequence || (event.sequence === known.sequence && stamp(event) >= stamp(known)))
          kept.set(event.uid, event);
      }
      return [...kept.values()].map(({ startDate }) => startDate.toJSDate().toISOString());
    },
  };
}

/** What RFC 5545 asks of the lines (section 3.1) and of the order of properties and alarms in an event (section 3.6.1). */
function checkForm(text: string): void {
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const line of text.split('\r\n')) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(line.isWellFormed()).toBe(true);
  }
  const afterAlarm = /END:VALARM\r\n(?!BEGIN:VALARM|END:VEVENT)/.exec(text);
  expect(afterAlarm).toBeNull();
}

describe('the calendar', () => {
  it('has an event at the end of each certificate, with reminders at every step, which takes nobody’s time', async () => {
    const records = [ending(40, { name: 'One' }), sampleRecord({ certificate: null }), ending(-3, { name: 'Gone', custody: 'external' })];
    const text = await written(records);
    checkForm(text);
    const root = new ICAL.Component(ICAL.parse(text));
    expect(['version', 'method', 'prodid'].map((each) => root.getFirstPropertyValue(each))).toEqual([
      '2.0',
      'PUBLISH',
      '-//Tenant Keyring//Expiry watch//EN',
    ]);
    const [one, gone, ...more] = eventsOf(text);
    expect(more).toEqual([]);
    expect([one?.summary, gone?.summary]).toEqual(['The certificate of “One” ends', 'The certificate of “Gone” ends']);
    expect(one?.startDate.toJSDate()).toEqual(new Date(Date.parse(records[0]?.certificate?.notAfter ?? '')));
    expect(one?.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT');
    expect(String(one?.component.getFirstPropertyValue('dtstamp'))).toBe('2026-11-24T09:30:00Z');
    expect(one?.description).toContain(`Certificate: ${'A'.repeat(40)}`);
    const alarms = one?.component.getAllSubcomponents('valarm') ?? [];
    expect(
      alarms.map((each) => [
        each.getFirstPropertyValue('action'),
        ICAL.Duration.fromString(String(each.getFirstPropertyValue('trigger'))).toSeconds() / 86_400,
      ]),
    ).toEqual([-90, -60, -30, -14, -7, -1, 0].map((days) => ['DISPLAY', days]));
  });

  it('imported again changes nothing while nothing has changed, and moves the event after a renewal', async () => {
    const calendar = personalCalendar();
    const record = ending(20, { updatedAt: iso(now.getTime() - day) });
    const before = record.certificate?.notAfter.replace(/\.\d+Z/, '.000Z');
    expect(calendar.import(await written([record]))).toEqual([before]);
    expect(calendar.import(await written([record], { at: new Date(now.getTime() + day) }))).toEqual([before]);
    const later = new Date(now.getTime() + 2 * day);
    const renewed = {
      ...record,
      certificate: sampleCertificate({ thumbprint: 'B'.repeat(40), notAfter: '2028-03-01T00:00:00Z' }),
      earlierCertificates: record.certificate === null ? [] : [record.certificate],
      updatedAt: later.toISOString(),
    };
    const after = await written([renewed], { at: later });
    expect(calendar.import(after)).toEqual(['2028-03-01T00:00:00.000Z']);
    // An old file that somebody imports by mistake does not bring the old date back.
    expect(calendar.import(await written([record]))).toEqual(['2028-03-01T00:00:00.000Z']);
    // In the new file the server does not use the old one any more, as nobody ever said that it did.
    expect(eventsOf(after)).toHaveLength(1);
  });

  it('stays at the certificate that the server uses until the new one is handed over', async () => {
    const old = sampleCertificate({ notAfter: '2026-12-01T00:00:00Z' });
    const next = sampleCertificate({ thumbprint: 'B'.repeat(40), notAfter: '2028-03-01T00:00:00Z' });
    const handover = (at: number) => ({ confirmedAt: iso(at), by: 'anna', profile: { id: 'mailstore-guide', version: 1 } });
    const pending = sampleRecord({
      certificate: next,
      earlierCertificates: [{ ...old, handover: handover(now.getTime()) }],
      updatedAt: iso(now.getTime()),
    });
    const calendar = personalCalendar();
    const text = await written([pending]);
    expect(calendar.import(text)).toEqual(['2026-12-01T00:00:00.000Z']);
    expect(eventsOf(text)[0]?.description).toContain('The server still uses it');
    const done = { ...pending, certificate: { ...next, handover: handover(now.getTime() + 1) }, updatedAt: iso(now.getTime() + 1000) };
    expect(calendar.import(await written([done]))).toEqual(['2028-03-01T00:00:00.000Z']);
  });

  it('marks what is simulated', async () => {
    const text = await written([ending(5, { name: 'One' })], { practice: true });
    expect(new ICAL.Component(ICAL.parse(text)).getFirstPropertyValue('x-wr-calname')).toBe('[Practice] Certificates of Tenant Keyring');
    expect(eventsOf(text)[0]?.summary).toBe('[Practice] The certificate of “One” ends');
  });

  it.each(languages)('is readable in %s', async (language) => {
    const { text, events } = await calendarOf([ending(5, { name: 'Müller' })], now, false, createTexts(language));
    checkForm(text);
    expect(events).toBe(1);
    expect(eventsOf(text)[0]?.summary).toContain('Müller');
  });

  it('gives every name back as it was (generated)', async () => {
    const letter = fc.constantFrom('a', ' ', ',', ';', ':', '\\', '"', '^', 'é', '漢', '🔑', 'n', 'N');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: letter, minLength: 1, maxLength: 120 }), async (name) => {
        const text = await written([ending(5, { name })]);
        checkForm(text);
        expect(eventsOf(text)[0]?.summary).toBe(`The certificate of “${name}” ends`);
      }),
    );
  });
});
