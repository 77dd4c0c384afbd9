import { settled, type AuditEntry } from '../audit/index.ts';
import { html, lines, type Html } from '../html.ts';
import { stepText } from '../servers/index.ts';
import { said, type Texts } from '../texts/index.ts';
import { document, moment, table, type PageContext } from './page.ts';

/** @param names of credentials by id; null where all entries are of one */
export function trailTable(entries: readonly AuditEntry[], names: ReadonlyMap<string, string> | null, texts: Texts): Html {
  const { t } = texts;
  if (entries.length === 0) return html`<p class="quiet">${t('audit.empty')}</p>`;
  const heads = [
    t('activity.time'),
    ...(names === null ? [] : [t('activity.credential')]),
    t('activity.step'),
    t('activity.what'),
    t('activity.outcome'),
    t('activity.by'),
  ];
  return table(
    heads,
    settled(entries).map(({ at, credentialId, step, change, target, phase, actor }) => [
      moment(at),
      ...(names === null ? [] : [names.get(credentialId) ?? credentialId]),
      step === null ? '–' : stepText(step, texts),
      lines([said(`activity.change.${change}`, texts), ...(target === null ? [] : [target])].join('\n')),
      t(`activity.phase.${phase}`),
      actor,
    ]),
  );
}

/**
 * Everything that was changed in tenants or done with keys.
 *
 * @param entries in the order of writing
 * @param names of credentials by id; one that is in no list any more stands by its id
 */
export function activityPage(entries: readonly AuditEntry[], names: ReadonlyMap<string, string>, context: PageContext): string {
  return document(context.texts.t('activity.title'), [trailTable(entries, names, context.texts)], context);
}
