import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { CredentialRow, FaultView, RotationView } from '../../../preload/contract.ts';
import { FaultBar } from '../../parts/fault-bar.tsx';
import { useServer } from '../../bridge/servers.ts';
import { useTexts } from '../../bridge/texts.tsx';
import { groupedThumbprint } from '../../parts/thumbprint.ts';
import { useFocusReturn } from '../../parts/use-focus-return.ts';
import { ForgetKey } from '../handover/index.ts';
import { PfxDialog } from '../pfx/index.ts';
import { ServerValue } from '../../parts/server-value.tsx';
import { StagePage } from '../../run/index.ts';
import { MadeNotice } from '../asked-servers/index.ts';
import { stepsAfterCertificate } from '../setup/index.ts';
import { RotationSteps } from './steps-bar.tsx';
import { RotationTimeline } from './timeline.tsx';

const useStyles = makeStyles({
  text: { margin: 0 },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingLeft: tokens.spacingHorizontalXL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

export interface NextPageProps {
  readonly row: CredentialRow;
  readonly rotation: RotationView;
  readonly fault: FaultView | null;
  readonly busy: boolean;
  readonly onConfirm: () => void;
  /** The key is only in the server now. */
  readonly onForgotten: (row: CredentialRow) => void;
  /** The credential as its server's own word leaves it. */
  readonly onSaid: (row: CredentialRow) => void;
  readonly onUsedHereOnly: () => void;
  readonly onRollBack: () => void;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

function HandOverSteps({ row, onForgotten }: Pick<NextPageProps, 'row' | 'onForgotten'>) {
  const { t } = useTexts();
  const styles = useStyles();
  const after = stepsAfterCertificate(useServer(row.server));
  const [exporting, setExporting] = useState(false);
  const [importCommand, setImportCommand] = useState<string | null>(null);
  const around = useFocusReturn<HTMLSpanElement>(exporting);
  if (row.custody === 'external') {
    return (
      <ol className={styles.list}>
        {after.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ol>
    );
  }
  return (
    <ol className={styles.list}>
      <li>
        {t('rotation.handover.export')}{' '}
        <span ref={around}>
          <Button size="small" onClick={() => setExporting(true)}>
            {t('dialog.certificate.export-pfx')}
          </Button>
        </span>
      </li>
      <li>
        {t('rotation.handover.import')}
        {importCommand === null ? null : <ServerValue label={t('rotation.handover.command')} value={importCommand} />}
        {row.certificate === null ? null : (
          <ServerValue
            label={t('dialog.details.thumbprint')}
            value={row.certificate.thumbprint}
            shown={groupedThumbprint(row.certificate.thumbprint)}
          />
        )}
      </li>
      {after.map((text, index) => (
        <li key={text}>
          {text}
          {index < after.length - 1 || importCommand === null ? null : <ForgetKey row={row} onForgotten={onForgotten} />}
        </li>
      ))}
      {exporting ? (
        <PfxDialog
          id={row.id}
          certificate={row.certificate}
          onSaved={({ importCommands }) => setImportCommand(importCommands?.powershell ?? null)}
          onClose={() => setExporting(false)}
        />
      ) : null}
    </ol>
  );
}

/** After the new certificate stands: handover, overlap, and only then the old one goes. */
export function NextPage({
  row,
  rotation,
  fault,
  busy,
  onConfirm,
  onForgotten,
  onSaid,
  onUsedHereOnly,
  onRollBack,
  onRemove,
  onClose,
}: NextPageProps) {
  const { t, date } = useTexts();
  const styles = useStyles();
  const { next, removableFrom, canRollBack, from } = rotation;
  const old = from === null ? '–' : groupedThumbprint(from.thumbprint);
  const params = { name: row.name, thumbprint: old, date: removableFrom === null ? '–' : date(removableFrom) };
  const handOver = next === 'handover';
  const buttons = (
    <>
      {handOver ? (
        <Button appearance="primary" disabledFocusable={busy} onClick={onConfirm}>
          {t('rotation.handover.worked')}
        </Button>
      ) : null}
      {next === 'remove' ? (
        <Button appearance="primary" disabledFocusable={busy} onClick={onRemove}>
          {t('rotation.remove')}
        </Button>
      ) : null}
      <Button appearance={handOver || next === 'remove' ? 'secondary' : 'primary'} onClick={onClose}>
        {t(handOver ? 'setup.sheet.later' : 'app.close')}
      </Button>
    </>
  );
  const back = canRollBack ? (
    <Button disabledFocusable={busy} onClick={onRollBack}>
      {t('rotation.roll-back')}
    </Button>
  ) : null;
  const title = t(
    handOver
      ? 'rotation.handover.title'
      : next === 'remove'
        ? 'rotation.remove.title'
        : next === 'wait'
          ? 'rotation.wait.title'
          : 'rotation.finished.title',
    params,
  );
  return (
    <StagePage
      key={next}
      steps={<RotationSteps current={handOver ? 'handover' : next === 'nothing' ? 'done' : 'remove'} />}
      title={title}
      actions={buttons}
      aside={back}
    >
      <FaultBar fault={fault} />
      <RotationTimeline rotation={rotation} custody={row.custody} />
      {handOver ? <HandOverSteps row={row} onForgotten={onForgotten} /> : null}
      {handOver ? <MadeNotice row={row} onChanged={onSaid} /> : null}
      <p className={styles.text}>
        {t(
          handOver
            ? 'rotation.handover.old-stays'
            : next === 'remove'
              ? 'rotation.remove.what'
              : next === 'wait'
                ? 'rotation.wait.what'
                : 'rotation.finished.what',
          params,
        )}
      </p>
      {handOver && row.custody === 'keyring' && !row.usedHereOnly ? (
        <>
          <p className={styles.quiet}>{t('rotation.used-here-only.what')}</p>
          <div>
            <Button size="small" disabledFocusable={busy} onClick={onUsedHereOnly}>
              {t('rotation.used-here-only')}
            </Button>
          </div>
        </>
      ) : null}
    </StagePage>
  );
}
