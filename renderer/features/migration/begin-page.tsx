import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Radio,
  RadioGroup,
  tokens,
} from '@fluentui/react-components';
import type { CredentialRow, FaultView, MigrationView, Output } from '../../../preload/contract.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useTexts } from '../../bridge/texts.tsx';
import { StagePage } from '../../run/index.ts';
import { Losses } from './losses.tsx';
import { MigrationSteps } from './steps-bar.tsx';
import { MigrationTimeline } from './timeline.tsx';

const useStyles = makeStyles({
  text: { margin: 0 },
  quiet: { display: 'block', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: 'anywhere' },
  tick: { display: 'flex' },
  mailbox: { maxWidth: '420px' },
});

export type Offer = Output<'migration:offer'>;
type Loss = Offer['targets'][number]['losses'][number]['loss'];

/** What the administrator chooses and ticks before a move. */
export interface Wish {
  /** Id of the profile; empty until the offer is there. */
  readonly to: string;
  readonly pilot: boolean;
  /** As typed. */
  readonly mailbox: string;
  readonly losses: readonly Loss[];
}

export interface BeginPageProps {
  readonly row: CredentialRow;
  readonly migration: MigrationView;
  readonly offer: Offer;
  readonly wish: Wish;
  readonly fault: FaultView | null;
  readonly onWish: (wish: Wish) => void;
  readonly onBegin: () => void;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

/** Everything is ticked that a move needs; once it is begun, what is lost was accepted. */
const isReady = ({ to, pilot, losses }: Wish, { targets }: Offer, begun: boolean): boolean => {
  const target = targets.find(({ id }) => id === to);
  return target !== undefined && (pilot || !target.unconfirmed) && (begun || target.losses.every(({ loss }) => losses.includes(loss)));
};

function Targets({ offer: { targets }, wish, onWish }: Pick<BeginPageProps, 'offer' | 'wish' | 'onWish'>) {
  const { t } = useTexts();
  const styles = useStyles();
  return (
    <Field label={t('field.profile')}>
      <RadioGroup value={wish.to} onChange={(_, { value }) => onWish({ ...wish, to: value, pilot: false })}>
        {targets.map(({ id, name, description, needs }) => (
          <Radio
            key={id}
            value={id}
            label={{
              children: (
                <>
                  {name}
                  <span className={styles.quiet}>{[description, needs].filter((each) => each !== '').join(' ')}</span>
                </>
              ),
            }}
          />
        ))}
      </RadioGroup>
    </Field>
  );
}

/** What a move does and costs, before anybody signs in for it; also how one that was stopped is continued. */
export function BeginPage({ row, migration, offer, wish, fault, onWish, onBegin, onBack, onClose }: BeginPageProps) {
  const { t } = useTexts();
  const styles = useStyles();
  const begun = migration.next === 'grant';
  const target = offer.targets.find(({ id }) => id === wish.to);
  const unconfirmed = target?.unconfirmed === true;
  const ready = isReady(wish, offer, begun);
  const aboutMailbox = fault?.code === 'migrate.mailbox-invalid' ? `${fault.message} ${fault.fix}` : null;
  const buttons = (
    <>
      <Button appearance="primary" disabledFocusable={!ready} onClick={onBegin}>
        {t(begun ? 'rotation.continue' : 'move.begin')}
      </Button>
      <Button onClick={onClose}>{t('app.cancel')}</Button>
    </>
  );
  const aside = (
    <>
      {migration.canGoBack ? <Button onClick={onBack}>{t('move.back')}</Button> : null}
      {ready || offer.targets.length === 0 ? null : <span className={styles.quiet}>{t('move.tick-first')}</span>}
    </>
  );
  const title = t('move.title', { name: row.name, target: migration.target });
  return (
    <StagePage steps={<MigrationSteps current="sign-in" />} title={title} actions={buttons} aside={aside} first>
      <FaultBar fault={aboutMailbox === null ? fault : null} />
      {begun ? <MigrationTimeline migration={migration} /> : null}
      <p className={styles.text}>{t(begun ? 'move.not-granted' : 'move.what')}</p>
      <Targets offer={offer} wish={wish} onWish={onWish} />
      {unconfirmed ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {t('move.unconfirmed')}
            <Checkbox
              className={styles.tick}
              checked={wish.pilot}
              data-field="pilot"
              label={t('move.pilot', { tenant: row.tenantName || row.tenantDomain })}
              onChange={(_, { checked }) => onWish({ ...wish, pilot: checked === true })}
            />
          </MessageBarBody>
        </MessageBar>
      ) : null}
      {begun || target === undefined ? null : (
        <Losses offer={offer} losses={target.losses} ticked={wish.losses} onTick={(losses) => onWish({ ...wish, losses })} />
      )}
      {row.custody === 'external' ? (
        <p className={styles.text}>{t('move.external')}</p>
      ) : (
        <Field
          label={t('move.mailbox')}
          hint={t('move.mailbox.hint')}
          className={styles.mailbox}
          {...(aboutMailbox === null ? {} : { validationMessage: aboutMailbox })}
        >
          <Input
            value={wish.mailbox}
            data-field="mailbox"
            spellCheck={false}
            autoComplete="off"
            onChange={(_, { value }) => onWish({ ...wish, mailbox: value })}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && ready) onBegin();
            }}
          />
        </Field>
      )}
    </StagePage>
  );
}
