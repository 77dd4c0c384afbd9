import { Button, makeStyles, SearchBox, tokens } from '@fluentui/react-components';
import { CopyRegular, DocumentArrowDownRegular, SearchRegular } from '@fluentui/react-icons';
import { useDeferredValue, useMemo, useState } from 'react';
import { useAnnounce } from '../../parts/announce.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useAnswer, useCommand } from '../../bridge/outcome.ts';
import { Page, Waiting } from '../../parts/page.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { changeWords, LineTable, phaseWords } from './line-table.tsx';
import { csv, type AuditLine } from './lines.ts';

const useStyles = makeStyles({
  tools: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  filter: { flex: '1 1 240px', maxWidth: '360px' },
});

/** So much the clipboard takes; the contract's limit. */
const clipboardLimit = 20_000;
/** So many lines are drawn; the filter finds the others. */
const drawn = 300;

/** Every change made in a tenant: what, where, when, by whom, with what outcome. */
export function ActivityPage({ credential }: { readonly credential: string | null }) {
  const texts = useTexts();
  const { t } = texts;
  const styles = useStyles();
  const announce = useAnnounce();
  const [filter, setFilter] = useState('');
  const wanted = useDeferredValue(filter).toLowerCase().split(/\s+/).filter(Boolean);
  const { value, fault, reload } = useAnswer('activity:list', { credential }, ['store:changed']);
  const command = useCommand();
  const all = useMemo(() => (value ?? []).map((line) => ({ line, fields: fieldsOf(line, texts) })), [value, texts]);
  const found = all.filter(({ fields }) => wanted.every((word) => fields.join('\n').toLowerCase().includes(word)));
  const shown = found.slice(0, drawn).map(({ line }) => line);

  const copy = async () => {
    const heads = [
      t('activity.time'),
      t('activity.credential'),
      t('activity.step'),
      t('activity.what'),
      t('activity.target'),
      t('activity.outcome'),
      t('activity.by'),
    ];
    const written = csv(
      heads,
      found.map(({ fields }) => fields),
      clipboardLimit,
    );
    const outcome = await command.attempt('clipboard:copy', { text: written.text });
    if (outcome.ok) announce(t('activity.copied', { lines: written.lines, total: found.length }));
  };

  const save = async () => {
    const saved = await command.run('activity:save-page', { credential });
    if (saved !== null) announce(t('printed.saved', { path: saved.path }));
  };

  return (
    <Page
      title={t('activity.title')}
      actions={
        <>
          <Button icon={<CopyRegular />} disabledFocusable={found.length === 0} onClick={() => void copy()}>
            {t('activity.copy')}
          </Button>
          <Button icon={<DocumentArrowDownRegular />} disabledFocusable={all.length === 0} onClick={() => void save()}>
            {t('printed.save')}
          </Button>
        </>
      }
    >
      <FaultBar fault={fault} onRetry={reload} />
      <FaultBar fault={command.fault} onDismiss={command.clear} />
      <div className={styles.tools}>
        <SearchBox
          className={styles.filter}
          contentBefore={<SearchRegular />}
          placeholder={t('activity.filter')}
          aria-label={t('activity.filter')}
          value={filter}
          onChange={(_, { value: typed }) => setFilter(typed)}
        />
        <span>{t('activity.count', { shown: shown.length, total: all.length })}</span>
      </div>
      {value === null && fault === null ? <Waiting /> : null}
      {value !== null && all.length === 0 ? <span>{t('audit.empty')}</span> : null}
      {shown.length > 0 ? <LineTable lines={shown} label={t('activity.title')} /> : null}
    </Page>
  );
}

/** A line as text, in the order of the CSV's columns. */
function fieldsOf(line: AuditLine, texts: ReturnType<typeof useTexts>): string[] {
  return [line.at, line.credential, line.step ?? '', changeWords(line, texts), line.target ?? '', phaseWords(line, texts), line.actor];
}
