import { Button, Checkbox, Field, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useCommand } from '../../bridge/outcome.ts';
import { useTexts } from '../../bridge/texts.tsx';
import type { Texts } from '../../bridge/translate.ts';
import { useAnnounce } from '../../parts/announce.tsx';
import { FaultBar } from '../../parts/fault-bar.tsx';
import type { Offer } from './begin-page.tsx';

const useStyles = makeStyles({
  text: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  ticks: { display: 'flex', flexDirection: 'column' },
  tools: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

export type Loss = Offer['targets'][number]['losses'][number];

/** What it is, how much of it there is and whose, and when that was read. */
function lossWords({ loss, count, names, readAt }: Loss, { t, date }: Texts): string {
  const name = t(`move.loss.${loss}`);
  if (readAt === null) return t('move.loss.unread', { name });
  if (count === null) return t('move.loss.stale', { name, date: date(readAt) });
  return t('move.loss.read', {
    name,
    count,
    names: names.length === 0 ? 'none' : names.join(', '),
    more: names.length === 0 ? 0 : count - names.length,
  });
}

export interface LossesProps {
  readonly offer: Pick<Offer, 'tenantId' | 'lookedAt'>;
  readonly losses: readonly Loss[];
  readonly ticked: readonly Loss['loss'][];
  readonly onTick: (ticked: readonly Loss['loss'][]) => void;
}

/** What the tenant loses by the move, ticked one by one; and how an Exchange administrator finds out what it has. */
export function Losses({ offer: { tenantId, lookedAt }, losses, ticked, onTick }: LossesProps) {
  const texts = useTexts();
  const { t, date } = texts;
  const styles = useStyles();
  const announce = useAnnounce();
  const command = useCommand();
  const [said, setSaid] = useState('');
  const say = (words: string) => {
    setSaid(words);
    announce(words);
  };
  const saveScript = async () => {
    const saved = await command.run('ews:save-losses-script', { tenantId });
    if (saved !== null) say(t('ews-page.script.saved', saved));
  };
  const readResult = async () => {
    const read = await command.run('ews:read-result', null);
    if (read === null) return;
    // What was ticked before anybody had looked was ticked of something else.
    if (read.about === 'losses') onTick([]);
    say(t(`ews-page.result.${read.about}`, { tenant: read.tenantName, time: texts.dateTime(read.readAt) }));
  };
  return (
    <>
      {losses.length === 0 ? (
        <p className={styles.text} data-losses="none">
          {lookedAt === null ? null : t('move.losses.none', { date: date(lookedAt) })}
        </p>
      ) : (
        <Field label={t('move.losses')} hint={t('move.losses.hint')}>
          <div className={styles.ticks} role="group" aria-label={t('move.losses')}>
            {losses.map((each) => (
              <Checkbox
                key={each.loss}
                data-loss={each.loss}
                checked={ticked.includes(each.loss)}
                label={lossWords(each, texts)}
                onChange={(_, { checked }) =>
                  onTick(checked === true ? [...ticked, each.loss] : ticked.filter((other) => other !== each.loss))
                }
              />
            ))}
          </div>
        </Field>
      )}
      <FaultBar fault={command.fault} onDismiss={command.clear} />
      <div className={styles.tools}>
        <Button size="small" onClick={() => void saveScript()}>
          {t('ews-page.losses-script')}
        </Button>
        <Button size="small" onClick={() => void readResult()}>
          {t('ews-page.read-result')}
        </Button>
        {said === '' ? null : <span className={styles.quiet}>{said}</span>}
      </div>
    </>
  );
}
